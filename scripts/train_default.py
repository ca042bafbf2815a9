"""Train the default network with the project's own SGD, on MNIST and drawn digits, and write it to resources/.

    python3 scripts/train_default.py --data FOLDER [--epochs N] [--seed S] [--output FILE]

FOLDER holds MNIST's four IDX files. The recipe was chosen by accuracy on the last 10,000 training images and on
recorded pen strokes; the test set is only measured, at the end. The same seed gives the same network.

MNIST's digits were written in America. Those that this program draws (digitpad/data/synthetic.py), other ones than
it comes with, bring the shapes that are taught elsewhere: barred sevens, ones with a flag, nines with a curled tail.

Besides digits the network is shown scribbles, for which all ten outputs should be low: a network that has only ever
seen digits reads a digit into anything.
"""

import environment

environment.enter()

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does; sums in another order give another network

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

import numpy as np

from digitpad import ink, model_file, paths
from digitpad.data import mnist, synthetic
from digitpad.model_file import Model
from digitpad.nn.augment import Deform
from digitpad.nn.network import Network, greys
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.preprocess import BOX, SIDE, preprocess

SIZES = (784, 800, 500, 10)
DEFORM = Deform(rotate=0.1, shear=0.1, stretch=0.1, elastic=0.7, smoothness=3.0, shift=0, width=0.6)
DRAWN = 40_000
SCRIBBLES = 8000


def main() -> None:
    """Train, report every epoch, and save."""
    parser = argparse.ArgumentParser(description="Train the default network.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--epochs", type=int, default=56)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=paths.DEFAULT_NETWORK, metavar="FILE")
    arguments = parser.parse_args()
    training, test = mnist.load_training(arguments.data), mnist.load_test(arguments.data)
    config = TrainingConfig(
        epochs=arguments.epochs, mini_batch_size=20, eta=0.02, final_eta=0.0007, momentum=0.9, seed=arguments.seed
    )
    network = Network(SIZES, seed=arguments.seed, activation="tanh", cost="cross-entropy", initialisation="scaled")
    generator = np.random.default_rng(arguments.seed)
    digits = training + synthetic.dataset(DRAWN, generator)
    scribbles = np.stack(list(make_scribbles(greys(digits.images, np.float32), SCRIBBLES, generator)))
    images = np.concatenate([digits.images, np.round(255 * scribbles).astype(np.uint8)])
    targets = np.concatenate([digits.targets, np.zeros((SCRIBBLES, 10), dtype=np.float32)])
    started = perf_counter()
    for progress in sgd(network, images, targets, config, DEFORM):
        if progress.epoch_done:
            right = network.evaluate(training.images, training.labels)
            print(
                f"epoch {progress.epoch} of {config.epochs}: {100 * right / len(training):.2f} % of MNIST's digits, "
                f"{perf_counter() - started:.0f} s",
                flush=True,
            )
    network = as_sigmoid_neurons(network)
    accuracy = network.evaluate(test.images, test.labels) / len(test)
    recipe = {"eta": config.eta, "final eta": config.final_eta, "momentum": config.momentum}
    deform = ", ".join(f"{name} {value}" for name, value in asdict(DEFORM).items())
    made = {
        "name": "default network",
        "data": f"MNIST, {len(training)} training images, {DRAWN} drawn digits and {SCRIBBLES} scribbles, "
        "deformed anew in every epoch",
        "deformation": deform,
        "sizes": "-".join(map(str, network.sizes)),
        "seed": str(config.seed),
        "epochs": str(config.epochs),
        "mini-batch size": str(config.mini_batch_size),
        **{name: str(value) for name, value in recipe.items()},
        "trained as": "tanh neurons, rewritten as the sigmoid neurons that compute the same",
        "accuracy": f"{100 * accuracy:.2f} % on MNIST's test set",
        "source": "scripts/train_default.py",
    }
    model_file.save(arguments.output, Model(network, made))
    print(f"{arguments.output}: {made['accuracy']}")


def make_scribbles(digits: Floats, n: int, generator: np.random.Generator) -> Iterator[Floats]:
    """Yield ``n`` images (784,) of what people draw that is no digit; ``digits`` (m, 784) are there to be paired."""
    for i in range(n):
        kind = i % 8
        if kind == 0:  # two digits side by side
            left, right = digits[generator.integers(len(digits), size=2)].reshape(2, SIDE, SIDE)
            middle = (SIDE - BOX) // 2
            pair = np.concatenate([left[:, middle:-middle], right[:, middle:-middle]], axis=1)
            yield preprocess(pair).image
            continue
        yield preprocess(ink.render(_scribble(kind, generator))).image


def _scribble(kind: int, generator: np.random.Generator) -> list[ink.Path]:
    """Return the pen's paths of one scribble."""
    if kind == 1:  # a restless walk
        return [np.cumsum(generator.normal(size=(generator.integers(15, 150), 2)), axis=0)]
    if kind == 2:  # loops upon loops
        t = np.linspace(0, generator.uniform(15, 60), 300)
        rates, drift = generator.uniform(0.7, 1.6, 2), generator.normal(0, 0.04, 2)
        return [np.sin(np.outer(t, rates) + generator.uniform(0, 6, 2)) + np.outer(t, drift)]
    if kind == 3:  # zigzag
        m = int(generator.integers(6, 20))
        across = np.linspace(0, 1, m) + generator.normal(0, 0.03, m)
        zigzag = np.stack([across, generator.uniform(0.3, 1.2) * (np.arange(m) % 2) + generator.normal(0, 0.06, m)], 1)
        return [zigzag[:, :: generator.choice([1, -1])]]
    if kind == 4:  # corner after corner
        return [generator.uniform(size=(generator.integers(6, 14), 2))]
    if kind == 5:  # strokes across each other
        return list(generator.uniform(size=(generator.integers(4, 12), 2, 2)))
    if kind == 6:  # dots, one or several
        return list(generator.uniform(size=(generator.integers(1, 8), 1, 2)))
    # one flat line, or a few
    lines = np.stack([generator.uniform(0, 0.3, (3, 2)), generator.uniform(0.7, 1, (3, 2))], axis=1)
    lines[:, :, 1] = generator.uniform(0, 1, (3, 1)) + generator.normal(0, 0.05, (3, 2))
    return list(lines[: generator.integers(1, 4)])


def as_sigmoid_neurons(network: Network) -> Network:
    """Return a network of sigmoid neurons with the same outputs as ``network``, whose hidden neurons are tanh.

    tanh(z) = 2 sigmoid(2z) - 1: double what goes into a tanh neuron, and let the next layer take the 2 and the -1
    into its weights and biases. Hidden tanh neurons, centred on nought, learn faster (chapter 3 of the book); the
    program shows networks of sigmoid neurons.
    """
    weights = [w.astype("float64") for w in network.weights]
    biases = [b.astype("float64") for b in network.biases]
    for layer in range(len(weights) - 1):
        weights[layer] *= 2
        biases[layer] *= 2
        biases[layer + 1] -= weights[layer + 1].sum(axis=1)
        weights[layer + 1] *= 2
    dtype = network.dtype
    return Network.of(
        [w.astype(dtype) for w in weights],
        [b.astype(dtype) for b in biases],
        activation="sigmoid",
        cost=network.cost.name,
    )


if __name__ == "__main__":
    main()
