"""Cost functions: how far the outputs a are from the targets y, both of shape (n,) or (m, n).

Source: *Neural Networks and Deep Learning*, equation 6 (quadratic) and equation 63 (cross-entropy).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from digitpad.nn.neurons import SIGMOID, Floats

_slope = SIGMOID.derivative  # of the output neurons


@dataclass(frozen=True)
class Cost:
    """A cost C(a, y) and what backpropagation needs of it, for output neurons that are sigmoids.

    ``value`` gives C for each input: shape () or (m,). ``derivative`` gives dC/da and ``delta`` gives dC/dz,
    both of the shape of a. ``delta`` is there because for the cross-entropy it is a - y exactly (equation 68),
    while dC/da times the slope would divide zero by zero at a saturated neuron; it takes ``out`` and ``spare``, two
    arrays of that shape to work in.
    """

    name: str
    value: Callable[[Floats, Floats], Floats]
    derivative: Callable[[Floats, Floats], Floats]
    delta: Callable[..., Floats]


def _quadratic(a: Floats, y: Floats) -> Floats:
    difference = a - y
    return np.asarray(0.5 * np.einsum("...j,...j->...", difference, difference))


def _quadratic_delta(a: Floats, y: Floats, out: Floats | None = None, spare: Floats | None = None) -> Floats:
    out = np.subtract(a, y, out)
    return np.multiply(out, _slope(a, spare), out)


def _cross_entropy(a: Floats, y: Floats) -> Floats:
    # A saturated neuron gives a = 0 or 1 exactly: the clip keeps 0 log 0 at nought and a wrong answer finite.
    a = np.clip(a, np.finfo(a.dtype).tiny, 1 - np.finfo(a.dtype).epsneg)
    return np.asarray(-np.sum(y * np.log(a) + (1 - y) * np.log1p(-a), axis=-1))


def _cross_entropy_derivative(a: Floats, y: Floats) -> Floats:
    return (a - y) / np.maximum(a * (1 - a), np.finfo(a.dtype).tiny)


def _cross_entropy_delta(a: Floats, y: Floats, out: Floats | None = None, spare: Floats | None = None) -> Floats:
    return np.subtract(a, y, out)


QUADRATIC = Cost("quadratic", _quadratic, lambda a, y: a - y, _quadratic_delta)
CROSS_ENTROPY = Cost("cross-entropy", _cross_entropy, _cross_entropy_derivative, _cross_entropy_delta)

COSTS = {cost.name: cost for cost in (QUADRATIC, CROSS_ENTROPY)}
