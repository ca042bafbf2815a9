"""What every neuron of a network does while it reads one image: ``Activity``, and how its neurons are arranged."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.preprocess import Greys
from digitpad.explore.layers import Components, components, full
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats


@dataclass(frozen=True)
class Neuron:
    """One neuron of a network: its ``layer``, the input being 0, and its ``index`` in that layer."""

    layer: int
    index: int


@dataclass(frozen=True, eq=False)
class Activity:
    """The activations of a ``network`` for one image: ``layers``, the input first, each (n,).

    Where weights are no numbers, activations may be none (NaN).
    """

    network: Network
    layers: list[Floats]

    @classmethod
    def of(cls, network: Network, image: Greys) -> "Activity":
        """Feed an image (784,) forward."""
        return cls(network, network.activations(image))

    @cached_property
    def winner(self) -> Neuron:
        """The largest output."""
        return Neuron(len(self.layers) - 1, int(np.argmax(np.nan_to_num(self.layers[-1]))))

    def value(self, neuron: Neuron) -> float:
        """Return the activation of a neuron, or the grey of a pixel."""
        return float(self.layers[neuron.layer][neuron.index])

    def shares(self, layer: int) -> Floats:
        """Return the activations of a layer, (n,), as shares from -1 to 1 of the most there can be.

        Relu neurons know no limit: theirs are shares of the layer's largest. What is no number (NaN) is 0.
        """
        a = np.nan_to_num(self.layers[layer])
        return np.asarray(np.clip(a / full(self.network, layer, a), -1, 1))

    def sum_of(self, neuron: Neuron, most: int) -> Components:
        """Return the weighted input of a neuron that is no pixel as a sum, its ``most`` largest terms one by one."""
        return components(self.network, neuron.layer - 1, neuron.index, self.layers[neuron.layer - 1], most)

    def strongest(self, neuron: Neuron, most: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
        """Return the inputs that add most to a neuron's weighted input, those that take most from it, and all terms.

        Both are indices, up to ``most`` of them, the strongest first; the terms are (n,), in the order of the inputs.
        """
        weights = np.asarray(self.network.weights[neuron.layer - 1][neuron.index], dtype=np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            terms = np.nan_to_num(weights * self.layers[neuron.layer - 1])
        order = np.argsort(terms, kind="stable")
        adding, taking = order[::-1][:most], order[:most]
        return adding[terms[adding] > 0], taking[terms[taking] < 0], terms


def rows_and_columns(n: int) -> tuple[int, int]:
    """Return the grid nearest to a square that has room for ``n`` neurons; 784 are 28 rows of 28.

    >>> rows_and_columns(784), rows_and_columns(30), rows_and_columns(1320)
    ((28, 28), (5, 6), (36, 37))
    """
    columns = ceil(sqrt(n))
    return ceil(n / columns), columns
