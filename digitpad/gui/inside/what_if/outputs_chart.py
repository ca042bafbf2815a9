"""All ten outputs over a range: ``OutputsChart``."""

import numpy as np
from PySide6.QtCore import QEvent, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from digitpad.draw.reading import Verdict, reading_of
from digitpad.gui.inside import told
from digitpad.gui.widgets.colours import Role, legible, series
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import Graph
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.inside.what_if import Sweep

_NARROWEST = 180  # pixels
_NOTICED = 0.3  # an output that is somewhere as large as this is named there


class OutputsChart(Graph):
    """Ten curves, of which the two that are largest at present stand out and have their digits at their ends.

    The present value is a line, and what was drawn a dotted one. The answer at a place is told under the pointer; a
    place that is pressed is ``placed``.
    """

    def __init__(self) -> None:
        """Start empty."""
        super().__init__("The ten outputs over the range", "", "", 150)
        self.setObjectName("outputs_chart")
        self.setMinimumWidth(_NARROWEST)
        self.margins = QMarginsF(36, 22, 26, 22)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setToolTip(" ")  # made by event() for the place under the pointer
        self.setMouseTracking(True)
        self._sweep: Sweep | None = None
        self._name, self._unit = "", ""
        self._present = self._usual = 0.0

    def show_sweep(self, sweep: Sweep, name: str, unit: str, usual: float) -> None:
        """Show the outputs over the range of what has this ``name``, and is ``usual`` as it was drawn."""
        self._sweep, self._name, self._unit, self._usual = sweep, name, unit, usual
        low, high = sweep.knob.low, sweep.knob.high
        self.set_view(low, high, 0, 1, x_ticks=[(value, self._told(value)) for value in (low, usual, high)])
        self.setAccessibleDescription(self._description(sweep))

    def show_present(self, value: float) -> None:
        """Mark the present value."""
        if value != self._present:
            self._present = value
            self.update()

    def words_at(self, value: float) -> str:
        """Return the answer at the value tried that is next to ``value``, in words."""
        if self._sweep is None:
            return ""
        i = self._index(self._sweep, value)
        words = told.answer(reading_of(self._sweep.outputs[i]))
        return f"{self._name} {self._told(float(self._sweep.values[i]))}: {words}"

    @property
    def largest(self) -> tuple[int, int]:
        """The two digits whose outputs are largest at the present value."""
        assert self._sweep
        second, first = np.argsort(self._sweep.outputs[self._index(self._sweep, self._present)])[-2:]
        return int(first), int(second)

    def _told(self, value: float) -> str:
        return number(value, 1).removesuffix(".0") + self._unit

    @staticmethod
    def _index(sweep: Sweep, value: float) -> int:
        return int(np.abs(sweep.values - value).argmin())

    def _description(self, sweep: Sweep) -> str:
        """Return the answers over the range, such as "no digit to −90°, 7 to 60°, 4 to 180°"."""
        readings = [reading_of(outputs) for outputs in sweep.outputs]
        answers = ["no digit" if one.verdict is Verdict.NO_DIGIT else str(one.digit) for one in readings]
        ends = [i for i in range(len(answers)) if i == len(answers) - 1 or answers[i + 1] != answers[i]]
        parts = (f"{answers[i]} to {self._told(float(sweep.values[i]))}" for i in ends)
        return f"{self._name} from {self._told(sweep.knob.low)}: {', '.join(parts)}"

    # The hand

    def event(self, event: QEvent) -> bool:
        """Tell the answer at the place under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(QPointF(event.pos()), event.globalPos().toPointF())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the answer at once, too."""
        super().mouseMoveEvent(event)
        self._tell(event.position(), event.globalPosition())

    def _tell(self, place: QPointF, on_screen: QPointF) -> None:
        QToolTip.showText(on_screen.toPoint(), self.words_at(self.from_widget(place)[0]), self)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axes, the quiet curves, the two that stand out, and where we are."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, area, sweep = self.palette(), self.area(), self._sweep
            self.paint_axes(painter)
            painter.setFont(font(SMALL, strong=True))
            painter.setPen(palette.color(Role.PlaceholderText))
            painter.drawText(QPointF(area.left(), area.top() - grown(8)), self._title())
            if sweep is None:
                return
            strong = self.largest
            painter.setPen(QPen(palette.color(Role.PlaceholderText), 1, Qt.PenStyle.DotLine))
            self._paint_upright(painter, self._usual, area)
            for digit in (*(digit for digit in range(10) if digit not in strong), *reversed(strong)):
                width, colour = (2.5, self._colour(digit)) if digit in strong else (1.0, palette.color(Role.Dark))
                painter.setPen(QPen(colour, width))
                painter.drawPolyline(QPolygonF(self.points(sweep.values, sweep.outputs[:, digit])))
            painter.setPen(QPen(palette.color(Role.Text), 1.5))
            self._paint_upright(painter, self._present, area)
            self._paint_names(painter, sweep, area)

    def _title(self) -> str:
        return f"Ten outputs: {self._name.lower()}" if self._name else "Ten outputs"

    def _colour(self, digit: int) -> QColor:
        return series(self.largest.index(digit), self.palette())

    def _paint_upright(self, painter: QPainter, value: float, area: QRectF) -> None:
        x = self.to_widget(value, 0).x()
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_names(self, painter: QPainter, sweep: Sweep, area: QRectF) -> None:
        """Paint the two digits at the ends of their curves, apart from each other, and others where they are large."""
        row = QFontMetricsF(font(SMALL)).height()
        heights = {digit: self.to_widget(0, float(sweep.outputs[-1, digit])).y() for digit in self.largest}
        upper, lower = sorted(heights, key=lambda digit: heights[digit])
        gap = heights[lower] - heights[upper]
        if gap < row:
            heights[upper] -= (row - gap) / 2
            heights[lower] += (row - gap) / 2
        over = max(heights[lower] + row / 2 - area.bottom() - grown(4), 0)
        painter.setFont(font(SMALL, strong=True))
        for digit, y in heights.items():
            painter.setPen(legible(self.palette().color(Role.Window), self._colour(digit)))
            painter.drawText(QPointF(area.right() + grown(6), y - over + row / 3), str(digit))
        painter.setFont(font(SMALL))
        painter.setPen(self.palette().color(Role.PlaceholderText))
        for digit in set(range(10)) - set(self.largest):
            i = int(sweep.outputs[:, digit].argmax())
            if sweep.outputs[i, digit] >= _NOTICED:
                place = self.to_widget(float(sweep.values[i]), float(sweep.outputs[i, digit]))
                x = min(max(place.x(), area.left() + 8), area.right() - 8)
                painter.drawText(QPointF(x - 3, max(place.y() - 3, area.top() + row * 0.8)), str(digit))
