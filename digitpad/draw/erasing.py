"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke


class Eraser:
    """A round eraser that moves over a drawing; only pieces of strokes that are near are looked at.

    ``drawing`` is what is left.
    """

    def __init__(self, drawing: Drawing, radius: float) -> None:
        """Begin with the whole of ``drawing``; ``radius`` is in canvas sides."""
        self.drawing = drawing
        self._radius = radius
        self._left = {i: [stroke] for i, stroke in enumerate(drawing.strokes)}  # of each stroke, in order
        self._pieces: list[Stroke] = []  # all there were,
        self._of: list[int] = []  # and of which stroke each is a piece
        self._places = np.empty((2, 0))  # the points of pieces that are left,
        self._reach = np.empty(0)  # how near to each the eraser must come,
        self._piece = np.empty(0, dtype=np.intp)  # and of which piece it is one
        if drawing.strokes:
            self._add(drawing.strokes, range(len(drawing.strokes)), *_together(drawing.strokes))

    def move(self, path: Points) -> Drawing:
        """Rub along ``path`` (n, 2), n at least 1, and return what is left: the same drawing where nothing is gone."""
        changed = self._cut(self._near(path), path)
        picture = self.drawing.picture
        rubbed = _rubbed(picture, path, self._radius) if picture else None
        if changed or rubbed is not picture:
            self.drawing = Drawing(tuple(itertools.chain.from_iterable(self._left.values())), rubbed)
        return self.drawing

    def _add(self, pieces: Sequence[Stroke], of: Iterable[int], points: Points, firsts: NDArray[np.intp]) -> None:
        """Know some ``pieces``, whose ``points`` begin at ``firsts``, and ``of`` which strokes they are."""
        counts = np.diff(firsts, append=len(points))
        # A piece is no nearer to the eraser than its nearest point, less half of its longest step.
        steps = np.zeros(len(points))
        steps[:-1] = np.hypot(*np.diff(points[:, :2], axis=0).T)
        steps[firsts[1:] - 1] = 0
        widths = np.array([piece.brush for piece in pieces])
        reach = self._radius + widths / 2 + np.maximum.reduceat(steps, firsts) / 2
        numbers = np.arange(len(self._pieces), len(self._pieces) + len(pieces))
        self._places = np.hstack([self._places, points[:, :2].T])
        self._reach = np.concatenate([self._reach, np.repeat(reach, counts)])
        self._piece = np.concatenate([self._piece, np.repeat(numbers, counts)])
        self._pieces += pieces
        self._of += of

    def _near(self, path: Points) -> NDArray[np.intp]:
        """Return which pieces may be touched."""
        is_near = np.zeros(len(self._pieces), dtype=bool)
        is_near[self._piece[_within(self._places.T, path, self._reach)]] = True
        return np.flatnonzero(is_near)

    def _cut(self, near: NDArray[np.intp], path: Points) -> bool:
        """Cut some pieces, all at once, and return whether anything is gone."""
        if not len(near):
            return False
        pieces = [self._pieces[j] for j in near.tolist()]
        points, firsts = ink.all_resampled(*_together(pieces), self._radius / 4)
        brushes = np.repeat([piece.brush for piece in pieces], np.diff(firsts, append=len(points)))
        gone = _within(points, path, self._radius + brushes * points[:, 2] / 2)
        cut = np.logical_or.reduceat(gone, firsts)
        if not cut.any():
            return False
        left, at = _left(pieces, points, firsts, gone, cut)
        of = [self._of[near[j]] for j in at]
        instead: dict[int, list[Stroke]] = {id(pieces[j]): [] for j in np.flatnonzero(cut).tolist()}
        for piece, j in zip(left, at, strict=True):
            instead[id(pieces[j])].append(piece)
        for i in {self._of[j] for j in near[cut].tolist()}:
            self._left[i] = [one for piece in self._left[i] for one in instead.get(id(piece), (piece,))]
        self._forget(near[cut])
        if left:
            self._add(left, of, *_together(left))
        return True

    def _forget(self, pieces: NDArray[np.intp]) -> None:
        """Have the points of ``pieces`` among those that are left no more."""
        stays = np.ones(len(self._pieces), dtype=bool)
        stays[pieces] = False
        points = np.flatnonzero(stays[self._piece])
        self._places = self._places.take(points, axis=1)
        self._reach, self._piece = self._reach.take(points), self._piece.take(points)


def erased(drawing: Drawing, path: Points, radius: float) -> Drawing:
    """Return what is left of ``drawing`` after an eraser moved along ``path`` (n, 2), n at least 1.

    That is this very drawing where it touched nothing.
    """
    return Eraser(drawing, radius).move(path)


def _together(strokes: Sequence[Stroke]) -> tuple[Points, NDArray[np.intp]]:
    """Return the points (n, 3) of all strokes, one after the other, and where each stroke's begin."""
    points = [stroke.points for stroke in strokes]
    return np.concatenate(points), np.cumsum([0, *map(len, points[:-1])])


def _left(
    pieces: Sequence[Stroke],
    points: Points,
    firsts: NDArray[np.intp],
    gone: NDArray[np.bool_],
    cut: NDArray[np.bool_],
) -> tuple[list[Stroke], list[int]]:
    """Return what is left of those of ``pieces`` that are ``cut``, without the points ``gone``, and of which each is.

    The points of each piece begin at ``firsts``.
    """
    stays = np.repeat(cut, np.diff(firsts, append=len(points))) & ~gone
    begins, ends = stays.copy(), stays.copy()
    begins[1:] &= ~stays[:-1]
    ends[:-1] &= ~stays[1:]
    begins[firsts] = stays[firsts]
    ends[firsts[1:] - 1] = stays[firsts[1:] - 1]
    starts, stops = np.flatnonzero(begins), np.flatnonzero(ends) + 1
    at = (np.searchsorted(firsts, starts, side="right") - 1).tolist()
    ways = zip(at, starts.tolist(), stops.tolist(), strict=True)
    return [Stroke(points[start:stop].copy(), pieces[j].brush) for j, start, stop in ways], at


def _rubbed(picture: Picture, path: Points, radius: float) -> Picture | None:
    left, top, width, height = picture.box
    rows, columns = picture.ink.shape
    to_pixels = np.array([columns / width, rows / height])
    low = np.floor((path.min(axis=0) - radius - (left, top)) * to_pixels).astype(int)
    high = np.ceil((path.max(axis=0) + radius - (left, top)) * to_pixels).astype(int)
    (x0, y0), (x1, y1) = np.maximum(low, 0), np.clip(high, 0, (columns, rows))
    y, x = np.mgrid[y0:y1, x0:x1]
    centres = np.stack([left + (x + 0.5) * width / columns, top + (y + 0.5) * height / rows], axis=-1)
    gone = np.zeros(centres.shape[:2], dtype=bool)
    for point in ink.resampled(path, radius / 2):
        gone |= ((centres - point) ** 2).sum(axis=-1) < radius**2
    if not (picture.ink[y0:y1, x0:x1][gone] > 0).any():
        return picture
    greys = picture.ink.copy()
    greys[y0:y1, x0:x1][gone] = 0
    # What is ink of what is left, the person has seen; else a picture would be read with what was rubbed out of it.
    return replace(picture, ink=greys, otherwise=()) if greys.any() else None


def _within(points: Points, path: Points, reach: Points) -> NDArray[np.bool_]:
    """Whether each of ``points`` (n, k), x and y first, lies nearer to ``path`` (m, 2) than its ``reach`` (n,)."""
    farthest = reach.max(initial=0.0)
    low, high = path.min(axis=0) - farthest, path.max(axis=0) + farthest
    x, y = points[:, 0], points[:, 1]
    close = np.flatnonzero((x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1]))
    within = np.zeros(len(points), dtype=bool)
    within[close] = _distance(points[close, :2], path) < reach[close]
    return within


def _distance(points: Points, path: Points) -> Points:
    """Return for each of ``points`` (n, 2) the distance to the nearest place on ``path`` (m, 2)."""
    nearest = np.full(len(points), np.inf)
    for start, end in zip(path, path[1:] if len(path) > 1 else path, strict=False):
        along, from_start = end - start, points - start
        t = np.clip(from_start @ along / max(along @ along, 1e-18), 0, 1)
        np.minimum(nearest, np.hypot(*(from_start - t[:, None] * along).T), out=nearest)
    return nearest
