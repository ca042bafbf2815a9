"""How far each stroke of a drawing reaches, known from one drawing to the next: ``Extents``."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.alike import alike, places_among
from digitpad.draw.drawing import Points, Stroke

Indices = NDArray[np.intp]

_TOGETHER = 1000  # strokes that are looked at together: memory of this size is there already, more would be asked for


class Extents:
    """Knows how far the strokes of one drawing after the other reach, and looks only at those that are new.

    So whoever asks for them after each change does not hold up who needs those of many strokes at once. Those of the
    drawing before are known as well: to take back an eraser brings back all that it cut.
    """

    def __init__(self) -> None:
        """Know of no strokes yet."""
        self._strokes: tuple[Stroke, ...] = ()
        self._rows = np.empty((0, 5))
        self._before: tuple[tuple[Stroke, ...], Points] = self._strokes, self._rows

    def of(self, strokes: tuple[Stroke, ...]) -> Points:
        """Return for each stroke (n, 5) its lowest x and y, its highest, and the width of its brush."""
        if strokes != self._strokes[: len(strokes)]:
            last = self._strokes, self._rows
            went_back = strokes == self._before[0][: len(strokes)]
            self._strokes, self._rows = self._before if went_back else (strokes, self._with_new(strokes))
            self._before = last
        return self._rows[: len(strokes)]

    def _with_new(self, strokes: tuple[Stroke, ...]) -> Points:
        """Return the rows of ``strokes``, looking at those alone that are new."""
        before = self._strokes
        known = alike(strokes, before)
        at = np.arange(len(strokes))
        at[known:] = places_among(before[known:], strokes[known:])
        at[known:][at[known:] >= 0] += known
        new = np.flatnonzero(at < 0)
        rows = self._rows[at] if len(before) else np.empty((len(strokes), 5))
        for i in range(0, len(new), _TOGETHER):
            part = new[i : i + _TOGETHER]
            rows[part] = _looked_at([strokes[stroke] for stroke in part.tolist()])
        return rows


def _looked_at(strokes: Sequence[Stroke]) -> Points:
    points, firsts = together(strokes)
    rows = np.empty((len(strokes), 5))
    np.minimum.reduceat(points[:, :2], firsts, out=rows[:, :2])
    np.maximum.reduceat(points[:, :2], firsts, out=rows[:, 2:4])
    rows[:, 4] = [stroke.brush for stroke in strokes]
    return rows


def together(strokes: Sequence[Stroke]) -> tuple[Points, Indices]:
    """Return the points (n, 3) of all strokes, at least one, one after the other, and where each stroke's begin."""
    points = [stroke.points for stroke in strokes]
    return np.concatenate(points), np.cumsum([0, *map(len, points[:-1])])
