"""Perceptrons and the half adder, against what the book says of each row."""

import numpy as np
import pytest

from digitpad.explore.perceptron import AND, NAND, OR, PERCEPTRONS, ROWS, XOR, Perceptron, half_adder, named, step


def test_the_step_is_zero_at_zero() -> None:
    np.testing.assert_array_equal(step([-1e-9, 0.0, 1e-9]), [0, 0, 1])


@pytest.mark.parametrize("gate", [AND, OR, NAND], ids=lambda gate: gate.name)
def test_the_presets_are_the_gates_they_are_called(gate) -> None:  # type: ignore[no-untyped-def]
    assert PERCEPTRONS[gate.name].table() == gate.table
    assert named(gate.table) == gate.name


def test_the_books_nand_row_by_row() -> None:
    nand = Perceptron((-2, -2), 3)
    assert [float(nand.weighted_input(row)) for row in ROWS] == [3, 1, 1, -1]


@pytest.mark.parametrize(
    ("x1", "x2", "first", "upper", "lower"), [(0, 0, 1, 1, 1), (0, 1, 1, 1, 0), (1, 0, 1, 0, 1), (1, 1, 0, 1, 1)]
)
def test_the_half_adder_adds(x1: int, x2: int, first: int, upper: int, lower: int) -> None:
    adder = half_adder(x1, x2)
    assert (adder.first, adder.upper, adder.lower) == (first, upper, lower)
    assert 2 * adder.carry + adder.sum == x1 + x2


def test_no_perceptron_of_a_wide_grid_computes_xor() -> None:
    steps = np.arange(-3, 3.5, 0.5)
    tables = {Perceptron((w1, w2), b).table() for w1 in steps for w2 in steps for b in steps}
    assert XOR.table not in tables
    assert {AND.table, OR.table, NAND.table} <= tables
    assert named((0, 0, 1, 0)) == ""
