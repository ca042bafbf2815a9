"""What hangs together in a drawing is cut where little is crossed."""

from itertools import pairwise

import numpy as np
import pytest

from digitpad.draw.cutting import cuts_of
from digitpad.draw.drawing import Drawing, Picture, Points
from digitpad.draw.pieces import joined, pieces_of
from tests.draw.test_pieces import DOWN, ROUND, ring, stroke


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
