"""The saturated neuron, against the book's numbers and a network that is trained."""

import numpy as np
import pytest

from digitpad.explore.slowdown import epochs_until, learn, output, slope
from digitpad.nn.costs import COSTS
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd


def test_the_books_starts() -> None:
    # Chapter 3: from 0.6 and 0.9 the output falls from 0.82 to 0.09, from 2.0 and 2.0 from 0.98 to 0.20.
    for start, before, after in (((0.6, 0.9), 0.82, 0.09), ((2.0, 2.0), 0.98, 0.20)):
        course = learn(*start, 0.15, "quadratic", 300)
        assert (course[0].a, course[300].a) == pytest.approx((before, after), abs=0.005)
    first = learn(2.0, 2.0, 0.15, "quadratic", 300)
    other = learn(2.0, 2.0, 0.15, "cross-entropy", 300)
    assert first[0].cost == pytest.approx(0.5 * 0.98201379**2)
    assert first[0].gradient == pytest.approx(0.98201379**2 * (1 - 0.98201379))
    assert other[0].cost == pytest.approx(-np.log(1 - 0.98201379))
    assert other[0].gradient == pytest.approx(0.98201379)
    assert first[100].a > 0.9 > 0.2 > other[100].a  # slow at first, as the book's picture shows


def test_one_step_by_hand() -> None:
    after = learn(0.0, 0.0, 1.0, "quadratic", 1)[1]
    assert after.z == -0.25  # a = 1/2, sigma' = 1/4: both weight and bias fall by 1/8
    assert learn(0.0, 0.0, 1.0, "cross-entropy", 1)[1].z == -1.0


@pytest.mark.parametrize("cost", ["quadratic", "cross-entropy"])
def test_it_is_the_network_of_one_neuron(cost: str) -> None:
    network = Network.of([np.array([[1.3]])], [np.array([0.4])], activation="sigmoid", cost=cost)
    course = learn(1.3, 0.4, 0.15, cost, 20)
    training = sgd(network, np.ones((1, 1)), np.zeros((1, 1)), TrainingConfig(20, 1, 0.15))
    for moment in course:
        a = network.feedforward(np.ones(1))
        assert a[0] == pytest.approx(moment.a, rel=1e-12)
        assert float(COSTS[cost].value(a, np.zeros(1))) == pytest.approx(moment.cost, rel=1e-12)
        assert COSTS[cost].delta(a, np.zeros(1))[0] == pytest.approx(moment.gradient, rel=1e-12)
        next(training, None)


def test_the_count_of_epochs_is_that_of_the_course() -> None:
    for cost in COSTS:
        course = learn(2.0, 1.0, 0.15, cost, 400)
        counted = epochs_until(2.0, 1.0, 0.15, cost, 0.2, 400)
        assert counted is not None
        assert course[counted].a < 0.2 <= course[counted - 1].a
    assert epochs_until(-3.0, 0.0, 0.15, "quadratic", 0.2, 10) == 0
    assert epochs_until(5.0, 5.0, 0.15, "quadratic", 0.2, 100) is None


def test_the_further_saturated_the_larger_the_difference() -> None:
    def times(w: float, b: float) -> float:
        slow, quick = (epochs_until(w, b, 0.15, cost, 0.2, 100_000) for cost in ("quadratic", "cross-entropy"))
        assert slow
        assert quick
        return slow / quick

    assert 4 < times(0.6, 0.9) < times(2.0, 2.0) < 20 < times(3.0, 3.0)


def test_far_from_zero_nothing_overflows_or_vanishes() -> None:
    assert 0 < slope(700.0) < 1e-300
    assert slope(700.0) == slope(-700.0)
    assert learn(350.0, 350.0, 0.15, "cross-entropy", 1)[0].cost == 700.0
    assert output(-800.0) == 0.0
