"""Mini-batches against the full gradient: angles by hand, equation 19 term by term, and where noise must vanish."""

import numpy as np
import pytest

from digitpad.explore.chapter_networks import ChapterNetwork
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


def test_a_draw_can_be_repeated_and_each_of_its_images_is_any_of_all() -> None:
    chosen = sampled(50, 20, 3)
    assert chosen.shape == (20,)
    np.testing.assert_array_equal(chosen, sampled(50, 20, 3))
    assert set(chosen.tolist()) != set(sampled(50, 20, 4).tolist())
    assert set(chosen.tolist()) != set(sampled(50, 20, 3, seed=1).tolist())
    counts = np.bincount(sampled(5, 10_000, 0), minlength=5)  # with replacement: more than there are
    assert counts.sum() == 10_000
    assert (abs(counts - 2_000) < 5 * 40).all()  # five times the root of 10,000 * 0.2 * 0.8


@pytest.fixture
def gradient() -> tuple[Network, FullGradient, np.ndarray, np.ndarray]:
    generator = np.random.default_rng(5)
    network = Network([6, 4, 3], seed=2, initialisation="scaled", dtype=np.float64)
    x, y = generator.random((40, 6)), np.eye(3)[generator.integers(0, 3, 40)]
    full = FullGradient(network, x, y)
    assert len(list(full)) == 1  # they are few
    assert full.complete
    return network, full, x, y


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
    assert compare(full.of(np.arange(40)), full.gradient) == pytest.approx((0, 1), abs=1e-7)
    medians = [_drawn(full, m).spread.median for m in (1, 4, 16, 64)]
    assert medians == sorted(medians, reverse=True)
    assert medians[0] > 2 * medians[-1] > 0  # with as many images as there are, and more, it does not end


def test_what_a_mini_batch_is_off_by_follows_from_how_far_single_images_are(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    single = np.array([full.of(np.array([i])) for i in range(40)])
    length = np.linalg.norm(full.gradient)
    off = np.sqrt(np.mean(np.sum((single - full.gradient) ** 2, axis=1))) / length
    assert full.scatter == pytest.approx(off)
    assert full.expected_angle(9) == pytest.approx(np.degrees(np.arctan(off / 3)))
    squares = [np.sum((full.of(sampled(40, 9, draw)) - full.gradient) ** 2) for draw in range(400)]
    assert np.mean(squares) == pytest.approx((off * length) ** 2 / 9, rel=0.15)
    assert _drawn(full, 16).spread.median == pytest.approx(full.expected_angle(16), rel=0.25)


def _drawn(full: FullGradient, m: int) -> Draws:
    draws = Draws(full, m, seed=0)
    list(draws)
    return draws


def test_the_mean_of_all_draws_is_nearer_than_they_are(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    draws = _drawn(full, 2)
    mean = np.mean([full.of(draws.places(draw)) for draw in range(DRAWS)], axis=0)
    assert draws.mean == pytest.approx(compare(mean, full.gradient))
    assert draws.mean.angle < draws.spread.median / 4  # of 200 images: a tenth is to be expected
    along = np.mean([e.ratio * np.cos(np.radians(e.angle)) for e in draws.estimates])
    assert along == pytest.approx(draws.mean.ratio * np.cos(np.radians(draws.mean.angle)))


def test_the_derivative_by_a_bias_is_made_of_a_digits_images_and_of_others(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, y = gradient
    chosen = sampled(40, 30, 2)
    parts = full.parts(chosen, 1)
    assert parts.own == sum(y[i, 1] == 1 for i in chosen)
    assert parts.own + parts.others == 30
    assert parts.mean < 0 < parts.mean_of_others  # its own images want the output higher, all others lower
    total = parts.own * parts.mean + parts.others * parts.mean_of_others
    assert total / 30 == pytest.approx(full.of(chosen)[-2])
    without = full.parts(np.flatnonzero(y[:, 1] == 0), 1)
    assert (without.own, without.mean) == (0, 0)


def test_a_gradient_taken_in_chunks_is_the_same() -> None:
    generator = np.random.default_rng(6)
    images = generator.integers(0, 256, (2_500, 12), dtype=np.uint8)
    targets = np.eye(3)[generator.integers(0, 3, 2_500)]
    network = Network([12, 5, 3], seed=2, dtype=np.float64)
    full = FullGradient(network, images, targets)
    next(full)
    assert not full.complete
    assert len(list(full)) == 2
    nabla_b, nabla_w = network.backprop(images / 255, targets)
    whole = np.concatenate([part.ravel() for part in (*nabla_w, *nabla_b)])
    np.testing.assert_allclose(full.gradient, whole, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(full.of(np.arange(2_500)), whole, rtol=1e-9, atol=1e-15)


def test_the_mean_of_the_parts_of_a_set_is_the_full_gradient(
    gradient: tuple[Network, FullGradient, np.ndarray, np.ndarray],
) -> None:
    _, full, _, _ = gradient
    parts = np.random.default_rng(1).permutation(40).reshape(8, 5)
    np.testing.assert_allclose(np.mean([full.of(part) for part in parts], axis=0), full.gradient, atol=1e-15)


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
    assert next(draws) == compare(full.of(sampled(40, 7, 0, 3)), full.gradient)
    assert not draws.complete
    made = list(draws)
    assert len(made) == DRAWS - 1
    assert draws.estimates[1:] == made
    assert draws.complete
    assert draws.estimates[5] == compare(full.of(draws.places(5)), full.gradient)
    angles = [estimate.angle for estimate in draws.estimates]
    assert draws.share == share_within(angles, WITHIN)
    assert draws.spread == spread(angles)


@pytest.fixture(scope="module")
def material() -> Material:
    generator = np.random.default_rng(8)
    images, targets = generator.integers(0, 256, (60, 784), dtype=np.uint8), np.eye(10, dtype=np.float32)
    labels = generator.integers(0, 10, 60)
    return Material((images[:50], targets[labels[:50]]), (images[50:], targets[labels[50:]]))


def test_material_is_all_images_where_they_are_few(material: Material) -> None:
    assert material.x.shape == (50, 784)
    assert material.x.dtype == np.uint8
    assert [array.shape for array in material.watched] == [(10, 784), (10, 10)]
    assert material.start.sizes == (784, 30, 10)


def test_what_is_learned_from_makes_whole_mini_batches() -> None:
    images, targets = np.zeros((401, 784), dtype=np.uint8), np.zeros((401, 10), dtype=np.float32)
    few = Material((images, targets), (images[:5], targets[:5]))
    assert (len(few), few.x.shape, few.y.shape) == (401, (400, 784), (400, 10))


def test_what_was_left_in_the_middle_goes_on_to_the_true_gradient(material: Material) -> None:
    network = ChapterNetwork.EPOCH_1
    assert material.draws(network, 10, seed=0) is None
    assert not material.ready(network)
    for _ in material.prepare(network):
        pass
    assert material.ready(network)
    draws = material.draws(network, 5, seed=0)
    assert draws is not None
    assert len(draws.full) == len(material) == 50
    nabla_b, nabla_w = network.model.network.backprop(material.x, material.y)
    whole = np.concatenate([part.ravel() for part in (*nabla_w, *nabla_b)])
    np.testing.assert_allclose(draws.full.gradient, whole, rtol=1e-3, atol=1e-6)
    assert material.draws(network, 5, seed=1) is draws  # kept until they are forgotten
    material.forget_draws()
    other = material.draws(network, 5, seed=1)
    assert other is not None
    assert next(other) != next(draws)
