"""Strokes in any unit are laid on the canvas, where a drawing has them in units of its side."""

import itertools
from collections.abc import Sequence

import numpy as np

from digitpad.draw.drawing import FILL, Points


def placed(
    strokes: Sequence[Points], fill: float = FILL, offset: tuple[float, float] = (0.0, 0.0)
) -> tuple[Points, ...]:
    """Return strokes, (n, 2) or (n, 3) each in any unit, as a drawing has them: (n, 3) in sides of the canvas.

    Those that are drawings already, of three columns from 0 to 1, stay as they are. Others are laid on the canvas,
    their longer side ``fill`` of it and their middle ``offset`` from its own, with full pressure where none was given.
    """
    if _is_placed(strokes):
        return tuple(strokes)
    return _laid([strokes], fill, offset)[0]


def placed_each(drawings: Sequence[Sequence[Points]]) -> list[tuple[Points, ...]]:
    """Do what ``placed`` does for each of several drawings at once, which is quicker."""
    others = [strokes for strokes in drawings if not _is_placed(strokes)]
    laid = iter(_laid(others, FILL, (0.0, 0.0)) if others else ())
    return [tuple(strokes) if _is_placed(strokes) else next(laid) for strokes in drawings]


def _is_placed(strokes: Sequence[Points]) -> bool:
    return all(stroke.shape[1] == 3 and stroke.min() >= 0 and stroke.max() <= 1 for stroke in strokes)


def _laid(drawings: Sequence[Sequence[Points]], fill: float, offset: tuple[float, float]) -> list[tuple[Points, ...]]:
    strokes = [stroke for drawing in drawings for stroke in drawing]
    points = np.concatenate([stroke[:, :2] for stroke in strokes])
    ends = np.cumsum([len(stroke) for stroke in strokes])
    ends_of_drawings = ends[np.cumsum([len(drawing) for drawing in drawings]) - 1]
    lengths = np.diff(ends_of_drawings, prepend=0)
    firsts = ends_of_drawings - lengths
    # Halved first: their difference stays a number.
    low, high = np.minimum.reduceat(points, firsts) / 2, np.maximum.reduceat(points, firsts) / 2
    middles, halves = low + high, np.maximum((high - low).max(axis=1), np.finfo(np.float64).tiny)
    laid = np.ones((len(points), 3))
    laid[:, :2] = (points - np.repeat(middles, lengths, axis=0)) / np.repeat(halves, lengths)[:, None]
    laid[:, :2] = laid[:, :2] * (fill / 2) + 0.5 + offset
    placed = []
    for stroke, part in zip(strokes, np.split(laid, ends[:-1]), strict=True):
        if stroke.shape[1] == 3:
            np.clip(stroke[:, 2], 0, 1, out=part[:, 2])
        placed.append(part)
    parts = iter(placed)
    return [tuple(itertools.islice(parts, len(drawing))) for drawing in drawings]
