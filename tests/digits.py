"""A small set of digits that a network learns in a moment."""

from pathlib import Path

import numpy as np

from digitpad.data.dataset import Dataset, Digits
from tests.data.test_mnist import write_set


def a_set(n: int, seed: int) -> Dataset:
    """Return ``n`` images in which a bright bar tells the label, under noise."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 10, n).astype(np.uint8)
    images = generator.integers(0, 60, (n, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 3 : 2 * label + 6, 6:22] = generator.integers(120, 256)
    return Dataset(images.reshape(n, 784), labels)


def digits(training: int = 600, test: int = 200) -> Digits:
    """Return both sets."""
    return Digits("bars", a_set(training, 1), a_set(test, 2))


def folder(path: Path, training: int = 600, test: int = 200) -> Path:
    """Write both sets as MNIST is written."""
    made = digits(training, test)
    for part, one in (("train", made.training), ("t10k", made.test)):
        write_set(path, one.images.reshape(-1, 28, 28), one.labels, part)
    return path
