"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke

_FEW = 200  # strokes that are cut in an instant

Indices = NDArray[np.intp]


class Eraser:
    """A round eraser that moves over a drawing.

    It takes away points, and looks only at those of strokes that it came near. Strokes are made of what is left when
    ``drawing`` is asked for.
    """

    def __init__(self, drawing: Drawing, radius: float) -> None:
        """Begin with the whole of ``drawing``; ``radius`` is in canvas sides."""
        strokes = drawing.strokes
        self._radius, self._step = radius, radius / 4  # how far points may lie apart that are gone or stay
        self._drawing: Drawing | None = drawing  # None while it has to be made
        self._picture = drawing.picture
        self._left: list[tuple[Stroke, ...]] = [(stroke,) for stroke in strokes]  # of each of them,
        self._unmade = np.empty(0, dtype=np.intp)  # but for these
        self._brushes = np.array([stroke.brush for stroke in strokes])
        points, firsts = _together(strokes)
        steps = _steps(points, firsts)
        self._far = _Places(len(strokes), len(points))  # of strokes that it came not near to yet, as they are,
        self._met = _Places(len(strokes), int(steps.sum() / self._step) + 2 * len(points))  # and of the others
        if strokes:
            # A stroke is no nearer to the eraser than its nearest point, less half of its longest step.
            reach = radius + (self._brushes + np.maximum.reduceat(steps, firsts)) / 2
            self._far.add(np.arange(len(strokes)), points, firsts, np.repeat(reach, _counts(points, firsts)))

    def move(self, path: Points) -> bool:
        """Rub along ``path`` (n, 2), n at least 1, and return whether anything is gone."""
        self._meet(self._far.strokes_of(self._far.near(path)))
        gone = self._met.near(path)
        self._met.take(gone)
        cut = self._met.strokes_of(gone)
        # What the eraser has just left will hardly be cut again: so it is made on the way, and little is left to do.
        self._make(np.setdiff1d(self._unmade, cut, assume_unique=True))
        self._unmade = cut
        picture = self._picture
        self._picture = _rubbed(picture, path, self._radius) if picture else None
        changed = len(gone) > 0 or self._picture is not picture
        if changed:
            self._drawing = None
        return changed

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return self._far.empty and self._met.empty and self._picture is None

    @property
    def is_quick(self) -> bool:
        """Whether ``drawing`` takes no more than an instant."""
        return len(self._unmade) <= _FEW

    @property
    def drawing(self) -> Drawing:
        """What is left: the very same as before where nothing is gone."""
        if self._drawing is None:
            self._make(self._unmade)
            self._unmade = self._unmade[:0]
            self._drawing = Drawing(tuple(itertools.chain.from_iterable(self._left)), self._picture)
        return self._drawing

    def _meet(self, strokes: Indices) -> None:
        """Look at ``strokes`` closely from now on, with points so near to each other that each is gone or stays."""
        if len(strokes):
            points, firsts, _ = self._far.points_of(strokes)
            self._far.take(self._far.places_of(strokes))
            points, firsts = ink.all_resampled(points, firsts, self._step)
            brushes = np.repeat(self._brushes[strokes], _counts(points, firsts))
            self._met.add(strokes, points, firsts, self._radius + brushes * points[:, 2] / 2)

    def _make(self, strokes: Indices) -> None:
        """Make strokes of what is left of ``strokes``."""
        if not len(strokes):
            return
        points, firsts, stays = self._met.points_of(strokes)
        begins, ends = stays.copy(), stays.copy()
        begins[1:] &= ~stays[:-1]
        ends[:-1] &= ~stays[1:]
        begins[firsts] = stays[firsts]
        ends[firsts[1:] - 1] = stays[firsts[1:] - 1]
        starts, stops = np.flatnonzero(begins), np.flatnonzero(ends) + 1
        brushes = self._brushes[strokes][np.searchsorted(firsts, starts, side="right") - 1]
        ways = zip(starts.tolist(), stops.tolist(), brushes.tolist(), strict=True)
        pieces = tuple(Stroke(points[start:stop].copy(), brush) for start, stop, brush in ways)
        bounds = np.searchsorted(starts, [*firsts, len(points)]).tolist()
        for stroke, (first, end) in zip(strokes.tolist(), itertools.pairwise(bounds), strict=True):
            self._left[stroke] = pieces[first:end]


class _Places:
    """The points of some strokes, and how near to each an eraser must come to take it away."""

    def __init__(self, strokes: int, most: int) -> None:
        """Begin with none of so many ``strokes``, of which there will be so many points at ``most``."""
        self._firsts, self._counts = np.zeros((2, strokes), dtype=np.intp)
        self._columns = np.empty((4, most))  # x, y, pressure and reach, below 0 of those taken away
        self._strokes = np.empty(most, dtype=np.intp)  # of which each is a point
        self._n = self._left = 0
        self._farthest = 0.0

    @property
    def empty(self) -> bool:
        """Whether all are taken away."""
        return not self._left

    def add(self, strokes: Indices, points: Points, firsts: Indices, reach: Points) -> None:
        """Know ``strokes``, whose ``points`` (n, 3) begin at ``firsts``, and the ``reach`` (n,) of each point."""
        begin, end = self._n, self._n + len(points)
        counts = _counts(points, firsts)
        self._firsts[strokes], self._counts[strokes] = begin + firsts, counts
        self._columns[:3, begin:end], self._columns[3, begin:end] = points.T, reach
        self._strokes[begin:end] = np.repeat(strokes, counts)
        self._n, self._left = end, self._left + len(points)
        self._farthest = max(self._farthest, float(reach.max()))

    def near(self, path: Points) -> Indices:
        """Return which points are in reach of ``path`` (m, 2)."""
        x, y, _, reach = self._columns[:, : self._n]
        low, high = path.min(axis=0) - self._farthest, path.max(axis=0) + self._farthest
        close = np.flatnonzero((x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1]) & (reach > 0))
        near: Indices = close[_distance(self._columns[:2, close].T, path) < reach[close]]
        return near

    def take(self, places: Indices) -> None:
        """Take away points, which were there."""
        self._columns[3, places] = -1
        self._left -= len(places)

    def strokes_of(self, places: Indices) -> Indices:
        """Return of which strokes points are, each once."""
        found = np.zeros(len(self._firsts), dtype=bool)
        found[self._strokes[places]] = True
        return np.flatnonzero(found)

    def places_of(self, strokes: Indices) -> Indices:
        """Return which points are those of ``strokes``, one stroke after the other."""
        counts = self._counts[strokes]
        ends = np.cumsum(counts)
        return np.repeat(self._firsts[strokes] + counts - ends, counts) + np.arange(ends[-1])

    def points_of(self, strokes: Indices) -> tuple[Points, Indices, NDArray[np.bool_]]:
        """Return the points (n, 3) of ``strokes``, where those of each begin, and whether each is still there (n,)."""
        counts = self._counts[strokes]
        columns = self._columns[:, self.places_of(strokes)]
        return columns[:3].T.copy(), np.cumsum(counts) - counts, columns[3] > 0


def erased(drawing: Drawing, path: Points, radius: float) -> Drawing:
    """Return what is left of ``drawing`` after an eraser moved along ``path`` (n, 2), n at least 1.

    That is this very drawing where it touched nothing.
    """
    eraser = Eraser(drawing, radius)
    eraser.move(path)
    return eraser.drawing


def _together(strokes: Sequence[Stroke]) -> tuple[Points, Indices]:
    """Return the points (n, 3) of all strokes, one after the other, and where each stroke's begin."""
    points = [stroke.points for stroke in strokes] or [np.empty((0, 3))]
    return np.concatenate(points), np.cumsum([0, *map(len, points[:-1])])[: len(strokes)]


def _counts(points: Points, firsts: Indices) -> Indices:
    """Return how many of ``points`` each stroke has, whose begin at ``firsts``."""
    return np.diff(firsts, append=len(points))


def _steps(points: Points, firsts: Indices) -> Points:
    """Return how far it is from each of ``points`` to the next of its stroke, whose points begin at ``firsts``."""
    x, y = points[:, 0], points[:, 1]
    steps = np.zeros(len(points))
    steps[:-1] = np.sqrt(np.diff(x) ** 2 + np.diff(y) ** 2)
    steps[firsts[1:] - 1] = 0
    return steps


def _rubbed(picture: Picture, path: Points, radius: float) -> Picture | None:
    left, top, width, height = picture.box
    rows, columns = picture.ink.shape
    to_pixels = np.array([columns / width, rows / height])
    low = np.floor((path.min(axis=0) - radius - (left, top)) * to_pixels).astype(int)
    high = np.ceil((path.max(axis=0) + radius - (left, top)) * to_pixels).astype(int)
    (x0, y0), (x1, y1) = np.clip([low, high], 0, (columns, rows))
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


def _distance(points: Points, path: Points) -> Points:
    """Return for each of ``points`` (n, 2) the distance to the nearest place on ``path`` (m, 2)."""
    nearest = np.full(len(points), np.inf)
    for start, end in zip(path, path[1:] if len(path) > 1 else path, strict=False):
        along, from_start = end - start, points - start
        t = np.clip(from_start @ along / max(along @ along, 1e-18), 0, 1)
        np.minimum(nearest, np.hypot(*(from_start - t[:, None] * along).T), out=nearest)
    return nearest
