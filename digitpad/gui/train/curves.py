"""The lines of one run in the two plots: ``Curves``, and how accuracies are put on an axis: ``Scale``."""

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


class Curves:
    """The four lines of one run: solid for held-out digits, dashed for training digits."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
        """Begin with none, in the plots of ``accuracy`` and ``cost``."""
        self._places = [
            (accuracy, "accuracy"),
            (accuracy, "training_accuracy"),
            (cost, "cost"),
            (cost, "training_cost"),
        ]
        self._lines = [pg.PlotCurveItem(antialias=True) for _ in self._places]
        for line, (plot, _) in zip(self._lines, self._places, strict=True):
            # Not by way of the plot, which looks at all curves there are whenever one comes.
            plot.getViewBox().addItem(line, ignoreBounds=True)
        self.strong = False
        self._shown = True, True  # whether costs are, and training digits
        self.scale = Scale.ACCURACY
        self.points = np.empty((0, 5))  # epochs, accuracy in per cent, cost, and the same for training digits
        self.epochs = self.best = self.highest_cost = 0.0

    def apply_colours(self, colour: QColor, strong: bool, width: float) -> None:
        """Take a ``colour``, in front where ``strong``; a line of one pixel is ``width`` wide."""
        self.strong = strong
        for line, (_, name) in zip(self._lines, self._places, strict=True):
            training = name.startswith("training")
            style = Qt.PenStyle.DashLine if training else Qt.PenStyle.SolidLine
            pale = QColor(colour)
            pale.setAlphaF(1.0 if strong else 0.75)
            line.setPen(pg.mkPen(pale, width=width * (2 if strong and not training else 1), style=style))
            line.setZValue(10 if strong else 5)

    def show(self, run: Run, scale: Scale, *, with_cost: bool, with_training: bool) -> None:
        """Show what is new of ``run``, ``with_cost`` and with the lines of training digits, or without."""
        if (with_cost, with_training) != self._shown:
            self._shown = with_cost, with_training
            for line, (_, name) in zip(self._lines, self._places, strict=True):
                line.setVisible((with_cost or "cost" not in name) and (with_training or "training" not in name))
        new = run.points[len(self.points) :]
        if not new and scale is self.scale:
            return
        if new:
            added = np.array([point[:5] for point in new]) * (1, 100, 1, 100, 1)
            self.points = np.concatenate([self.points, added])
            self.epochs, self.best = float(self.points[-1, 0]), float(self.points[:, 1].max())
            # The first costs, of a network that knows nothing, would press the rest flat against the axis.
            self.highest_cost = float(self.points[min(4, len(self.points) - 1) :, 2].max())
        self.scale = scale
        for line, (_, name) in zip(self._lines, self._places, strict=True):
            values = self.points[:, Point._fields.index(name)]
            line.setData(self.points[:, 0], scale.place(values) if name.endswith("accuracy") else values)

    def remove(self) -> None:
        """Take the lines away."""
        for line, (plot, _) in zip(self._lines, self._places, strict=True):
            plot.getViewBox().removeItem(line)
