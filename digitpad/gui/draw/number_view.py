"""A number in large type, of which a digit can be chosen: ``NumberView``."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.numbers import Number, Part
from digitpad.draw.reading import Verdict
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.theme import HUGE, SMALL, font, grown, set_font

_LINE = 3.0  # pixels: under the digit that is chosen


def certainty(part: Part) -> str:
    """Return in words how far to trust a digit of a number."""
    if part.reading.verdict is Verdict.NO_DIGIT:
        return "no digit"
    if part.reading.verdict is not Verdict.SURE:
        return "not sure"
    return "certain" if part.reading.certain else "likely"


class NumberView(QWidget):
    """Shows the digits of a number as large as there is room, the chosen one underlined.

    What is not sure has a question mark above it and a broken line below.

    Signal: ``chosen(index)`` of a digit.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setObjectName("number")
        self._number: Number | None = None
        self._chosen = 0
        self._widest = 0
        self._size = HUGE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setToolTip("Click a digit to see its outputs.\nJ joins it with the digit before it, P parts it in two.")
        self.setAccessibleName("Number")
        self.hide()

    def show_number(self, number: Number | None, chosen: int, widest: int) -> None:
        """Show ``number``, the digit with the index ``chosen`` marked, in no more than ``widest`` pixels."""
        self._number, self._chosen, self._widest = number, chosen, widest
        if number is not None:
            self._fit()
            told = (f"{part.sign} {certainty(part)}" for part in number.parts)
            self.setAccessibleName(f"Number {number.text}")
            self.setAccessibleDescription(
                f"{', '.join(told)}. Digit {chosen + 1} is chosen. Left and Right choose, J joins, P parts."
            )
        self.setVisible(number is not None)
        self.update()

    def fit(self, widest: int) -> None:
        """Be no wider than that from now on."""
        self._widest = widest
        self._fit()

    def _fit(self) -> None:
        if self._number is None:
            return
        wide = QFontMetricsF(font(HUGE, strong=True)).horizontalAdvance("0") * len(self._number.parts)
        size = min(max(HUGE * self._widest / max(wide, 1.0), SMALL), HUGE * (1 if len(self._number.parts) < 3 else 0.8))
        if size != self._size:
            self._size = size
            set_font(self, size, strong=True)
        self.setFixedWidth(round(self._cell * len(self._number.parts)))

    @property
    def _cell(self) -> float:
        return QFontMetricsF(font(self._size, strong=True)).horizontalAdvance("0")

    def sizeHint(self) -> QSize:
        """Return the room that the digits take."""
        return QSize(self.width(), grown(96))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digits and what marks them."""
        number = self._number
        if number is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, cell = self.palette(), self._cell
            large = font(self._size, strong=True)
            height = QFontMetricsF(large).capHeight()
            foot = (self.height() + height) / 2
            for i, part in enumerate(number.parts):
                left = i * cell
                sure = part.reading.verdict is Verdict.SURE
                painter.setFont(large)
                painter.setPen(palette.color(Role.Text if sure else Role.PlaceholderText))
                place = QRectF(left, foot - 2 * height, cell, 3 * height)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, part.sign)
                if not sure:
                    painter.setFont(font(max(self._size / 4, SMALL), strong=True))
                    painter.setPen(palette.color(Role.BrightText))
                    top = max(foot - height - grown(16), 0)
                    painter.drawText(QRectF(left, top, cell, grown(15)), Qt.AlignmentFlag.AlignCenter, "?")
                under = foot + _LINE + 3
                if not sure:
                    painter.setPen(QPen(palette.color(Role.BrightText), 2, Qt.PenStyle.DotLine))
                    painter.drawLine(int(left + 2), int(under), int(left + cell - 2), int(under))
                if i == self._chosen:
                    painter.fillRect(QRectF(left + 2, under + 3, cell - 4, _LINE), palette.color(Role.Highlight))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the digit there."""
        if self._number is not None:
            self._choose(int(event.position().x() / max(self._cell, 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with the arrows."""
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
        if self._number is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._choose(self._chosen + steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int) -> None:
        if self._number is not None:
            self.chosen.emit(min(max(index, 0), len(self._number.parts) - 1))
