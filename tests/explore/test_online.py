"""What is measured while a network learns, against the network itself and against learning by hand."""

from typing import NamedTuple, cast

import numpy as np
import pytest

from digitpad.explore import online
from digitpad.explore.minibatches import Material
from digitpad.explore.online import ORDERS, Measured, Runs, course, lead
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd


def test_a_course_measures_what_sgd_does() -> None:
    generator = np.random.default_rng(3)
    x, y = generator.random((50, 6)), np.eye(3)[generator.integers(0, 3, 50)]
    start = Network([6, 4, 3], seed=2, dtype=np.float64)
    for m, updates in ((1, 50), (20, 3)):
        network = start.copy()
        config = TrainingConfig(1, m, 0.5, seed=4)
        measured = list(course(network, x, y, (x[:10], y[:10]), config, every=10))
        assert [point.images for point in measured] == ([0, 10, 20, 30, 40, 50] if m == 1 else [0, 20, 40, 50])
        assert measured[-1].updates == updates
        for point, now in ((measured[0], start), (measured[-1], network)):
            cost = 0.5 * np.sum((now.feedforward(x[:10]) - y[:10]) ** 2, axis=1).mean()
            assert point.cost == pytest.approx(cost, rel=1e-12)
        seconds = [point.seconds for point in measured]
        assert seconds[0] == 0
        assert seconds == sorted(seconds)
    # One image at a time, in the order that the seed draws.
    network, by_hand = start.copy(), start.copy()
    list(course(network, x, y, (x, y), TrainingConfig(1, 1, 0.5, seed=4), every=50))
    for i in np.random.default_rng(4).permutation(50):
        nabla_b, nabla_w = by_hand.backprop(x[i], y[i])
        for own, step in zip((*by_hand.weights, *by_hand.biases), (*nabla_w, *nabla_b), strict=True):
            own -= 0.5 * step
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=1e-10)


def test_only_the_steps_are_timed_and_by_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = np.eye(4), np.eye(2)[[0, 0, 1, 1]]
    times = iter([10, 11, 100, 103, 1000, 1006, 5000, 5010, 9000])
    monkeypatch.setattr(online, "thread_time", lambda: next(times))
    measured = course(Network([4, 2], seed=1), x, y, (x, y), TrainingConfig(1, 1, 1.0), every=1)
    assert [point.seconds for point in measured] == [0, 1, 4, 10, 20]  # and not what passed while others looked


@pytest.fixture(scope="module")
def material() -> Material:
    generator = np.random.default_rng(2)
    images, targets = generator.integers(0, 256, (70, 784), dtype=np.uint8), np.eye(10, dtype=np.float32)
    return Material((images[:50], targets[generator.integers(0, 10, 50)]), (images[50:], targets[[3] * 20]))


def test_runs_keep_the_first_course_and_the_end_of_each_order(material: Material) -> None:
    before = material.start.parameters.copy()
    single, other = Runs(material, 1, 0.5, seed=0), Runs(material, 20, 0.5, seed=0)
    assert (single.images, single.over) == (0, False)
    first = next(single)
    assert single.points == [first]
    for runs, m, updates in ((single, 1, 50), (other, 20, 3)):
        list(runs)
        assert runs.over
        assert runs.points[0].cost == first.cost
        assert runs.points[-1] == runs.ends[0]
        assert [(end.images, end.updates) for end in runs.ends] == [(50, updates)] * ORDERS
        assert len(set(runs.costs)) == ORDERS  # they are others
        network = material.start.copy()
        for _ in sgd(network, material.x, material.y, TrainingConfig(1, m, 0.5, seed=ORDERS - 1)):
            pass
        x, y = material.watched
        assert runs.costs[-1] == np.mean(network.cost.value(network.feedforward(x), y))
    again = Runs(material, 1, 0.5, seed=1)
    list(again)
    assert not set(again.costs) & set(single.costs)
    np.testing.assert_array_equal(material.start.parameters, before)


def test_the_time_is_the_least_of_all_orders_and_a_coarse_clock_gives_their_mean(material: Material) -> None:
    runs = Runs(material, 1, 0.5, seed=0)
    runs.ends[:] = [Measured(50, 50, 0.0, seconds) for seconds in (0.5, 0.2, 9.0)]
    assert runs.seconds == 0.2
    runs.ends[:] = [Measured(50, 50, 0.0, seconds) for seconds in (0.0, 0.016, 0.016, 0.0)]
    assert runs.seconds == pytest.approx(0.008)


class _Ended(NamedTuple):
    """Runs of which nothing but the costs is known."""

    costs: list[float]


def test_a_lead_is_cut_into_longer_steps_and_what_is_left() -> None:
    online, equal, batch = ([0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.45, 0.45, 0.75])
    found = lead(*(cast("Runs", _Ended(costs)) for costs in (online, equal, batch)))
    assert (found.online, found.equal, found.batch) == pytest.approx((0.2, 0.5, 0.55))
    assert (found.total, found.of_steps, found.left) == pytest.approx((0.35, 0.3, 0.05))
    assert found.of_steps + found.left == pytest.approx(found.total)
    assert found.wins == 2
    assert found.apart == found.apart_at_same_eta == pytest.approx(0.3)  # of the mini-batch: more than of the others
    assert found.is_seen
    assert not found.is_own
    rough = lead(*(cast("Runs", _Ended(costs)) for costs in ([0.1, 0.3, 0.8], [0.1, 0.2, 0.2], [0.6, 0.6, 0.6])))
    assert (rough.apart, rough.apart_at_same_eta) == pytest.approx((0.1, 0.7))
    assert rough.is_own
    assert not rough.is_seen


def test_twenty_small_steps_lead_where_one_of_all_twenty_does(material: Material) -> None:
    # The difference is of the second order in eta: with a tenth of it, it is about a hundredth.
    gaps = []
    for eta in (0.1, 0.01):
        one, other = material.start.copy(), material.start.copy()
        for network, m, step in ((one, 1, eta / 25), (other, 25, eta)):
            for _ in sgd(network, material.x[:25], material.y[:25], TrainingConfig(1, m, step, seed=3)):
                pass
        gaps.append(float(np.abs(one.parameters - other.parameters).max()))
    assert gaps[1] < gaps[0] / 30
