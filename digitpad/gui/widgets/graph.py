"""What graphs are made of: axes with numbers, places between them, and a remark to stand below."""

from collections.abc import Sequence
from math import ceil, isfinite

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from digitpad.gui.widgets.formula import DOT, MINUS, number
from digitpad.gui.widgets.theme import SMALL, font, grown

Ticks = Sequence[tuple[float, str]]  # places on an axis, and what stands there


class Graph(QWidget):
    """The axes of a graph; what is painted between them is a subclass's own.

    Signal: ``placed(x, y)`` while a hand presses there or drags, never outside the axes.
    """

    placed = Signal(float, float)

    def __init__(self, name: str, x_name: str, y_name: str, height: int, *, logarithmic: bool = False) -> None:
        """Start with axes from 0 to 1, on which powers of ten are evenly spaced from 1 to 10 where ``logarithmic``.

        ``name`` is its accessible name, the others stand at the axes.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription("Nothing yet")  # a subclass says what it shows
        self.setMinimumSize(260, height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.margins = QMarginsF(50, 10, 14, 24)  # pixels around the axes for numbers of the usual size
        self._names, self._logarithmic = (x_name, y_name), logarithmic
        self._view = (1.0, 10.0, 0.0, 1.0) if logarithmic else (0.0, 1.0, 0.0, 1.0)
        self._ticks: tuple[Ticks, Ticks] = (), ()

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return self.minimumSize()

    @property
    def view(self) -> tuple[float, float, float, float]:
        """What is shown: lowest and highest x, lowest and highest y."""
        return self._view

    def set_view(
        self, left: float, right: float, low: float, high: float, *, x_ticks: Ticks = (), y_ticks: Ticks = ()
    ) -> None:
        """Show this part of the plane, with numbers at these places; at round ones without.

        Raises ValueError for a logarithmic axis that does not begin above 0.
        """
        if self._logarithmic and not left > 0:
            raise ValueError(f"a logarithmic axis begins above 0, not at {left}")
        self._view, self._ticks = (left, right, low, high), (x_ticks, y_ticks)
        self.update()

    # Places

    def area(self) -> QRectF:
        """Return what lies between the axes, in the widget."""
        return QRectF(self.rect()).marginsRemoved(self.margins * (grown(100) / 100))

    def points(self, xs: ArrayLike, ys: ArrayLike) -> list[QPointF]:
        """Return where in the widget the points with these coordinates lie, each of shape (n,).

        What is far outside is moved to a place that can be painted; so is 0 on a logarithmic axis, and what is below.
        """
        area, (left, right, low, high) = self.area(), self._view
        across, ends = np.asarray(xs, dtype=np.float64), np.array([left, right])
        if self._logarithmic:
            across, ends = np.log(np.maximum(across, np.finfo(np.float64).tiny)), np.log(ends)
        u = np.clip((across - ends[0]) / (ends[1] - ends[0]), -9, 10)
        up = (np.asarray(ys, dtype=np.float64) - low) / (high - low)
        v = np.clip(np.where(np.isnan(up), 0, up), -9, 10)
        places = zip(
            (area.left() + u * area.width()).tolist(), (area.bottom() - v * area.height()).tolist(), strict=True
        )
        return [QPointF(x, y) for x, y in places]

    def to_widget(self, x: float, y: float) -> QPointF:
        """Return where in the widget (x, y) lies."""
        return self.points([x], [y])[0]

    def from_widget(self, place: QPointF) -> tuple[float, float]:
        """Return x and y of a place in the widget; of one outside the axes, those of the nearest place between them."""
        area, (left, right, low, high) = self.area(), self._view
        u = min(max((place.x() - area.left()) / area.width(), 0.0), 1.0)
        v = min(max((area.bottom() - place.y()) / area.height(), 0.0), 1.0)
        x = left * (right / left) ** u if self._logarithmic else left + u * (right - left)
        return float(x), low + v * (high - low)

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.placed.emit(*self.from_widget(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell where, while the button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.placed.emit(*self.from_widget(event.position()))

    # Paint

    def paint_axes(self, painter: QPainter) -> None:
        """Paint paper, grid, numbers and names."""
        palette, area, (left, right, low, high) = self.palette(), self.area(), self._view
        line, quiet = palette.color(QPalette.ColorRole.Mid), palette.color(QPalette.ColorRole.PlaceholderText)
        centre, right_side = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        x_ticks, y_ticks = (
            given or [(value, short(value)) for value in ticks(first, last, int(pixels))]
            for given, first, last, pixels in (
                (self._ticks[0], left, right, area.width() // grown(60)),
                (self._ticks[1], low, high, area.height() // grown(28)),
            )
        )
        painter.fillRect(area, palette.color(QPalette.ColorRole.Base))
        painter.setFont(font(SMALL))
        row = grown(16)
        free = 0.0  # where the next number may begin
        end = area.right() - grown(32) if self._names[0] else self.width()  # the name of the axis stands there
        below = self.points([x for x, _ in x_ticks], [low] * len(x_ticks))  # one by one takes many times as long
        for (_, text), place in zip(x_ticks, below, strict=True):
            half = painter.fontMetrics().horizontalAdvance(text) / 2
            painter.setPen(QPen(line, 1))
            painter.drawLine(place, QPointF(place.x(), area.top()))
            if free <= place.x() - half and place.x() < end:
                free = place.x() + half + 8
                painter.setPen(quiet)
                painter.drawText(QRectF(place.x() - grown(40), place.y() + 3, grown(80), row), centre, text)
        beside = self.points([left] * len(y_ticks), [y for y, _ in y_ticks])
        for (_, text), place in zip(y_ticks, beside, strict=True):
            painter.setPen(QPen(line, 1))
            painter.drawLine(place, QPointF(area.right(), place.y()))
            if place.y() > area.top() + grown(20) or not self._names[1]:
                painter.setPen(quiet)
                painter.drawText(QRectF(place.x() - grown(50), place.y() - row / 2, grown(44), row), right_side, text)
        paint_frame(painter, palette, area, self._names)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers between ``low`` and ``high``, evenly spaced, at most about ``most`` of them."""
    least = (high - low) / max(most, 2)
    unit = 10.0 ** np.floor(np.log10(least))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= least * (1 - 1e-9))
    return [float(i * step) for i in range(int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9)) + 1)]


def short(value: float) -> str:
    """Return a number in few letters: 0.25, 20, 1,500, 40k, 3M."""
    if not abs(value) < 1e9:
        return number(value)
    for size, name in ((1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{number(value / (1e3 if name == 'k' else size), 1).removesuffix('.0')}{name}"
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", MINUS)
    return number(value, 3).rstrip("0").rstrip(".")


def plain(value: float) -> str:
    """Return a number that may be large: those from 10,000 on with few figures."""
    if abs(value) < 1e4 or not isfinite(value):
        return number(value)
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{number(float(mantissa), 1)} {DOT} 10<sup>{int(exponent)}</sup>"


def plain_factor(value: float) -> str:
    """Return such a number as a factor: in brackets where it is negative."""
    text = plain(value)
    return f"({text})" if text.startswith(MINUS) else text


def fine(value: float) -> str:
    """Return a number that may be large, with more decimals where it is below 1, as all changes near a bottom are."""
    return plain(value) if abs(value) >= 1 else number(value, 4)


class Remark(QLabel):
    """Some words that change while the controls move, with room for the longest so that nothing else does.

    It has no accessible name, which would be read out in place of the words.
    """

    def __init__(self, letters: int) -> None:
        """Start empty. ``letters`` is how many the longest text has."""
        super().__init__()
        self._letters = letters
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


def paint_frame(painter: QPainter, palette: QPalette, area: QRectF, names: tuple[str, str]) -> None:
    """Paint the edge of ``area``, and the names of its axes at the ends."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    italic = font(SMALL)
    italic.setItalic(True)
    painter.setFont(italic)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    right, row = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, grown(16)
    painter.drawText(QRectF(area.right() - grown(60), area.bottom() + 3, grown(60), row), right, names[0])
    painter.drawText(QRectF(area.left() - grown(50), area.top(), grown(44), row), right, names[1])
