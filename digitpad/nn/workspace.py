"""The arrays that backpropagation computes in, made once and used for every mini-batch."""

from collections.abc import Sequence
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import DTypeLike

from digitpad.nn.neurons import Floats


class Workspace:
    """Lists by layer, the input first, of arrays for m inputs that go through backpropagation together.

    ``a[l]`` (m, sizes[l]) are the activations of layer l, ``delta[l]`` (m, sizes[l + 1]) the errors of the layer above
    it, and ``spare[l]`` room of the same shape. ``nabla_w`` and ``nabla_b`` are the parts of ``gradient``, which has a
    number for each weight and bias in the order of ``Network.parameters``.
    """

    def __init__(self, sizes: Sequence[int], m: int, dtype: DTypeLike, networks: int | None = None) -> None:
        """Make room for ``m`` inputs to a network of layers of these ``sizes``.

        Where there are several ``networks`` of these, each array has them along an axis before the others; ``scale`` is
        then (networks, 1, 1).
        """
        several = () if networks is None else (networks,)
        above = [(*several, m, n) for n in sizes[1:]]
        self.a: list[Floats] = [np.empty(0, dtype=dtype), *(np.empty(shape, dtype=dtype) for shape in above)]
        self.delta: list[Floats] = [np.empty(shape, dtype=dtype) for shape in above]
        self.spare: list[Floats] = [np.empty(shape, dtype=dtype) for shape in above]
        self.gradient: Floats = np.zeros((*several, number_of_parameters(sizes)), dtype=dtype)
        self.nabla_w, self.nabla_b = split(self.gradient, sizes)
        self.ones: Floats = np.ones(m, dtype=dtype)
        # Of no dimension: NumPy takes it in half the time of a Python number.
        self.scale: Floats = np.ones((*several, 1, 1) if several else (), dtype=dtype)


def number_of_parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network with layers of these ``sizes`` has."""
    return sum(above * (below + 1) for below, above in pairwise(sizes))


def split(parameters: Floats, sizes: Sequence[int]) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Return the parts of ``parameters`` for weights and for biases, layer by layer, without copying.

    ``parameters`` holds first all weights, (sizes[l + 1], sizes[l]) for each layer l, then all biases, (sizes[l + 1],);
    where it has axes before that, those of several networks, so have the parts.
    """
    shapes: list[tuple[int, ...]] = list(zip(sizes[1:], sizes[:-1], strict=True))
    shapes += [(size,) for size in sizes[1:]]
    ends = np.cumsum([prod(shape) for shape in shapes])
    pieces, before = np.split(parameters, ends[:-1], axis=-1), parameters.shape[:-1]
    parts = [piece.reshape(*before, *shape) for piece, shape in zip(pieces, shapes, strict=True)]
    layers = len(sizes) - 1
    return tuple(parts[:layers]), tuple(parts[layers:])
