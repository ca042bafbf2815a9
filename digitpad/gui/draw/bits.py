"""The four neurons of the binary output layer: ``BitsView``."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.widgets.colours import Role, legible, mixed
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, font, grow, grown
from digitpad.nn.binary import BIT_VALUES


class BitsView(QWidget):
    """Four discs for the bits 8, 4, 2, 1, filled as far as their neurons fire, and the number they spell.

    Signal: ``clicked()``; Return or Space does the same.
    """

    clicked = Signal()

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setObjectName("bits")
        self.setAccessibleName("The four bits")
        self.setAccessibleDescription("none yet")
        self._bits: np.ndarray | None = None
        self._sure = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        grow(self, minimumHeight=36, maximumHeight=36)
        self.setToolTip(
            "Four more sigmoid neurons turn the ten outputs into binary.\n"
            "Each disc is filled as far as its neuron fires; the digit is the sum of the lit ones.\n"
            "A click, or Return, shows on the Explore tab how they do it."
        )

    @property
    def text(self) -> str:
        """The bits in words: "0111 = 7"; nothing when the canvas is blank or the network not sure."""
        if self._bits is None or not self._sure:
            return ""
        lit = (self._bits > 0.5).astype(int)
        return "".join(map(str, lit)) + f" = {int(lit @ BIT_VALUES)}"

    def sizeHint(self) -> QSize:
        """Return room for four discs and a number."""
        return QSize(grown(280), grown(36))

    def show_reading(self, reading: Reading) -> None:
        """Show the bits of ``reading``; dark when the canvas is blank."""
        self._bits = None if reading.verdict is Verdict.BLANK else np.asarray(reading.bits)
        self._sure = reading.verdict is Verdict.SURE
        told = [f"{value}: {fires:.2f}" for value, fires in zip(BIT_VALUES, reading.bits, strict=True)]
        told += [self.text] if self.text else []
        self.setAccessibleDescription("none yet" if self._bits is None else ", ".join(told))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the page about them."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the page about them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the discs and the sum."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            disc = float(grown(32))
            x = 1.0
            for i, value in enumerate(BIT_VALUES):
                fires = 0.0 if self._bits is None else float(self._bits[i])
                place = QRectF(x, (self.height() - disc) / 2, disc, disc)
                fill = mixed(palette.color(Role.Base), palette.color(Role.Highlight), fires)
                painter.setPen(palette.color(Role.Dark))
                painter.setBrush(fill)
                painter.drawEllipse(place)
                painter.setPen(legible(fill, palette.color(Role.PlaceholderText)))
                painter.setFont(font(SMALL, strong=True))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(value))
                x += disc + GAP
            painter.setPen(palette.color(Role.PlaceholderText))
            painter.setFont(font(NORMAL))
            rest = QRectF(x + GAP, 0, self.width() - x - GAP, self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, self.text)
