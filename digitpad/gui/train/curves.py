"""The lines of one run in the two plots: ``Curves``, and how accuracies are put on an axis: ``Scale``."""

from collections.abc import Collection
from enum import Enum

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from digitpad.train.experiment import Point
from digitpad.train.runs import Run

_LEAST_ERROR = 0.01  # per cent: what none of 10,000 digits is shown as, on an axis that has no 0


class Scale(Enum):
    """What the upper plot shows: how many are read rightly, or on a logarithmic axis how many wrongly."""

    ACCURACY = "% right"
    ERROR = "% wrong"

    def place(self, accuracy: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where an ``accuracy`` in per cent lies on the axis."""
        if self is Scale.ACCURACY:
            return np.asarray(accuracy)
        return np.asarray(np.log10(np.maximum(100 - np.asarray(accuracy), _LEAST_ERROR)))

    def accuracy(self, place: float) -> float:
        """Return the accuracy in per cent that lies at ``place`` of the axis."""
        return place if self is Scale.ACCURACY else float(100 - 10**place)


class Curves:
    """The four lines of one run: solid for held-out digits, dashed for training digits. Each is made when it is shown.

    ``points`` (n, 5) are its measurements: epochs, accuracy in per cent, cost, and the same for training digits.
    """

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
        """Begin with none, in the plots of ``accuracy`` and ``cost``."""
        self._plots = {"accuracy": accuracy, "training_accuracy": accuracy, "cost": cost, "training_cost": cost}
        self._lines: dict[str, pg.PlotCurveItem] = {}  # of those in sight
        self._colour, self.strong, self._width = QColor(), False, 1.0
        self._drawn: dict[str, tuple[int, Scale]] = {}  # of each line, how many points are in it, and on what axis
        self.points = np.empty((0, 5))
        self.epochs = self.best = self.best_training = self.highest_cost = 0.0

    def apply_colours(self, colour: QColor, strong: bool, width: float) -> None:
        """Take a ``colour``, in front where ``strong``; a line of one pixel is ``width`` wide."""
        self._colour, self.strong, self._width = colour, strong, width
        for name, line in self._lines.items():
            self._colour_line(name, line)

    def _colour_line(self, name: str, line: pg.PlotCurveItem) -> None:
        training = name.startswith("training")
        style = Qt.PenStyle.DashLine if training else Qt.PenStyle.SolidLine
        wide = self._width * (2 if self.strong and not training else 1)
        line.setPen(pg.mkPen(paled(self._colour, strong=self.strong), width=wide, style=style))
        line.setZValue(10 if self.strong else 5)

    def take_in(self, run: Run) -> None:
        """Know what is new of ``run``."""
        new = run.points[len(self.points) :]
        if new:
            added = np.array([point[:5] for point in new]) * (1, 100, 1, 100, 1)
            self.points = np.concatenate([self.points, added])
            self.epochs, self.best = float(self.points[-1, 0]), float(self.points[:, 1].max())
            self.best_training = float(self.points[:, 3].max())
            # The first costs, of a network that knows nothing, would press the rest flat against the axis.
            self.highest_cost = float(self.points[min(4, len(self.points) - 1) :, 2].max())

    def show(self, scale: Scale, names: Collection[str]) -> None:
        """Show the lines of these ``names``, which are those of a ``Point``'s fields, and no others."""
        for name in [name for name in self._lines if name not in names]:
            self._take_away(name)
        for name in names:
            if name not in self._lines:
                line = self._lines[name] = pg.PlotCurveItem(antialias=True)
                # Not by way of the plot, which looks at all curves there are whenever one comes.
                self._plots[name].getViewBox().addItem(line, ignoreBounds=True)
                self._colour_line(name, line)
            if self._drawn.get(name) != (len(self.points), scale):
                self._drawn[name] = len(self.points), scale
                self._lines[name].setData(*line_of(self.points, scale, name))

    def _take_away(self, name: str) -> None:
        self._plots[name].getViewBox().removeItem(self._lines.pop(name))
        self._drawn.pop(name, None)

    def remove(self) -> None:
        """Take the lines away."""
        for name in list(self._lines):
            self._take_away(name)


def line_of(points: NDArray[np.float64], scale: Scale, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the line of this ``name`` goes, x and y, for the ``points`` (n, 5) of a run."""
    values = points[:, Point._fields.index(name)]
    return points[:, 0], scale.place(values) if name.endswith("accuracy") else values


def paled(colour: QColor, *, strong: bool) -> QColor:
    """Return the colour of a line, in front where ``strong``."""
    pale = QColor(colour)
    pale.setAlphaF(1.0 if strong else 0.75)
    return pale
