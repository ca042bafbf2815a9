"""Cost functions: how far the outputs a are from the targets y, both of shape (n,) or (m, n).

Source: *Neural Networks and Deep Learning*, equation 6 (quadratic) and equation 63 (cross-entropy).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import multiply, subtract

from digitpad.nn.neurons import SIGMOID, Floats


@dataclass(frozen=True)
class Cost:
    """A cost C(a, y), for output neurons that are sigmoids.

    ``value`` gives C for each input, of shape () or (m,). ``derivative`` gives dC/da, of the shape of a, in ``out``
    where that is given.
    """

    name: str
    value: Callable[[Floats, Floats], Floats]
    derivative: Callable[..., Floats]

    def delta(self, a: Floats, y: Floats, out: Floats | None = None, spare: Floats | None = None) -> Floats:
        """Return dC/dz, the error of the outputs, of the shape of a: dC/da times sigma'(z) (equation BP1).

        ``out`` and ``spare``, of that shape too, are where to compute it.
        """
        out = self.derivative(a, y, out)
        return multiply(out, SIGMOID.derivative(a, spare), out)


class _CrossEntropy(Cost):
    """Its dC/da divides by a (1 - a), which is sigma'(z): the two cancel (equation 66).

    At a saturated neuron their product would be zero divided by zero.
    """

    def delta(self, a: Floats, y: Floats, out: Floats | None = None, spare: Floats | None = None) -> Floats:  # noqa: ARG002 - it needs none
        return subtract(a, y, out)


def _quadratic(a: Floats, y: Floats) -> Floats:
    difference = a - y
    return np.asarray(0.5 * np.einsum("...j,...j->...", difference, difference))


def _quadratic_derivative(a: Floats, y: Floats, out: Floats | None = None) -> Floats:
    return subtract(a, y, out)


def _cross_entropy(a: Floats, y: Floats) -> Floats:
    # A saturated neuron gives a = 0 or 1 exactly: the clip keeps 0 log 0 at 0 and a wrong answer finite.
    a = np.clip(a, np.finfo(a.dtype).tiny, 1 - np.finfo(a.dtype).epsneg)
    return np.asarray(-np.sum(y * np.log(a) + (1 - y) * np.log1p(-a), axis=-1))


def _cross_entropy_derivative(a: Floats, y: Floats, out: Floats | None = None) -> Floats:
    out = subtract(a, y, out)
    return np.divide(out, np.maximum(a * (1 - a), np.finfo(a.dtype).tiny), out)


QUADRATIC = Cost("quadratic", _quadratic, _quadratic_derivative)
CROSS_ENTROPY = _CrossEntropy("cross-entropy", _cross_entropy, _cross_entropy_derivative)

COSTS = {cost.name: cost for cost in (QUADRATIC, CROSS_ENTROPY)}
