"""Sigmoid neurons beside perceptrons: small changes of a weight, and the one simulating the other.

Source: *Neural Networks and Deep Learning*, chapter 1, "Sigmoid neurons": equations 3 to 5, and the two exercises
"Sigmoid neurons simulating perceptrons, part I" and "part II".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from digitpad.explore.perceptron import Perceptron, step
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats, sigmoid, sigmoid_prime

_DECIMALS = 12

Rule = Callable[[Floats], Floats]  # what neurons make of their weighted inputs: ``step`` or ``sigmoid``


def _exact(z: Floats, c: float = 1.0) -> Floats:
    """Return ``z``, a sum of numbers that were multiplied by ``c``, without the last few bits.

    Weights and inputs are written with a few decimals, most of which have no binary form; a sum that is 0 by hand must
    be 0 here too, because a perceptron decides on its sign.
    """
    return np.asarray(np.round(z / c, _DECIMALS) * c)


@dataclass(frozen=True)
class SmallChange:
    """What a change of one weight or of the bias does to the output of a neuron, each as (before, after)."""

    z: tuple[float, float]
    sigmoid: tuple[float, float]
    perceptron: tuple[int, int]
    slope: float  # sigma'(z) before the change
    predicted: float  # the change of the sigmoid neuron's output that equation 5 gives

    @property
    def measured(self) -> float:
        """The change of the sigmoid neuron's output."""
        return self.sigmoid[1] - self.sigmoid[0]

    @property
    def jump(self) -> int:
        """The change of the perceptron's output: -1, 0 or 1."""
        return self.perceptron[1] - self.perceptron[0]


def small_change(neuron: Perceptron, x: ArrayLike, which: int, delta: float) -> SmallChange:
    """Add ``delta`` to weight ``which``, or to the bias where ``which`` is the number of weights, at input x (n,).

    Equation 5 for one changed number: the output changes by about d output/d w_j times delta, and for a sigmoid neuron
    d output/d w_j = sigma'(z) x_j and d output/d b = sigma'(z).
    """
    inputs = np.append(np.asarray(x, dtype=np.float64), 1.0)  # the bias is a weight whose input is always 1
    before = _exact(neuron.weighted_input(inputs[:-1]))
    z = np.stack([before, _exact(before + inputs[which] * delta)])
    outputs, fires, slope = sigmoid(z), step(z), float(sigmoid_prime(before))
    return SmallChange(
        (float(z[0]), float(z[1])),
        (float(outputs[0]), float(outputs[1])),
        (int(fires[0]), int(fires[1])),
        slope,
        slope * float(inputs[which]) * delta,
    )


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
        z = _exact(a @ w.T + b, c)
        a = rule(z)
        layers.append(Layer(z, a))
    return layers


def shares(network: Network, c: float, x: ArrayLike) -> tuple[float, float]:
    """Return two shares of the inputs (m, n_in): where perceptrons give the same as with c = 1, and where sigmoid
    neurons are within 0.1 of the perceptrons.
    """
    plain, steps = multiplied(network, x, step)[-1].a, multiplied(network, x, step, c)[-1].a
    near = np.abs(multiplied(network, x, sigmoid, c)[-1].a - steps) < 0.1
    return float(np.mean(np.all(plain == steps, axis=1))), float(np.mean(np.all(near, axis=1)))


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
