"""Digits drawn by the program, and the set of them that comes with it."""

from dataclasses import replace

import numpy as np
import pytest

from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.dataset import Kind
from digitpad.data.formats.opening import open_digits
from digitpad.data.synthetic import SHAPES, Hand
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.ink import LINE
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd

STEADY = Hand(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, (LINE, LINE))  # draws every shape as it is


def test_the_same_seed_draws_the_same_and_a_larger_set_begins_like_a_smaller() -> None:
    small, large, other = (synthetic.digits(n, 10, seed) for n, seed in ((20, 1), (40, 1), (20, 2)))
    np.testing.assert_array_equal(small.training.images, large.training.images[:20])
    np.testing.assert_array_equal(small.test.images, large.test.images)
    assert (small.training.images != other.training.images).any()
    assert (small.training.images[:10] != small.test.images).any()
    assert sorted(small.training.labels[10:].tolist()) == list(range(10))


def test_the_set_that_comes_with_the_program_is_what_the_script_draws() -> None:
    shipped, made = open_digits(paths.DIGITS), synthetic.digits(50, 20, seed=1)
    assert (shipped.name, shipped.kind) == ("Built-in digits", Kind.BUILT_IN)
    assert (len(shipped.training), len(shipped.test)) == (10_000, 2_000)
    for ours, theirs in ((made.training, shipped.training), (made.test, shipped.test)):
        np.testing.assert_array_equal(ours.labels, theirs.labels[: len(ours)])
        # Another processor may round the last digit of a sine another way.
        np.testing.assert_allclose(ours.images.astype(int), theirs.images[: len(ours)].astype(int), atol=2)
    assert np.bincount(shipped.training.labels).tolist() == [1000] * 10
    assert sum(file.stat().st_size for file in paths.DIGITS.iterdir()) < 3e6


def test_the_images_lie_as_mnist_s_do() -> None:
    images = open_digits(paths.DIGITS).test.images.reshape(-1, 28, 28) / 255
    for axis in (1, 2):
        mass = images.sum(axis=3 - axis)
        centre = (mass * np.arange(28)).sum(axis=1) / mass.sum(axis=1)
        assert np.abs(centre - 14).max() < 1.5
        assert np.percentile(np.abs(centre - 14), 99) <= 0.51
        ink = images.max(axis=3 - axis) > 0
        assert ink.sum(axis=1).max() <= 21
    assert (images.max(axis=(1, 2)) > 0.95).all()
    assert 0.08 < images.mean() < 0.18  # MNIST's is 0.13


@pytest.mark.parametrize("label", range(10))
def test_every_digit_is_written_in_several_ways_that_differ(label: int) -> None:
    generator = np.random.default_rng(label)
    ways = {
        synthetic.drawn(synthetic.strokes(label, generator, STEADY), generator, STEADY).tobytes() for _ in range(150)
    }
    assert len(SHAPES[label]) >= 5
    assert len(ways) >= len(SHAPES[label])  # points recorded unevenly vary even a steady hand's by a grey


def test_a_drawing_is_rendered_as_on_the_canvas() -> None:
    generator = np.random.default_rng(3)
    for label in range(10):
        paths_ = synthetic.strokes(label, generator, Hand())
        on_canvas = [np.column_stack([path / 200 + 0.2, np.ones(len(path))]) for path in paths_]
        seen = Drawing(tuple(Stroke(points, 0.05) for points in on_canvas)).stages().image
        made = synthetic.drawn(paths_, generator, STEADY)
        np.testing.assert_allclose(made, 255 * seen, atol=1)


@pytest.mark.parametrize(
    "hand",
    [
        replace(STEADY, lean=0.4), replace(STEADY, slant=0.4), replace(STEADY, turn=0.3), replace(STEADY, stretch=0.4),
        replace(STEADY, proportions=0.4), replace(STEADY, aim=5.0), replace(STEADY, bend=6.0),
        replace(STEADY, tremble=2.0), replace(STEADY, reach=12.0), replace(STEADY, hook=1.0), replace(STEADY, gap=1.0),
        replace(STEADY, speed=20.0),
    ],
)  # fmt: skip
def test_every_kind_of_variation_changes_the_drawing(hand: Hand) -> None:
    plain, varied = (synthetic.strokes(5, np.random.default_rng(0), one) for one in (STEADY, hand))
    alike = zip(plain, varied, strict=False)
    assert len(varied) != len(plain) or any(
        one.shape != other.shape or not np.allclose(one, other) for one, other in alike
    )


def test_varied_strokes_may_come_in_any_unit_and_even_be_a_dot() -> None:
    generator = np.random.default_rng(0)
    mild = Hand(0, 0.05, 0.02, 0.05, 0, 0, 1, 0, 0, 0, 0, 3)
    line = np.column_stack([np.linspace(0.2, 0.4, 30), np.linspace(0.5, 0.9, 30)])
    (path,) = synthetic.varied([line], generator, mild)
    assert 90 < np.ptp(path[:, 1]) < 110
    (dot,) = synthetic.varied([np.array([[0.5, 0.5]])], generator, Hand())
    assert np.isfinite(dot).all()
    assert synthetic.drawn([dot], generator, Hand()).any()


def test_a_network_that_learns_them_reads_others() -> None:
    digits = open_digits(paths.DIGITS)
    network = Network((784, 30, 10), seed=0, cost="cross-entropy", initialisation="scaled")
    for _ in sgd(network, digits.training.images, digits.training.targets, TrainingConfig(epochs=3, eta=0.5)):
        pass
    assert network.evaluate(digits.test.images, digits.test.labels) / len(digits.test) > 0.85
