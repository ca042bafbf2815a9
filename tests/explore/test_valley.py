"""Steps in two variables by hand, gradients against finite differences, and contours of known shapes."""

import numpy as np
import pytest

from digitpad.explore.valley import BentValley, Bowl, Surface, TwoValleys, contours, measured_changes, move, smooth

SURFACES = [Bowl(), Bowl(7), BentValley(1), BentValley(4), TwoValleys(1), TwoValleys(5)]


@pytest.mark.parametrize("surface", SURFACES)
def test_gradients_are_those_of_finite_differences(surface: Surface) -> None:
    v, h = np.random.default_rng(6).uniform(-3, 3, (30, 2)), 1e-5
    steps = h * np.eye(2)
    expected = [(surface.value(v + step) - surface.value(v - step)) / (2 * h) for step in steps]
    np.testing.assert_allclose(surface.gradient(v), np.stack(expected, axis=-1), atol=1e-4)


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


def test_contours_of_a_bowl_are_circles_and_of_a_plane_straight() -> None:
    places = np.linspace(-2, 2, 41)
    x, y = np.meshgrid(places, places)
    (circle,) = contours(x**2 + y**2, [1.0])
    radii = np.hypot(*(circle / 10 - 2).reshape(-1, 2).T)
    np.testing.assert_allclose(radii, 1, atol=0.01)
    lengths = np.hypot(*(circle[:, 1] - circle[:, 0]).T) / 10
    assert lengths.sum() == pytest.approx(2 * np.pi, rel=0.01)
    straight, none = contours(x, [0.25, 5.0])
    np.testing.assert_allclose(straight[..., 0], 22.5)
    assert none.shape == (0, 2, 2)


@pytest.mark.parametrize("surface", SURFACES)
def test_smooth_contours_are_where_they_should_be_and_hang_together(surface: Surface) -> None:
    places = np.linspace(-3, 3, 64)
    values = surface.value(np.stack(np.meshgrid(places, places), axis=-1))
    low = float(values.min())
    for level in (low + 0.02, low + 0.3, low + 3):
        (pieces,) = contours(values, [level])
        bent = smooth(surface, pieces / 63 * 6 - 3, level, 4)
        assert len(bent)
        np.testing.assert_allclose(surface.value(bent), level, atol=1e-4)
        ends, counts = np.unique(np.round(bent[:, (0, -1)].reshape(-1, 2), 6), axis=0, return_counts=True)
        inside = np.abs(ends).max(axis=1) < 2.9
        assert (counts[inside] == 2).all()  # each piece begins where another ends
