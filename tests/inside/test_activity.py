"""What every neuron does while a network reads one image."""

import numpy as np
import pytest

from digitpad.inside.activity import Activity, Neuron, rows_and_columns
from digitpad.nn.network import Network

IMAGE = np.random.default_rng(0).random(784).astype(np.float32)


@pytest.mark.parametrize("hidden", [(), (30,), (12, 40, 7)])
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_a_neuron_is_the_sum_of_what_its_inputs_add(hidden: tuple[int, ...], activation: str) -> None:
    network = Network((784, *hidden, 10), seed=1, activation=activation, initialisation="scaled")
    activity = Activity.of(network, IMAGE)
    assert activity.winner == Neuron(len(hidden) + 1, int(np.argmax(network.feedforward(IMAGE))))
    for layer in range(1, len(hidden) + 2):
        neuron = Neuron(layer, 3)
        made = activity.sum_of(neuron, 5)
        assert made.activation == pytest.approx(activity.value(neuron), abs=1e-5)
        adding, taking, terms = activity.strongest(neuron, 784)
        assert made.z == pytest.approx(terms.sum() + made.bias)
        assert terms[adding].sum() + terms[taking].sum() == pytest.approx(terms.sum())
        assert (np.diff(terms[adding]) <= 0).all()
        assert (np.diff(terms[taking]) >= 0).all()
        assert set(made.largest.tolist()) <= {*adding.tolist(), *taking.tolist()}


def test_no_more_inputs_are_named_than_were_asked_for() -> None:
    adding, taking, _ = Activity.of(Network((784, 10), seed=1), IMAGE).strongest(Neuron(1, 0), 6)
    assert len(adding) == len(taking) == 6
    blank = Activity.of(Network((784, 10), seed=1), np.zeros(784, dtype=np.float32))
    assert [len(some) for some in blank.strongest(Neuron(1, 0), 6)] == [0, 0, 784]


def test_shares_are_of_the_most_there_can_be() -> None:
    sigmoid = Activity.of(Network((784, 20, 10), seed=1), IMAGE)
    np.testing.assert_array_equal(sigmoid.shares(1), sigmoid.layers[1])
    relu = Activity.of(Network((784, 20, 10), seed=1, activation="relu"), IMAGE)
    assert relu.shares(1).max() == 1
    np.testing.assert_allclose(relu.shares(1) * relu.layers[1].max(), relu.layers[1], rtol=1e-6)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 3e38])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_weights_that_are_no_numbers_raise_and_warn_nowhere(broken: float, activation: str) -> None:
    network = Network((784, 20, 15, 10), seed=1, activation=activation)
    network.parameters[::3] = broken
    activity = Activity.of(network, IMAGE)
    for layer in range(1, 4):
        assert np.abs(activity.shares(layer)).max() <= 1
        activity.sum_of(Neuron(layer, 0), 4)
        activity.strongest(Neuron(layer, 0), 4)
    assert activity.winner.layer == 3


def test_every_neuron_has_a_place_in_a_grid_near_to_a_square() -> None:
    for n in range(1, 3000):
        rows, columns = rows_and_columns(n)
        assert rows * columns >= n
        assert columns - 1 <= rows <= columns
        assert (rows - 1) * columns < n  # no row is left empty
