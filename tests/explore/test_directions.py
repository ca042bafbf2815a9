"""Moves in all directions: none is predicted to do better than that against the gradient."""

import numpy as np
import pytest

from digitpad.explore.directions import DEGREES, directions, turned_to
from digitpad.explore.valley import BentValley, Bowl, Surface, TwoValleys, move


@pytest.mark.parametrize("surface", [Bowl(), Bowl(8), BentValley(3), TwoValleys(2)])
def test_the_least_prediction_is_that_against_the_gradient_and_no_other(surface: Surface) -> None:
    for v in np.random.default_rng(8).uniform(-3, 3, (20, 2)):
        all_of_them = directions(surface, v, 0.3)
        np.testing.assert_allclose(np.hypot(*all_of_them.changes.T), 0.3)
        least = all_of_them.at(0)
        assert all_of_them.predicted[least] == pytest.approx(all_of_them.bound)
        assert (np.delete(all_of_them.predicted, least) > all_of_them.predicted[least]).all()
        assert all_of_them.eta is not None
        step = move(surface, v, all_of_them.eta)
        np.testing.assert_allclose(all_of_them.changes[least], step.change)
        assert all_of_them.measured[least] == pytest.approx(step.measured)


def test_a_move_by_hand() -> None:
    # C = (v1^2 + 2 v2^2) / 2 at (3, 2): gradient (3, 4), 5 long. A quarter turn goes along the contour.
    found = directions(Bowl(2), np.array([3.0, 2.0]), 0.5)
    assert (found.bound, found.eta) == (-2.5, 0.1)
    np.testing.assert_allclose(found.changes[found.at(0)], [-0.3, -0.4])
    np.testing.assert_allclose(found.changes[found.at(90)], [0.4, -0.3])
    assert found.predicted[found.at(90)] == pytest.approx(0)
    assert found.predicted[found.at(180)] == pytest.approx(2.5)
    assert found.predicted[found.at(60)] == pytest.approx(-1.25)


def test_for_long_moves_another_direction_can_lead_lower_for_short_ones_hardly() -> None:
    narrow, v = Bowl(10), np.array([-2.5, 0.5])
    long, short = directions(narrow, v, 1.0), directions(narrow, v, 0.001)
    assert abs(long.lowest) > 10
    assert long.measured.min() < long.measured[long.at(0)]
    assert abs(short.lowest) <= 1
    np.testing.assert_allclose(short.measured, short.predicted, atol=1e-5)


def test_where_it_is_flat_no_direction_is_steepest() -> None:
    flat = directions(Bowl(3), np.zeros(2), 0.2)
    assert (flat.bound, flat.eta) == (0, None)
    assert not flat.predicted.any()
    assert flat.lowest == 0  # of the two along v1, where it climbs least


def test_the_way_to_the_bottom_is_seldom_the_steepest() -> None:
    assert turned_to(Bowl(1), np.array([2.0, 1.0]), np.array([-2.0, -1.0])) == pytest.approx(0)
    v = np.array([-2.5, 1.5])
    off = turned_to(Bowl(10), v, -v)
    assert 40 < abs(off) < 60
    found = directions(Bowl(10), v, 1.0)
    toward = found.changes[found.at(round(off))]
    np.testing.assert_allclose(toward / np.hypot(*toward), -v / np.hypot(*v), atol=0.01)
    assert DEGREES[found.at(off)] == round(off)
