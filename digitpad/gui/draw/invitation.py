"""What an empty canvas says, and the dotted digit that draws itself there once: ``Invitation``."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from digitpad.draw.example import THREE
from digitpad.gui.widgets.motion import may_move
from digitpad.gui.widgets.theme import GAP, NORMAL, font

_WORDS = "Draw a digit, any style, anywhere.\nOr drop a picture of one."
_MIDDLE, _SIZE, _BELOW = (0.5, 0.43), 0.9, 0.82  # canvas sides, of the digit; the words stand below it
_DOTS, _DOT = 44, 0.008  # how many, and the radius of one in canvas sides
_DRAWN_MS, _SHOWN_MS = 2600, 4200  # after so long it is drawn, and then gone
_FAINT = 0.45  # opacity


class Invitation(QObject):
    """Paints the words, and the dots while they draw themselves; afterwards nothing moves and no clock runs.

    Signal: ``changed()`` when it is to be painted anew.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Say the words alone."""
        super().__init__(parent)
        self._parent = parent
        lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(THREE, axis=0).T))])
        places = np.linspace(0, lengths[-1], _DOTS)
        dots = np.stack([np.interp(places, lengths, THREE[:, axis]) for axis in (0, 1)], axis=1)
        self._dots = _MIDDLE + _SIZE * (dots - (dots.min(axis=0) + dots.max(axis=0)) / 2)
        self._animation = QVariantAnimation(self, duration=_SHOWN_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(lambda _: self.changed.emit())
        self._animation.finished.connect(self.changed)

    @property
    def moves(self) -> bool:
        """Whether the digit is drawing itself."""
        return self._animation.state() is QVariantAnimation.State.Running

    def begin(self) -> None:
        """Let the digit draw itself, unless the system is asked to move nothing."""
        if may_move(self._parent):
            self._animation.start()

    def end(self) -> None:
        """Take it away: the person draws."""
        if self.moves:
            self._animation.stop()
            self.changed.emit()

    def paint(self, painter: QPainter, square: QRectF, palette: QPalette) -> None:
        """Paint the words and the dots into the canvas's ``square``."""
        colour = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(colour)
        painter.setFont(font(NORMAL))
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        free = square.adjusted(GAP, 0, -GAP, 0)
        least = free.height() - painter.boundingRect(free, int(centred), _WORDS).height() - GAP  # or larger text is cut
        painter.drawText(free.adjusted(0, min(_BELOW * square.height(), least), 0, 0), centred, _WORDS)
        if not self.moves:
            return
        passed = self._animation.currentValue() * _SHOWN_MS
        fading = max(passed - _DRAWN_MS, 0) / (_SHOWN_MS - _DRAWN_MS)
        painter.setOpacity(_FAINT * (1 - fading**2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        side = square.width()
        for x, y in self._dots[: round(_DOTS * min(passed / _DRAWN_MS, 1))].tolist():
            painter.drawEllipse(square.topLeft() + QPointF(x, y) * side, _DOT * side, _DOT * side)
        painter.setOpacity(1)
