"""The 28 x 28 pixels that a network reads, large, to be painted one by one: ``PixelPad``."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)

from digitpad.draw.preprocess import SIDE, Greys, to_bytes
from digitpad.gui.images import image_of
from digitpad.gui.inside.pixels import STEPS, Pixel, Pixels
from digitpad.gui.widgets.colours import Role

_LEAST = 176  # pixels: six for each
_RING = 4  # pixels around the image, for the ring of the focus
_INK_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAPER_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_HOW = (
    "Paint pixels: the left button adds ink, the right one or Shift takes it away. "
    "Arrow keys move, Space adds ink, Backspace takes it away."
)


class PixelPad(Pixels):
    """Shows an image and tells which of its pixels a hand or the keyboard wants to be ink or paper.

    Signals: ``begun()`` before the first pixel of each movement; ``painted(pixels, ink)`` with some pixels, each a row
    and a column; ``undo_wanted()`` when the keys of undo are pressed and something ``can_undo``.
    """

    begun = Signal()
    painted = Signal(object, bool)
    undo_wanted = Signal()

    def __init__(self) -> None:
        """Start with paper."""
        super().__init__("The picture that the network reads", "pixel_pad", _HOW, _LEAST, SIDE * 9)
        self.can_undo = False
        self._image: Greys = np.zeros(SIDE * SIDE, dtype=np.float32)
        self._marked: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._last: Pixel | None = None  # of a hand under way
        self._ink = True
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be no higher than wide: what is below it stays near."""
        super().resizeEvent(event)
        self.setMaximumHeight(max(event.size().width(), self.minimumHeight()))

    def show_image(self, image: Greys, marked: NDArray[np.bool_]) -> None:
        """Show ``image`` (784,), and which of its pixels are painted (784,)."""
        self._image, self._marked = image, np.flatnonzero(marked)
        self._describe()
        self.update()

    def words(self, pixel: Pixel) -> str:
        """Return which grey a pixel has."""
        row, column = pixel
        return f"row {row}, column {column}: grey {self._image[row * SIDE + column]:.2f}"

    def square(self) -> QRectF:
        """Return where the image is."""
        side = min(self.width(), self.height()) - 2 * _RING
        return QRectF(_RING, _RING, side, side)

    def focus_place(self) -> QRect:
        """Return where the ring of the focus goes: round the image."""
        return self.square().adjusted(-_RING, -_RING, _RING, _RING).toAlignedRect()

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint."""
        pixel = self._pixel(event.position())
        if pixel is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._ink = event.button() is Qt.MouseButton.LeftButton and not shift
        self._last = self._at = pixel
        self.begun.emit()
        self.painted.emit([pixel], self._ink)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Paint all pixels on the way."""
        pixel = self._pixel(event.position())
        if self._last is None or pixel is None or pixel == self._last:
            return
        way = _between(self._last, pixel)
        self._last = self._at = pixel
        self.painted.emit(way, self._ink)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End to paint."""
        self._last = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QEvent) -> None:
        """Open none: the right button paints."""
        event.accept()

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys that paint from what they do elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    def _is_mine(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return self.can_undo
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return plain and Qt.Key(event.key()) in (*STEPS, *_INK_KEYS, *_PAPER_KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from pixel to pixel, make one ink or paper, or take the last back."""
        key = Qt.Key(event.key())
        if not self._is_mine(event) or key in STEPS:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        else:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.begun.emit()
            self.painted.emit([self._at], key in _INK_KEYS and not shift)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image on black, as MNIST is shown, an edge around painted pixels, and where the keyboard is."""
        with QPainter(self) as painter:
            painter.drawImage(self.square(), image_of(to_bytes(self._image.reshape(SIDE, SIDE))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.palette().color(Role.Highlight))
            for index in self._marked.tolist():
                painter.drawRect(self.place(divmod(index, SIDE)).adjusted(0.5, 0.5, -0.5, -0.5))
            if self.hasFocus():
                here = self.place(self._at)
                painter.setPen(QColor("black"))
                painter.drawRect(here.adjusted(-0.5, -0.5, 0.5, 0.5))
                painter.setPen(QColor("white"))
                painter.drawRect(here.adjusted(-1.5, -1.5, 1.5, 1.5))


def _between(one: Pixel, other: Pixel) -> list[Pixel]:
    """Return the pixels on the way from one, which is not among them, to the other."""
    steps = max(abs(other[0] - one[0]), abs(other[1] - one[1]))
    shares = np.arange(1, steps + 1)[:, None] / steps
    places = np.round(np.array(one) + shares * (np.array(other) - np.array(one))).astype(int)
    return [(row, column) for row, column in places.tolist()]
