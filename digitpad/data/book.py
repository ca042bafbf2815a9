"""Digits as the book's programs take them: lists of pairs of columns, for ``digitpad.nn.book``."""

from pathlib import Path

import numpy as np

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Dataset
from digitpad.data.formats.opening import open_digits
from digitpad.nn.batches import greys
from digitpad.nn.book import Column, Example

Labelled = tuple[Column, int]

_VALIDATION = 1 / 6  # of the training images: 10,000 of MNIST's 60,000, as in the book


def load_data_wrapper(path: Path | None = None) -> tuple[list[Example], list[Labelled], list[Labelled]]:
    """Return (training_data, validation_data, test_data), as the function of this name in the book's loader does.

    Training data are pairs (x, y) of an input (784, 1) of greys in [0, 1] and its one-hot target (10, 1); the others
    are pairs (x, label). Of MNIST they are 50,000, 10,000 and 10,000. They come from ``path``, any data set that the
    program opens; without one from MNIST where it is at hand, or else from the built-in digits. Raises DataError when
    they cannot be read.

    Source: *Neural Networks and Deep Learning*, chapter 1, "Implementing our network to classify digits".
    """
    digits = open_digits(path or mnist.find_folder() or paths.DIGITS)
    n = len(digits.training) - round(_VALIDATION * len(digits.training))
    learned = digits.training[:n]
    training = list(zip(_columns(learned), learned.targets[:, :, None], strict=True))
    return training, _labelled(digits.training[n:]), _labelled(digits.test)


def _labelled(dataset: Dataset) -> list[Labelled]:
    return list(zip(_columns(dataset), dataset.labels.tolist(), strict=True))


def _columns(dataset: Dataset) -> Column:
    return greys(dataset.images, np.float32)[:, :, None]
