"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke


class Eraser:
    """A round eraser that moves over a drawing; only strokes that are near are looked at.

    ``drawing`` is what is left.
    """

    def __init__(self, drawing: Drawing, radius: float) -> None:
        """Begin with the whole of ``drawing``; ``radius`` is in canvas sides."""
        self.drawing = drawing
        self._radius = radius
        self._pieces = {i: [stroke] for i, stroke in enumerate(drawing.strokes)}  # what is left of each, in order
        if drawing.strokes:
            self._points, firsts = _together(drawing.strokes)
            self._stroke = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(self._points)))
            # A stroke is no nearer to the eraser than its nearest point, less half of its longest step.
            steps = np.hypot(*np.diff(self._points[:, :2], axis=0, append=self._points[-1:, :2]).T)
            steps[firsts[1:] - 1] = 0
            widths = np.array([stroke.brush for stroke in drawing.strokes])
            reach = radius + widths / 2 + np.maximum.reduceat(steps, firsts) / 2
            self._low = np.minimum.reduceat(self._points[:, :2], firsts) - reach[:, None]
            self._high = np.maximum.reduceat(self._points[:, :2], firsts) + reach[:, None]
            self._reach = reach[self._stroke]

    def move(self, path: Points) -> Drawing:
        """Rub along ``path`` (n, 2), n at least 1, and return what is left: the same drawing where nothing is gone."""
        changed = self._cut(self._near(path), path)
        picture = self.drawing.picture
        rubbed = _rubbed(picture, path, self._radius) if picture else None
        if changed or rubbed is not picture:
            self.drawing = Drawing(tuple(itertools.chain.from_iterable(self._pieces.values())), rubbed)
        return self.drawing

    def _near(self, path: Points) -> list[int]:
        """Return which strokes may be touched."""
        if not self._pieces:
            return []
        low, high = path.min(axis=0), path.max(axis=0)
        box = (self._low <= high).all(axis=1) & (self._high >= low).all(axis=1)
        points = np.flatnonzero(box[self._stroke])
        points = points[_within(self._points[points], path, self._reach[points])]
        near: list[int] = np.unique(self._stroke[points]).tolist()
        return near

    def _cut(self, near: list[int], path: Points) -> bool:
        """Cut what is left of some strokes, all at once, and return whether anything is gone."""
        pieces = [piece for i in near for piece in self._pieces[i]]
        if not pieces:
            return False
        points, firsts = ink.all_resampled(*_together(pieces), self._radius / 4)
        brushes = np.repeat([piece.brush for piece in pieces], np.diff(firsts, append=len(points)))
        gone = _within(points, path, self._radius + brushes * points[:, 2] / 2)
        cut = np.logical_or.reduceat(gone, firsts)
        if not cut.any():
            return False
        left = _left(pieces, points, firsts, gone, cut)
        begin, is_cut = 0, cut.tolist()
        for i in near:
            numbers = range(begin, begin + len(self._pieces[i]))
            begin = numbers.stop
            if any(is_cut[j] for j in numbers):
                self._pieces[i] = [one for j in numbers for one in (left.get(j, ()) if is_cut[j] else (pieces[j],))]
        return True


def erased(drawing: Drawing, path: Points, radius: float) -> Drawing:
    """Return what is left of ``drawing`` after an eraser moved along ``path`` (n, 2), n at least 1.

    That is this very drawing where it touched nothing.
    """
    return Eraser(drawing, radius).move(path)


def _together(strokes: Sequence[Stroke]) -> tuple[Points, NDArray[np.intp]]:
    """Return the points (n, 3) of all strokes, one after the other, and where each stroke's begin."""
    firsts = np.cumsum([0, *(len(stroke.points) for stroke in strokes[:-1])])
    return np.concatenate([stroke.points for stroke in strokes]), firsts


def _left(
    pieces: Sequence[Stroke],
    points: Points,
    firsts: NDArray[np.intp],
    gone: NDArray[np.bool_],
    cut: NDArray[np.bool_],
) -> dict[int, list[Stroke]]:
    """Return what is left, by number, of those of ``pieces`` that are ``cut``, without the points ``gone``.

    The points of each piece begin at ``firsts``.
    """
    stays = np.repeat(cut, np.diff(firsts, append=len(points))) & ~gone
    begins, ends = stays.copy(), stays.copy()
    begins[1:] &= ~stays[:-1]
    ends[:-1] &= ~stays[1:]
    begins[firsts] = stays[firsts]
    ends[firsts[1:] - 1] = stays[firsts[1:] - 1]
    starts = np.flatnonzero(begins)
    left: dict[int, list[Stroke]] = {}
    numbers = np.searchsorted(firsts, starts, side="right") - 1
    for j, a, b in zip(numbers.tolist(), starts.tolist(), (np.flatnonzero(ends) + 1).tolist(), strict=True):
        left.setdefault(j, []).append(Stroke(points[a:b].copy(), pieces[j].brush))
    return left


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
