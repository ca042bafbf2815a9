"""The axes of the plots: how far they reach, and where their numbers stand."""

import math
from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from digitpad.gui.train.curves import Scale
from digitpad.gui.widgets.theme import SMALL, font, grown

_FLOORS = (97, 90), (90, 80), (70, 50)  # per cent: when all runs have reached the first, the axis begins at the second
_ERRORS = 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01  # per cent: where the axis of errors has numbers
_BAD = 5  # times the lowest cost of all runs: what is above that need not be seen whole
_ROOM = 0.08  # of a factor of ten, below the smallest error
_BELOW = 1.0  # factors of ten: how far below the best of the held-out digits errors of training digits are seen
_DECIMALS = 9  # of epochs
_LINE = 1.1  # heights of text: how far numbers are apart at least
_BESIDE = 6  # pixels from an axis to its numbers
_LEFT = 58  # pixels for the numbers and the name of a vertical axis


class _Direct(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis that is painted where it stands: Qt keeps what it looks like, and need not play back a record of it."""

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint line, numbers and grid."""
        painter.setFont(font(SMALL))
        specs = self.generateDrawSpecs(painter)
        if specs is not None:
            self.drawPicture(painter, *specs)


class Heights(_Direct):
    """A vertical axis with numbers at its ends, too: where there is a grid, pyqtgraph leaves no room for them."""

    def __init__(self) -> None:
        """Stand at the left."""
        super().__init__("left")

    def boundingRect(self) -> QRectF:
        """Return where it paints: half a number beyond each end."""
        half = QFontMetricsF(font(SMALL)).height() / 2
        painted: QRectF = super().boundingRect()
        return painted.adjusted(0, -half, 0, half)

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return the distances of numbers and their offsets: none closer than a line of text is high."""
        levels: list[tuple[float, float]] = super().tickSpacing(low, high, size)
        least = _LINE * QFontMetricsF(font(SMALL)).height() * abs(high - low) / max(size, 1.0)
        far = [(spacing, offset) for spacing, offset in levels if spacing >= least]
        if far or not levels:
            return far
        spacing, offset = levels[0]
        while spacing < least:
            spacing *= 2
        return [(spacing, offset)]


class Epochs(_Direct):
    """A level axis whose name stands before its numbers, where there is room anyway, and not below them."""

    def __init__(self) -> None:
        """Stand at the bottom."""
        super().__init__("bottom")

    def setRange(self, low: float, high: float) -> None:
        """Reach from ``low`` to ``high`` without the last decimals, lost where one plot follows another.

        A number that stood beyond the end by so little would not be there.
        """
        super().setRange(round(low, _DECIMALS), round(high, _DECIMALS))

    def make_room(self) -> None:
        """Be as high as a line of text of its present size needs."""
        self.setHeight(math.ceil(QFontMetricsF(font(SMALL)).height()) + _BESIDE)
        self.resizeEvent()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Put the name beside the line of numbers."""
        super().resizeEvent(event)
        if self.label is not None:  # pyqtgraph takes it away at the end
            place = self.label.boundingRect()
            half = QFontMetricsF(font(SMALL)).horizontalAdvance("0") / 2
            self.label.setPos(-half - place.width(), self.size().height() - place.height() + self._below(place))

    def _below(self, label: QRectF) -> float:
        return (label.height() - QFontMetricsF(font(SMALL)).height()) / 2


def prepare(plot: pg.PlotItem) -> None:
    """Give a plot the axes that both have: numbers at the ends, too, and a grid of horizontal lines."""
    plot.hideButtons()
    plot.showGrid(x=False, y=True, alpha=0.12)
    plot.getAxis("left").enableAutoSIPrefix(False)
    for side in ("left", "bottom"):
        # Painting numbers and grid anew with every point takes longer than the curves do.
        plot.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        plot.getAxis(side).setStyle(hideOverlappingLabels=False)  # those at the ends would go
    plot.getViewBox().setDefaultPadding(0)
    plot.getViewBox().setLimits(xMin=0, minXRange=0.05)


def dress_axes(plot: pg.PlotItem, line: QColor, quiet: QColor) -> None:
    """Give both axes a ``line``, and ``quiet`` words and numbers with the room that text of its present size needs."""
    plot.getAxis("left").setWidth(grown(_LEFT))
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(line))
        axis.setTextPen(pg.mkPen(quiet))
        axis.setStyle(tickFont=font(SMALL), tickLength=0, tickTextOffset=_BESIDE)
        axis.label.setFont(font(SMALL))
        axis.setLabel(axis.labelText, color=quiet.name())
    if isinstance(across := plot.getAxis("bottom"), Epochs):
        across.make_room()


def name_errors(plot: pg.PlotItem, scale: Scale) -> None:
    """Give the upper plot the numbers of ``scale``, and let nobody move it beyond what there can be."""
    axis, box = plot.getAxis("left"), plot.getViewBox()
    plot.setLabel("left", scale.value)
    if scale is Scale.ERROR:
        axis.setTicks([[(float(np.log10(error)), f"{error:g}") for error in _ERRORS]])
        box.setLimits(yMin=-2.1, yMax=2.05, minYRange=0.1)
    else:
        axis.setTicks(None)
        box.setLimits(yMin=0, yMax=101, minYRange=0.5)


def accuracy_range(best: Iterable[float], scale: Scale, training: Iterable[float] = ()) -> tuple[float, float]:
    """Return from where to where the upper axis reaches for runs whose ``best`` accuracies, in per cent, are these.

    The axis of errors goes on to those of ``training`` digits, as far as ``_BELOW``: digits known by heart would press
    the rest together.
    """
    best = list(best)
    if scale is Scale.ERROR:
        held_out = float(scale.place(max(best, default=0.0)))
        known = float(scale.place(max(training, default=0.0)))
        return min(held_out, max(known, held_out - _BELOW)) - _ROOM, 2.0
    lowest = min(best, default=0.0)
    return next((float(floor) for least, floor in _FLOORS if lowest >= least), 0.0), 100.0


def highest_cost(costs: Iterable[float], current: float | None) -> float:
    """Return how far the axis of costs reaches for runs that came to these ``costs``, one of them the ``current``.

    Those that are many times above the lowest leave it, so that one bad run does not press the others flat; not the
    run that is looked at.
    """
    costs = list(costs)
    within = [cost for cost in costs if cost <= _BAD * min(costs)] or [1.0]
    return _round_up(1.1 * max(*within, current or 0.0))


def set_range(plot: pg.PlotItem, axis: str, low: float, high: float) -> None:
    """Set the range of an axis if it is another: setting it draws the axis anew."""
    box = plot.getViewBox()
    now = box.viewRange()[0 if axis == "x" else 1]
    if abs(now[0] - low) > 1e-9 or abs(now[1] - high) > 1e-9:
        (box.setXRange if axis == "x" else box.setYRange)(low, high, padding=0)


def _round_up(value: float) -> float:
    """Return the next number of one round figure: 0.0343 gives 0.04."""
    unit = 10.0 ** np.floor(np.log10(max(value, 1e-6)))
    return float(np.ceil(value / unit) * unit)
