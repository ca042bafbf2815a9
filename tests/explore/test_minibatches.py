"""Mini-batches against the full gradient: angles by hand, equation 19 term by term, and where noise must vanish."""

import numpy as np
import pytest

from digitpad.explore.minibatches import (
    DRAWS,
    WITHIN,
    Draws,
    FullGradient,
    Material,
    compare,
    sampled,
    share_within,
    spread,
)
from digitpad.nn import book
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd


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
    chosen = sampled(50, 20, 3)
    assert len(set(chosen.tolist())) == 20
    np.testing.assert_array_equal(chosen, sampled(50, 20, 3))
    assert set(chosen.tolist()) != set(sampled(50, 20, 4).tolist())
    assert set(chosen.tolist()) != set(sampled(50, 20, 3, seed=1).tolist())
    np.testing.assert_array_equal(sampled(5, 9, 0), np.arange(5))


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
    chosen = sampled(40, 7, 0)
    total = np.zeros_like(network.parameters)
    slow = book.Network(network.sizes)
    slow.weights, slow.biases = list(network.weights), [b[:, None] for b in network.biases]
    for i in chosen:
        nabla_b, nabla_w = slow.backprop(x[i, :, None], y[i, :, None])
        total += np.concatenate([part.ravel() for part in (*nabla_w, *nabla_b)])
    np.testing.assert_allclose(full.of(chosen), total / 7, rtol=1e-12, atol=1e-15)
    # What the page writes out: the output biases come last in the vector, and each is the mean of its deltas.
    np.testing.assert_allclose(full.of(chosen)[-3:], full.deltas[chosen].mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(full.gradient[-3:], full.deltas.mean(axis=0), rtol=1e-12)


def test_all_images_give_the_true_gradient_and_more_images_a_nearer_one(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    assert full.estimate(sampled(40, 40, 0)) == pytest.approx((0, 1), abs=1e-9)
    medians = [spread([full.estimate(sampled(40, m, draw)).angle for draw in range(60)]).median for m in (1, 4, 16, 32)]
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


def test_draws_are_made_one_by_one_until_they_are_complete(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    draws = Draws(full, 7, seed=3)
    assert next(draws) == full.estimate(sampled(40, 7, 0, 3))
    assert not draws.complete
    made = list(draws)
    assert len(made) == DRAWS - 1
    assert draws.estimates[1:] == made
    assert draws.complete
    assert draws.estimates[5] == full.estimate(draws.places(5))
    angles = [estimate.angle for estimate in draws.estimates]
    assert draws.share == share_within(angles, WITHIN)
    assert draws.spread == spread(angles)
    assert len(list(Draws(full, 40, seed=3))) == 1  # there is but one way to draw all


@pytest.fixture(scope="module")
def material() -> Material:
    generator = np.random.default_rng(8)
    images, targets = generator.integers(0, 256, (60, 784), dtype=np.uint8), np.eye(10, dtype=np.float32)
    labels = generator.integers(0, 10, 60)
    return Material((images[:50], targets[labels[:50]]), (images[50:], targets[labels[50:]]))


def test_material_is_greys_of_all_images_where_they_are_few(material: Material) -> None:
    assert material.x.shape == (50, 784)
    assert material.x.dtype == np.float32
    assert 0 <= material.x.min() < material.x.max() <= 1
    assert [array.shape for array in material.watched] == [(10, 784), (10, 10)]
    assert material.start.sizes == (784, 30, 10)


def test_what_was_left_in_the_middle_goes_on_and_learns_the_same(material: Material) -> None:
    assert material.draws(1, 10, seed=0) is None
    for _ in range(3):
        next(material.prepare(1))
        assert not material.ready(1)
    assert len(list(material.prepare(1))) == 2  # of five mini-batches of ten
    assert material.ready(1)
    network = material.start.copy()
    for _ in sgd(network, material.x, material.y, TrainingConfig(1, 10, 3.0, seed=1)):
        pass
    draws = material.draws(1, 50, seed=0)
    assert draws is not None
    np.testing.assert_array_equal(draws.full.gradient, FullGradient(network, material.x, material.y).gradient)


def test_a_network_that_has_learned_nothing_is_the_start(material: Material) -> None:
    assert list(material.prepare(0)) == []
    draws = material.draws(0, 5, seed=0)
    assert draws is not None
    expected = FullGradient(material.start, material.x, material.y)
    np.testing.assert_array_equal(draws.full.gradient, expected.gradient)
    assert material.draws(0, 5, seed=1) is draws  # kept until they are forgotten
    material.forget_draws()
    other = material.draws(0, 5, seed=1)
    assert other is not None
    assert next(other) != next(draws)
