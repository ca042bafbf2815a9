"""A graph of one variable: axes with numbers, places between them, and a remark to stand below."""

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from digitpad.gui.explore.formula import DOT, number
from digitpad.gui.theme import SMALL, font
from digitpad.nn.neurons import Floats

_LEFT, _RIGHT, _TOP, _BOTTOM = 50.0, 14.0, 10.0, 24.0  # pixels around the axes, for the numbers


class Graph(QWidget):
    """The axes of a graph; what is drawn between them is a subclass's own."""

    def __init__(self, name: str, x_name: str, y_name: str, height: int) -> None:
        """Start with axes from 0 to 1. ``name`` says for ears what it shows, the others stand at the axes."""
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumSize(260, height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names = x_name, y_name
        self._view = (0.0, 1.0, 0.0, 1.0)

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return self.minimumSize()

    @property
    def view(self) -> tuple[float, float, float, float]:
        """What is shown: lowest and highest x, lowest and highest y."""
        return self._view

    def set_view(self, left: float, right: float, low: float, high: float) -> None:
        """Show this part of the plane."""
        self._view = left, right, low, high
        self.update()

    def area(self) -> QRectF:
        """Return the rectangle between the axes."""
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where in the widget (x, y) lies; what is far outside is moved to a place that can be painted."""
        area, (left, right, low, high) = self.area(), self._view
        across, up = (x - left) / (right - left), (y - low) / (high - low)
        across, up = min(max(across, -9.0), 10.0), min(max(up, -9.0), 10.0)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def from_widget(self, place: QPointF) -> tuple[float, float]:
        """Return x and y of a place in the widget."""
        area, (left, right, low, high) = self.area(), self._view
        across, up = (place.x() - area.left()) / area.width(), (area.bottom() - place.y()) / area.height()
        return left + across * (right - left), low + up * (high - low)

    def line_through(self, xs: Floats, ys: Floats) -> QPolygonF:
        """Return the line through the points with these coordinates, each of shape (n,)."""
        area, (left, right, low, high) = self.area(), self._view
        across = np.clip((xs - left) / (right - left), -9, 10) * area.width() + area.left()
        down = area.bottom() - np.clip((ys - low) / (high - low), -9, 10) * area.height()
        return QPolygonF([QPointF(*place) for place in zip(across.tolist(), down.tolist(), strict=True)])

    def paint_axes(self, painter: QPainter) -> None:
        """Paint paper, grid, numbers and names."""
        palette, area, (left, right, low, high) = self.palette(), self.area(), self._view
        line, quiet = palette.color(QPalette.ColorRole.Mid), palette.color(QPalette.ColorRole.PlaceholderText)
        painter.fillRect(area, palette.color(QPalette.ColorRole.Base))
        painter.setFont(font(SMALL))
        centre, right_side = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        italic = font(SMALL)
        italic.setItalic(True)
        for x in ticks(left, right, int(area.width() // 60)):
            place = self.to_widget(x, low)
            painter.setPen(QPen(line, 1))
            painter.drawLine(place, QPointF(place.x(), area.top()))
            if place.x() < area.right() - 32:  # the name of the axis stands there
                painter.setPen(quiet)
                painter.drawText(QRectF(place.x() - 30, place.y() + 3, 60, 16), centre, short(x))
        for y in ticks(low, high, int(area.height() // 28)):
            place = self.to_widget(left, y)
            painter.setPen(QPen(line, 1))
            painter.drawLine(place, QPointF(area.right(), place.y()))
            if place.y() > area.top() + 20:
                painter.setPen(quiet)
                painter.drawText(QRectF(place.x() - 50, place.y() - 8, 44, 16), right_side, short(y))
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.setFont(italic)
        painter.setPen(quiet)
        right_edge = QRectF(area.right() - 60, area.bottom() + 3, 60, 16)
        painter.drawText(right_edge, Qt.AlignmentFlag.AlignRight, self._names[0])
        painter.drawText(QRectF(area.left() - 50, area.top(), 44, 16), Qt.AlignmentFlag.AlignRight, self._names[1])


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers between ``low`` and ``high``, evenly spaced, at most about ``most`` of them."""
    least = (high - low) / max(most, 2)
    unit = 10.0 ** np.floor(np.log10(least))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= least * (1 - 1e-9))
    return [float(i * step) for i in range(int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)) + 1)]


def short(value: float) -> str:
    """Return a number in few letters: 0.25, 20, 40k, 3M."""
    for size, name in ((1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{number(value / (1e3 if name == 'k' else size), 1).removesuffix('.0')}{name}"
    text = number(value, 3)
    return text.rstrip("0").rstrip(".")


def plain(value: float) -> str:
    """Return a number that may be large: those from 10,000 on with few figures."""
    if abs(value) < 1e4:
        return number(value)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{number(float(mantissa), 1)} {DOT} 10<sup>{int(exponent)}</sup>"


class Remark(QLabel):
    """Some words that change while the controls move, with room for the longest so that nothing else does."""

    def __init__(self, name: str, letters: int) -> None:
        """Start empty. ``letters`` is how many the longest text has, ``name`` says for ears what it is about."""
        super().__init__()
        self._letters = letters
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines that the longest text takes at this width."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance("the steps are short, not the way ") / 33 * self._letters
        lines = ceil(wide / max(self.width() - 30, 60))  # a line breaks at a word, and leaves some of it empty
        self.setMinimumHeight(lines * metrics.lineSpacing() + 2)
