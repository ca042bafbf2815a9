"""The curve that a pen leaves."""

import numpy as np

from digitpad.draw.curve import smooth


def stroke(x: np.ndarray, y: np.ndarray, pressure: float = 1.0) -> np.ndarray:
    return np.column_stack([x, y, np.full(len(x), pressure)])


def test_the_curve_passes_within_a_pixel_of_every_point() -> None:
    points = stroke(np.linspace(0, 300, 20), 80 * np.sin(np.linspace(0, 9, 20)))
    curve, places = smooth(points)
    farthest = max(np.hypot(*(curve[:, :2] - point[:2]).T).min() for point in points)
    assert farthest < 1.5
    np.testing.assert_allclose(curve[[0, -1]], points[[0, -1]])
    assert np.hypot(*(curve[places] - points)[:, :2].T).max() < 1.5


def test_sharp_corners_stay_where_they_are() -> None:
    points = stroke(np.array([0.0, 50, 100, 100, 100]), np.array([0.0, 0, 0, 50, 100]))
    assert np.hypot(*(smooth(points)[0][:, :2] - [100, 0]).T).min() < 1e-6


def test_the_whole_pixels_of_a_mouse_do_not_make_the_line_tremble() -> None:
    angle = np.linspace(0, 3, 60)
    exact = stroke(200 + 180 * np.cos(angle), 200 + 180 * np.sin(angle))
    off = [np.abs(np.hypot(*(smooth(points)[0][:, :2] - 200).T) - 180) for points in (np.round(exact), exact)]
    assert np.sqrt(np.mean(off[0] ** 2)) < 0.3  # rounding alone is off by 0.29 at the points, more between them
    assert off[1].max() < 0.5


def test_a_pen_that_is_pressed_while_it_rests_is_never_pressed_more_than_it_was() -> None:
    x, y = np.array([600.0, 600, 610, 620, 620]), np.array([600, 600.7, 600.7, 600.7, 600])
    points = np.column_stack([x, y, [0.35, 1, 1, 1, 0.35]])
    pressures = smooth(points)[0][:, 2]
    assert pressures.min() >= 0.35
    assert pressures.max() <= 1
