"""The book's training written plainly, one input at a time: what the vectorised network is held against.

Everything here is computed from the formulas again, with column vectors as in the book, and shares no code with
``digitpad.nn``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def sigma(z: Array) -> Array:
    result: Array = 1.0 / (1.0 + np.exp(-z))
    return result


HIDDEN: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "sigmoid": (sigma, lambda z: sigma(z) * (1 - sigma(z))),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "relu": (lambda z: np.where(z > 0, z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0)),
}


def backprop(
    weights: list[Array], biases: list[Array], x: Array, y: Array, hidden: str, cost: str
) -> tuple[list[Array], list[Array]]:
    """Return the gradient (nabla_w, nabla_b) of the cost of one input x (n, 1) with target y (k, 1)."""
    function, derivative = HIDDEN[hidden]
    activation, activations, zs = x, [x], []
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigma(z) if layer == len(weights) - 1 else function(z)
        activations.append(activation)
    delta = activations[-1] - y
    if cost == "quadratic":
        delta = delta * sigma(zs[-1]) * (1 - sigma(zs[-1]))
    nabla_w, nabla_b = [np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]
    for back in range(1, len(weights) + 1):
        if back > 1:
            delta = np.dot(weights[-back + 1].T, delta) * derivative(zs[-back])
        nabla_w[-back] = np.dot(delta, activations[-back - 1].T)
        nabla_b[-back] = delta
    return nabla_w, nabla_b


def train(
    weights: list[Array],
    biases: list[Array],
    images: Array,
    targets: Array,
    batches: list[Array],
    *,
    eta: float,
    hidden: str = "sigmoid",
    cost: str = "quadratic",
    l2: float = 0.0,
    momentum: float = 0.0,
) -> tuple[list[Array], list[Array]]:
    """Return weights and biases (k, 1) after one update for each of ``batches``, which index the images."""
    weights, biases = [w.copy() for w in weights], [b.reshape(-1, 1).copy() for b in biases]
    speed_w, speed_b = [np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]
    for batch in batches:
        sum_w, sum_b = [np.zeros_like(w) for w in weights], [np.zeros_like(b) for b in biases]
        for i in batch:
            one_w, one_b = backprop(weights, biases, images[i].reshape(-1, 1), targets[i].reshape(-1, 1), hidden, cost)
            sum_w = [a + b for a, b in zip(sum_w, one_w, strict=True)]
            sum_b = [a + b for a, b in zip(sum_b, one_b, strict=True)]
        for layer in range(len(weights)):
            slope_w = sum_w[layer] / len(batch) + l2 * weights[layer]
            speed_w[layer] = momentum * speed_w[layer] - eta * slope_w
            speed_b[layer] = momentum * speed_b[layer] - eta * sum_b[layer] / len(batch)
            weights[layer] = weights[layer] + speed_w[layer]
            biases[layer] = biases[layer] + speed_b[layer]
    return weights, biases
