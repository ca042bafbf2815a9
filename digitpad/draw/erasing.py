"""Rubbing out: strokes are cut where a round eraser passed, and a picture loses what lay under it."""

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.extents import Extents, Indices, together

_FEW = 200  # strokes that are cut in an instant
_TOGETHER = 200  # strokes that are worked at together
_AT_ONCE = 8  # so many times with a movement, or in a turn, at most: a few milliseconds
_POINTS = 64  # of each stroke that there is room for, to begin with; it takes memory only where it is written to

Number = TypeVar("Number", bound=np.generic)


class Eraser:
    """A round eraser that moves over a drawing.

    It takes away points, and looks closely only at those of strokes that it came near: into their boxes, and then near
    to one of their points. Strokes are made of what is left when ``drawing`` is asked for. Where very much lies it may
    fall behind the hand, and catches up with the next movements, or when it is asked to.
    """

    def __init__(self, drawing: Drawing, radius: float, extents: Extents | None = None) -> None:
        """Begin with the whole of ``drawing``; ``radius`` is in canvas sides, ``extents`` may know its strokes."""
        strokes = drawing.strokes
        self._radius, self._step = radius, radius / 4  # how far points may lie apart that are gone or stay
        self._drawing: Drawing | None = drawing  # None while it has to be made
        self._picture, self._strokes = drawing.picture, strokes
        self._left: dict[int, tuple[Stroke, ...]] = {}  # of those that were cut,
        self._unmade = np.empty(0, dtype=np.intp)  # but for these,
        self._just_cut = 0  # of which the last ones were cut by the last movement that was made
        self._behind: deque[Iterator[bool]] = deque()  # movements that it has still to make, or to end
        self._changed = False  # whether anything is gone since it was moved last
        reach = (extents or Extents()).of(strokes)
        self._brushes = reach[:, 4]
        margins = self._brushes[:, None] / 2 + radius
        self._boxes = reach[:, :2] - margins, reach[:, 2:4] + margins
        self._far = np.ones(len(strokes), dtype=bool)  # those that it came not near to yet,
        self._met = _Places(len(strokes))  # and the points of the others

    def move(self, path: Points) -> bool:
        """Rub along ``path`` (n, 2), n at least 1, and return whether anything is gone, or may be: it fell behind."""
        self._behind.append(self._rub(path))
        self._changed = False
        left = self._catch_up(_AT_ONCE)
        # What the eraser has just left will hardly be cut again: so it is made on the way, and little is left to do.
        self._make(min(left * _TOGETHER, len(self._unmade) - self._just_cut))
        return self._changed or bool(self._behind)

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return self._picture is None and self._met.empty and not self._far.any()

    @property
    def is_quick(self) -> bool:
        """Whether ``drawing`` takes no more than an instant."""
        return not self._behind and len(self._unmade) <= _FEW

    def make_some(self) -> None:
        """Do some of what is left to do, so that it is less for ``drawing``."""
        self._make(self._catch_up(_AT_ONCE) * _TOGETHER)

    def _catch_up(self, steps: int) -> int:
        """Go on with the movements that are not made yet, so many steps at most, and return how many are left."""
        while self._behind and steps:
            if not next(self._behind[0], False):
                self._behind.popleft()
            steps -= 1
        return steps

    def _rub(self, path: Points) -> Iterator[bool]:
        """Rub along ``path`` in steps: look where it comes near to anything, and then take away what it reaches."""
        yield from self._meet(path)
        gone = self._met.near(path)
        self._met.take(gone)
        cut = self._met.strokes_of(gone)
        others = np.ones(len(self._strokes), dtype=bool)
        others[cut] = False
        self._unmade, self._just_cut = np.concatenate([self._unmade[others[self._unmade]], cut]), len(cut)
        picture = self._picture
        self._picture = _rubbed(picture, path, self._radius) if picture else None
        if len(gone) > 0 or self._picture is not picture:
            self._changed, self._drawing = True, None

    @property
    def drawing(self) -> Drawing:
        """What is left: the very same as before where nothing is gone."""
        while self._behind:
            self._catch_up(_AT_ONCE)
        if self._drawing is None:
            self._make(len(self._unmade))
            left, at = list[Stroke](), 0
            for stroke in sorted(self._left):
                left += self._strokes[at:stroke]
                left += self._left[stroke]
                at = stroke + 1
            left += self._strokes[at:]
            self._drawing = Drawing(tuple(left), self._picture)
        return self._drawing

    def _meet(self, path: Points) -> Iterator[bool]:
        """Look closely from now on at the strokes that ``path`` comes near to, in steps.

        Their points are then so near to each other that each is gone or stays.
        """
        low, high = self._boxes
        in_box = (low < path.max(axis=0)) & (high > path.min(axis=0))
        for strokes in _portions(np.flatnonzero(in_box.all(axis=1) & self._far)):
            points, firsts = together([self._strokes[i] for i in strokes.tolist()])
            # A stroke is no nearer to the eraser than its nearest point, less half of its longest step.
            steps = np.maximum.reduceat(_steps(points, firsts), firsts)
            counts = _counts(points, firsts)
            reach = np.repeat(self._radius + (self._brushes[strokes] + steps) / 2, counts)
            near = np.logical_or.reduceat(_distance(points[:, 0], points[:, 1], path) < reach, firsts)
            if near.any():
                points, counts = points[np.repeat(near, counts)], counts[near]
                self._add(strokes[near], points, np.cumsum(counts) - counts)
            yield True

    def _add(self, strokes: Indices, points: Points, firsts: Indices) -> None:
        self._far[strokes] = False
        points, firsts = ink.all_resampled(points, firsts, self._step)
        counts = _counts(points, firsts)
        brushes = np.repeat(self._brushes[strokes], counts)
        self._met.add(strokes, points, counts, self._radius + brushes * points[:, 2] / 2)

    def _make(self, n: int) -> None:
        """Make strokes of what is left of ``n`` that were cut, at most, those first that were cut first."""
        cut, self._unmade = self._unmade[:n], self._unmade[n:]
        self._just_cut = min(self._just_cut, len(self._unmade))
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
        # x, y and pressure of each, a row for each of them: a look through all of one is through what lies together.
        room = _POINTS * strokes
        self._points = np.empty((3, room))
        self._reach = np.empty(room)  # of each, below 0 of those taken away
        self._strokes = np.empty(room, dtype=np.int32)  # of which each is a point
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
        self._points[:, begin:end], self._reach[begin:end] = points.T, reach
        self._strokes[begin:end] = np.repeat(strokes, counts)
        self._n, self._left = end, self._left + len(points)
        self._farthest = max(self._farthest, float(reach.max()))

    def near(self, path: Points) -> Indices:
        """Return which points are in reach of ``path`` (m, 2)."""
        (x, y, _), reach = self._points[:, : self._n], self._reach[: self._n]
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
        return self._points.take(places, axis=1).T, np.cumsum(counts) - counts, self._reach.take(places) > 0


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
    """Return an array with what is ``used`` of ``array`` (..., n), and ``room`` for so many."""
    larger = np.empty((*array.shape[:-1], room), dtype=array.dtype)
    larger[..., :used] = array[..., :used]
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
