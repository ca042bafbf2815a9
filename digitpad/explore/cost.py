"""The digits that cost a network most; and why a saturated neuron learns slowly from the quadratic cost.

The neuron has one input, x = 1, and is to unlearn a wrong answer: the output wanted is y = 0, so that the gradients by
weight and bias are the same number.

Source: *Neural Networks and Deep Learning*, chapter 3, "The cross-entropy cost function": equations 55 and 56 for the
quadratic cost, 61 and 62 for the cross-entropy.
"""

from collections.abc import Iterator
from math import exp, log, log1p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

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


TINY = 0.0001  # a cost below this is not told in figures: four behind the point would make it 0


def in_words(cost: float) -> str:
    """Return a cost with four figures behind the point; one that these would make nothing is told to be that small."""
    return f"< {TINY}" if 0 < cost < TINY else f"{cost:.4f}"


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


class Search:
    """Looks for the images whose quadratic cost is largest: ``next`` looks at a few more, as long as there are some."""

    def __init__(self, network: Network, images: NDArray[Any], targets: Floats) -> None:
        """Look among ``images`` (n, n_in) with their ``targets`` (n, n_out)."""
        self.network = network
        self._images, self._targets = images, targets
        self._costs: list[Floats] = []
        self._seen = 0

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        if self._seen >= len(self._images):
            raise StopIteration
        some = slice(self._seen, self._seen + self.network.chunk)
        self._costs.append(QUADRATIC.value(self.network.feedforward(self._images[some]), self._targets[some]))
        self._seen = some.stop

    def worst(self, count: int) -> NDArray[np.intp]:
        """Return the places (count,) of those seen that cost most, the worst first; of equals the earlier first."""
        return np.argsort(-np.concatenate(self._costs), kind="stable")[:count]
