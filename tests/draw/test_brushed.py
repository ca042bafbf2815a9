"""Ink as wide as the brush drew it."""

import numpy as np
import pytest

from digitpad.draw.brushed import brushed
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.preprocess import preprocess


def bar(x: float, brush: float, pressure: float = 1.0) -> Stroke:
    return Stroke(np.array([[x, 0.2, pressure], [x, 0.8, pressure]]), brush)


def widths(*strokes: Stroke, picture: Picture | None = None) -> tuple[float, float]:
    """Return how wide ink is half-way down, in canvas sides, and how high the ink is."""
    greys, (_, _, width, height) = brushed(Drawing(strokes, picture))
    pixel = width / greys.shape[1]
    assert height / greys.shape[0] == pytest.approx(pixel)
    middle = greys[greys.shape[0] // 2].sum() * pixel
    return float(middle), float(greys.sum(axis=0).max() * pixel)


@pytest.mark.parametrize("brush", [0.02, 0.055, 0.12])
def test_a_line_is_as_wide_as_its_brush(brush: float) -> None:
    wide, high = widths(bar(0.5, brush))
    assert wide == pytest.approx(brush, rel=0.05)
    assert high == pytest.approx(0.6 + brush, rel=0.02)


def test_pressure_counts_and_each_stroke_has_its_own() -> None:
    assert widths(bar(0.5, 0.1, 0.5))[0] == pytest.approx(0.05, rel=0.05)
    assert widths(bar(0.3, 0.1), bar(0.7, 0.04))[0] == pytest.approx(0.14, rel=0.05)


def test_a_dot_is_round() -> None:
    greys, _ = brushed(Drawing((Stroke(np.array([[0.5, 0.5, 1.0]]), 0.06),)))
    image = preprocess(greys).centred
    assert image.sum() == pytest.approx(np.pi * 10**2, rel=0.08)  # and its edge is soft


def test_a_picture_goes_with_the_strokes_or_is_all_there_is() -> None:
    picture = Picture(np.ones((10, 10), dtype=np.float32), (0.1, 0.4, 0.2, 0.2))
    assert widths(bar(0.7, 0.05), picture=picture)[0] == pytest.approx(0.25, rel=0.05)
    greys, place = brushed(Drawing(picture=picture))
    assert greys is picture.ink
    assert place == picture.box
