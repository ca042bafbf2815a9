"""Train the default network and write it to resources/.

    python3 scripts/train_default.py --data FOLDER --pens FOLDER --unipen FOLDER --omniglot FOLDER [--epochs N]
                                     [--teacher NETWORK] [--seed S] [--choosing] [--work FOLDER] [--output FILE]

--data names the folder of MNIST's four IDX files; --pens the UCI's pen digits (pendigits_train_8pt.csv and
dev_strokes.jsonl); --unipen and --omniglot drawings of digits and other characters as strokes (*.jsonl). MNIST's test
set is measured once, at the end: what to do is chosen on the last 10,000 training images (--choosing leaves them out)
and on the writers in parts.KEPT_APART, who are never learned from.

MNIST's digits were written in America and scanned. The pens' bring the shapes that are taught elsewhere and the way
lines look on a canvas; MNIST's own digits are drawn anew, too, as pens move. Besides digits the network is shown what
is none, for which all ten outputs should be low: a network that has only ever seen digits reads a digit into anything.

The network that comes with the program was trained twice: first without --teacher, then with the first one as teacher.
It knows what is mislabelled among the digits and what looks like a digit among the others, which is left out then;
signs of no alphabet are shown, too; and half of each digit's target is what the teacher makes of it.

Every epoch shows MNIST and one part of the rest, deformed anew. After an interruption, the same command goes on after
the last epoch that was saved, in --work. The same seed gives the same network on the same kind of processor.
"""

import environment

environment.enter()

import os

THREADS = 2
os.environ.setdefault("OPENBLAS_NUM_THREADS", str(THREADS))  # sums in another order give another network

import argparse
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import parts
from normalised import AdamW, Normalised, without_dead
from numpy.typing import NDArray
from parts import Taught

from digitpad import paths
from digitpad.data import mnist
from digitpad.draw.nine import read_nine
from digitpad.nn.augment import Deform
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance

SIZES = (784, 1500, 1000, 500, 10)
EPOCHS, MINI_BATCH, ETA, RISING = 120, 200, 0.004, 0.2  # the largest learning rate, and the share of steps up to it
DROPOUT, DECAY = 0.1, 0.01
FULL = 0.6  # of the epochs, with all of the deformation; then it sinks evenly
LEAST = 0.4  # of the deformation, at the end
TWICE = 0.2  # of the epochs, the last, that show MNIST twice
DEFORM = Deform(rotate=0.14, shear=0.12, stretch=0.1, elastic=1.1, smoothness=4.0, shift=0, width=0.5)
UPRIGHT, UPRIGHT_ROTATE = (1, 7), 0.065  # digits that are told from each other by how they lean
CHECKPOINT = 2  # epochs
AT_ONCE = 2_000  # images that only need to be looked at


def main() -> None:
    """Draw what there is to learn from, train, report, and save."""
    parser = argparse.ArgumentParser(description="Train the default network.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="MNIST's four files")
    parser.add_argument("--pens", type=Path, required=True, metavar="FOLDER", help="the UCI's pen digits")
    parser.add_argument("--unipen", type=Path, required=True, metavar="FOLDER", help="UNIPEN's characters as strokes")
    parser.add_argument("--omniglot", type=Path, required=True, metavar="FOLDER", help="Omniglot's letters as strokes")
    parser.add_argument("--teacher", type=Path, metavar="NETWORK", help="a network trained without it")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--choosing", action="store_true", help="keep the last 10,000 training images apart")
    parser.add_argument("--work", type=Path, default=Path(environment.ROOT) / ".training", help="for checkpoints")
    parser.add_argument("--output", type=Path, default=paths.DEFAULT_NETWORK, metavar="FILE")
    arguments = parser.parse_args()
    training = mnist.load_training(arguments.data)
    if arguments.choosing:
        training, held_out = training[:-10_000], training[-10_000:]
    else:
        held_out = mnist.load_test(arguments.data)
    arguments.work.mkdir(parents=True, exist_ok=True)
    sources = parts.Sources(arguments.pens, arguments.unipen, arguments.omniglot, arguments.seed)
    drawn = parts.drawn(training, sources, arguments.work, THREADS)
    if arguments.teacher:
        to_learn = parts.by_teacher(training, drawn, sources, arguments.teacher, arguments.work)
    else:
        to_learn = parts.by_labels(training, drawn)
    network = train(to_learn, parts.name_of(training, sources), arguments)
    known = (images[i : i + AT_ONCE] for images, _ in to_learn for i in range(0, len(images), AT_ONCE))
    network = without_dead(network, (x.astype(np.float32) / np.float32(255) for x in known))
    once = network.evaluate(held_out.images, held_out.labels) / len(held_out)
    nine = np.mean(read_nine(network, held_out.images).mean(axis=1).argmax(axis=1) == held_out.labels)
    measured = "the last 10,000 of MNIST's training images" if arguments.choosing else "MNIST's test set"
    made = {
        "name": "default network",
        "data": f"MNIST, {len(training)} training images; the same drawn anew; the UCI's pen digits; digits, letters "
        "and symbols of the UNIPEN data set train_r01_v07 (International Unipen Foundation, CC BY 4.0); letters of "
        "Omniglot (B. Lake and others, MIT licence); digits and other things drawn by this program; all deformed anew "
        "in every epoch",
        "deformation": f"{DEFORM}; sinking to {LEAST} of it",
        "sizes": "-".join(map(str, network.sizes)),
        "seed": str(arguments.seed),
        "epochs": str(arguments.epochs),
        "mini-batch size": str(MINI_BATCH),
        "eta": f"AdamW, rising to {ETA} and falling to 0; weight decay {DECAY}",
        "normalisation": "by the mini-batch while learning, folded into weights and biases",
        "teacher": "a network trained so before: half of each digit's target" if arguments.teacher else "none",
        "accuracy": f"{100 * nine:.2f} % on {measured} read nine times, {100 * once:.2f} % read once",
        "source": "scripts/train_default.py",
    }
    model_file.save(arguments.output, Model(network, Provenance.of(made)))
    print(f"{arguments.output}: {made['accuracy']}")


def train(to_learn: list[Taught], name: str, arguments: argparse.Namespace) -> Network:
    """Return the trained network, going on from the last checkpoint called by ``name``, if there is one."""
    network = Normalised(SIZES, arguments.seed, DROPOUT)
    optimiser = AdamW(network.parameters, network.decayed, DECAY)
    recipe = (SIZES, MINI_BATCH, ETA, RISING, DROPOUT, DECAY, FULL, LEAST, TWICE, DEFORM, UPRIGHT_ROTATE)
    told = hashlib.sha256(b"".join(known.tobytes() for _, known in to_learn)).digest()
    mark = hashlib.sha256(repr((recipe, arguments.epochs, told)).encode()).hexdigest()[:6]
    checkpoint = arguments.work / f"{name}-{mark}.npz"
    done, seconds = 0, 0.0
    if checkpoint.exists():
        with np.load(checkpoint) as saved:
            done, seconds, optimiser.steps = int(saved["done"]), float(saved["seconds"]), int(saved["steps"])
            network.parameters[:], optimiser.means[:] = saved["parameters"], saved["means"]
            optimiser.squares[:] = saved["squares"]
        print(f"going on after epoch {done}", flush=True)
    started = perf_counter() - seconds
    for epoch in range(done, arguments.epochs):
        cost, n = 0.0, 0
        for x, y, eta, generator in deformed(to_learn, epoch, arguments):
            cost += network.backprop(x, y, generator)
            optimiser.step(network.gradient, eta)
            n += 1
        if (epoch + 1) % CHECKPOINT == 0 or epoch + 1 == arguments.epochs:
            seconds = perf_counter() - started
            state = {"parameters": network.parameters, "means": optimiser.means, "squares": optimiser.squares}
            parts.save(checkpoint, **state, done=epoch + 1, seconds=seconds, steps=optimiser.steps)
        print(f"epoch {epoch + 1}: cost {cost / n:.4f}, {perf_counter() - started:.0f} s", flush=True)
    last = deformed(to_learn, arguments.epochs - 1, arguments)
    return network.folded(x for (x, *_), _ in zip(last, range(100), strict=False))


def deformed(
    to_learn: list[Taught], epoch: int, arguments: argparse.Namespace
) -> Iterator[tuple[Floats, Floats, float, np.random.Generator]]:
    """Yield the epoch's mini-batches, deformed ahead of time in a thread: images, targets, eta, and a generator."""
    generator = np.random.default_rng([arguments.seed, epoch])
    scanned, *drawn = to_learn
    again = 2 if epoch >= round((1 - TWICE) * arguments.epochs) else 1
    images, targets = map(np.concatenate, zip(*again * [scanned], drawn[epoch % len(drawn)], strict=True))
    order = generator.permutation(len(images))
    batches = np.array_split(order, len(images) // MINI_BATCH)
    generators = generator.spawn(len(batches))
    deform = weaker(DEFORM, strength_of((epoch + 0.5) / arguments.epochs))
    upright = replace(deform, rotate=min(deform.rotate, UPRIGHT_ROTATE))

    def made(batch: NDArray[np.intp], own: np.random.Generator) -> tuple[Floats, Floats]:
        y = targets[batch]
        x = images[batch].astype(np.float32) / np.float32(255)
        leaning = y[:, UPRIGHT].max(axis=1) > 0.5
        for these, how in ((leaning, upright), (~leaning, deform)):
            if these.any():
                x[these] = how(x[these], own)
        return x, y.astype(np.float32)

    with ThreadPoolExecutor(1) as pool:
        ahead = pool.submit(made, batches[0], generators[0])
        for i, own in enumerate(generators):
            x, y = ahead.result()
            if i + 1 < len(batches):
                ahead = pool.submit(made, batches[i + 1], generators[i + 1])
            yield x, y, eta_of((epoch + i / len(batches)) / arguments.epochs), own


def strength_of(share: float) -> float:
    """Return how much of the deformation there is when a ``share`` of the training is done."""
    return 1 - (1 - LEAST) * max(0.0, (share - FULL) / (1 - FULL))


def weaker(deform: Deform, strength: float) -> Deform:
    """Return the deformation with all its sizes times ``strength``."""
    sizes = ("rotate", "shear", "stretch", "elastic", "width")
    return replace(deform, **{name: strength * getattr(deform, name) for name in sizes})


def eta_of(share: float) -> float:
    """Return the learning rate when a ``share`` of the training is done: one cycle, up and down by cosines."""
    if share < RISING:
        return float(ETA * (0.04 + 0.96 * 0.5 * (1 - np.cos(np.pi * share / RISING))))
    return float(ETA * 0.5 * (1 + np.cos(np.pi * (share - RISING) / (1 - RISING))))


if __name__ == "__main__":
    main()
