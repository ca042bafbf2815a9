"""The ten outputs as bars: ``OutputBars``."""

from math import ceil, floor

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.theme import NORMAL, SMALL, font, grow, grown

_PLACES = 4  # behind the point: a bar that differs by less looks the same


class OutputBars(QWidget):
    """A bar from 0 to 1 for each of the ten outputs, with its number; the answer's bar has the accent."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setObjectName("outputs")
        self.setAccessibleName("The ten outputs")
        self._reading: Reading | None = None
        grow(self, minimumHeight=10 * 14, maximumHeight=10 * 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the size at which rows are neither crowded nor far apart."""
        return QSize(420, grown(10 * 23))

    def show_reading(self, reading: Reading) -> None:
        """Show the outputs of ``reading``; empty bars when the canvas is blank."""
        before = self._looks()
        self._reading = None if reading.verdict is Verdict.BLANK else reading
        told = (f"{digit}: {_number(output)}" for digit, output in enumerate(reading.outputs.tolist()))
        self.setAccessibleDescription("none yet" if self._reading is None else ", ".join(told))
        row = self.height() / 10
        for digit, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
            if old != new:  # of ten that follow the pen most stay, and round shapes take long
                self.update(0, floor(digit * row), self.width(), ceil(row) + 1)

    def _looks(self) -> list[object]:
        """Return, for each digit, what can be seen of its output."""
        if self._reading is None:
            return [None] * 10
        return [
            (_number(output), round(output, _PLACES), digit == self._reading.digit and self._reading.verdict)
            for digit, output in enumerate(self._reading.outputs.tolist())
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint digit, bar and number, row by row."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, reading = self.palette(), self._reading
            row = self.height() / 10
            painter.setFont(font(NORMAL if row >= grown(18) else SMALL))
            left, right, thick = float(grown(28)), self.width() - float(grown(48)), 8.0
            quiet, text = palette.color(Role.PlaceholderText), palette.color(Role.Text)
            for digit in range(10):
                top = digit * row
                if not event.region().intersects(QRectF(0, top, self.width(), row).toAlignedRect()):
                    continue
                best = reading is not None and digit == reading.digit
                sure = best and reading is not None and reading.verdict is Verdict.SURE
                painter.setPen(text if best else quiet)
                painter.drawText(QRectF(0, top, left, row), Qt.AlignmentFlag.AlignVCenter, str(digit))
                track = QRectF(left, round(top + (row - thick) / 2), right - left, thick)
                painter.setPen(palette.color(Role.Dark))
                painter.setBrush(palette.color(Role.AlternateBase))
                painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), thick / 2, thick / 2)
                painter.setPen(Qt.PenStyle.NoPen)
                if reading is None:
                    continue
                output = float(reading.outputs[digit])
                if output >= 0.005:  # what the number shows as more than 0.00
                    painter.setBrush(palette.color(Role.Highlight if sure else Role.Dark))
                    bar = QRectF(track.left(), track.top(), max(track.width() * output, thick), thick)
                    painter.drawRoundedRect(bar, thick / 2, thick / 2)
                painter.setPen(text if best else quiet)
                right_edge = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(QRectF(right, top, self.width() - right, row), right_edge, _number(output))


def _number(output: float) -> str:
    return f"{output:.2f}"
