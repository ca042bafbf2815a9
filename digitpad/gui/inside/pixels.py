"""The 28 x 28 pixels that a network reads, large: where each is, and which is meant: ``Pixels``."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.draw.preprocess import CENTRE, SIDE
from digitpad.gui.widgets.theme import grow

Pixel = tuple[int, int]  # row and column

STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class Pixels(QWidget):
    """A square of pixels, each of which is told, by the pointer or the arrow keys.

    What is derived from it says in ``words`` what is told of a pixel, in ``square`` where the image is, and paints it.
    """

    def __init__(self, name: str, object_name: str, tip: str, least: int, hint: int) -> None:
        """Begin at the middle; ``name`` is for those who hear it, and ``tip`` says what this is for.

        It is at least ``least`` pixels wide and high where text has its usual size, and best ``hint``.
        """
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self._at: Pixel = CENTRE, CENTRE  # of the keyboard
        self._hint = hint
        grow(self, minimumWidth=least, minimumHeight=least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Return a size at which pixels are easily met."""
        return QSize(self._hint, self._hint)

    def words(self, pixel: Pixel) -> str:
        """Return what is told of a pixel."""
        raise NotImplementedError

    def _describe(self) -> None:
        """Tell those who hear it of the pixel that the keyboard is at."""
        self.setAccessibleDescription(f"{self.words(self._at)}. {self.toolTip()}")

    # Places

    def square(self) -> QRectF:
        """Return where the image is."""
        raise NotImplementedError

    def place(self, pixel: Pixel) -> QRectF:
        """Return where a pixel is."""
        square = self.square()
        unit = square.width() / SIDE
        return QRectF(square.left() + pixel[1] * unit, square.top() + pixel[0] * unit, unit, unit)

    def focus_place(self) -> QRect:
        """Return where the ring of the focus goes: round the image."""
        return self.square().toAlignedRect()

    def _pixel(self, place: QPointF) -> Pixel | None:
        """Return the pixel at a place; None beside the image."""
        square = self.square()
        at = (place - square.topLeft()) * SIDE / square.width()
        row, column = int(at.y() // 1), int(at.x() // 1)
        return (row, column) if 0 <= row < SIDE and 0 <= column < SIDE else None

    # The pointer and the keyboard

    def event(self, event: QEvent) -> bool:
        """Tell the pixel under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            pixel = self._pixel(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), f"{self.words(pixel)}\n{self.toolTip()}" if pixel else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from pixel to pixel."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row, column = (min(max(at + by, 0), SIDE - 1) for at, by in zip(self._at, step, strict=True))
        self._at = row, column
        self._describe()
        self.update()
