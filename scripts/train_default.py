"""Train the default network with the project's own SGD and write it to resources/.

    python3 scripts/train_default.py --data FOLDER --pens FILE.csv [--rounds N] [--seed S] [--held-out] [--work FOLDER]
                                     [--output FILE]

--data names the folder of MNIST's four IDX files, and --pens the training part of the UCI's pen digits, eight points a
line. The test set is measured once, at the end: what to do was chosen on the last 10,000 training images (--held-out)
and on other writers' pens.

MNIST's digits were written in America and scanned. The pen digits, and those that this program draws, bring the shapes
that are taught elsewhere and the way lines look on a canvas; MNIST's own digits are drawn anew, too, as pens move.
Besides digits the network is shown what is none (scripts/nondigits.py), for which all ten outputs should be low: a
network that has only ever seen digits reads a digit into anything.

Every round shows MNIST once and one part of the rest, deformed anew. After an interruption, the same command goes on
after the last round that was saved, in --work. The same seed gives the same network on the same kind of processor:
every round draws from a generator of its own and begins without momentum, so that weights are all there is to save.
"""

import environment

environment.enter()

import os

THREADS = 2
os.environ["OPENBLAS_NUM_THREADS"] = str(THREADS)  # sums in another order give another network

import argparse
import hashlib
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from time import perf_counter

import material
import nondigits
import numpy as np
import tracing
from material import Images, Paths
from numpy.typing import ArrayLike

from digitpad import paths
from digitpad.data import mnist, synthetic
from digitpad.data.dataset import Dataset
from digitpad.draw import ink, preprocess, thinning
from digitpad.nn.augment import Deform
from digitpad.nn.batches import Augment
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

SIZES = (784, 1500, 1000, 500, 10)
CONFIG = TrainingConfig(epochs=1, mini_batch_size=200, eta=0.1, momentum=0.9)
ROUNDS, WARMING = 440, 4
LAST, LAST_ETA = 45, 0.02  # rounds after these, with milder deformation: nearer to what is to be read
DEFORM = Deform(rotate=0.13, shear=0.1, stretch=0.1, elastic=1.1, smoothness=4.0, shift=0, width=0.6)
MILD = Deform(rotate=0.08, shear=0.07, stretch=0.06, elastic=0.6, smoothness=4.0, shift=0, width=0.4)
PARTS = 6  # of the drawn images: each round has one, with so many
DRAWN, PENS, NO_DIGITS = 12_000, 2, 9_000  # of the pens: times that each is drawn
CHECKPOINT = 5  # rounds
DRAWING = (ink, material, nondigits, preprocess, synthetic, thinning, tracing)  # what decides how the parts are drawn

Part = tuple[Images, Floats]  # images (n, 784) and targets (n, 10)


def main() -> None:
    """Draw what there is to learn from, train, report, and save."""
    warnings.simplefilter("error")
    parser = argparse.ArgumentParser(description="Train the default network.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="MNIST's four files")
    parser.add_argument("--pens", type=Path, required=True, metavar="FILE.csv", help="the UCI's pen digits")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true", help="measure on the last 10,000 training images instead")
    parser.add_argument("--work", type=Path, default=Path(environment.ROOT) / ".training", help="for checkpoints")
    parser.add_argument("--output", type=Path, default=paths.DEFAULT_NETWORK, metavar="FILE")
    arguments = parser.parse_args()
    training = mnist.load_training(arguments.data)
    if arguments.held_out:
        training, held_out = training[:-10_000], training[-10_000:]
    else:
        held_out = mnist.load_test(arguments.data)
    arguments.work.mkdir(parents=True, exist_ok=True)
    parts = draw_parts(training, arguments)
    network = train(training, parts, arguments)
    accuracy = network.evaluate(held_out.images, held_out.labels) / len(held_out)
    measured = "the last 10,000 of MNIST's training images" if arguments.held_out else "MNIST's test set"
    made = {
        "name": "default network",
        "data": f"MNIST, {len(training)} training images; the same drawn anew; the UCI's pen digits; digits and "
        "other things drawn by this program, a sixth of these in each epoch; all deformed anew in every epoch",
        "deformation": f"{told(DEFORM)}; in the last {LAST} epochs {told(MILD)}",
        "sizes": "-".join(map(str, network.sizes)),
        "seed": str(arguments.seed),
        "epochs": f"{arguments.rounds} + {LAST}",
        "mini-batch size": str(CONFIG.mini_batch_size),
        "eta": f"{CONFIG.eta} (rising in {WARMING} epochs) evenly to 0; in the last {LAST} {LAST_ETA} to 0",
        "momentum": str(CONFIG.momentum),
        "accuracy": f"{100 * accuracy:.2f} % on {measured}",
        "source": "scripts/train_default.py",
    }
    model_file.save(arguments.output, Model(network, Provenance.of(made)))
    print(f"{arguments.output}: {made['accuracy']}")


def told(deform: Deform) -> str:
    """Return the settings of a deformation in words."""
    return ", ".join(f"{name} {value}" for name, value in asdict(deform).items())


def draw_parts(training: Dataset, arguments: argparse.Namespace) -> list[Part]:
    """Return what is drawn to learn from besides ``training``, drawing the parts that are not in the work folder."""
    pens = material.read_pens(arguments.pens)
    files = [arguments.work / f"{name_of(arguments)}-part-{number}.npz" for number in range(PARTS)]
    missing = [number for number, file in enumerate(files) if not file.exists()]
    started = perf_counter()
    with ProcessPoolExecutor(THREADS, initializer=warnings.simplefilter, initargs=("error",)) as pool:
        shares = [training[number::PARTS] for number in missing]
        parts = pool.map(partial(draw_part, pens=pens, seed=arguments.seed), missing, shares)
        for number, (images, targets) in zip(missing, parts, strict=True):
            save(files[number], images=images, targets=targets)
            print(f"drawn: part {number + 1} of {PARTS}, {perf_counter() - started:.0f} s", flush=True)
    return [load(file) for file in files]


def draw_part(number: int, scanned: Dataset, pens: tuple[list[Paths], Images], seed: int) -> Part:
    """Return a part: the digits of ``scanned`` traced, those of ``pens`` varied, some drawn, and what is no digit."""
    digits = [
        material.retraced(scanned, [seed, number, 0]),
        material.drawn(DRAWN, [seed, number, 1]),
        *(material.varied(*pens, material.PEN, [seed, number, 2, n]) for n in range(PENS)),
    ]
    others = material.no_digits(NO_DIGITS, [seed, number, 3])
    images = np.concatenate([*(part.images for part in digits), others])
    targets = np.concatenate([*(part.targets for part in digits), np.zeros((NO_DIGITS, 10), dtype=np.float32)])
    return images, targets


def load(file: Path) -> Part:
    """Return a part that was drawn before."""
    with np.load(file) as part:
        return part["images"], part["targets"]


def name_of(arguments: argparse.Namespace) -> str:
    """Return the beginning of the names of this run's files in the work folder: another recipe has another name."""
    recipe = (
        SIZES,
        CONFIG,
        WARMING,
        LAST,
        LAST_ETA,
        DEFORM,
        MILD,
        PARTS,
        DRAWN,
        PENS,
        NO_DIGITS,
        arguments.rounds,
        arguments.held_out,
    )
    code = b"".join(Path(module.__file__ or "").read_bytes() for module in DRAWING)
    mark = hashlib.sha256(repr(recipe).encode() + code + arguments.pens.read_bytes()).hexdigest()[:10]
    return f"{mark}-{arguments.seed}"


def train(training: Dataset, parts: list[Part], arguments: argparse.Namespace) -> Network:
    """Return the trained network, going on from the last checkpoint if there is one."""
    network = Network(SIZES, seed=arguments.seed, activation="relu", cost="cross-entropy", initialisation="scaled")
    checkpoint = arguments.work / f"{name_of(arguments)}.npz"
    done, seconds = 0, 0.0
    if checkpoint.exists():
        with np.load(checkpoint) as saved:
            done, seconds = int(saved["done"]), float(saved["seconds"])
            network.parameters[:] = saved["vector"]
        print(f"going on after round {done}", flush=True)
    started = perf_counter() - seconds
    with ThreadPoolExecutor(THREADS) as pool:
        strongly, mildly = side_by_side(DEFORM, pool), side_by_side(MILD, pool)
        for number in range(done, arguments.rounds + LAST):
            images, targets = parts[number % PARTS]
            images = np.concatenate([training.images, images])
            targets = np.concatenate([training.targets, targets])
            config = replace(CONFIG, eta=eta_of(number, arguments.rounds), seed=1000 * arguments.seed + number)
            deform = strongly if number < arguments.rounds else mildly
            for _ in sgd(network, images, targets, config, deform, chunk=config.mini_batch_size):
                pass
            if (number + 1) % CHECKPOINT == 0:
                seconds = perf_counter() - started
                save(checkpoint, vector=network.parameters, done=number + 1, seconds=seconds)
                right = network.evaluate(training.images, training.labels) / len(training)
                print(
                    f"round {number + 1}: {100 * right:.2f} % of MNIST's training images, {seconds:.0f} s", flush=True
                )
    return network


def eta_of(number: int, rounds: int) -> float:
    """Return the learning rate of a round: rising, then falling evenly to 0, and once more in the last rounds."""
    if number >= rounds:
        return LAST_ETA * (1 - (number - rounds) / LAST)
    return CONFIG.eta * min(1.0, (number + 1) / (WARMING + 1)) * (1 - number / rounds)


def side_by_side(deform: Augment, pool: ThreadPoolExecutor) -> Augment:
    """Return ``deform`` done by all threads at once, each with a share of the images."""

    def augment(images: Floats, generator: np.random.Generator) -> Floats:
        shares = np.array_split(images, THREADS)
        return np.concatenate(list(pool.map(deform, shares, generator.spawn(THREADS))))

    return augment


def save(path: Path, **values: ArrayLike) -> None:
    """Write the arrays in one go: an interruption leaves the old file or the new one."""
    temporary = path.with_suffix(".new.npz")
    np.savez(temporary, allow_pickle=False, **values)
    temporary.replace(path)


if __name__ == "__main__":
    main()
