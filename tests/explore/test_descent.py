"""Gradient descent: steps against the closed form, gradients against finite differences, and where it ends."""

import numpy as np
import pytest

from digitpad.explore.descent import (
    FAR,
    BentValley,
    Bowl,
    Curve,
    Parabola,
    Quartic,
    Surface,
    TwoValleys,
    behaviour,
    descend,
    measured_changes,
    move,
)

CURVES = [Parabola(0.8, -1.6, 3), Parabola(3, 2, 0), Quartic()]
SURFACES = [Bowl(), Bowl(7), BentValley(1), BentValley(4), TwoValleys(1), TwoValleys(5)]


def test_the_first_steps_by_hand() -> None:
    curve = Parabola(1, -2, 5)  # (x - 1)^2 + 4
    assert (curve.value(3.0), curve.slope(3.0), curve.minimum) == (8, 4, 1)
    assert descend(curve, 3, 0.25).path[:4] == (3, 2, 1.5, 1.25)
    assert descend(curve, 3, 0.75).path[:4] == (3, 0, 1.5, 0.75)


@pytest.mark.parametrize("eta", [0.01, 0.3, 0.625, 0.9, 1.25, 1.4])
def test_steps_are_the_closed_form(eta: float) -> None:
    curve = Parabola(0.8, -1.6, 3)
    run = descend(curve, -4, eta)
    expected = [curve.after(n, -4, eta) for n in range(len(run.path))]
    np.testing.assert_allclose(run.path, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("eta", "word", "ending"),
    [
        (0.02, "crawls", "converged"),
        (0.3, "converges", "converged"),
        (0.5, "arrives", "converged"),
        (0.7, "oscillates", "converged"),
        (0.98, "oscillates", "converged"),
        (1.0, "swings", "unfinished"),
        (1.02, "diverges", "diverged"),
        (50.0, "diverges", "diverged"),
    ],
)
def test_it_converges_below_one_over_c2_and_not_above(eta: float, word: str, ending: str) -> None:
    curve = Parabola(1, 0, 0)
    assert behaviour(curve.factor(eta)) == word
    run = descend(curve, 4, eta)
    assert run.ending == ending
    assert np.isfinite(run.path).all()


def test_the_loop_counts_its_last_step() -> None:
    # From 4 with the factor 1/2 the steps are 2, 1, ..., 2/2^8 = 0.0078: nine of them.
    assert descend(Parabola(1, 0, 0), 4, 0.25).steps == 9
    assert descend(Parabola(1, 0, 0), 0, 0.25).steps == 1  # at the bottom: one step of length nought
    assert descend(Parabola(1, 0, 0), 4, 0.5).steps == 2  # the second shows that the first was enough


def test_short_steps_end_the_loop_far_from_the_bottom() -> None:
    run = descend(Parabola(1, 0, 0), 4, 0.005)
    assert run.ending == "converged"
    assert run.path[-1] > 0.9


def test_a_run_that_diverges_stops_at_the_first_place_far_out() -> None:
    path = descend(Parabola(1, 0, 0), 4, 2).path  # times -3 in each step
    assert path == (4, -12, 36, -108)
    assert abs(path[-1]) > FAR > abs(path[-2])


def test_the_quartic_has_two_valleys_and_a_hill() -> None:
    curve = Quartic()
    left, right = curve.minima
    assert left < curve.hill < right
    for x in (left, curve.hill, right):
        assert curve.slope(x) == pytest.approx(0, abs=1e-9)
    assert curve.curvature(left) > 0 > curve.curvature(curve.hill)
    assert curve.value(left) < curve.value(right) < curve.value(curve.hill)
    for x0, eta, end in ((5, 0.1, right), (-5, 0.1, left), (5, 0.4, left)):  # the last leaps over the hill
        assert descend(curve, x0, eta).path[-1] == pytest.approx(end, abs=0.05)


@pytest.mark.parametrize("curve", CURVES)
def test_slopes_are_those_of_finite_differences(curve: Curve) -> None:
    x, h = np.linspace(-6, 6, 25), 1e-5
    np.testing.assert_allclose(curve.slope(x), (curve.value(x + h) - curve.value(x - h)) / (2 * h), atol=1e-6)
    np.testing.assert_allclose(curve.curvature(x), (curve.slope(x + h) - curve.slope(x - h)) / (2 * h), atol=1e-6)


@pytest.mark.parametrize("surface", SURFACES)
def test_gradients_are_those_of_finite_differences(surface: Surface) -> None:
    v, h = np.random.default_rng(6).uniform(-3, 3, (30, 2)), 1e-5
    steps = h * np.eye(2)
    expected = [(surface.value(v + step) - surface.value(v - step)) / (2 * h) for step in steps]
    np.testing.assert_allclose(surface.gradient(v), np.stack(expected, axis=-1), atol=1e-6)


@pytest.mark.parametrize("surface", SURFACES)
def test_minima_are_flat_and_lower_than_what_is_around(surface: Surface) -> None:
    around = 0.1 * np.array([[np.cos(t), np.sin(t)] for t in np.linspace(0, 6, 13)])
    for place in surface.minima:
        v = np.array(place)
        np.testing.assert_allclose(surface.gradient(v), 0, atol=1e-9)
        assert (surface.value(v + around) > surface.value(v)).all()


def test_a_step_in_the_bowl_by_hand() -> None:
    step = move(Bowl(2), np.array([-2.0, 1.0]), 0.25)  # C = (4 + 2) / 2 = 3, gradient (-2, 2)
    np.testing.assert_allclose(step.gradient, [-2, 2])
    np.testing.assert_allclose(step.change, [0.5, -0.5])
    np.testing.assert_allclose(step.end, [-1.5, 0.5])
    assert step.predicted == -2  # -0.25 * 8
    assert step.measured == 1.375 - 3  # (2.25 + 0.5) / 2
    assert step.error == pytest.approx(0.1875)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_prediction_is_right_to_first_order(surface: Surface) -> None:
    v = np.array([-1.4, 0.9])
    errors = [move(surface, v, eta).error for eta in (1e-3, 5e-4)]
    assert errors[1] == pytest.approx(errors[0] / 2, rel=0.05)  # half the eta, half the error


def test_at_the_bottom_nothing_is_predicted_and_nothing_missed() -> None:
    step = move(Bowl(3), np.zeros(2), 0.5)
    assert (step.predicted, step.measured, step.error) == (0, 0, 0)


def test_changes_for_many_etas_are_those_of_single_steps() -> None:
    v, etas = np.array([2.0, -1.0]), np.array([0.0, 0.1, 0.7])
    expected = [move(BentValley(3), v, eta).measured for eta in etas.tolist()]
    np.testing.assert_allclose(measured_changes(BentValley(3), v, etas), expected)
