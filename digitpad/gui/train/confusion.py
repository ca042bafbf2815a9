"""The confusion matrix: which digits are taken for which."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.gui.widgets.colours import Role, legible, mixed
from digitpad.gui.widgets.theme import SMALL, font

_SHADES = 32
_EDGE = 18.0  # pixels for the digits at the left and on top


class ConfusionView(QWidget):
    """A row for each digit, a column for each answer; each cell opens the images behind it.

    Signals: ``chosen(digit, answer)`` when a cell was clicked, or Return pressed on it.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("confusion")
        self.setAccessibleName("Confusion matrix")
        self.setAccessibleDescription("Which digits are taken for which; the arrow keys go from cell to cell")
        self.setMinimumSize(190, 190)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip(" ")  # made by event() for the cell under the pointer
        self.counts: NDArray[np.int64] | None = None
        self._at = (0, 0)  # the cell the keyboard is at

    def sizeHint(self) -> QSize:
        """Return a size at which counts of four figures fit."""
        return QSize(330, 330)

    def show_counts(self, counts: NDArray[np.int64] | None) -> None:
        """Show ``counts`` (10, 10), row = digit, column = answer."""
        self.counts = counts
        self.update()

    def cell(self, digit: int, answer: int) -> QRectF:
        """Return where a cell is painted."""
        side = (min(self.width(), self.height()) - _EDGE) // 10  # whole pixels: sharp edges
        left = (self.width() - _EDGE - 10 * side) // 2 + _EDGE
        return QRectF(left + answer * side, _EDGE + digit * side, side, side)

    def _cell_at(self, place: QPoint) -> tuple[int, int] | None:
        first = self.cell(0, 0)
        row = int((place.y() - first.y()) // first.height())
        column = int((place.x() - first.x()) // first.width())
        return (row, column) if 0 <= row < 10 and 0 <= column < 10 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the cell under the pointer."""
        cell = self._cell_at(event.position().toPoint())
        if cell:
            self._at = cell
            self.chosen.emit(*cell)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Return or Space."""
        row, column = self._at
        steps = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps:
            self._at = (min(max(row + steps[key][0], 0), 9), min(max(column + steps[key][1], 0), 9))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(row, column)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Put the cell under the pointer in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(event.pos())
            if cell and self.counts is not None:
                QToolTip.showText(event.globalPos(), self.words(*cell), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def words(self, digit: int, answer: int) -> str:
        """Return what a cell says."""
        count, of = int(self.counts[digit, answer]), int(self.counts[digit].sum())  # type: ignore[index]
        return f"{count:,} of {of:,} {digit}s read as {answer}" + (": right" if digit == answer else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells: right answers in the accent, mistakes in the colour of mistakes, the more the stronger."""
        with QPainter(self) as painter:
            palette = self.palette()
            quiet = palette.color(QPalette.ColorRole.PlaceholderText)
            side = self.cell(0, 0).width()
            painter.setFont(font(SMALL))
            counts = np.zeros((10, 10), dtype=int) if self.counts is None else self.counts
            shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
            rights, wrongs = _shades(palette, right=True), _shades(palette, right=False)
            widths = [len(str(count)) * painter.fontMetrics().horizontalAdvance("0") for count in (1, 10, 100, 1000)]
            middle, beside = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignVCenter
            first = self.cell(0, 0)
            left, top = first.x(), first.y()
            for digit in range(10):
                painter.setPen(quiet)
                painter.drawText(QRectF(left - _EDGE, top + digit * side, _EDGE, side), beside, str(digit))
                painter.drawText(QRectF(left + digit * side, 0, side, _EDGE), middle, str(digit))
                for answer in range(10):
                    place = QRectF(left + answer * side + 1, top + digit * side + 1, side - 2, side - 2)
                    count, share = int(counts[digit, answer]), float(shares[digit, answer])
                    # Of one digit perhaps one in fifty is taken for one other: that must be seen beside the right ones.
                    strength = share if digit == answer else min(1.0, (share / 0.1) ** 0.5)
                    colour, ink = (rights if digit == answer else wrongs)[round(strength * _SHADES)]
                    painter.fillRect(place, colour)
                    if count and widths[min(len(str(count)), 4) - 1] < side - 3:
                        painter.setPen(ink)
                        painter.drawText(place, middle, str(count))
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                painter.drawRect(self.cell(*self._at).adjusted(1, 1, -2, -2))


def _shades(palette: QPalette, *, right: bool) -> list[tuple[QColor, QColor]]:
    """Return the colours of a cell, from empty to full, each with that of the count on it."""
    roles = Role.AlternateBase, Role.Highlight if right else Role.BrightText, Role.Text, Role.HighlightedText
    return _ramp(*(palette.color(role).name() for role in roles))


@lru_cache(maxsize=8)
def _ramp(empty: str, full: str, *inks: str) -> list[tuple[QColor, QColor]]:
    fills = [mixed(QColor(empty), QColor(full), i / _SHADES) for i in range(_SHADES + 1)]
    return [(fill, legible(fill, *map(QColor, inks))) for fill in fills]
