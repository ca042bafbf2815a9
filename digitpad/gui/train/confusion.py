"""The confusion matrix: which digits are taken for which."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)  # fmt: skip
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.gui.widgets.colours import Role, legible, mixed
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_SHADES = 32
_EDGE = 36  # pixels for the digits and the words at the left and on top
_NARROW, _WIDE, _BROAD = 24, 58, 3.2  # pixels: of a cell; times its height that it is wide at most
_LEGEND = 150  # pixels for the legend at the right, where there is room
_SIZES = SMALL, 8.0, 7.0  # points: of a number
_STRONG = 0.1  # share of a digit taken for one other that is shown as strongly as all of it read rightly
_ARROWS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class ConfusionView(QWidget):
    """A row for each digit drawn, a column for what it is read as; each cell opens the images behind it.

    Signals: ``chosen(digit, answer)`` when a cell was clicked, or Return pressed on it.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("confusion")
        self.setAccessibleName("Confusion matrix")
        self.setAccessibleDescription(
            "Which digits are taken for which: the digit drawn down the side, what it is read as along the top; the "
            "arrow keys go from cell to cell"
        )
        grow(self, minimumWidth=_EDGE + 10 * _NARROW, minimumHeight=_EDGE + 10 * 13)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip(" ")  # made by event() for the cell under the pointer
        self.counts: NDArray[np.int64] | None = None
        self.why = ""
        self._at = (0, 0)  # the cell the keyboard is at
        self._under: tuple[int, int] | None = None  # the pointer

    def sizeHint(self) -> QSize:
        """Return a size at which counts of four figures fit."""
        return QSize(560, 330)

    def show_counts(self, counts: NDArray[np.int64] | None, why: str = "") -> None:
        """Show ``counts`` (10, 10), row = digit, column = answer; where there are none, say ``why``."""
        self.counts, self.why = counts, why
        self.update()

    def cell(self, digit: int, answer: int) -> QRectF:
        """Return where a cell is painted."""
        edge, beside, narrow = grown(_EDGE), grown(_LEGEND), grown(_NARROW)
        high = max((self.height() - edge) // 10, 1)  # whole pixels: sharp edges
        legend = beside if self.width() > edge + 10 * 1.4 * narrow + beside else 0
        wide = min(max((self.width() - edge - legend) // 10, 1), grown(_WIDE), max(_BROAD * high, narrow) // 1)
        return QRectF(edge + answer * wide, edge + digit * high, wide, high)

    def _cell_at(self, place: QPoint) -> tuple[int, int] | None:
        first = self.cell(0, 0)
        row = int((place.y() - first.y()) // first.height())
        column = int((place.x() - first.x()) // first.width())
        return (row, column) if 0 <= row < 10 and 0 <= column < 10 else None

    @property
    def lit(self) -> tuple[int, int] | None:
        """The cell whose row and column are lit: that under the pointer, or else where the keyboard is."""
        return self._under or (self._at if self.hasFocus() else None)

    # The pointer and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the cell under the pointer."""
        cell = self._cell_at(event.position().toPoint())
        if cell:
            self._at = cell
            self.chosen.emit(*cell)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row and the column under the pointer."""
        self._light(self._cell_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing."""
        super().leaveEvent(event)
        self._light(None)

    def _light(self, cell: tuple[int, int] | None) -> None:
        if cell != self._under:
            self._under = cell
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Return or Space."""
        row, column = self._at
        key = Qt.Key(event.key())
        if key in _ARROWS:
            down, right = _ARROWS[key]
            self._at = (min(max(row + down, 0), 9), min(max(column + right, 0), 9))
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

    def figures(self) -> list[str]:
        """Return what stands in each cell, row by row, so that it fits: the number, or thousands; "" for none."""
        counts = np.zeros((10, 10), dtype=int) if self.counts is None else self.counts
        return _figures(counts.ravel().tolist(), int(self.cell(0, 0).width()) - 2, self.figure_font())

    def figure_font(self) -> QFont:
        """Return what they are written in, which fits the height of a cell."""
        return font(_fitting(int(self.cell(0, 0).height()) - 3))

    def words(self, digit: int, answer: int) -> str:
        """Return what a cell says."""
        count, of = int(self.counts[digit, answer]), int(self.counts[digit].sum())  # type: ignore[index]
        return f"{count:,} of {of:,} {digit}s read as {answer}" + (": right" if digit == answer else "")

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells: right answers in the accent, mistakes in the colour of mistakes, the more the stronger."""
        counts = np.zeros((10, 10), dtype=int) if self.counts is None else self.counts
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        rights, wrongs = _shades(self.palette(), right=True), _shades(self.palette(), right=False)
        first = self.cell(0, 0)
        left, top, wide, high = _parts(first)
        with QPainter(self) as painter:
            self._paint_edges(painter, first)
            figures = self.figures()
            painter.setFont(self.figure_font())
            for digit in range(10):
                for answer in range(10):
                    place = QRectF(left + answer * wide + 1, top + digit * high + 1, wide - 2, high - 2)
                    share = float(shares[digit, answer])
                    # Of one digit perhaps one in fifty is taken for one other: that must be seen beside the right ones.
                    strength = share if digit == answer else min(1.0, (share / _STRONG) ** 0.5)
                    colour, ink = (rights if digit == answer else wrongs)[round(strength * _SHADES)]
                    painter.fillRect(place, colour)
                    if text := figures[10 * digit + answer]:
                        painter.setPen(ink)
                        painter.drawText(place, _MIDDLE, text)
            self._paint_light(painter, first)
            self._paint_legend(painter, rights[-1][0], wrongs[-1][0])
            if self.counts is None and self.why:
                painter.setPen(self.palette().color(QPalette.ColorRole.Text))
                place = QRectF(left, top, 10 * wide, 10 * high).adjusted(8, 8, -8, -8)
                painter.drawText(place, _MIDDLE | Qt.TextFlag.TextWordWrap, self.why)

    def _paint_edges(self, painter: QPainter, first: QRectF) -> None:
        """Write the digits beside the cells, those of the row and column that are lit strongly, and what they mean."""
        quiet, text = (
            self.palette().color(QPalette.ColorRole.PlaceholderText),
            self.palette().color(QPalette.ColorRole.Text),
        )
        left, top, wide, high = _parts(first)
        row, column = self.lit or (-1, -1)
        half = grown(_EDGE) / 2
        for digit in range(10):
            for lit, place in (
                (digit == row, QRectF(half, top + digit * high, half, high)),
                (digit == column, QRectF(left + digit * wide, half, wide, half)),
            ):
                painter.setFont(font(SMALL, strong=lit))
                painter.setPen(text if lit else quiet)
                painter.drawText(place, _MIDDLE, str(digit))
        painter.setFont(font(SMALL))
        painter.setPen(quiet)
        painter.drawText(QRectF(left, 0, 10 * wide, half), _MIDDLE, "read as")
        painter.save()
        painter.translate(0, top + 10 * high)
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, 10 * high, half), _MIDDLE, "drawn")
        painter.restore()

    def _paint_light(self, painter: QPainter, first: QRectF) -> None:
        if self.lit is None:
            return
        row, column = self.lit
        left, top, wide, high = _parts(first)
        text = self.palette().color(QPalette.ColorRole.Text)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pale = QColor(text)
        pale.setAlphaF(0.45)
        painter.setPen(pale)
        painter.drawRect(QRectF(left, top + row * high, 10 * wide, high).adjusted(0, 0, -1, -1))
        painter.drawRect(QRectF(left + column * wide, top, wide, 10 * high).adjusted(0, 0, -1, -1))
        painter.setPen(text)
        painter.drawRect(self.cell(row, column).adjusted(0, 0, -1, -1))
        painter.drawRect(self.cell(row, column).adjusted(1, 1, -2, -2))

    def _paint_legend(self, painter: QPainter, right: QColor, wrong: QColor) -> None:
        """Explain the colours at the right, and say what the lit cell holds."""
        last = self.cell(0, 9)
        x, y, wide = last.right() + 20, last.top(), grown(_LEGEND) - 24.0
        if x + wide > self.width():
            return
        empty = self.palette().color(QPalette.ColorRole.AlternateBase)
        painter.setFont(font(SMALL))
        step = QFontMetrics(font(SMALL)).height()
        for words, full, most in (("read rightly", right, "all"), ("read wrongly", wrong, "10 %, or more")):
            bar = QRectF(x, y + step + 2, wide, 8)
            shade = QLinearGradient(bar.topLeft(), bar.topRight())
            shade.setColorAt(0, empty)
            shade.setColorAt(1, full)
            painter.fillRect(bar, shade)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            painter.drawText(QPointF(x, y + step - 4), words)
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            below = QRectF(x, bar.bottom() + 1, wide, step)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "none")
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, most)
            y = below.bottom() + 6
        if self.lit and self.counts is not None:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            place = QRectF(x, y + 4, wide, 3 * step)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, self.words(*self.lit))


def _parts(rect: QRectF) -> tuple[float, float, float, float]:
    return rect.x(), rect.y(), rect.width(), rect.height()


def _fitting(high: int) -> float:
    """Return the size of numbers that fit into cells so many pixels ``high``."""
    return next((size for size in _SIZES if QFontMetrics(font(size)).capHeight() + 5 <= high), _SIZES[-1])


def _figures(counts: Sequence[int], wide: int, written: QFont) -> list[str]:
    """Return what stands in each cell: all in the fullest form in which the longest fits."""
    measure = QFontMetrics(written).horizontalAdvance
    for form in _FORMS:
        texts = [form(count) if count else "" for count in counts]
        if max(measure(text) for text in texts) <= wide:
            break
    return texts


def _thousands(count: int) -> str:
    return str(count) if count < 1000 else f"{count / 1000:.1f}k" if count < 9950 else f"{count / 1000:,.0f}k"


_FORMS = (
    lambda count: f"{count:,}",
    _thousands,
    lambda count: str(count) if count < 1000 else f"{count // 1000}k",
)


def _shades(palette: QPalette, *, right: bool) -> list[tuple[QColor, QColor]]:
    """Return the colours of a cell, from empty to full, each with that of the count on it."""
    roles = Role.AlternateBase, Role.Highlight if right else Role.BrightText, Role.Text, Role.HighlightedText
    return _ramp(*(palette.color(role).name() for role in roles))


@lru_cache(maxsize=8)
def _ramp(empty: str, full: str, *inks: str) -> list[tuple[QColor, QColor]]:
    fills = [mixed(QColor(empty), QColor(full), i / _SHADES) for i in range(_SHADES + 1)]
    return [(fill, legible(fill, *map(QColor, inks))) for fill in fills]
