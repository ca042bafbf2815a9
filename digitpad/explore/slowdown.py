"""Why a saturated neuron learns slowly from the quadratic cost.

The neuron has one input, x = 1, and is to unlearn a wrong answer: the output wanted is y = 0, so that the gradients by
weight and bias are the same number.

Source: *Neural Networks and Deep Learning*, chapter 3, "The cross-entropy cost function": equations 55 and 56 for the
quadratic cost, 61 and 62 for the cross-entropy.
"""

from functools import lru_cache
from math import exp, log, log1p
from typing import NamedTuple

EPOCHS = 300  # as in the book's pictures
LEVEL, COUNTED = 0.2, 5_000  # what the output is to fall below, and epochs within which it must

# The neuron in plain numbers: with arrays of one element a course of some hundred epochs would take ten times as long.


def output(z: float) -> float:
    """Return the output a = sigma(z)."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def slope(z: float) -> float:
    """Return sigma'(z), written so that it stays above 0 where 1 - sigma(z) would be rounded to it."""
    e = exp(-abs(z))
    return e / (1 + e) ** 2


def quadratic(z: float) -> float:
    """Return C = a^2 / 2 (equation 54 with y = 0)."""
    return output(z) ** 2 / 2


def cross_entropy(z: float) -> float:
    """Return C = -ln(1 - a) (equation 57 with y = 0), finite for every z."""
    return max(z, 0.0) + log1p(exp(-abs(z)))


def quadratic_gradient(z: float) -> float:
    """Return dC/dw = dC/db = (a - y) sigma'(z), with x = 1 and y = 0."""
    return output(z) * slope(z)


def cross_entropy_gradient(z: float) -> float:
    """Return dC/dw = dC/db = a - y, with x = 1 and y = 0."""
    return output(z)


_COSTS = {
    "quadratic": (quadratic, quadratic_gradient),
    "cross-entropy": (cross_entropy, cross_entropy_gradient),
}
COSTS = tuple(_COSTS)  # by their names, the slow one first


class Moment(NamedTuple):
    """The neuron after some epochs: weighted input, output, cost, and the gradient by its weight and by its bias."""

    z: float
    a: float
    cost: float
    gradient: float


def learn(w: float, b: float, eta: float, cost: str, epochs: int) -> list[Moment]:
    """Return the neuron before the first of ``epochs`` epochs and after each, learning from ``cost`` by its name."""
    value, gradient = _COSTS[cost]
    z, course = w + b, []
    for _ in range(epochs + 1):
        step = gradient(z)
        course.append(Moment(z, output(z), value(z), step))
        z -= 2 * eta * step  # weight and bias move by as much each, and x = 1
    return course


def epochs_until(w: float, b: float, eta: float, cost: str, level: float, limit: int) -> int | None:
    """Return after how many epochs the output is below ``level``; None if not after ``limit`` of them."""
    gradient, below = _COSTS[cost][1], log(level / (1 - level))
    z = w + b
    for epoch in range(limit + 1):
        if z < below:
            return epoch
        z -= 2 * eta * gradient(z)
    return None


class Learned(NamedTuple):
    """How the neuron learns from each cost in ``COSTS``, and after how many epochs its output is below ``LEVEL``."""

    courses: list[list[Moment]]
    counts: list[int | None]

    @property
    def times(self) -> float:
        """How many times as many epochs the quadratic cost takes, at least; 0 where that says nothing."""
        slow, quick = self.counts
        return (COUNTED if slow is None else slow) / quick if quick else 0.0


@lru_cache(maxsize=1)
def learned(w: float, b: float, eta: float) -> Learned:
    """Return how the neuron learns from either cost, from the same start and at the same rate."""
    return Learned(
        [learn(w, b, eta, cost, EPOCHS) for cost in COSTS],
        [epochs_until(w, b, eta, cost, LEVEL, COUNTED) for cost in COSTS],
    )
