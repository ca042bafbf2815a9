"""Accuracy against how many neurons are off, painted: ``PruningGraph``."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from digitpad.gui.widgets.colours import Role, series
from digitpad.gui.widgets.graph import Graph
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.inside.knife import Order
from digitpad.inside.pruning import Pruning

ORDER_WORDS = {Order.RANDOM: "At random", Order.WEAKEST: "Weakest first", Order.STRONGEST: "Strongest first"}

_WIDTH, _HEIGHT = 200, 150  # pixels, at least
_DASHES = {
    Order.RANDOM: Qt.PenStyle.SolidLine,
    Order.WEAKEST: Qt.PenStyle.DashLine,
    Order.STRONGEST: Qt.PenStyle.DotLine,
}


class PruningGraph(Graph):
    """A line for each order that was measured, and where the person is at present."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("Accuracy against how many neurons are off", "off", "%", _HEIGHT)
        self.setMinimumWidth(_WIDTH)
        self._curves: Mapping[Order, Pruning] = {}
        self._now: tuple[int, float] | None = None
        self.setAccessibleDescription("not measured yet")

    def show_curves(self, neurons: int, curves: Mapping[Order, Pruning], now: tuple[int, float] | None) -> None:
        """Show ``curves`` of a layer of so many ``neurons``; ``now`` are how many are off, and the accuracy."""
        self._curves, self._now = curves, now
        self.set_view(0, max(neurons, 1), 0, 100)
        told = "; ".join(_told(order, curve) for order, curve in curves.items())
        self.setAccessibleDescription(told or "not measured yet")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, lines and what they mean."""
        palette, area = self.palette(), self.area()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            painter.setFont(font(SMALL))
            row = float(grown(16))
            top = area.bottom() - row * len(self._curves) - 4
            for order, curve in self._curves.items():
                pen = QPen(series(list(Order).index(order), palette), 2, _DASHES[order])
                painter.setPen(pen)
                painter.drawPolyline(self.points(curve.counts, [100 * each for each in curve.accuracies]))
                painter.drawLine(int(area.left() + 8), int(top + row / 2), int(area.left() + 32), int(top + row / 2))
                painter.setPen(palette.color(Role.Text))
                painter.drawText(int(area.left() + 38), int(top + row - 4), ORDER_WORDS[order])
                top += row
            if self._now:
                place = self.to_widget(self._now[0], 100 * self._now[1])
                painter.setPen(QPen(palette.color(Role.Base), 1.5))
                painter.setBrush(palette.color(Role.Text))
                painter.drawEllipse(place, 5, 5)


def _told(order: Order, curve: Pruning) -> str:
    ends = (
        f"{100 * curve.accuracies[0]:.1f} % with all, {100 * curve.accuracies[-1]:.1f} % with {curve.counts[-1]:,} off"
    )
    return f"{ORDER_WORDS[order]}: {ends}"
