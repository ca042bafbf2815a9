"""What the network sees of a drawing while it grows: drawn on, where the next one goes on from it."""

import numpy as np

from digitpad.draw import ink
from digitpad.draw.drawing import SMALLEST, Drawing, Stroke
from digitpad.draw.kept import Kept
from digitpad.draw.preprocess import Stages, preprocess

Corners = tuple[float, float, float, float]


class LiveInk:
    """Gives the stages of one drawing after the other, the same that each gives of itself.

    A drawing that goes on from one of before costs what is new of it, however many strokes there are; where it grows
    beyond the frame, all is drawn anew.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._settled = Drawing()  # all strokes but the last
        self._corners: list[Corners] = []  # around the first stroke, the first two, and so on, of those
        self._sheet: ink.Sheet | None = None  # with the settled ones
        self._kept: Kept[ink.Sheet] = Kept()
        self._last: Stroke | None = None
        self._grown: ink.Sheet | None = None  # with the last stroke, too, as far as is certain of it
        self._way: ink.Way | None = None

    def stages(self, drawing: Drawing) -> Stages:
        """Return what the network sees of ``drawing``, every stage."""
        if not drawing.strokes:
            return drawing.stages()
        last, settled = drawing.strokes[-1], Drawing(drawing.strokes[:-1], drawing.picture)
        self._surround(settled)
        frame = ink.frame([self._around(drawing)], None, SMALLEST)
        self._settle(settled, frame)
        sheet = self._draw_last(last).copy()
        assert self._way
        sheet.end(last.points[:, :2], self._way)
        return preprocess(sheet.greys, ink.place_of(frame))

    def _surround(self, settled: Drawing) -> None:
        """Know how far the settled strokes reach."""
        strokes, known = settled.strokes, len(self._corners)
        if not settled.goes_on_from(self._settled):
            before = self._settled.strokes
            known = len(strokes) if strokes == before[: len(strokes)] else 0
            del self._corners[known:]
        new = strokes[known:]
        if not new:
            return
        points = np.concatenate([stroke.points for stroke in new])[:, :2]
        firsts = np.cumsum([0, *(len(stroke.points) for stroke in new[:-1])])
        low, high = np.minimum.reduceat(points, firsts), np.maximum.reduceat(points, firsts)
        if self._corners:
            low[0] = np.minimum(low[0], self._corners[-1][:2])
            high[0] = np.maximum(high[0], self._corners[-1][2:])
        corners = np.hstack([np.minimum.accumulate(low), np.maximum.accumulate(high)])
        self._corners += map(tuple, corners.tolist())

    def _around(self, drawing: Drawing) -> ink.Path:
        """Return the corners (n, 2) of what has to be in the frame."""
        points = drawing.strokes[-1].points[:, :2]
        corners = [points.min(axis=0), points.max(axis=0)]
        if self._corners:
            corners += np.reshape(self._corners[-1], (2, 2)).tolist()
        if drawing.picture:
            left, top, width, height = drawing.picture.box
            corners += [np.array([left, top]), np.array([left + width, top + height])]
        return np.array(corners)

    def _settle(self, settled: Drawing, frame: ink.Frame) -> None:
        """Have the settled strokes on a sheet."""
        if self._sheet and not _same(self._sheet.where, frame):
            self._kept.clear()
            self._sheet = None
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
                sheet.draw([stroke.points for stroke in settled.strokes[at:stop]])
                at = stop
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


def _same(one: ink.Frame, other: ink.Frame) -> bool:
    return one[1:] == other[1:] and bool((one[0] == other[0]).all())


def _goes_on(stroke: Stroke, before: Stroke) -> bool:
    n = len(before.points)
    return stroke is before or (len(stroke.points) >= n and np.array_equal(stroke.points[:n], before.points))
