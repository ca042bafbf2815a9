"""Train chapter 1's experiments and print the book's figures beside what came out.

    python3 scripts/reproduce_book.py --data FOLDER [--seeds 0 1 2]

FOLDER holds MNIST's four files. As in the book: 50,000 training images, mini-batches of 10, 30 epochs, accuracy on the
10,000 test images at the best epoch. Without --seeds each experiment runs with its preset's seed, about half a minute
in all. The book's figures are from chapter 1 of Michael Nielsen's *Neural Networks and Deep Learning*, where each is
the best of three runs; for networks without hidden layer or with four outputs it gives none. With three seeds or more a
line tells how far they lie apart, and what the best of three of them is on average.
"""

import environment

environment.enter()

import argparse
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from digitpad.data import mnist
from digitpad.data.dataset import Digits
from digitpad.train.experiment import Experiment, Measurement, Point
from digitpad.train.groups import Spread
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe

EXPERIMENTS = ("chapter-1", "chapter-1-100", "no-hidden-layer", "eta-too-small", "eta-too-large", "four-outputs")


def main() -> None:
    """Run all experiments and print the table, a row as each is done."""
    parser = argparse.ArgumentParser(description="Train chapter 1's experiments beside the book's figures.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="folder with MNIST's four files")
    parser.add_argument("--seeds", type=int, nargs="+", help="seeds to try instead of the presets'")
    parser.add_argument("--epochs", type=int, default=30, help="30 in the book")
    arguments = parser.parse_args()
    digits = mnist.load(arguments.data)
    print(
        f"{'network':<12}{'eta':>7}{'weights':>9}{'seed':>6}{'book':>10}{'here':>10}{'at epoch':>10}{'last':>10}"
        f"{'s':>7}"
    )
    for key in EXPERIMENTS:
        preset = next(preset for preset in PRESETS if preset.key == key)
        reached = []
        for seed in arguments.seeds or [preset.recipe.seed]:
            recipe = replace(preset.recipe, seed=seed, epochs=arguments.epochs)
            started = perf_counter()
            points = run(recipe, digits)
            best, last = max(points, key=lambda point: point.accuracy), points[-1]
            book = f"{100 * preset.book:.2f} %" if preset.book else "-"
            print(
                f"{recipe.sizes:<12}{recipe.eta:>7g}{recipe.initialisation:>9}{seed:>6}{book:>10}"
                f"{100 * best.accuracy:>8.2f} %{best.epochs:>10g}{100 * last.accuracy:>8.2f} %"
                f"{perf_counter() - started:>7.1f}",
                flush=True,
            )
            reached.append(best.accuracy)
        spread = Spread(tuple(reached))
        three = spread.best_of_three
        if three is not None:
            print(
                f"{recipe.sizes}, eta {recipe.eta:g}: {100 * spread.least:.2f} to {100 * spread.greatest:.2f} %, "
                f"median {100 * median(reached):.2f} %; the best of three is {100 * three:.2f} % on average",
                flush=True,
            )


def run(recipe: Recipe, digits: Digits) -> list[Point]:
    """Return the measurements after each epoch."""
    points = [event.point for event in Experiment(recipe, digits).events() if isinstance(event, Measurement)]
    return [point for point in points if point.exact and point.epochs > 0]


if __name__ == "__main__":
    main()
