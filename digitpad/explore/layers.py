"""A neuron's weighted input taken apart into its terms, and which neurons of large layers to show.

Source: *Neural Networks and Deep Learning*, chapter 1, equation 4, and the exercise that follows equation 22: to write
equation 22 in components and to see that it is the same rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats


@dataclass(frozen=True, eq=False)
class Components:
    """z of one neuron as a sum of terms w_k a_k, the largest of them one by one.

    ``largest`` are the inputs k with the largest |w_k a_k|, the largest first, none of which is 0.
    ``weights``, ``inputs`` and ``terms`` are those of the largest, in their order; ``rest`` is the sum of the
    ``others`` other terms.
    """

    largest: NDArray[np.intp]
    weights: Floats
    inputs: Floats
    terms: Floats
    rest: float
    others: int
    bias: float
    z: float
    activation: float


def components(network: Network, layer: int, neuron: int, a: Floats, most: int = 4) -> Components:
    """Return the sum of the ``neuron`` that ``weights[layer]`` leads to, term by term, for inputs a (n,).

    The terms are multiplied and added one by one in float64, without a product of matrices. Where weights are no
    numbers, z and the activation may be none (NaN).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        w, inputs = (np.asarray(values, dtype=np.float64) for values in (network.weights[layer][neuron], a))
        terms, bias = w * inputs, float(network.biases[layer][neuron])
        largest = np.argsort(-np.abs(terms), kind="stable")[:most]
        largest = largest[terms[largest] != 0]
        z = float(terms.sum()) + bias
        rest = float(np.delete(terms, largest).sum())
        activation = float(network.neurons(layer).function(np.array([z]))[0])
    others = len(terms) - len(largest)
    return Components(largest, w[largest], inputs[largest], terms[largest], rest, others, bias, z, activation)


@dataclass(frozen=True, eq=False)
class Neuron:
    """The ``neuron`` of a network that ``weights[layer]`` leads to, with the ``activations`` of every layer."""

    network: Network
    activations: Sequence[Floats]
    layer: int
    neuron: int
    components: Components

    @classmethod
    def of(cls, network: Network, activations: Sequence[Floats], layer: int, neuron: int, most: int = 4) -> "Neuron":
        """Return it with its ``most`` largest terms."""
        made = components(network, layer, neuron, activations[layer], most)
        return cls(network, activations, layer, neuron, made)

    @property
    def name(self) -> str:
        """The number by which it goes."""
        return str(self.neuron + first_number(self.network, self.layer))


def first_number(network: Network, layer: int) -> int:
    """Return the number by which the first neuron goes that ``weights[layer]`` leads to.

    Ten outputs go by their digit, and so from 0; other neurons are counted from 1.
    """
    return 0 if layer == len(network.weights) - 1 and network.sizes[-1] == 10 else 1


def votes(network: Network, activations: Sequence[NDArray[Any]]) -> tuple[int, Floats]:
    """Return the largest output and what each neuron of the layer before, (n,), adds to its weighted input.

    ``activations`` are those of every layer, the input first, as ``Network.activations`` returns them for one input.
    """
    answer = int(np.argmax(activations[-1]))
    with np.errstate(over="ignore", invalid="ignore"):
        return answer, np.asarray(network.weights[-1][answer] * activations[-2])


def sample(a: Floats, most: int, strongest: bool, wanted: Sequence[int] = ()) -> NDArray[np.intp]:
    """Return up to ``most`` places of ``a`` (n,), in their order, the ``wanted`` among them.

    The others are those of the largest values by size, or evenly spaced.
    """
    n = len(a)
    if n <= most:
        return np.arange(n)
    order = np.argsort(-np.abs(a), kind="stable") if strongest else np.linspace(0, n - 1, most).round().astype(np.intp)
    chosen = list(dict.fromkeys([*wanted, *order[:most].tolist()]))[:most]
    return np.sort(np.array(chosen, dtype=np.intp))


def pixels(image: Floats, most: int, strongest: bool) -> NDArray[np.intp]:
    """Return some pixels of a square image (n,): ``most`` of its ink, or a grid over all of it; none of a blank one.

    The grid stands in for ink of fewer pixels than that, and where the ``strongest`` are not asked for.
    """
    if not image.any():
        return np.empty(0, dtype=np.intp)
    ink = np.flatnonzero(image > 0.5 * image.max()) if strongest else np.empty(0, dtype=np.intp)
    if len(ink) < most:
        side = isqrt(len(image))
        lines = np.arange(3, side, 7)
        return np.asarray((lines[:, None] * side + lines).ravel(), dtype=np.intp)
    return np.asarray(ink[np.linspace(0, len(ink) - 1, most).round().astype(np.intp)])


def full(network: Network, layer: int, a: Floats) -> float:
    """Return the activation that fills a disc: 1, or for relu neurons, which know no limit, the layer's largest."""
    if layer == 0 or network.neurons(layer - 1).name != "relu":
        return 1.0
    return float(a.max()) or 1.0
