"""Deformed digits."""

import numpy as np
import pytest

from digitpad.nn.augment import Deform

NONE = Deform(rotate=0, shear=0, stretch=0, elastic=0, shift=0, width=0)


def ring(m: int = 1) -> np.ndarray:
    y, x = np.indices((28, 28))
    image = (np.abs(np.hypot(y - 14, x - 14) - 7) < 1.5).astype(np.float32)
    return np.repeat(image.reshape(1, 784), m, axis=0)


def test_no_deformation_is_the_identity() -> None:
    images = np.random.default_rng(0).uniform(size=(3, 784)).astype(np.float32)
    np.testing.assert_allclose(NONE(images, np.random.default_rng(0)), images, atol=1e-6)


def test_every_image_is_deformed_differently_and_stays_an_image() -> None:
    images = ring(20)
    deformed = Deform()(images, np.random.default_rng(0))
    assert deformed.shape == images.shape
    assert deformed.dtype == images.dtype
    assert deformed.min() >= 0
    assert deformed.max() <= 1 + 1e-6
    assert len(np.unique(deformed, axis=0)) == 20
    np.testing.assert_array_equal(images, ring(20))


def test_the_seed_decides() -> None:
    one, same = (Deform()(ring(4), np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one, same)


def test_strokes_grow_and_shrink() -> None:
    inks = Deform(0, 0, 0, 0, shift=0, width=0.8)(ring(200), np.random.default_rng(0)).sum(axis=1)
    own = ring().sum()
    assert inks.min() < 0.75 * own
    assert inks.max() > 1.25 * own


@pytest.mark.parametrize("shift", [1, 2])
def test_shifts_are_by_whole_pixels(shift: int) -> None:
    shifted = Deform(0, 0, 0, 0, shift=shift, width=0)(ring(200), np.random.default_rng(0)).reshape(200, 28, 28)
    wanted = [
        np.roll(ring().reshape(28, 28), (dy, dx), (0, 1))
        for dy in range(-shift, shift + 1)
        for dx in range(-shift, shift + 1)
    ]
    found = {min(range(len(wanted)), key=lambda i: np.abs(wanted[i] - image).max()) for image in shifted}
    assert found == set(range(len(wanted)))
    for image in shifted:
        assert min(np.abs(one - image).max() for one in wanted) < 1e-5
