"""What a small change of a weight does to the output of a sigmoid neuron, and of a perceptron.

Source: *Neural Networks and Deep Learning*, chapter 1, "Sigmoid neurons": equations 3 to 5.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from digitpad.explore.perceptron import Perceptron, exact, step
from digitpad.nn.neurons import sigmoid, sigmoid_prime


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
    before = exact(neuron.weighted_input(inputs[:-1]))
    z = np.stack([before, exact(before + inputs[which] * delta)])
    outputs, fires, slope = sigmoid(z), step(z), float(sigmoid_prime(before))
    return SmallChange(
        (float(z[0]), float(z[1])),
        (float(outputs[0]), float(outputs[1])),
        (int(fires[0]), int(fires[1])),
        slope,
        slope * float(inputs[which]) * delta,
    )
