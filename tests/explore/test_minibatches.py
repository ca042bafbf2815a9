"""Mini-batches against the full gradient: angles by hand, equation 19 term by term, and where noise must vanish."""

import numpy as np
import pytest

from digitpad.explore.minibatches import FullGradient, compare, course, drawn, share_within, spread
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig
from tests.nn import oracle


@pytest.mark.parametrize(
    ("estimate", "angle", "ratio"),
    [((2, 0), 0, 1), ((6, 0), 0, 3), ((0, 5), 90, 2.5), ((1, 1), 45, 2**-0.5), ((-4, 0), 180, 2), ((0, 0), 0, 0)],
)
def test_angle_and_length_by_hand(estimate: tuple[float, float], angle: float, ratio: float) -> None:
    found = compare(np.array(estimate), np.array([2.0, 0.0]))
    assert found.angle == pytest.approx(angle, abs=1e-12)
    assert found.ratio == pytest.approx(ratio)


def test_a_tiny_angle_is_not_lost() -> None:
    assert compare(np.array([1.0, 1e-9]), np.array([1.0, 0.0])).angle == pytest.approx(np.degrees(1e-9))
    assert compare(np.ones(2), np.zeros(2)) == (0, 0)


def test_a_draw_has_no_image_twice_and_can_be_repeated() -> None:
    chosen = drawn(50, 20, 3)
    assert len(set(chosen.tolist())) == 20
    np.testing.assert_array_equal(chosen, drawn(50, 20, 3))
    assert set(chosen.tolist()) != set(drawn(50, 20, 4).tolist())
    assert set(chosen.tolist()) != set(drawn(50, 20, 3, seed=1).tolist())
    np.testing.assert_array_equal(drawn(5, 9, 0), np.arange(5))


@pytest.fixture
def gradient() -> tuple[Network, FullGradient, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(5)
    network = Network([6, 4, 3], seed=2, initialisation="scaled", dtype=np.float64)
    x, y = generator.random((40, 6)), np.eye(3)[generator.integers(0, 3, 40)]
    return network, FullGradient(network, x, y), x, y


def test_a_mini_batch_is_the_mean_of_its_images_gradients(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    network, full, x, y = gradient
    chosen = drawn(40, 7, 0)
    total = np.zeros_like(network.parameters)
    for i in chosen:
        weights, biases = [w.copy() for w in network.weights], [b.reshape(-1, 1) for b in network.biases]
        nabla_w, nabla_b = oracle.backprop(weights, biases, x[i, :, None], y[i, :, None], "sigmoid", "quadratic")
        total += np.concatenate([part.ravel() for part in (*nabla_w, *nabla_b)])
    np.testing.assert_allclose(full.of(chosen), total / 7, rtol=1e-12, atol=1e-15)
    # What the page writes out: the output biases come last in the vector, and each is the mean of its deltas.
    np.testing.assert_allclose(full.of(chosen)[-3:], full.deltas[chosen].mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(full.gradient[-3:], full.deltas.mean(axis=0), rtol=1e-12)


def test_all_images_give_the_true_gradient_and_more_images_a_nearer_one(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    assert full.estimate(drawn(40, 40, 0)) == pytest.approx((0, 1), abs=1e-9)
    medians = [spread([full.estimate(drawn(40, m, draw)).angle for draw in range(60)]).median for m in (1, 4, 16, 32)]
    assert medians == sorted(medians, reverse=True)
    assert medians[0] > 2 * medians[-1] > 0


def test_the_mean_of_the_parts_of_a_set_is_the_full_gradient(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    parts = np.random.default_rng(1).permutation(40).reshape(8, 5)
    np.testing.assert_allclose(np.mean([full.of(part).copy() for part in parts], axis=0), full.gradient, atol=1e-15)


def test_spread_and_share_by_hand() -> None:
    found = spread(np.arange(101))
    assert (found.median, found.low, found.high) == pytest.approx((50, 5, 95))
    assert share_within([10, 30, 30.1, 50], 30) == 0.5
    assert share_within([], 30) == 0


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
        assert all(point.seconds > 0 for point in measured[1:])
    # One image at a time, in the order that the seed draws.
    network, by_hand = start.copy(), start.copy()
    list(course(network, x, y, (x, y), TrainingConfig(1, 1, 0.5, seed=4), every=50))
    for i in np.random.default_rng(4).permutation(50):
        nabla_b, nabla_w = by_hand.backprop(x[i], y[i])
        for own, step in zip((*by_hand.weights, *by_hand.biases), (*nabla_w, *nabla_b), strict=True):
            own -= 0.5 * step
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=1e-10)
