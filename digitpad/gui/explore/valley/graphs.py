"""How C changes: ``ChangeGraph`` against eta, ``TurnGraph`` against the direction of the move."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF

from digitpad.explore.directions import DEGREES, Directions
from digitpad.explore.valley import Move, Surface, measured_changes
from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.formula import DELTA, ETA, MINUS, number
from digitpad.gui.widgets.graph import Graph, short
from digitpad.gui.widgets.theme import SMALL, font, grown

if TYPE_CHECKING:
    from digitpad.nn.neurons import Floats

MOST_ETA = 1.2


class ChangeGraph(Graph):
    """How one step from here changes C, against eta: the straight line that is predicted, and what is measured."""

    def __init__(self) -> None:
        """Start with nothing to compare."""
        super().__init__("Predicted and measured change of C against eta", ETA, f"{DELTA}C", 150)
        self._etas = np.linspace(0, MOST_ETA, 161)
        self._measured: Floats = np.zeros(161)
        self._slope, self._eta, self._change = 0.0, 0.0, 0.0

    def show_changes(self, surface: Surface, coming: Move, eta: float) -> None:
        """Compare for all eta; mark ``eta``, which leads to the move that is ``coming``."""
        self._measured = measured_changes(surface, coming.v, self._etas)
        self._slope = -float(coming.gradient @ coming.gradient)
        self._eta, self._change = eta, coming.measured
        self.setAccessibleDescription(
            f"At {ETA} = {number(eta, 3)}: predicted {short(self._slope * eta)}, measured {short(coming.measured)}"
        )
        deepest = max(-float(self._measured.min()), 1e-9)
        self.set_view(0, MOST_ETA, -1.6 * deepest, 0.8 * deepest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both lines, the eta chosen, and what the colours mean."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            palette, area = self.palette(), self.area()
            predicted, measured = series(0, palette), palette.color(QPalette.ColorRole.Text)
            painter.setClipRect(area)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
            painter.drawLine(self.to_widget(0, 0), self.to_widget(MOST_ETA, 0))
            _, _, low, high = self.view
            x = self.to_widget(self._eta, 0).x()
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            etas = self._etas[self._slope * self._etas > 2 * low]  # clipping the line's direction would bend it
            painter.setPen(QPen(predicted, 2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(self.points(etas, self._slope * etas)))
            painter.setPen(QPen(measured, 2))
            painter.drawPolyline(QPolygonF(self.points(self._etas, self._measured)))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
            for change, colour in ((self._slope * self._eta, predicted), (self._change, measured)):
                painter.setBrush(colour)
                if low <= change <= high:
                    painter.drawEllipse(self.to_widget(self._eta, change), 5, 5)
            painter.setFont(font(SMALL, strong=True))
            falls = self._measured[-1] < 0.4 * low  # then the lines are below, and the words go above
            for row, (colour, text) in enumerate(((predicted, "predicted"), (measured, "measured"))):
                painter.setPen(colour)
                top = (area.top() + 4 if falls else area.bottom() - grown(40)) + grown(17) * row
                box = QRectF(area.right() - grown(90), top, grown(82), grown(16))
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)


class TurnGraph(Graph):
    """How C changes by a move of one length, against how far it is turned away from the steepest direction.

    Signal: ``placed(degrees, change)``.
    """

    def __init__(self) -> None:
        """Start with nothing to compare."""
        super().__init__("Predicted and measured change of C against the direction", "θ", f"{DELTA}C", 150)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self._all: Directions | None = None
        self._degrees, self._bottom = 0.0, 0.0

    def show_directions(self, moves: Directions, degrees: float, bottom: float) -> None:
        """Compare ``moves``; mark that turned by ``degrees``, and the direction to the ``bottom``, in degrees too."""
        self._all, self._degrees, self._bottom = moves, degrees, bottom
        at = moves.at(degrees)
        self.setAccessibleDescription(
            f"Turned by {degrees:.0f} degrees: predicted {short(float(moves.predicted[at]))}, measured "
            f"{short(float(moves.measured[at]))}; the least that can be predicted is {short(moves.bound)}"
        )
        most = max(float(np.abs(moves.predicted).max()), 1e-9)
        ticks = [(float(at), f"{at}°".replace("-", MINUS)) for at in range(-180, 181, 90)]
        self.set_view(-180, 180, -1.35 * most, 1.35 * most, x_ticks=ticks)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both lines, the bound, the direction chosen, and what the colours mean."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            if self._all is None:
                return
            palette, area, moves = self.palette(), self.area(), self._all
            predicted, measured = series(0, palette), palette.color(QPalette.ColorRole.Text)
            quiet = palette.color(QPalette.ColorRole.PlaceholderText)
            left, right, low, high = self.view
            painter.setClipRect(area)
            painter.setPen(QPen(quiet, 1, Qt.PenStyle.DashLine))
            painter.drawLine(self.to_widget(left, moves.bound), self.to_widget(right, moves.bound))
            painter.setPen(QPen(quiet, 1.5, Qt.PenStyle.DotLine))
            painter.drawLine(self.to_widget(self._bottom, low), self.to_widget(self._bottom, high))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.BrightText), 1, Qt.PenStyle.DashLine))
            painter.drawLine(self.to_widget(self._degrees, low), self.to_widget(self._degrees, high))
            for values, pen in (
                (moves.predicted, QPen(predicted, 2, Qt.PenStyle.DashLine)), (moves.measured, QPen(measured, 2)),
            ):  # fmt: skip
                painter.setPen(pen)
                painter.drawPolyline(QPolygonF(self.points(DEGREES, values)))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
            for values, colour in ((moves.predicted, predicted), (moves.measured, measured)):
                change = float(values[moves.at(self._degrees)])
                painter.setBrush(colour)
                if low <= change <= high:
                    painter.drawEllipse(self.to_widget(self._degrees, change), 5, 5)
            painter.setFont(font(SMALL, strong=True))
            words = (predicted, "predicted"), (measured, "measured"), (quiet, "··· to the bottom")
            for row, (colour, text) in enumerate(words):
                painter.setPen(colour)
                box = QRectF(area.center().x() - grown(60), area.top() + 3 + grown(16) * row, grown(120), grown(16))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
