"""What is drawn as pixels, kept from one painting of the canvas to the next so that each paints only what is new."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import to_bytes
from digitpad.gui.draw import brushwork
from digitpad.gui.images import image_of

_SETTLED = 50  # points: a line longer than this is painted for good but for its end, so that long lines stay quick

Pen = list[tuple[float, float, float]]  # x, y and pressure of each point so far


class PaintedInk:
    """The finished strokes as one pixmap, and the beginning of a long stroke that is under way."""

    def __init__(self) -> None:
        """Begin with nothing painted."""
        self._pixmap = QPixmap()
        self._painted = Drawing()  # what the pixmap shows
        self._settled = 0  # points of the stroke under way that are in the pixmap already

    def forget(self) -> None:
        """Paint everything anew the next time."""
        self._pixmap = QPixmap()

    def begin_stroke(self) -> None:
        """Expect a new stroke."""
        self._settled = 0

    def end_stroke(self) -> None:
        """Forget a stroke that was painted in parts while it was under way: finished, it is one line."""
        if self._settled:
            self.forget()

    def paint(self, painter: QPainter, square: QRectF, ratio: float, drawing: Drawing, colour: QColor) -> None:
        """Paint ``drawing`` into ``square``, on a screen with ``ratio`` pixels to one of the painter's."""
        self._refresh(ratio, square.width(), drawing, colour)
        painter.drawPixmap(square.topLeft(), self._pixmap)

    def paint_stroke(self, painter: QPainter, square: QRectF, pen: Pen, brush: float, colour: QColor) -> None:
        """Paint the stroke under way into ``square``, where ``paint`` has painted what was there before."""
        side = square.width()
        if len(pen) - self._settled > _SETTLED:
            with self._painter(colour) as settled:
                brushwork.paint(settled, np.array(self._unsettled(pen)), brush, side)
            painter.drawPixmap(square.topLeft(), self._pixmap)
            self._settled = len(pen) - 4
        painter.save()
        painter.translate(square.topLeft())
        painter.setBrush(colour)
        brushwork.paint(painter, np.array(self._unsettled(pen)), brush, side)
        painter.restore()

    def _unsettled(self, pen: Pen) -> Pen:
        """Return the points that are not painted for good yet, and some before them for the curve."""
        return pen[max(self._settled - 6, 0) :]

    def _refresh(self, ratio: float, side: float, drawing: Drawing, colour: QColor) -> None:
        """Bring the pixmap up to the drawing, painting only what is new where that is all that changed."""
        size = QSize(round(side * ratio), round(side * ratio))
        old = self._painted
        grown = old.picture is drawing.picture and old.strokes == drawing.strokes[: len(old.strokes)]
        if self._pixmap.size() != size or not grown:
            self._pixmap = QPixmap(size)
            self._pixmap.fill(Qt.GlobalColor.transparent)
            old, self._settled = Drawing(), 0
        self._pixmap.setDevicePixelRatio(ratio)
        if old is drawing:
            return
        with self._painter(colour) as painter:
            if drawing.picture is not old.picture and drawing.picture:
                _paint_picture(painter, drawing.picture, side, colour)
            for stroke in drawing.strokes[len(old.strokes) :]:
                brushwork.paint(painter, stroke.points, stroke.brush, side)
        self._painted = drawing

    @contextmanager
    def _painter(self, colour: QColor) -> Iterator[QPainter]:
        with QPainter(self._pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(colour)
            yield painter


def _paint_picture(painter: QPainter, picture: Picture, side: float, colour: QColor) -> None:
    """Paint the picture's ink in ``colour``, its greys as opacity."""
    pixels = np.empty((*picture.ink.shape, 4), dtype=np.uint8)
    pixels[:] = (colour.red(), colour.green(), colour.blue(), 0)
    pixels[..., 3] = to_bytes(picture.ink)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(*(length * side for length in picture.box)), image_of(pixels))
