"""Runs that differ in the seed alone as one line with a band around it: ``GroupBand``."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem

from digitpad.gui.train.curves import Scale, paled
from digitpad.train.experiment import Point
from digitpad.train.repeats import Band, Repeats

SHADE = 0.22  # how much of the colour is in the band

_FIGURES: dict[str, Callable[[Point], float]] = {
    "accuracy": lambda point: 100 * point.accuracy,
    "cost": lambda point: point.cost,
    "training_accuracy": lambda point: 100 * point.training_accuracy,
}


class GroupBand:
    """The mean of the runs of ``group``, and shaded what lies from the least to the greatest, in the two plots."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem, group: Repeats) -> None:
        """Begin with nothing in the plots of ``accuracy`` and ``cost``."""
        self.group = group
        self._points = [len(run.points) for run in group.runs]
        self.bands: dict[str, Band] = {name: group.band(figure) for name, figure in _FIGURES.items()}
        self._boxes = {"accuracy": accuracy.getViewBox(), "cost": cost.getViewBox()}
        self._means: dict[str, pg.PlotCurveItem] = {}
        self._shades: dict[str, QGraphicsPolygonItem] = {}
        self._drawn: dict[str, Scale] = {}

    @property
    def outdated(self) -> bool:
        """Whether any of the runs was measured again since."""
        return self._points != [len(run.points) for run in self.group.runs]

    @property
    def end(self) -> float:
        """The last of its epochs."""
        return float(self.bands["accuracy"].epochs[-1])

    @property
    def figure(self) -> str:
        """The accuracies after the last of its epochs, as people write them."""
        last = self.group.after(self.end)
        return str(last) if last else ""

    def show(self, scale: Scale, colour: QColor, width: float, *, strong: bool, with_cost: bool) -> None:
        """Show it in ``colour``, in front where ``strong``; a line of one pixel is ``width`` wide."""
        names = ("accuracy", "cost") if with_cost else ("accuracy",)
        for name in [name for name in self._means if name not in names]:
            self._take_away(name)
        for name in names:
            if name not in self._means:
                self._make(name)
            if self._drawn.get(name) is not scale:
                self._draw(name, scale)
            shade = QColor(colour)
            shade.setAlphaF(SHADE)
            self._shades[name].setBrush(shade)
            self._means[name].setPen(pg.mkPen(paled(colour, strong=strong), width=width * (2 if strong else 1)))
            for item, below in ((self._shades[name], 3), (self._means[name], 0)):
                item.setZValue((10 if strong else 5) - below)

    def _make(self, name: str) -> None:
        shade = self._shades[name] = QGraphicsPolygonItem()
        shade.setPen(QColor(Qt.GlobalColor.transparent))
        mean = self._means[name] = pg.PlotCurveItem(antialias=True)
        for item in (shade, mean):
            self._boxes[name].addItem(item, ignoreBounds=True)

    def _draw(self, name: str, scale: Scale) -> None:
        self._drawn[name] = scale
        band = self.bands[name]

        def place(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return scale.place(values) if name == "accuracy" else values

        low, high = place(band.least), place(band.greatest)
        outline = [*zip(band.epochs, high, strict=True), *zip(band.epochs[::-1], low[::-1], strict=True)]
        self._shades[name].setPolygon(QPolygonF([QPointF(x, y) for x, y in outline]))
        self._means[name].setData(band.epochs, place(band.mean))

    def _take_away(self, name: str) -> None:
        for item in (self._means.pop(name), self._shades.pop(name)):
            self._boxes[name].removeItem(item)
        self._drawn.pop(name, None)

    def remove(self) -> None:
        """Take it out of the plots."""
        for name in list(self._means):
            self._take_away(name)
