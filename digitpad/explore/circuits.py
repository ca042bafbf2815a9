"""Circuits of NAND gates: what can be built of one kind of perceptron.

Source: *Neural Networks and Deep Learning*, chapter 1, "Perceptrons": the half adder of NANDs, and the two wires from
one perceptron to another that are merged into one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np

from digitpad.explore.perceptron import AND, OR, PERCEPTRONS, ROWS, XOR, Gate, Perceptron, exact, step

INPUTS = ("x₁", "x₂")


class Doubled(Enum):
    """How a neuron is wired to one that it takes twice."""

    TWO = "two wires"
    MERGED = "one wire with the sum of both weights"
    ONE = "one wire with the first weight alone, which is not the same"


@dataclass(frozen=True)
class Wire:
    """Brings the output of ``source``, an input or a neuron, times ``weight``."""

    source: str
    weight: float


@dataclass(frozen=True)
class Neuron:
    """A perceptron of a circuit."""

    name: str
    wires: tuple[Wire, ...]
    bias: float

    def weighted_input(self, values: Mapping[str, int]) -> float:
        """Return z = w.x + b, given the output of everything that it takes."""
        return float(exact(np.array(sum(wire.weight * values[wire.source] for wire in self.wires) + self.bias)))


@dataclass(frozen=True)
class Circuit:
    """Perceptrons in an order in which each comes after those it takes from."""

    neurons: tuple[Neuron, ...]

    def values(self, x1: int, x2: int) -> dict[str, int]:
        """Return the output of each input and neuron, by name, for two bits."""
        values = dict(zip(INPUTS, (x1, x2), strict=True))
        for neuron in self.neurons:
            values[neuron.name] = int(step(neuron.weighted_input(values)))
        return values

    def table(self, name: str) -> tuple[int, ...]:
        """Return what the neuron of this name gives for the rows of a truth table, as in ``ROWS``."""
        return tuple(self.values(*row)[name] for row in ROWS)


@dataclass(frozen=True)
class Plan:
    """What NAND takes what, and what that computes.

    ``gates`` are triples: a neuron's name, and what it takes first and second. ``computes`` has, for each neuron whose
    output leaves the circuit, the function that it is to compute.
    """

    name: str
    gates: tuple[tuple[str, str, str], ...]
    computes: Mapping[str, Gate]

    def built(self, nand: Perceptron = PERCEPTRONS["NAND"], doubled: Doubled = Doubled.TWO) -> Circuit:
        """Return the circuit with ``nand``, a perceptron of two inputs, for each gate."""
        return Circuit(
            tuple(Neuron(name, _wires(first, second, nand, doubled), nand.bias) for name, first, second in self.gates)
        )

    @property
    def doubled(self) -> tuple[str, ...]:
        """The neurons that take another, or an input, twice."""
        return tuple(name for name, first, second in self.gates if first == second)

    def wrong_rows(self, circuit: Circuit) -> list[tuple[int, int]]:
        """Return for which rows of the truth table ``circuit`` does not compute what this plan is for."""
        tables = [(circuit.table(name), gate.table) for name, gate in self.computes.items()]
        return [row for i, row in enumerate(ROWS) if any(made[i] != wanted[i] for made, wanted in tables)]


def _wires(first: str, second: str, nand: Perceptron, doubled: Doubled) -> tuple[Wire, ...]:
    w1, w2 = nand.weights
    if first != second or doubled is Doubled.TWO:
        return Wire(first, w1), Wire(second, w2)
    return (Wire(first, round(w1 + w2, 6) if doubled is Doubled.MERGED else w1),)


PLANS = (
    Plan("NOT", (("not x₁", "x₁", "x₁"),), {"not x₁": Gate("NOT x₁", (1, 1, 0, 0))}),
    Plan("AND", (("p", "x₁", "x₂"), ("and", "p", "p")), {"and": AND}),
    Plan("OR", (("p", "x₁", "x₁"), ("q", "x₂", "x₂"), ("or", "p", "q")), {"or": OR}),
    Plan("XOR", (("p", "x₁", "x₂"), ("q", "x₁", "p"), ("r", "p", "x₂"), ("xor", "q", "r")), {"xor": XOR}),
    # XOR with one neuron more: x1 + x2 = 2 carry + sum.
    Plan(
        "Half adder",
        (("p", "x₁", "x₂"), ("q", "x₁", "p"), ("r", "p", "x₂"), ("sum", "q", "r"), ("carry", "p", "p")),
        {"sum": XOR, "carry": AND},
    ),
)
HALF_ADDER = PLANS[-1]
