"""A ball that takes steps in a valley."""

import numpy as np
import pytest

from digitpad.explore.ball import ARRIVED, MOST, Ball
from digitpad.explore.valley import Bowl, TwoValleys


def test_a_ball_goes_down_by_hand_and_back() -> None:
    ball = Ball()
    ball.surface = Bowl(2)
    ball.place(-2.5, 1.5)
    assert ball.whole_way == pytest.approx(np.sqrt(8.5))
    ball.step(0.3)  # the gradient is (-2.5, 3)
    assert ball.v.tolist() == pytest.approx([-1.75, 0.6])
    assert ball.coming(0.5).v.tolist() == pytest.approx([-1.75, 0.6])
    ball.step(0.5)
    assert ball.v.tolist() == pytest.approx([-0.875, 0])
    assert ball.worst_error == max(taken.error for taken in ball.moves) > 0
    assert (ball.reached, ball.over) == (False, False)
    ball.rewind()
    assert (ball.v.tolist(), ball.moves, ball.worst_error) == ([-2.5, 1.5], (), 0.0)


def test_it_ends_at_the_bottom_far_outside_or_after_many_steps() -> None:
    ball = Ball()
    ball.place(1, 1)
    while not ball.over:
        ball.step(0.2)
    assert ball.reached
    assert ball.way <= ARRIVED < float(np.hypot(*ball.moves[-1].v))
    ball.surface = Bowl(10)
    ball.place(1, 1)
    while not ball.over:
        ball.step(1.2)
    assert ball.lost
    assert not ball.reached
    ball.surface = Bowl()
    ball.place(3, 3)
    while not ball.over:
        ball.step(0.002)
    assert (ball.reached, ball.lost, len(ball.moves)) == (False, False, MOST)


def test_the_bottom_is_the_nearest_of_several() -> None:
    ball = Ball()
    ball.surface = TwoValleys(1)
    left, right = (np.array(place) for place in TwoValleys(1).minima)
    for place, bottom in ((-1.0, left), (2.5, right)):
        ball.place(place, 0.5)
        assert ball.bottom.tolist() == bottom.tolist()
        assert ball.way == pytest.approx(np.hypot(place - bottom[0], 0.5))
