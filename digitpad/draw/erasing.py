"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
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
        self._pieces: list[tuple[Stroke, ...]] = [(stroke,) for stroke in drawing.strokes]  # what is left of each
        if drawing.strokes:
            self._points = np.concatenate([stroke.points[:, :2] for stroke in drawing.strokes])
            lengths = np.array([len(stroke.points) for stroke in drawing.strokes])
            self._firsts = np.cumsum([0, *lengths[:-1]])
            self._stroke = np.repeat(np.arange(len(lengths)), lengths)
            # A stroke is no nearer to the eraser than its nearest point, less half of its longest step.
            steps = np.hypot(*np.diff(self._points, axis=0, append=self._points[-1:]).T)
            steps[self._firsts[1:] - 1] = 0
            widths = np.array([stroke.brush for stroke in drawing.strokes])
            self._reach = radius + widths / 2 + np.maximum.reduceat(steps, self._firsts) / 2
            low = np.minimum.reduceat(self._points, self._firsts)
            high = np.maximum.reduceat(self._points, self._firsts)
            self._low, self._high = low - self._reach[:, None], high + self._reach[:, None]

    def move(self, path: Points) -> Drawing:
        """Rub along ``path`` (n, 2), n at least 1, and return what is left: the same drawing where nothing is gone."""
        changed = False
        for i in self._near(path):
            pieces = tuple(itertools.chain.from_iterable(_cut(piece, path, self._radius) for piece in self._pieces[i]))
            if pieces != self._pieces[i]:
                self._pieces[i], changed = pieces, True
        picture = self.drawing.picture
        rubbed = _rubbed(picture, path, self._radius) if picture else None
        if changed or rubbed is not picture:
            self.drawing = Drawing(tuple(itertools.chain.from_iterable(self._pieces)), rubbed)
        return self.drawing

    def _near(self, path: Points) -> NDArray[np.intp]:
        """Return which strokes may be touched."""
        if not self._pieces:
            return np.zeros(0, dtype=np.intp)
        low, high = path.min(axis=0), path.max(axis=0)
        box = (self._low <= high).all(axis=1) & (self._high >= low).all(axis=1)
        points = np.flatnonzero(box[self._stroke])
        stroke = self._stroke[points]
        near = _distance(self._points[points], path) < self._reach[stroke]
        return np.unique(stroke[near])


def erased(drawing: Drawing, path: Points, radius: float) -> Drawing:
    """Return what is left of ``drawing`` after an eraser moved along ``path`` (n, 2), n at least 1.

    That is this very drawing where it touched nothing.
    """
    return Eraser(drawing, radius).move(path)


def _cut(stroke: Stroke, path: Points, radius: float) -> list[Stroke]:
    points = ink.resampled(stroke.points, radius / 4)
    gone = _distance(points[:, :2], path) < radius + stroke.brush * points[:, 2] / 2
    if not gone.any():
        return [stroke]
    pieces = np.split(points, np.flatnonzero(np.diff(gone)) + 1)
    return [Stroke(piece, stroke.brush) for piece in pieces[bool(gone[0]) :: 2]]


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
    return replace(picture, ink=greys) if greys.any() else None


def _distance(points: Points, path: Points) -> Points:
    """Return for each of ``points`` (n, 2) the distance to the nearest place on ``path`` (m, 2)."""
    starts, ends = (path, path) if len(path) == 1 else (path[:-1], path[1:])
    along = ends - starts
    from_start = points[:, None] - starts
    t = np.clip((from_start * along).sum(-1) / np.maximum((along * along).sum(-1), 1e-18), 0, 1)
    nearest: Points = np.sqrt(((from_start - t[..., None] * along) ** 2).sum(-1)).min(axis=1)
    return nearest
