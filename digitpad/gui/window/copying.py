"""Puts the drawing into the clipboard, as a picture that other programs can use: ``Copying``."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from digitpad.draw.drawing import Drawing
from digitpad.gui.draw import brushwork
from digitpad.gui.draw.painted_ink import paint_picture
from digitpad.gui.services.background import Background

SIDE_PX = 28 * 28  # of the picture: a whole number of pixels for each that the network sees

_PAPER, _INK = QColor("white"), QColor("black")  # whatever the window's own colours are


class Copying(QObject):
    """Copies drawings, away from the window: a dense one takes a while.

    Signals: ``copied()`` when there is one in the clipboard, and ``reported(sentence)`` of that; ``failed(sentence)``.
    """

    copied = Signal()
    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing to do; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._background = Background(self)
        self._background.failed.connect(self.failed)

    def copy(self, drawing: Drawing) -> None:
        """Copy ``drawing``, or say that there is none."""
        if drawing.empty:
            self.failed.emit("There is no drawing to copy: draw one first.")
        else:
            self._background.run(lambda: picture_of(drawing), self._take, latest="copy")

    def _take(self, picture: QImage) -> None:
        QGuiApplication.clipboard().setImage(picture)
        self.copied.emit()
        self.reported.emit("The drawing is in the clipboard, as a picture.")

    def close_down(self) -> None:
        """Wait for what is being painted; it is not wanted any more."""
        self._background.wait()


def picture_of(drawing: Drawing) -> QImage:
    """Return the drawing as it is on the canvas, black on white, for any thread."""
    image = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_INK)
        if drawing.picture:
            paint_picture(painter, drawing.picture, SIDE_PX, _INK)
        for stroke in drawing.strokes:
            for part in brushwork.parts(stroke.points):
                brushwork.paint(painter, part, stroke.brush, SIDE_PX)
    return image
