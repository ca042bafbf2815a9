"""The lines of many runs that are not in front, those of one colour in one piece: ``Crowd``."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from digitpad.gui.train.curves import Curves, Scale, line_of, paled

_NO_POINT = np.full((1, 5), np.nan)  # between the line of one run and that of the next


class Member(NamedTuple):
    """One of many runs: its number, its points, its colour, and whether its costs are shown."""

    number: int
    curves: Curves
    colour: QColor
    with_cost: bool


class Crowd:
    """Draws held-out digits alone. To make a line for each of hundreds of runs would take most of a second."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
        """Begin with nobody, in the plots of ``accuracy`` and ``cost``."""
        self._plots = {"accuracy": accuracy, "cost": cost}
        self._lines: dict[tuple[str, int], pg.PlotCurveItem] = {}  # by what it is of, and its colour
        self._drawn: dict[tuple[str, int], object] = {}  # what is in each

    def show(self, members: Iterable[Member], scale: Scale, width: float) -> None:
        """Show these and no others, with lines of a pixel that is ``width`` wide."""
        together: dict[tuple[str, int], list[Member]] = {}
        for one in members:
            for name in ("accuracy", "cost") if one.with_cost else ("accuracy",):
                if len(one.curves.points):
                    together.setdefault((name, one.colour.rgb()), []).append(one)
        for place in [place for place in self._lines if place not in together]:
            self._plots[place[0]].getViewBox().removeItem(self._lines.pop(place))
            del self._drawn[place]
        for place, those in together.items():
            now = scale, width, [(one.number, len(one.curves.points)) for one in those]
            if self._drawn.get(place) != now:
                self._drawn[place] = now
                points = np.concatenate([part for one in those for part in (one.curves.points, _NO_POINT)])
                pen = pg.mkPen(paled(QColor.fromRgb(place[1]), strong=False), width=width)
                self._line(*place).setData(*line_of(points, scale, place[0]), connect="finite", pen=pen)

    def _line(self, name: str, rgb: int) -> pg.PlotCurveItem:
        line = self._lines.get((name, rgb))
        if line is None:
            line = self._lines[name, rgb] = pg.PlotCurveItem(antialias=True)
            self._plots[name].getViewBox().addItem(line, ignoreBounds=True)
        return line
