"""Networks of sigmoid neurons that simulate perceptrons, as all weights and biases are multiplied by c.

Source: *Neural Networks and Deep Learning*, chapter 1, the exercises "Sigmoid neurons simulating perceptrons, part I"
and "part II".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from digitpad.explore.perceptron import Perceptron, exact, step
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats, sigmoid

Rule = Callable[[Floats], Floats]  # what neurons make of their weighted inputs: ``step`` or ``sigmoid``


class Layer(NamedTuple):
    """The weighted inputs and the outputs of a layer's neurons, each (n,) or (m, n)."""

    z: Floats
    a: Floats


def multiplied(network: Network, x: ArrayLike, rule: Rule, c: float = 1.0) -> list[Layer]:
    """Return every layer after the input, of ``network`` with all weights and biases multiplied by ``c`` > 0.

    ``x`` is one input (n_in,) or a batch (m, n_in); all neurons, the outputs too, follow ``rule``. Exercise (I) is that
    with ``step`` the outputs do not depend on c; exercise (II) that with ``sigmoid`` they go to those of ``step`` as c
    grows, unless a perceptron has w.a + b = 0.
    """
    a: Floats = np.asarray(x, dtype=np.float64)
    other = network.copy()
    other.parameters *= c
    layers = []
    for w, b in zip(other.weights, other.biases, strict=True):
        z = exact(a @ w.T + b, c)
        a = rule(z)
        layers.append(Layer(z, a))
    return layers


def shares(network: Network, c: float, x: ArrayLike) -> tuple[float, float]:
    """Return for what shares of the inputs (m, n_in) neither perceptrons nor sigmoid neurons go astray.

    The first is where perceptrons give the same as with c = 1, the second where sigmoid neurons are within 0.1 of them.
    """
    plain, steps = multiplied(network, x, step)[-1].a, multiplied(network, x, step, c)[-1].a
    near = np.abs(multiplied(network, x, sigmoid, c)[-1].a - steps) < 0.1
    return float(np.mean(np.all(plain == steps, axis=1))), float(np.mean(np.all(near, axis=1)))


def bounds(network: Network, x: ArrayLike, c: float) -> list[Floats]:
    """Return for each layer how far its sigmoid neurons, multiplied by ``c``, can be from the perceptrons at ``x``.

    |sigma(cz) - step(z)| <= e^(-c|z|) for the same z. In later layers the inputs are not the same: where each is off by
    at most eps_k, cz is off by at most d = c sum_k |w_k| eps_k, and the outputs by at most e^(d - c|z|). As c grows all
    of them go to 0, because c e^(-c|z|) does, where no perceptron has z = 0; with z = 0 the bound stays at 1.
    """
    eps: Floats = np.zeros_like(np.asarray(x, dtype=np.float64))
    found = []
    for w, layer in zip(network.weights, multiplied(network, x, step), strict=True):
        off = c * (eps @ np.abs(w).T)
        eps = np.exp(np.minimum(off - c * np.abs(layer.z), 0.0))
        found.append(eps)
    return found


@dataclass(frozen=True)
class Example:
    """A small network of two inputs, two hidden neurons and one output, with a name for it and for each neuron."""

    name: str
    neurons: tuple[str, str, str]
    network: Network


def _two_two_one(first: Perceptron, second: Perceptron, output: Perceptron) -> Network:
    hidden = (first, second)
    return Network.of(
        [np.array([neuron.weights for neuron in hidden], dtype=np.float64), np.array([output.weights], np.float64)],
        [np.array([neuron.bias for neuron in hidden], dtype=np.float64), np.array([output.bias], np.float64)],
        activation="sigmoid",
        cost="quadratic",
    )


EXAMPLES = (
    # XOR, which no single perceptron computes: both NAND and OR.
    Example(
        "XOR, made of NAND, OR and AND",
        ("NAND", "OR", "AND"),
        _two_two_one(Perceptron((-2, -2), 3), Perceptron((2, 2), -1), Perceptron((2, 2), -3)),
    ),
    # The condition of exercise (II) fails in half the plane: with one of the two firing, the output has 1 + 0 - 1 = 0.
    Example(
        "w·x + b = 0 in half of the plane",
        ("x₁ > ½", "x₂ > ½", "both"),
        _two_two_one(Perceptron((2, 0), -1), Perceptron((0, 2), -1), Perceptron((1, 1), -1)),
    ),
)
