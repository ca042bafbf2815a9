"""Digits that are drawn badly."""

import numpy as np
import pytest
from benchmarks.robustness import WAYS, neat, squared

from digitpad.data import synthetic
from digitpad.data.synthetic import Hand
from tests.scripts.likeness import difference


@pytest.mark.parametrize("name", WAYS)
def test_badly_drawn_digits_are_still_digits(name: str) -> None:
    digit = squared(synthetic.strokes(3, np.random.default_rng(1), Hand()))
    way = WAYS[name]
    far = []
    for strength in way.strengths:
        image = way.draw(digit, strength, np.random.default_rng(0)).image
        assert image.max() > 0.5
        far.append(difference(image, neat(digit).image))
    if name in ("tiny", "huge", "off centre"):
        assert max(far) < 0.3  # place and size are taken out, but for the mouse's pixels
    else:
        assert far[0] < far[1] < far[2] < 1.3  # worse and worse, and something of the digit is left


def test_the_digit_is_squared_about_the_middle() -> None:
    digit = squared([np.array([[10.0, 20.0], [30.0, 60.0]])])
    np.testing.assert_allclose(digit[0], [[-0.25, -0.5], [0.25, 0.5]])
