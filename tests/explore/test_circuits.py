"""Circuits of NANDs, against truth tables and what the book says of the half adder."""

import pytest

from digitpad.explore.circuits import HALF_ADDER, PLANS, Doubled, Plan, Wire
from digitpad.explore.perceptron import OR, PERCEPTRONS, ROWS, Perceptron

ids = [plan.name for plan in PLANS]


@pytest.mark.parametrize("plan", PLANS, ids=ids)
@pytest.mark.parametrize("doubled", [Doubled.TWO, Doubled.MERGED])
def test_every_circuit_of_nands_computes_what_it_is_for(plan: Plan, doubled: Doubled) -> None:
    circuit = plan.built(doubled=doubled)
    assert plan.wrong_rows(circuit) == []
    for name, gate in plan.computes.items():
        assert circuit.table(name) == gate.table


@pytest.mark.parametrize(
    ("x1", "x2", "p", "q", "r"), [(0, 0, 1, 1, 1), (0, 1, 1, 1, 0), (1, 0, 1, 0, 1), (1, 1, 0, 1, 1)]
)
def test_the_half_adder_adds(x1: int, x2: int, p: int, q: int, r: int) -> None:
    values = HALF_ADDER.built().values(x1, x2)
    assert (values["p"], values["q"], values["r"]) == (p, q, r)
    assert 2 * values["carry"] + values["sum"] == x1 + x2


def test_two_wires_of_minus_2_are_one_of_minus_4_and_not_one_of_minus_2() -> None:
    two, merged, one = (HALF_ADDER.built(doubled=doubled).neurons[-1] for doubled in Doubled)
    assert two.wires == (Wire("p", -2), Wire("p", -2))
    assert merged.wires == (Wire("p", -4),)
    assert one.wires == (Wire("p", -2),)
    for p, z, wrong in ((0, 3, 3), (1, -1, 1)):
        assert two.weighted_input({"p": p}) == merged.weighted_input({"p": p}) == z
        assert one.weighted_input({"p": p}) == wrong
    carry = HALF_ADDER.built(doubled=Doubled.ONE).table("carry")
    assert carry == (1, 1, 1, 1)  # whatever is added
    assert HALF_ADDER.wrong_rows(HALF_ADDER.built(doubled=Doubled.ONE)) == [(0, 0), (0, 1), (1, 0)]


def test_a_circuit_of_what_is_no_nand_is_wrong() -> None:
    assert HALF_ADDER.wrong_rows(HALF_ADDER.built(PERCEPTRONS["OR"])) == [(0, 1), (1, 0), (1, 1)]
    assert HALF_ADDER.built(PERCEPTRONS["OR"]).table("p") == OR.table


def test_where_decimals_cancel_a_neuron_has_0() -> None:
    circuit = HALF_ADDER.built(Perceptron((-0.1, -0.2), 0.3))
    first = circuit.neurons[0]
    assert first.weighted_input({"x₁": 1, "x₂": 1}) == 0
    assert circuit.values(1, 1)["p"] == 0


def test_which_neurons_take_another_twice() -> None:
    assert [plan.doubled for plan in PLANS] == [("not x₁",), ("and",), ("p", "q"), (), ("carry",)]


def test_each_neuron_comes_after_what_it_takes() -> None:
    for plan in PLANS:
        for row in ROWS:
            assert set(plan.built().values(*row).values()) <= {0, 1}
