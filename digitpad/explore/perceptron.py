"""Perceptrons, and the logic that can be made of them.

Source: *Neural Networks and Deep Learning*, chapter 1, "Perceptrons": equations 1 and 2, and the half adder of NANDs.
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

    def weighted_input(self, x: ArrayLike) -> Floats:
        """Return z = w.x + b, of shape () or (m,), for inputs of shape (n,) or (m, n)."""
        return np.asarray(np.asarray(x, dtype=np.float64) @ np.array(self.weights) + self.bias)

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


@dataclass(frozen=True)
class HalfAdder:
    """What each of the five NANDs of the book's half adder gives for two bits."""

    first: int
    upper: int
    lower: int
    sum: int
    carry: int


def half_adder(x1: int, x2: int, nand: Perceptron = PERCEPTRONS["NAND"]) -> HalfAdder:
    """Add two bits with five perceptrons: x1 + x2 = 2 carry + sum.

    The book's picture: ``first`` takes both bits; ``upper`` takes x1 and ``first``, ``lower`` x2 and ``first``;
    ``sum`` takes these two; ``carry`` takes ``first`` twice.
    """

    def gate(*x: int) -> int:
        return int(nand.output(x))

    first = gate(x1, x2)
    upper, lower = gate(x1, first), gate(x2, first)
    return HalfAdder(first, upper, lower, gate(upper, lower), gate(first, first))


def named(table: Sequence[int]) -> str:
    """Return the name of the gate with this truth table, or "" if it has none here."""
    return next((gate.name for gate in (AND, OR, NAND, XOR) if gate.table == tuple(table)), "")
