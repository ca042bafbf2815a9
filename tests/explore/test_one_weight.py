"""One weight that is changed: cost and count by hand for a network of one weight, and against whole networks."""

import numpy as np
import pytest

from digitpad.explore.one_weight import OneWeight, round_up
from digitpad.nn.network import Network


def test_by_hand() -> None:
    # Two outputs of one input x = 1: output 0 is always sigma(0) = 1/2, output 1 is sigma(w) with w = -1 to begin with.
    network = Network.of([np.array([[0.0], [-1.0]])], [np.zeros(2)], activation="sigmoid", cost="quadratic")
    weight = OneWeight(network, np.ones((1, 1)), np.array([1]))
    a = 1 / (1 + np.e)
    assert weight.weight(1) == -1.0
    assert weight.slope(1) == pytest.approx((a - 1) * a * (1 - a))
    costs, counts = weight.changed(1, np.array([0.0, 0.5, 1.0, 1.5]))
    assert counts.tolist() == [0, 0, 0, 1]  # of equals, at w = 0, the first counts
    assert costs[0] == pytest.approx(0.5 * (0.25 + (1 - a) ** 2))
    assert costs[2] == pytest.approx(0.5 * (0.25 + 0.25))
    assert (np.diff(costs) < 0).all()


def test_it_is_the_network_with_that_weight() -> None:
    generator = np.random.default_rng(2)
    network = Network((5, 4, 3), seed=3, dtype=np.float64)
    images, labels = generator.random((50, 5)), generator.integers(0, 3, 50)
    weight = OneWeight(network, images, labels)
    changes = np.array([-3.0, -0.4, 0.0, 0.7, 5.0])
    for j in range(3):
        costs, counts = weight.changed(j, changes)
        for change, cost, count in zip(changes, costs, counts, strict=True):
            other = network.copy()
            other.weights[-1][j, weight.sources[j]] += change
            outputs = other.feedforward(images)
            assert cost == pytest.approx(0.5 * ((outputs - np.eye(3)[labels]) ** 2).sum(axis=1).mean())
            assert count == (outputs.argmax(axis=1) == labels).sum()
        low, high = weight.changed(j, np.array([-1e-5, 1e-5])).costs
        assert weight.slope(j) == pytest.approx((high - low) / 2e-5, rel=1e-5)


def test_the_reach_is_a_round_number() -> None:
    assert [round_up(value) for value in (0.1, 0.11, 2.0, 3.0, 51.0)] == pytest.approx([0.1, 0.2, 2.0, 5.0, 100.0])


def of_relu(first: float, last: float, sign: float = 1.0) -> OneWeight:
    """Return it for two inputs of 1 and hidden neurons at twice ``first``, of whose weights one has this ``sign``."""
    weights = [np.full((3, 2), first), last * np.array([[1.0, sign, 0.5], [1.0, 1.0, 1.0]])]
    network = Network.of(weights, [np.zeros(3), np.zeros(2)], activation="relu", cost="quadratic")
    return OneWeight(network, np.ones((4, 2)), np.array([0, 0, 1, 1]))


@pytest.mark.parametrize("sign", [1.0, -1.0])  # with a cost that has no slope, or without one
def test_where_sums_of_weights_are_beyond_all_numbers_nothing_is_told_of_one(sign: float) -> None:
    assert not of_relu(1e308, 1.0, sign).finite
    assert of_relu(1e200, 1e-200, sign).finite


@pytest.mark.parametrize("first", [1e-300, 1e3, 1e155, 1e300])
def test_however_large_its_inputs_are_the_weight_moves_by_what_can_be_set(first: float) -> None:
    weight = of_relu(first, 1e-307)
    reach = weight.reach(weight.steepest)
    assert 0.01 <= reach <= 100
    assert np.isfinite(weight.changed(weight.steepest, np.array([-reach, 0.0, reach])).costs).all()
