"""A curve that is expected."""

import numpy as np
import pytest

from digitpad.train.experiment import Point
from digitpad.train.guess import COLUMNS, CurveGuess


def point(epochs: float, accuracy: float, *, exact: bool = True) -> Point:
    return Point(epochs, accuracy, 0.1, accuracy, 0.1, exact)


def test_nothing_is_drawn_at_first() -> None:
    guess = CurveGuess(30)
    assert not guess.drawn
    assert guess.off_by([point(1, 0.9)]) is None


def test_what_is_drawn_last_counts_whichever_way_it_went() -> None:
    guess = CurveGuess(12)
    guess.draw((0, 0.2), (12, 0.2))
    guess.draw((12, 0.8), (6, 0.8))
    assert guess.accuracies[: COLUMNS // 2].tolist() == [0.2] * (COLUMNS // 2)
    assert guess.accuracies[COLUMNS // 2 :].tolist() == [0.8] * (COLUMNS // 2 + 1)


def test_a_stroke_beyond_the_axes_is_kept_within() -> None:
    guess = CurveGuess(10)
    guess.draw((-3, 1.5), (15, 1.5))
    assert guess.accuracies.tolist() == [1.0] * COLUMNS


def test_gaps_are_straight_and_ends_level() -> None:
    guess = CurveGuess(12)
    guess.draw((3, 0.3), (3, 0.3))
    guess.draw((9, 0.9), (9, 0.9))
    assert np.interp([0, 3, 6, 9, 12], guess.places, guess.whole) == pytest.approx([0.3, 0.3, 0.6, 0.9, 0.9])


def test_it_is_off_by_the_mean_of_exact_points_within_its_epochs() -> None:
    guess = CurveGuess(10)
    guess.draw((0, 0.5), (10, 0.5))
    points = [point(1, 0.6), point(1.5, 0.0, exact=False), point(2, 0.8), point(11, 0.0)]
    assert guess.off_by(points) == pytest.approx(0.2)
    assert guess.off_by(points[1:2]) is None
