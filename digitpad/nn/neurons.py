"""Sigmoid neurons and their relatives: what a neuron makes of its weighted input z = w.a + b.

Source: *Neural Networks and Deep Learning*, chapter 1, "Sigmoid neurons", and chapter 3, "Other models of
artificial neuron".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import add, exp, maximum, multiply, negative, reciprocal, subtract
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

# exp(-z) overflows below these z, where the sigmoid is zero to every digit that matters. As arrays of no dimension:
# NumPy takes these in half the time of a plain number, and on a mini-batch of ten that is what counts.
_ONE: dict[np.dtype[Any], Floats] = {np.dtype(t): np.array(1, dtype=t) for t in (np.float16, np.float32, np.float64)}
_CONSTANTS: dict[np.dtype[Any], tuple[Floats, Floats]] = {
    t: (np.array(-0.99 * np.log(np.finfo(t).max), dtype=t), one) for t, one in _ONE.items()
}


def sigmoid(z: Floats, out: Floats | None = None) -> Floats:
    """Return 1 / (1 + exp(-z)), elementwise, in (0, 1), of the shape and precision of ``z`` (equation 3).

    ``out``, which may be ``z`` itself, is where to put the result.
    """
    if out is None:
        z = np.asarray(z)
        if not np.issubdtype(z.dtype, np.floating):
            z = z.astype(np.float64)
        out = np.empty_like(z)
    lowest, one = _CONSTANTS[out.dtype]
    maximum(z, lowest, out=out)
    negative(out, out)
    exp(out, out)
    add(out, one, out)
    return reciprocal(out, out)


def sigmoid_prime(z: Floats) -> Floats:
    """Return the derivative of the sigmoid at ``z``: sigmoid(z) (1 - sigmoid(z)), at most 1/4."""
    a = sigmoid(z)
    return a * (1 - a)


def relu(z: Floats, out: Floats | None = None) -> Floats:
    """Return max(z, 0): the rectified linear neuron of chapter 3."""
    return np.asarray(maximum(z, 0, out=out))


def _sigmoid_derivative(a: Floats, out: Floats | None = None) -> Floats:
    out = subtract(_CONSTANTS[a.dtype][1], a, out)
    return multiply(out, a, out)


def _tanh_derivative(a: Floats, out: Floats | None = None) -> Floats:
    out = multiply(a, a, out)
    return subtract(_ONE[a.dtype], out, out)


def _relu_derivative(a: Floats, out: Floats | None = None) -> Floats:
    return np.sign(a, out)  # a is never below 0


@dataclass(frozen=True)
class Activation:
    """A neuron's rule a = function(z), and its derivative written in terms of a: derivative(a).

    Backpropagation has the activations at hand, and for each of these rules they are enough to know the
    derivative, which then costs no second exponential. Both take ``out``, an array to put the result in.
    """

    name: str
    function: Callable[..., Floats]
    derivative: Callable[..., Floats]


SIGMOID = Activation("sigmoid", sigmoid, _sigmoid_derivative)
TANH = Activation("tanh", np.tanh, _tanh_derivative)
RELU = Activation("relu", relu, _relu_derivative)

ACTIVATIONS = {activation.name: activation for activation in (SIGMOID, TANH, RELU)}
