"""Lines that part what touches in a drawing, where they cross little of it: ``cuts_of``."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.pieces import Ink, Line, Piece, masked

_LEANS = (0.0, -0.2, 0.2, -0.4, 0.4)
_STEP, _EDGE, _APART = 0.04, 0.12, 0.14  # of the height: between lines, from the edge, and between those that are taken
_LINE = 0.12  # of the height: about the width of a picture's lines
_MOST_CROSSED = 2.6  # lines that a cut may go through
_LINES_A_HEIGHT = 5  # that part a piece at most, for each height by which it is wide


def cuts_of(piece: Piece, height: float, chosen: Sequence[Line] = (), *, no_others: bool = False) -> list[Piece]:
    """Return a piece parted where few lines are crossed, from left to right, in a row of that ``height``.

    It is parted by the ``chosen`` lines whatever they cross, and then by ``no_others`` if so wanted. Where nothing
    would come of it, it is the piece alone.
    """
    middle = (piece.box[1] + piece.box[3]) / 2
    at = {line: line.x + line.lean * middle for line in chosen}
    for line in [] if no_others else _lines(piece, height):
        x = line.x + line.lean * middle
        if all(abs(x - other) >= _APART * height for other in at.values()):
            at[line] = x
    lines = sorted(at, key=lambda line: at[line])
    parts, rest = [], piece
    for line in lines:
        left, right = _parted(rest, line)
        if left is None or right is None:
            continue
        parts.append(left)
        rest = right
    return [*parts, rest]


def _lines(piece: Piece, height: float) -> list[Line]:
    """Return lines across a piece that cross little of it, from left to right."""
    left, top, right, bottom = piece.box
    at = np.arange(left + _EDGE * height, right - _EDGE * height, _STEP * height)
    if not len(at):
        return []
    middle = (top + bottom) / 2
    places = np.array([(x - lean * middle, lean) for lean in _LEANS for x in at.tolist()])
    crossed = _crossed(piece.ink, places, height)
    order = np.argsort(crossed + 0.25 * np.abs(places[:, 1]), kind="stable")
    taken: list[tuple[float, Line]] = []
    most = max(round(_LINES_A_HEIGHT * piece.width / height), 2)
    for i in order.tolist():
        x = float(places[i, 0] + places[i, 1] * middle)
        if crossed[i] > _MOST_CROSSED or len(taken) == most:
            break
        if all(abs(x - other) >= _APART * height for other, _ in taken):
            taken.append((x, Line(*map(float, places[i]))))
    return [line for _, line in sorted(taken)]


def _crossed(ink: Drawing, places: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Return how many lines of the ink each of the ``places`` (n, 2), as of lines, crosses."""
    crossed = np.zeros(len(places))
    for stroke in ink.strokes:
        x, y = stroke.points[:, 0], stroke.points[:, 1]
        right = x > places[:, :1] + places[:, 1:] * y
        crossed += (right[:, 1:] != right[:, :-1]).sum(axis=1)
    if ink.picture:
        greys, (left, top, width, tall) = ink.picture.ink, ink.picture.box
        rows, columns = greys.shape
        y = top + (np.arange(rows) + 0.5) / rows * tall
        column = np.floor((places[:, :1] + places[:, 1:] * y - left) / width * columns).astype(int)
        inside = (column >= 0) & (column < columns)
        along = np.where(inside, greys[np.arange(rows), np.clip(column, 0, columns - 1)], 0).sum(axis=1)
        crossed += along * (tall / rows) / (_LINE * height)
    return crossed


def _parted(piece: Piece, line: Line) -> tuple[Piece | None, Piece | None]:
    """Return what of a piece lies left of a line, and what lies right of it; None where nothing does."""
    sides: tuple[list[Stroke], list[Stroke]] = ([], [])
    for stroke in piece.ink.strokes:
        for right, points in _runs(stroke.points, line):
            sides[right].append(replace(stroke, points=points))
    pictures: list[Picture | None] = [None, None]
    picture = piece.ink.picture
    if picture:
        rows, columns = picture.ink.shape
        x0, y0, width, tall = picture.box
        x = x0 + (np.arange(columns) + 0.5) / columns * width
        y = y0 + (np.arange(rows) + 0.5) / rows * tall
        beyond = x > line.x + line.lean * y[:, None]
        pictures = [masked(picture, ~beyond), masked(picture, beyond)]
    drawings = [Drawing(tuple(strokes), part) for strokes, part in zip(sides, pictures, strict=True)]
    before: frozenset[Ink] = frozenset((what, after, line) for what, after, _ in piece.of)
    beyond_it: frozenset[Ink] = frozenset((what, line, end) for what, _, end in piece.of)
    return (
        None if drawings[0].empty else Piece(before, drawings[0]),
        None if drawings[1].empty else Piece(beyond_it, drawings[1]),
    )


def _runs(points: Points, line: Line) -> list[tuple[int, Points]]:
    """Return the parts of a path on either side of a line, each with whether it is right of it."""
    beyond = points[:, 0] - line.x - line.lean * points[:, 1]
    right = beyond > 0
    changes = np.flatnonzero(right[1:] != right[:-1])
    if not len(changes):
        return [(int(right[0]), points)]
    share = (beyond[changes] / (beyond[changes] - beyond[changes + 1]))[:, None]
    crossing = points[changes] + share * (points[changes + 1] - points[changes])
    runs = []
    for i, (first, stop) in enumerate(pairwise([0, *(changes + 1).tolist(), len(points)])):
        begin = crossing[i - 1 : i] if i else points[:0]
        runs.append((int(right[first]), np.concatenate([begin, points[first:stop], crossing[i : i + 1]])))
    return runs
