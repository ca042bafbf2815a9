"""A drawing falls into pieces from left to right, and what hangs together is cut where little is crossed."""

from itertools import pairwise

import numpy as np
import pytest

from digitpad.draw.cutting import cuts_of, gap, joined, pieces_of
from digitpad.draw.drawing import BRUSH, Drawing, Picture, Points, Stroke

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


def test_nothing_is_lost_and_nothing_is_made_where_a_piece_is_cut() -> None:
    both = np.concatenate([ROUND - (0.3, 0), ROUND[::-1] + (0.1, 0)])  # one line from ring to ring
    (piece,) = pieces_of(Drawing((stroke(both),)))
    cut = cuts_of(piece, piece.height)
    assert len(cut) > 2
    assert len(set(cut)) == len(cut)

    def length(paths: list[Points]) -> float:
        return float(sum(np.hypot(*np.diff(path[:, :2], axis=0).T).sum() for path in paths))

    parts = [part.points for one in cut for part in one.ink.strokes]
    assert length(parts) == pytest.approx(length([both]))
    assert all(one.box[0] <= other.box[0] and one.box[2] <= other.box[2] for one, other in pairwise(cut))
    between = [one.boundary(other) for one, other in pairwise(cut)]
    assert all(where.line is not None and piece.is_cut_at(where) for where in between)
    assert len(set(between)) == len(between)
    assert joined(cut).box == pytest.approx(piece.box)
    assert joined(cut).boundaries == between


def test_a_narrow_piece_stays_whole() -> None:
    (piece,) = pieces_of(Drawing((stroke(DOWN),)))
    assert cuts_of(piece, piece.height) == [piece]


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


def test_ink_of_a_picture_that_touches_is_cut_between() -> None:
    greys = np.zeros((50, 120), dtype=np.float32)
    ring(greys, 30, 3)
    ring(greys, 68, 3)
    (piece,) = pieces_of(Drawing(picture=Picture.fitted(greys)))
    cut = cuts_of(piece, piece.height)
    assert len(cut) > 1
    width = piece.width / 78  # of a pixel, about
    middles = [one.box[2] for one in cut[:-1]]
    assert min(abs(middle - (piece.box[0] + piece.box[2]) / 2) for middle in middles) < 6 * width
    total = sum(float(one.ink.picture.ink.sum()) for one in cut if one.ink.picture)
    assert total == pytest.approx(float(greys.sum()), rel=0.01)
