"""How many neurons can go."""

from functools import cache

import numpy as np
import pytest

from digitpad.data.dataset import Dataset
from digitpad.inside.activity import Neuron
from digitpad.inside.knife import Cut, Order, after, in_order
from digitpad.inside.pruning import Pruning, digits_for, pruning_steps, steps_of
from digitpad.nn.network import Network
from digitpad.nn.steps import finish
from digitpad.nn.training import TrainingConfig, sgd
from tests.digits import a_set

DIGITS = a_set(300, 5)


@cache
def taught(hidden: tuple[int, ...], activation: str) -> Network:
    """Return a network that reads most of the digits; in float64, where no two outputs are alike by rounding."""
    learned_from = a_set(600, 1)
    network = Network((784, *hidden, 10), seed=1, activation=activation, initialisation="scaled", dtype=np.float64)
    eta = 0.1 if activation == "relu" else 2.0
    finish(sgd(network, learned_from.images, learned_from.targets, TrainingConfig(8, 10, eta, seed=1)))
    assert network.evaluate(DIGITS.images, DIGITS.labels) > 200
    return network


@pytest.mark.parametrize(("hidden", "layer"), [((30,), 1), ((40, 16), 1), ((40, 16), 2)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("order", Order)
def test_a_curve_is_what_one_neuron_after_the_other_gives(
    hidden: tuple[int, ...], layer: int, activation: str, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = taught(hidden, activation)
    monkeypatch.setattr(Network, "chunk", 128)  # so that there are some, the last a short one
    first_to_go = in_order(network, layer, order, seed=2)
    found = finish(pruning_steps(network, layer, first_to_go, DIGITS))
    assert (found.neurons, found.digits) == (hidden[layer - 1], 300)
    assert (found.counts[0], found.counts[-1]) == (0, hidden[layer - 1])
    assert set(found.counts) >= set(steps_of(hidden[layer - 1]))
    for count, correct in zip(found.counts, found.correct, strict=True):
        cut = Cut(frozenset(Neuron(layer, int(index)) for index in first_to_go[:count]))
        assert after(network, cut).evaluate(DIGITS.images, DIGITS.labels) == correct
    # So many can go, and with the next accuracy has fallen by a point.
    at = found.counts.index(found.can_go)
    assert all(found.correct[0] - correct < 3 for correct in found.correct[: at + 1])
    if found.can_go < found.neurons:
        assert found.counts[at + 1] == found.can_go + 1
        assert found.correct[0] - found.correct[at + 1] >= 3


def test_what_is_known_grows() -> None:
    network = taught((30,), "sigmoid")
    told = [known for known in pruning_steps(network, 1, np.arange(30), DIGITS) if known]
    assert [len(known.counts) for known in told] == list(range(1, 32))
    assert told[-1].counts == list(range(31))


def test_of_many_neurons_some_numbers_are_tried() -> None:
    assert steps_of(5) == [0, 1, 2, 3, 4, 5]
    assert steps_of(30) == list(range(31))
    some = steps_of(1320)
    assert (some[0], some[-1], len(some)) == (0, 1320, 31)
    assert max(np.diff(some)) == 44


def test_a_point_is_one_in_a_hundred_digits() -> None:
    assert Pruning(3, 200, [0, 1, 2, 3], [190, 189, 188, 20]).can_go == 1
    assert Pruning(3, 200, [0, 1, 2, 3], [190, 189, 189, 189]).can_go == 3
    assert Pruning(3, 200, [0, 1, 2, 3], [190, 188, 190, 190]).can_go == 0
    assert Pruning(2, 700, [0, 1, 2], [700, 694, 693]).can_go == 1
    assert Pruning(1, 200, [0, 1], [190, 95]).accuracies == [0.95, 0.475]


def test_a_large_network_is_measured_on_fewer_digits() -> None:
    assert digits_for(Network((784, 30, 10), seed=1), 1) > 100_000
    large = Network((784, 1320, 992, 500, 10), seed=1)
    assert 1000 < digits_for(large, 1) < 2000 < digits_for(large, 3)
    assert digits_for(Network((784, 10_000, 1000, 10), seed=1), 1) == 1000  # never so few that a point is a chance


@pytest.mark.parametrize("value", [np.nan, np.inf, 3e38])
def test_odd_weights_have_a_curve_too(value: float) -> None:
    network = Network((784, 6, 10), seed=1)
    network.parameters[:] = value
    assert len(finish(pruning_steps(network, 1, np.arange(6), DIGITS)).counts) >= 2


def test_without_digits_there_is_none() -> None:
    none = Dataset(DIGITS.images[:0], DIGITS.labels[:0])
    with pytest.raises(ValueError, match="no digits"):
        finish(pruning_steps(Network((784, 6, 10), seed=1), 1, np.arange(6), none))
