"""Perceptrons, and the gates that a single one can be.

Source: *Neural Networks and Deep Learning*, chapter 1, "Perceptrons": equations 1 and 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from digitpad.nn.neurons import Floats

_DECIMALS = 12

ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))  # the inputs of a gate, in the order of a truth table


def step(z: ArrayLike) -> Floats:
    """Return 1 where the weighted input z = w.x + b is above 0 and 0 elsewhere, of the shape of ``z`` (equation 2)."""
    return np.asarray(np.asarray(z) > 0, dtype=np.float64)


def exact(z: Floats, c: float = 1.0) -> Floats:
    """Return ``z``, a sum of numbers that were multiplied by ``c``, without the last few bits.

    Weights and inputs are written with a few decimals, most of which have no binary form; a sum that is 0 by hand must
    be 0 here too, because a perceptron decides on its sign.
    """
    return np.asarray(np.round(z / c, _DECIMALS) * c)


@dataclass(frozen=True)
class Perceptron:
    """A perceptron of two inputs, or any number: weights w and bias b."""

    weights: tuple[float, ...]
    bias: float

    @property
    def threshold(self) -> float:
        """What w.x must exceed for the output to be 1: -b, which makes equation 1 of equation 2."""
        return -self.bias

    def weighted_input(self, x: ArrayLike) -> Floats:
        """Return z = w.x + b, of shape () or (m,), for inputs of shape (n,) or (m, n); 0 where it is 0 by hand."""
        return exact(np.asarray(x, dtype=np.float64) @ np.array(self.weights) + self.bias)

    def output(self, x: ArrayLike) -> Floats:
        """Return 0 or 1, of shape () or (m,), for inputs of shape (n,) or (m, n)."""
        return step(self.weighted_input(x))

    def table(self) -> tuple[int, ...]:
        """Return the outputs of a perceptron of two inputs for the rows of a truth table, as in ``ROWS``."""
        return tuple(int(y) for y in self.output(ROWS))


@dataclass(frozen=True)
class Gate:
    """A function of two bits: its ``name`` and the outputs for ``ROWS``."""

    name: str
    table: tuple[int, ...]


AND, OR, NAND, XOR = (
    Gate("AND", (0, 0, 0, 1)),
    Gate("OR", (0, 1, 1, 1)),
    Gate("NAND", (1, 1, 1, 0)),
    Gate("XOR", (0, 1, 1, 0)),  # no single perceptron computes it: no line parts its ones from its zeros
)

# The book's own NAND is the last: weights -2, -2 and bias 3.
PERCEPTRONS = {"AND": Perceptron((2, 2), -3), "OR": Perceptron((2, 2), -1), "NAND": Perceptron((-2, -2), 3)}


def named(table: Sequence[int]) -> str:
    """Return the name of the gate with this truth table, or "" if it has none here."""
    return next((gate.name for gate in (AND, OR, NAND, XOR) if gate.table == tuple(table)), "")
