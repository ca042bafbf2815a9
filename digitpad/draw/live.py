"""What the network sees of a drawing while it grows: drawn on, where the next one goes on from it."""

from collections.abc import Iterator, Sequence
from itertools import compress, count, repeat
from operator import is_not
from time import perf_counter

import numpy as np

from digitpad.draw import ink
from digitpad.draw.drawing import SMALLEST, Drawing, Stroke
from digitpad.draw.kept import Kept
from digitpad.draw.preprocess import Stages, preprocess

_FEW, _SOME = 500, 10_000  # strokes and points that are drawn in an instant
_AT_ONCE = 64  # strokes drawn before the clock is looked at


class LiveInk:
    """Gives the stages of one drawing after the other, the same that each gives of itself.

    A drawing that goes on from one of before costs what is new of it, however many strokes there are. Where very much
    has to be drawn anew, because it grows beyond the frame or something in the middle is gone, ``is_quick`` says no,
    and ``prepare`` does it in turns.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._settled = Drawing()  # all strokes but the last
        self._surrounded: tuple[Stroke, ...] = ()  # strokes of which this is known:
        self._boxes = np.empty((0, 4))  # the lowest x and y of each, and the highest
        self._sheet: ink.Sheet | None = None  # with the settled ones
        self._kept: Kept[ink.Sheet] = Kept()
        self._where: ink.Frame | None = None  # of all sheets
        self._last: Stroke | None = None
        self._grown: ink.Sheet | None = None  # with the last stroke, too, as far as is certain of it
        self._way: ink.Way | None = None
        self._preparing: tuple[Drawing, ink.Frame, Iterator[None]] | None = None

    def is_quick(self, drawing: Drawing) -> bool:
        """Whether ``stages`` of ``drawing`` takes no more than an instant."""
        if _is_little(drawing.strokes):
            return True
        settled = Drawing(drawing.strokes[:-1], drawing.picture)
        before = self._settled if self._sheet and settled.goes_on_from(self._settled) else None
        if before is None and (nearest := self._kept.nearest(settled)):
            before = nearest[0]
        if before is None or not _is_little(settled.strokes[len(before.strokes) :]):
            return False
        self._surround(settled.strokes)
        return self._where is not None and _same(self._where, self._frame(drawing))

    def prepare(self, drawing: Drawing, seconds: float) -> bool:
        """Work for so long at what ``stages`` of ``drawing`` takes; whether it is quick now."""
        if self.is_quick(drawing):
            return True
        end = perf_counter() + seconds
        settled = Drawing(drawing.strokes[:-1], drawing.picture)
        self._surround(settled.strokes)
        frame, begun = self._frame(drawing), self._preparing
        if begun is None or begun[0] != settled or not _same(begun[1], frame):
            begun = self._preparing = settled, frame, self._settling(settled, frame)
        for _ in begun[2]:
            if perf_counter() > end:
                return False
        self._preparing = None
        return True

    def stages(self, drawing: Drawing) -> Stages:
        """Return what the network sees of ``drawing``, every stage."""
        if not drawing.strokes:
            return drawing.stages()
        last, settled = drawing.strokes[-1], Drawing(drawing.strokes[:-1], drawing.picture)
        self._preparing = None
        self._surround(settled.strokes)
        frame = self._frame(drawing)
        for _ in self._settling(settled, frame):
            """Draw all of it."""
        sheet = self._draw_last(last).copy()
        assert self._way
        sheet.end(last.points[:, :2], self._way)
        return preprocess(sheet.greys, ink.place_of(frame))

    def _surround(self, strokes: tuple[Stroke, ...]) -> None:
        """Know how far the settled ``strokes`` reach; those that were there before, wherever, are not looked at."""
        before = self._surrounded
        if strokes == before:
            return
        known = _alike(strokes, before)
        rows = dict(zip(map(id, before[known:]), count(known), strict=False))
        at = np.arange(len(strokes))
        at[known:] = list(map(rows.get, map(id, strokes[known:]), repeat(-1)))
        boxes = self._boxes[at] if len(before) else np.empty((len(strokes), 4))
        if new := [strokes[i].points for i in np.flatnonzero(at < 0).tolist()]:
            points, firsts = np.concatenate(new)[:, :2], np.cumsum([0, *map(len, new[:-1])])
            boxes[at < 0] = np.hstack([np.minimum.reduceat(points, firsts), np.maximum.reduceat(points, firsts)])
        self._surrounded, self._boxes = strokes, boxes

    def _frame(self, drawing: Drawing) -> ink.Frame:
        return ink.frame([self._around(drawing)], None, SMALLEST)

    def _around(self, drawing: Drawing) -> ink.Path:
        """Return the corners (n, 2) of what has to be in the frame."""
        x, y, _ = drawing.strokes[-1].points.T  # each by itself, which takes NumPy a tenth of the time
        corners = [np.array([x.min(), y.min()]), np.array([x.max(), y.max()])]
        if len(self._boxes):
            corners += [self._boxes[:, :2].min(axis=0), self._boxes[:, 2:].max(axis=0)]
        if drawing.picture:
            left, top, width, height = drawing.picture.box
            corners += [np.array([left, top]), np.array([left + width, top + height])]
        return np.array(corners)

    def _settling(self, settled: Drawing, frame: ink.Frame) -> Iterator[None]:
        """Have the settled strokes on a sheet, in steps; it is there after the last."""
        if self._where is None or not _same(self._where, frame):
            self._kept.clear()
            self._sheet, self._where = None, frame
        elif self._sheet and not settled.goes_on_from(self._settled):
            self._kept.leave(self._settled, self._sheet)
            self._sheet = None
        before, sheet = self._settled, self._sheet
        if sheet is None:
            nearest = self._kept.nearest(settled)
            before, sheet = nearest if nearest else (Drawing(picture=settled.picture), None)
        new = settled.strokes[len(before.strokes) :]
        if sheet and before is self._settled and new == (self._last,) and self._grown and self._way:
            sheet = self._grown  # all but its end is drawn
            sheet.end(new[0].points[:, :2], self._way)
            if self._kept.due(settled):
                self._kept.step(settled, sheet)
        elif sheet is None or new:
            sheet = sheet.copy() if sheet else ink.Sheet(frame, settled.picture_ink)
            at = len(before.strokes)
            for stop in (*self._kept.stops(at, len(settled.strokes)), len(settled.strokes)):
                while at < stop:
                    until = min(at + _AT_ONCE, stop)
                    sheet.draw([stroke.points for stroke in settled.strokes[at:until]])
                    at = until
                    yield
                step = Drawing(settled.strokes[:stop], settled.picture)
                if self._kept.due(step):
                    self._kept.step(step, sheet.copy())
        if sheet is not self._sheet:
            self._grown = self._way = self._last = None
        self._settled, self._sheet = settled, sheet

    def _draw_last(self, stroke: Stroke) -> ink.Sheet:
        """Return a sheet with the settled strokes and what is certain of the last one, which may go on growing."""
        assert self._sheet
        before = self._last
        if self._grown is None or before is None or not _goes_on(stroke, before):
            self._grown, self._way = self._sheet.copy(), None
        self._way = self._grown.extend(stroke.points[:, :2], self._way)
        self._last = stroke
        return self._grown


def _alike(one: Sequence[Stroke], other: Sequence[Stroke]) -> int:
    """Return how many strokes at the beginning are the same."""
    return next(compress(count(), map(is_not, one, other)), min(len(one), len(other)))


def _is_little(strokes: Sequence[Stroke]) -> bool:
    return len(strokes) <= _FEW and sum(len(stroke.points) for stroke in strokes) <= _SOME


def _same(one: ink.Frame, other: ink.Frame) -> bool:
    return one[1:] == other[1:] and bool((one[0] == other[0]).all())


def _goes_on(stroke: Stroke, before: Stroke) -> bool:
    n = len(before.points)
    return stroke is before or (len(stroke.points) >= n and np.array_equal(stroke.points[:n], before.points))
