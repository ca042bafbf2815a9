"""What the network sees of a drawing while it grows: drawn on, where the next one goes on from it."""

from collections.abc import Iterator, Sequence
from time import perf_counter

import numpy as np

from digitpad.draw import ink
from digitpad.draw.drawing import SMALLEST, Drawing, Stroke
from digitpad.draw.extents import Extents
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

    def __init__(self, extents: Extents | None = None) -> None:
        """Begin with nothing; ``extents`` are those of the same drawings, where others need them, too."""
        self._settled = Drawing()  # all strokes but the last
        self._extents = extents or Extents()
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
        return self._where is not None and _same(self._where, self._frame(drawing))

    def prepare(self, drawing: Drawing, seconds: float) -> bool:
        """Work for so long at what ``stages`` of ``drawing`` takes; whether it is quick now."""
        if self.is_quick(drawing):
            return True
        end = perf_counter() + seconds
        settled = Drawing(drawing.strokes[:-1], drawing.picture)
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
        frame = self._frame(drawing)
        for _ in self._settling(settled, frame):
            """Draw all of it."""
        sheet = self._draw_last(last).copy()
        assert self._way
        sheet.end(last.points[:, :2], self._way)
        return preprocess(sheet.greys, ink.place_of(frame))

    def _frame(self, drawing: Drawing) -> ink.Frame:
        return ink.frame([self._around(drawing)], None, SMALLEST)

    def _around(self, drawing: Drawing) -> ink.Path:
        """Return the corners (n, 2) of what has to be in the frame."""
        x, y, _ = drawing.strokes[-1].points.T  # each by itself, which takes NumPy a tenth of the time
        corners = [np.array([x.min(), y.min()]), np.array([x.max(), y.max()])]
        settled = self._extents.of(drawing.strokes[:-1])
        if len(settled):
            corners += [settled[:, :2].min(axis=0), settled[:, 2:4].max(axis=0)]
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


def _is_little(strokes: Sequence[Stroke]) -> bool:
    return len(strokes) <= _FEW and sum(len(stroke.points) for stroke in strokes) <= _SOME


def _same(one: ink.Frame, other: ink.Frame) -> bool:
    return one[1:] == other[1:] and bool((one[0] == other[0]).all())


def _goes_on(stroke: Stroke, before: Stroke) -> bool:
    n = len(before.points)
    return stroke is before or (len(stroke.points) >= n and np.array_equal(stroke.points[:n], before.points))
