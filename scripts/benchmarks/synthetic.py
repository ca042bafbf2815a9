"""What a network learns from the built-in digits alone."""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from benchmarks.inputs import mnist_digits, pens
from benchmarks.rows import Row
from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.formats.opening import open_digits
from digitpad.data.strokes import sample_of
from digitpad.train.experiment import Experiment
from digitpad.train.recipe import Recipe

_RECIPE = Recipe(
    hidden=(300, 100), activation="relu", cost="cross-entropy", initialisation="scaled", eta=0.02, momentum=0.8,
    mini_batch_size=20, epochs=30, deform=True,
)  # fmt: skip


def measure() -> Iterator[Row]:
    """Train on the built-in digits alone, and read their own test set, MNIST's and recorded pens."""
    built_in, test, samples = open_digits(paths.DIGITS), mnist_digits().test, [sample_of(digit) for digit in pens()]
    drawn = Dataset(np.stack([sample.image for sample in samples]), np.array([sample.label for sample in samples]))
    experiment = Experiment(_RECIPE, built_in)
    started = perf_counter()
    for _ in experiment.events():
        pass
    seconds = perf_counter() - started
    numbers = {
        name: 100 * experiment.network.evaluate(digits.images, digits.labels) / len(digits)
        for name, digits in (("their test set", built_in.test), ("MNIST's test set", test), ("pens", drawn))
    }
    what = f"{_RECIPE.sizes}, {_RECIPE.epochs} epochs of {len(built_in.training):,} built-in digits, % right"
    yield Row(what, {**numbers, "seconds": seconds})
