"""Sigmoid neurons and their relatives: what a neuron makes of its weighted input z = w.a + b.

Source: *Neural Networks and Deep Learning*, chapter 1, "Sigmoid neurons", and chapter 3, "Other models of
artificial neuron".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

# exp(-z) overflows below these z, where the sigmoid is zero to every digit that matters.
_LOWEST = {np.dtype(t): -0.99 * np.log(np.finfo(t).max) for t in (np.float16, np.float32, np.float64)}


def sigmoid(z: Floats) -> Floats:
    """Return 1 / (1 + exp(-z)), elementwise, in (0, 1), of the shape and precision of ``z`` (equation 3)."""
    z = np.asarray(z)
    if not np.issubdtype(z.dtype, np.floating):
        z = z.astype(np.float64)
    out = np.asarray(np.maximum(z, _LOWEST[z.dtype]))
    np.negative(out, out=out)
    np.exp(out, out=out)
    out += 1
    np.reciprocal(out, out=out)
    return out


def sigmoid_prime(z: Floats) -> Floats:
    """Return the derivative of the sigmoid at ``z``: sigmoid(z) (1 - sigmoid(z)), at most 1/4."""
    a = sigmoid(z)
    return a * (1 - a)


def relu(z: Floats) -> Floats:
    """Return max(z, 0): the rectified linear neuron of chapter 3."""
    return np.maximum(z, 0)


@dataclass(frozen=True)
class Activation:
    """A neuron's rule a = function(z), and its derivative written in terms of a.

    Backpropagation has the activations at hand, and for each of these rules they are enough to know the slope:
    the derivative then costs no second exponential.
    """

    name: str
    function: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


SIGMOID = Activation("sigmoid", sigmoid, lambda a: a * (1 - a))
TANH = Activation("tanh", np.tanh, lambda a: 1 - a * a)
RELU = Activation("relu", relu, lambda a: (a > 0).astype(a.dtype))

ACTIVATIONS = {activation.name: activation for activation in (SIGMOID, TANH, RELU)}
