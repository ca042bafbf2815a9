"""A picture of greys on black, as MNIST is shown, with its caption: ``PictureView``."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.preprocess import WHOLE, Greys, Place, to_bytes
from digitpad.gui.images import image_of
from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.theme import grow

_LEAST = 84  # pixels


class PictureView(QWidget):
    """A square with a picture in it, as large as there is room and never distorted; an empty frame where there is none.

    What is shown is told in its description.
    """

    def __init__(self, name: str, object_name: str) -> None:
        """Start empty; ``name`` is for those who hear it."""
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._greys: Greys | None = None
        self._place, self._smooth = WHOLE, False
        grow(self, minimumWidth=_LEAST, minimumHeight=_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.describe("nothing yet")

    def describe(self, words: str) -> None:
        """Say what the picture is of."""
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        """Return a size at which its pixels can be told apart."""
        return QSize(140, 140)

    def show_greys(self, greys: Greys | None, place: Place | None = None, *, smooth: bool = False) -> None:
        """Show ``greys`` (h, w), or nothing, at a ``place`` in the square; by default in its middle, filling it.

        Where it is not ``smooth`` each pixel is a square of its own.
        """
        self._greys, self._smooth = greys if greys is not None and greys.size else None, smooth
        self._place = place or _filling(self._greys)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, or its place."""
        with QPainter(self) as painter:
            side = min(self.width(), self.height())
            frame = QRectF(0, 0, side, side)
            if self._greys is None:
                painter.setPen(self.palette().color(Role.Mid))
                painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
                return
            painter.fillRect(frame, QColor("black"))
            painter.setClipRect(frame)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            left, top, width, height = (length * side for length in self._place)
            target = QRectF(frame.left() + left, frame.top() + top, width, height)
            painter.drawImage(target, image_of(to_bytes(self._greys)))
            painter.setPen(self.palette().color(Role.Mid))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))


def _filling(greys: Greys | None) -> Place:
    """Return the largest place of the greys' proportions in the middle."""
    if greys is None:
        return WHOLE
    height, width = (size / max(greys.shape) for size in greys.shape)
    return (1 - width) / 2, (1 - height) / 2, width, height
