"""Gradient descent: steps against the closed form, slopes against finite differences, and where it ends."""

import numpy as np
import pytest

from digitpad.explore.descent import FAR, Curve, Parabola, Quartic, behaviour, descend

CURVES = [Parabola(0.8, -1.6, 3), Parabola(3, 2, 0), Quartic()]


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
    assert descend(Parabola(1, 0, 0), 0, 0.25).steps == 1  # at the bottom: one step of length 0
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
