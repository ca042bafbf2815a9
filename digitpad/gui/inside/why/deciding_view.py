"""The neurons of the last hidden layer that decide between two digits, each a bar: ``DecidingView``."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.inside.pixels_view import paint_mark
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import sign_colour
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.inside.attribution import Attribution

MOST = 4  # neurons for either digit
_LINE, _NAME, _VALUE = 20, 84, 92  # pixels where text has its usual size


@dataclass(frozen=True)
class Line:
    """A neuron: its ``name``, what it adds, and its share of all that speaks for the same digit."""

    name: str
    value: float
    share: float


class DecidingView(QWidget):
    """Bars to the right for one digit, and below them to the left for the other, the longest first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("deciding")
        self.setAccessibleName("Neurons that decide")
        self.setToolTip(
            "Each neuron of the last hidden layer adds its activation times the difference of its weights to the two "
            "outputs.\nIn brackets: its share of all that speaks for the same digit."
        )
        self.lines: tuple[Line, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription("none yet")

    def sizeHint(self) -> QSize:
        """Return room for all lines; the width is what there is."""
        return QSize(grown(_NAME + _VALUE + 80), grown(_LINE) * 2 * MOST)

    def minimumSizeHint(self) -> QSize:
        """Return the same, and the least bars."""
        return QSize(grown(_NAME + _VALUE + 24), grown(_LINE) * 2 * MOST)

    def show_attribution(self, told: Attribution) -> None:
        """Show the strongest neurons."""
        self.lines = tuple(
            Line(f"Neuron {i + 1}", float(told.neurons[i]), told.share(float(told.neurons[i])))
            for i in told.deciding(MOST).tolist()
        )
        words = (
            f"{line.name} adds {number(abs(line.value))} for {told.a if line.value > 0 else told.b} "
            f"({100 * line.share:.0f} %)"
            for line in self.lines
        )
        self.setAccessibleDescription("; ".join(words) or "none")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each neuron."""
        with QPainter(self) as painter:
            palette = self.palette()
            painter.setFont(font(SMALL))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            height, name, value = grown(_LINE), grown(_NAME), grown(_VALUE)
            room = self.width() - name - value - 12
            most = max((abs(line.value) for line in self.lines), default=1.0)
            for i, line in enumerate(self.lines):
                y, positive = i * height, line.value > 0
                mark = QRectF(0, y + (height - 10) / 2, 10, 10)
                paint_mark(painter, palette, mark, 1.0 if positive else -1.0)
                middle = name + room / 2
                length = room / 2 * abs(line.value) / most
                left = middle if positive else middle - length
                painter.fillRect(QRectF(left, y + 4, length, height - 8), sign_colour(palette, positive))
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                centred = Qt.AlignmentFlag.AlignVCenter
                painter.drawText(QRectF(16, y, name - 16, height), centred | Qt.AlignmentFlag.AlignLeft, line.name)
                words = f"{number(line.value)} ({100 * line.share:.0f} %)"
                place = QRectF(self.width() - value, y, value, height)
                painter.drawText(place, centred | Qt.AlignmentFlag.AlignRight, words)
            if self.lines:
                painter.setPen(palette.color(QPalette.ColorRole.Dark))
                x = name + room / 2
                painter.drawLine(QPointF(x, 0), QPointF(x, height * len(self.lines)))
