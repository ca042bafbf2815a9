"""A drawing falls into pieces from left to right."""

import numpy as np
import pytest

from digitpad.draw.drawing import BRUSH, Drawing, Picture, Points, Stroke
from digitpad.draw.pieces import gap, joined, pieces_of

LINE = np.linspace(0, 1, 21)[:, None]
DOWN = np.hstack([0 * LINE + 0.2, 0.3 + 0.4 * LINE])
ROUND = np.hstack([0.15 * np.cos(2 * np.pi * LINE), 0.2 * np.sin(2 * np.pi * LINE)]) + (0.5, 0.5)


def stroke(points: Points) -> Stroke:
    return Stroke(np.column_stack([points, np.ones(len(points))]), BRUSH)


def test_strokes_stand_in_a_row_whatever_their_order() -> None:
    right, left = stroke(DOWN + (0.4, 0)), stroke(DOWN)
    pieces = pieces_of(Drawing((right, left)))
    assert [piece.ink.strokes for piece in pieces] == [(left,), (right,)]
    assert gap(*pieces) == pytest.approx(0.4)


def test_what_lies_within_or_above_is_one_piece() -> None:
    bar = np.hstack([0.3 + 0.4 * LINE, 0 * LINE + 0.25])
    (piece,) = pieces_of(Drawing((stroke(ROUND), stroke(bar), stroke(DOWN + (0.3, 0)))))
    assert len(piece.ink.strokes) == 3
    assert piece.pieces == (piece,)


def test_pieces_are_the_same_of_the_same_strokes() -> None:
    strokes = stroke(DOWN), stroke(ROUND)
    assert pieces_of(Drawing(strokes)) == pieces_of(Drawing(strokes[::-1]))
    assert pieces_of(Drawing(strokes)) != pieces_of(Drawing((stroke(DOWN), stroke(ROUND))))


def test_more_strokes_than_a_number_has_are_no_pieces() -> None:
    assert pieces_of(Drawing(tuple(stroke(DOWN + (i / 100, 0)) for i in range(60)))) == []
    assert pieces_of(Drawing()) == []


def ring(greys: np.ndarray, x: int, radius: int) -> None:
    rows, columns = np.indices(greys.shape)
    far = np.hypot(columns - x, rows - greys.shape[0] / 2)
    np.maximum(greys, np.clip(radius - np.abs(far - 18), 0, 1), out=greys)


def test_the_ink_of_a_picture_falls_into_what_hangs_together() -> None:
    greys = np.zeros((50, 160), dtype=np.float32)
    ring(greys, 30, 3)
    ring(greys, 100, 3)
    greys[24:26, 75] = 1  # a speck belongs to what is nearest
    pieces = pieces_of(Drawing(picture=Picture.fitted(greys)))
    assert len(pieces) == 2
    inks = [piece.ink.picture.ink for piece in pieces if piece.ink.picture]
    assert sum(float(ink.sum()) for ink in inks) == pytest.approx(float(greys.sum()), rel=0.01)
    again = joined(pieces).ink.picture
    assert again is not None
    rows, columns = np.flatnonzero(greys.any(axis=1)), np.flatnonzero(greys.any(axis=0))
    cropped = greys[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    np.testing.assert_allclose(again.ink, cropped, atol=0.35)  # but for the palest edge
