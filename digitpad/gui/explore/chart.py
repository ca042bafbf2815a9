"""A plot of a few curves, small enough to paint anew at every move of a slider."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.theme import SMALL, font, series

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 22.0, 26.0, 40.0  # pixels around the plot, for words and numbers


@dataclass(frozen=True)
class Curve:
    """``y`` against ``x``, in the ``colour``-th colour of series, with a ``name`` for the legend if it has one.

    ``low`` and ``high``, as long as ``x``, are the edges of a band around it.
    """

    name: str
    colour: int
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = field(default=())
    high: Sequence[float] = field(default=())


class Chart(QWidget):
    """Curves over a common axis, a level to compare with, and a line to choose a place on the axis with.

    Signal: ``dragged(x)`` while a hand moves the line, or presses anywhere; only where a line is shown.
    """

    dragged = Signal(float)

    def __init__(self, name: str, below: str, title: str, *, logarithmic: bool = False, height: int = 150) -> None:
        """Start empty. ``below`` says what the axis is of, ``title`` what the curves are of."""
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumSize(260, height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._below, self._title, self._logarithmic = below, title, logarithmic
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._x_ticks: Sequence[tuple[float, str]] = ()
        self._y_ticks: Sequence[tuple[float, str]] = ()
        self._curves: Sequence[Curve] = ()
        self._level: tuple[float, str] | None = None
        self._cursor: float | None = None

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return self.minimumSize()

    def show_axes(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        x_ticks: Sequence[tuple[float, str]],
        y_ticks: Sequence[tuple[float, str]],
    ) -> None:
        """Show this range of both axes, with numbers at these places."""
        self._x, self._y, self._x_ticks, self._y_ticks = x, y, x_ticks, y_ticks
        self.update()

    def show_curves(self, *curves: Curve) -> None:
        """Show these curves, the first above the others."""
        self._curves = curves
        self.update()

    def show_level(self, y: float, text: str) -> None:
        """Show a level to compare the curves with."""
        self._level = (y, text)
        self.update()

    def show_cursor(self, x: float) -> None:
        """Show the line that marks a place on the axis."""
        self._cursor = x
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.update()

    # Places

    def _plot(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _places(self, x: Sequence[float], y: Sequence[float]) -> NDArray[np.float64]:
        """Return where (x, y) lie, (n, 2), no more than a little outside the plot."""
        plot, ends = self._plot(), np.array(self._x)
        across = np.asarray(x, dtype=np.float64)
        if self._logarithmic:
            across, ends = np.log(across), np.log(ends)
        u = (across - ends[0]) / (ends[1] - ends[0])
        v = (np.asarray(y, dtype=np.float64) - self._y[0]) / (self._y[1] - self._y[0])
        v = np.clip(np.nan_to_num(v), -2, 3)
        return np.column_stack([plot.left() + u * plot.width(), plot.bottom() - v * plot.height()])

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where in the widget (x, y) lies."""
        return QPointF(*self._places([x], [y])[0].tolist())

    def _x_at(self, place: QPointF) -> float:
        plot = self._plot()
        share = min(max((place.x() - plot.left()) / plot.width(), 0.0), 1.0)
        low, high = self._x
        return float(low * (high / low) ** share) if self._logarithmic else low + share * (high - low)

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the line here."""
        if event.button() == Qt.MouseButton.LeftButton and self._cursor is not None:
            self.dragged.emit(self._x_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the line follow."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._cursor is not None:
            self.dragged.emit(self._x_at(event.position()))

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, bands, curves, line and legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, plot = self.palette(), self._plot()
        painter.fillRect(plot, palette.color(QPalette.ColorRole.Base))
        self._paint_axes(painter, plot)
        painter.save()
        painter.setClipRect(plot.adjusted(-1, -1, 1, 1))
        self._paint_level(painter, plot)
        for curve in reversed(self._curves):
            self._paint_curve(painter, curve)
        if self._cursor is not None:
            x = self.to_widget(self._cursor, self._y[0]).x()
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.restore()
        self._paint_legend(painter, plot)
        painter.end()

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        palette = self.palette()
        quiet, line = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Mid)
        centre, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(SMALL))
        free = -1e9  # where the next number of the axis may begin
        metrics = QFontMetricsF(font(SMALL))
        for value, text in self._x_ticks:
            x, half = self.to_widget(value, self._y[0]).x(), metrics.horizontalAdvance(text) / 2
            if x - half < free:
                continue  # no room between its neighbours
            free = x + half + 8
            painter.setPen(quiet)
            painter.drawText(QRectF(x - 40, plot.bottom() + 3, 80, 16), centre, text)
        for value, text in self._y_ticks:
            y = self.to_widget(self._x[0], value).y()
            painter.setPen(QPen(line, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(quiet)
            painter.drawText(QRectF(0, y - 8, plot.left() - 6, 16), right, text)
        painter.setPen(quiet)
        painter.drawText(QRectF(plot.left() - 30, plot.bottom() + 20, plot.width() + 30, 18), centre, self._below)

    def _paint_level(self, painter: QPainter, plot: QRectF) -> None:
        if self._level is None:
            return
        value, text = self._level
        y = self.to_widget(self._x[0], value).y()
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(quiet, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setFont(font(SMALL))
        painter.drawText(QRectF(plot.left(), y - 18, plot.width() - 4, 16), Qt.AlignmentFlag.AlignRight, text)

    def _paint_curve(self, painter: QPainter, curve: Curve) -> None:
        colour = series(curve.colour, self.palette())
        if len(curve.low):
            upper, lower = self._places(curve.x, curve.high), self._places(curve.x, curve.low)
            pale = series(curve.colour, self.palette())
            pale.setAlphaF(0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pale)
            painter.drawPolygon(_polygon(np.concatenate([upper, lower[::-1]])))
        painter.setPen(QPen(colour, 2))
        places = self._places(curve.x, curve.y)
        painter.drawPolyline(_polygon(places))
        if len(curve.low):  # measured at these places only
            painter.setBrush(colour)
            for x, y in places.tolist():
                painter.drawEllipse(QPointF(x, y), 2.5, 2.5)

    def _paint_legend(self, painter: QPainter, plot: QRectF) -> None:
        palette = self.palette()
        metrics, x = QFontMetricsF(font(SMALL)), plot.left()
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(QPointF(x, 16), self._title)
        x += QFontMetricsF(font(SMALL, strong=True)).horizontalAdvance(self._title) + 18
        painter.setFont(font(SMALL))
        for curve in self._curves:
            if curve.name:
                painter.setPen(QPen(series(curve.colour, palette), 3))
                painter.drawLine(QPointF(x, 12), QPointF(x + 14, 12))
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                painter.drawText(QPointF(x + 19, 16), curve.name)
                x += 19 + metrics.horizontalAdvance(curve.name) + 14


def _polygon(places: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places.tolist()])
