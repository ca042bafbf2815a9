"""What small changes of weights and bias do to the output of a sigmoid neuron, and of a perceptron.

Source: *Neural Networks and Deep Learning*, chapter 1, "Sigmoid neurons": equations 3 to 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from digitpad.explore.perceptron import Perceptron, exact, step
from digitpad.nn.neurons import sigmoid, sigmoid_prime


@dataclass(frozen=True)
class SmallChange:
    """What changes of weights and bias do to the output of a neuron, each as (before, after)."""

    z: tuple[float, float]
    sigmoid: tuple[float, float]
    perceptron: tuple[int, int]
    slope: float  # sigma'(z) before the changes
    predicted: float  # the change of the sigmoid neuron's output that equation 5 gives

    @property
    def measured(self) -> float:
        """The change of the sigmoid neuron's output."""
        return self.sigmoid[1] - self.sigmoid[0]

    @property
    def jump(self) -> int:
        """The change of the perceptron's output: -1, 0 or 1."""
        return self.perceptron[1] - self.perceptron[0]


def small_change(neuron: Perceptron, x: ArrayLike, deltas: Sequence[float]) -> SmallChange:
    """Add ``deltas`` (n + 1,), those of the weights and then that of the bias, at input x (n,).

    Equation 5: the output changes by about the sum over j of d output/d w_j times Delta w_j, and d output/d b times
    Delta b; for a sigmoid neuron d output/d w_j = sigma'(z) x_j and d output/d b = sigma'(z).
    """
    inputs = np.append(np.asarray(x, dtype=np.float64), 1.0)  # the bias is a weight whose input is always 1
    added = float(inputs @ np.asarray(deltas, dtype=np.float64))
    before = neuron.weighted_input(inputs[:-1])
    z = np.stack([before, exact(before + added)])
    outputs, fires, slope = sigmoid(z), step(z), float(sigmoid_prime(before))
    return SmallChange(
        (float(z[0]), float(z[1])),
        (float(outputs[0]), float(outputs[1])),
        (int(fires[0]), int(fires[1])),
        slope,
        slope * added,
    )
