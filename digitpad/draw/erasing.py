"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.extents import Extents, Indices, together

_FEW, _SOME = 200, 1000  # strokes that are cut in an instant, and with each movement at most
_TOGETHER = 200  # strokes that are worked at together
_AT_FIRST = 1 << 17  # points that there is room for; it takes memory only where it is written to

Number = TypeVar("Number", bound=np.generic)


class Eraser:
    """A round eraser that moves over a drawing.

    It takes away points, and looks only at those of strokes that it came near: first into their boxes, then near their
    points. Strokes are made of what is left when ``drawing`` is asked for.
    """

    def __init__(self, drawing: Drawing, radius: float, extents: Extents | None = None) -> None:
        """Begin with the whole of ``drawing``; ``radius`` is in canvas sides, ``extents`` may know its strokes."""
        strokes = drawing.strokes
        self._radius, self._step = radius, radius / 4  # how far points may lie apart that are gone or stay
        self._drawing: Drawing | None = drawing  # None while it has to be made
        self._picture, self._strokes = drawing.picture, strokes
        self._left: dict[int, tuple[Stroke, ...]] = {}  # of those that were cut,
        self._unmade = np.empty(0, dtype=np.intp)  # but for these
        reach = (extents or Extents()).of(strokes)
        self._brushes = reach[:, 4]
        margins = self._brushes[:, None] / 2 + radius
        self._boxes = reach[:, :2] - margins, reach[:, 2:4] + margins
        self._beyond = np.ones(len(strokes), dtype=bool)  # whose boxes it came not into yet
        self._far = _Places(len(strokes))  # of strokes that it came not near to yet, as they are,
        self._met = _Places(len(strokes))  # and of the others

    def move(self, path: Points) -> bool:
        """Rub along ``path`` (n, 2), n at least 1, and return whether anything is gone."""
        self._see(path)
        self._meet(self._far.strokes_of(self._far.near(path)))
        gone = self._met.near(path)
        self._met.take(gone)
        cut = self._met.strokes_of(gone)
        # What the eraser has just left will hardly be cut again: so it is made on the way, and little is left to do.
        behind = np.setdiff1d(self._unmade, cut, assume_unique=True)
        self._make(behind[:_SOME])
        self._unmade = np.concatenate([behind[_SOME:], cut])
        picture = self._picture
        self._picture = _rubbed(picture, path, self._radius) if picture else None
        changed = len(gone) > 0 or self._picture is not picture
        if changed:
            self._drawing = None
        return changed

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return self._picture is None and self._far.empty and self._met.empty and not self._beyond.any()

    @property
    def is_quick(self) -> bool:
        """Whether ``drawing`` takes no more than an instant."""
        return len(self._unmade) <= _FEW

    def make_some(self) -> None:
        """Make some of what is left, so that less is to do for ``drawing``."""
        self._make(self._unmade[:_SOME])
        self._unmade = self._unmade[_SOME:]

    @property
    def drawing(self) -> Drawing:
        """What is left: the very same as before where nothing is gone."""
        if self._drawing is None:
            self._make(self._unmade)
            self._unmade = self._unmade[:0]
            left, at = list[Stroke](), 0
            for stroke in sorted(self._left):
                left += self._strokes[at:stroke]
                left += self._left[stroke]
                at = stroke + 1
            left += self._strokes[at:]
            self._drawing = Drawing(tuple(left), self._picture)
        return self._drawing

    def _see(self, path: Points) -> None:
        """Look at the points of strokes from now on into whose boxes ``path`` comes."""
        low, high = self._boxes
        in_box = (low < path.max(axis=0)) & (high > path.min(axis=0))
        new = np.flatnonzero(in_box.all(axis=1) & self._beyond)
        self._beyond[new] = False
        for strokes in _portions(new):
            points, firsts = together([self._strokes[i] for i in strokes.tolist()])
            # A stroke is no nearer to the eraser than its nearest point, less half of its longest step.
            steps = np.maximum.reduceat(_steps(points, firsts), firsts)
            reach = self._radius + (self._brushes[strokes] + steps) / 2
            counts = _counts(points, firsts)
            self._far.add(strokes, points, counts, np.repeat(reach, counts))

    def _meet(self, new: Indices) -> None:
        """Look at ``new`` strokes closely from now on, with points so near to each other that each is gone or stays."""
        for strokes in _portions(new):
            points, firsts, _ = self._far.points_of(strokes)
            self._far.take(self._far.places_of(strokes))
            points, firsts = ink.all_resampled(points, firsts, self._step)
            counts = _counts(points, firsts)
            brushes = np.repeat(self._brushes[strokes], counts)
            self._met.add(strokes, points, counts, self._radius + brushes * points[:, 2] / 2)

    def _make(self, cut: Indices) -> None:
        """Make strokes of what is left of those that were ``cut``."""
        for strokes in _portions(cut):
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

    def __init__(self, strokes: int) -> None:
        """Begin with none of so many ``strokes``."""
        self._firsts, self._counts = np.zeros((2, strokes), dtype=np.intp)
        self._points = np.empty((_AT_FIRST, 3))
        self._reach = np.empty(_AT_FIRST)  # of each, below 0 of those taken away
        self._strokes = np.empty(_AT_FIRST, dtype=np.intp)  # of which each is a point
        self._n = self._left = 0
        self._farthest = 0.0

    @property
    def empty(self) -> bool:
        """Whether all are taken away."""
        return not self._left

    def add(self, strokes: Indices, points: Points, counts: Indices, reach: Points) -> None:
        """Know ``strokes``, of whose ``points`` (n, 3) each has so many, and the ``reach`` (n,) of each point."""
        begin, end = self._n, self._n + len(points)
        if end > len(self._strokes):
            room = max(end, 2 * len(self._strokes))
            self._points, self._reach = _larger(self._points, begin, room), _larger(self._reach, begin, room)
            self._strokes = _larger(self._strokes, begin, room)
        self._firsts[strokes], self._counts[strokes] = begin + np.cumsum(counts) - counts, counts
        self._points[begin:end], self._reach[begin:end] = points, reach
        self._strokes[begin:end] = np.repeat(strokes, counts)
        self._n, self._left = end, self._left + len(points)
        self._farthest = max(self._farthest, float(reach.max()))

    def near(self, path: Points) -> Indices:
        """Return which points are in reach of ``path`` (m, 2)."""
        (x, y, _), reach = self._points[: self._n].T, self._reach[: self._n]
        low, high = path.min(axis=0) - self._farthest, path.max(axis=0) + self._farthest
        close = np.flatnonzero((x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1]) & (reach > 0))
        near: Indices = close[_distance(x[close], y[close], path) < reach[close]]
        return near

    def take(self, places: Indices) -> None:
        """Take away points, which were there."""
        self._reach[places] = -1
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
        places = self.places_of(strokes)
        return self._points.take(places, axis=0), np.cumsum(counts) - counts, self._reach.take(places) > 0


def erased(drawing: Drawing, path: Points, radius: float) -> Drawing:
    """Return what is left of ``drawing`` after an eraser moved along ``path`` (n, 2), n at least 1.

    That is this very drawing where it touched nothing.
    """
    eraser = Eraser(drawing, radius)
    eraser.move(path)
    return eraser.drawing


def _portions(strokes: Indices) -> Iterator[Indices]:
    """Return ``strokes`` in portions, for whose points there is memory already: more would be asked for each time."""
    for first in range(0, len(strokes), _TOGETHER):
        yield strokes[first : first + _TOGETHER]


def _larger(array: NDArray[Number], used: int, room: int) -> NDArray[Number]:
    """Return an array with the first ``used`` rows of ``array``, and ``room`` for so many."""
    larger = np.empty((room, *array.shape[1:]), dtype=array.dtype)
    larger[:used] = array[:used]
    return larger


def _counts(points: Points, firsts: Indices) -> Indices:
    """Return how many of ``points`` each stroke has, whose begin at ``firsts``."""
    counts = np.empty_like(firsts)
    np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
    counts[-1] = len(points) - firsts[-1]
    return counts


def _steps(points: Points, firsts: Indices) -> Points:
    """Return how far it is from each of ``points`` to the next of its stroke, whose points begin at ``firsts``."""
    x, y = points[:, 0], points[:, 1]
    steps = np.zeros(len(points))
    steps[:-1] = np.sqrt((x[1:] - x[:-1]) ** 2 + (y[1:] - y[:-1]) ** 2)
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


def _distance(x: Points, y: Points, path: Points) -> Points:
    """Return for each of the points at ``x`` and ``y`` (n,) the distance to the nearest place on ``path`` (m, 2)."""
    nearest = np.full(len(x), np.inf)
    for start, end in zip(path, path[1:] if len(path) > 1 else path, strict=False):
        across, down, (along_x, along_y) = x - start[0], y - start[1], end - start
        length = along_x**2 + along_y**2
        if length > 0:  # else it is a point, as where the eraser is pressed
            t = np.clip((across * along_x + down * along_y) / length, 0, 1)
            across -= t * along_x
            down -= t * along_y
        np.minimum(nearest, across * across + down * down, out=nearest)
    distances: Points = np.sqrt(nearest)
    return distances
