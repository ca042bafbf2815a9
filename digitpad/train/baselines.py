"""What accuracies are to be compared with: those of ways to read digits that need no network."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.train.recipe import Recipe
from digitpad.train.settings import VALIDATION

_GUESSING = 0.1  # of ten digits one is right, however often each of them comes
_SVM = 0.9435  # on MNIST's test set: the book's figure, of scikit-learn's support vector machine as it comes


class Method(Enum):
    """A way to read digits without a network; the value is what it is called."""

    GUESSING = "guessing"
    DARKNESS = "darkness"
    SVM = "SVM"


@dataclass(frozen=True)
class Baselines:
    """The ``accuracies`` in [0, 1], by method, on the test set of the data set called ``digits``."""

    digits: str
    accuracies: Mapping[Method, float]


def baselines_of(digits: Digits) -> Baselines:
    """Return what is reached without a network: guessing, average darkness and, on MNIST, the book's SVM."""
    found = {Method.GUESSING: _GUESSING}
    n = len(digits.training)
    kept = Recipe(train_on=n, held_out=VALIDATION).fitted(digits).train_on
    if kept and len(digits.test):
        found[Method.DARKNESS] = darkness_accuracy(digits.training[:kept], digits.test)
    if digits.kind is Kind.MNIST:
        found[Method.SVM] = _SVM
    return Baselines(digits.name, found)


def darkness_accuracy(training: Dataset, test: Dataset) -> float:
    """Return how much of ``test`` is read rightly, in [0, 1], by how dark each image is as a whole.

    The answer is the digit whose images in ``training`` are on average the nearest in darkness, and of two as near
    the lower; digits of which there is no image are never the answer.
    """
    of_each = np.bincount(training.labels, minlength=10)
    there = np.flatnonzero(of_each)
    means = np.bincount(training.labels, weights=_darkness(training), minlength=10)[there] / of_each[there]
    answers = there[np.argmin(np.abs(_darkness(test)[:, None] - means), axis=1)]
    return float(np.mean(answers == test.labels))


def _darkness(digits: Dataset) -> NDArray[np.float64]:
    """Return the ink of each image, (n,): the sum of its greys from 0 to 255."""
    return np.asarray(digits.images.sum(axis=1, dtype=np.uint32), dtype=np.float64)
