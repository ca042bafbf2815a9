"""Train chapter 1's own network and write it to resources/chapter/ untrained, after 1 and after 30 epochs.

    python3 scripts/train_chapter.py --data FOLDER [--output FOLDER]

FOLDER holds MNIST's four files. As in the book, and as the preset "chapter-1" has it: 784-30-10, sigmoid neurons,
weights and biases drawn from N(0, 1), the quadratic cost, mini-batches of 10, eta 3, MNIST's first 50,000 training
images. The seed is 0, with which every new run begins, and not the best of several. The accuracies that the files tell
are measured here, on MNIST's test set. The same command gives the same files on the same kind of processor.
"""

import environment

environment.enter()

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums in another order give another network

import argparse
from dataclasses import replace
from pathlib import Path

from digitpad.data import mnist
from digitpad.data.dataset import Digits
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.paths import CHAPTER_NETWORKS
from digitpad.train import model_file
from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run


def main() -> None:
    """Train, measure, and write the files."""
    parser = argparse.ArgumentParser(description="Train chapter 1's own network.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="folder with MNIST's four files")
    parser.add_argument(
        "--output", type=Path, default=CHAPTER_NETWORKS, metavar="FOLDER", help="where they are written"
    )
    arguments = parser.parse_args()
    train(mnist.load(arguments.data), arguments.output)


def train(digits: Digits, output: Path) -> None:
    """Train the network on ``digits``, and write what it is after the epochs that are wanted, measured."""
    wanted = {float(one.epochs): one for one in ChapterNetwork}
    recipe = Recipe(epochs=int(max(wanted))).fitted(digits)
    for event in Experiment(recipe, digits).events():
        if isinstance(event, Measurement) and event.point.exact and event.point.epochs in wanted:
            one = wanted[event.point.epochs]
            made = Run(1, recipe, digits.name, f"Chapter 1's network {one.title}").model(event.network, event.point)
            # Without the curves: it is not a run to be looked at.
            told = replace(made.provenance, curves="", others={"source": "scripts/train_chapter.py"})
            path = output / one.file.name
            model_file.save(path, Model(made.network, told))
            print(f"{path.name}: {told.accuracy}", flush=True)


if __name__ == "__main__":
    main()
