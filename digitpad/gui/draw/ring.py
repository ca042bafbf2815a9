"""The pointer over the canvas: a ring as wide as what it draws, or rubs out, there: ``ring_cursor``."""

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPixmap

_SMALLEST = 6  # pixels: the place of what is smaller is told by a cross
_EDGE = 2.0  # pixels: around the ring


@lru_cache(maxsize=8)
def ring_cursor(diameter: int, ratio: float) -> QCursor:
    """Return a pointer with a ring of this ``diameter``, in pixels of a screen that has ``ratio`` dots to each.

    It is the system's to move, so that it never lags behind the hand and nothing is painted anew for it. Of two
    circles, a dark and a light one, the one or the other is seen on paper and on ink.
    """
    if diameter < _SMALLEST:
        return QCursor(Qt.CursorShape.CrossCursor)
    side = diameter + 2 * _EDGE
    pixels = QPixmap(round(side * ratio), round(side * ratio))
    pixels.setDevicePixelRatio(ratio)
    pixels.fill(Qt.GlobalColor.transparent)
    middle = QPointF(side / 2, side / 2)
    with QPainter(pixels) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, radius in ((QColor(20, 20, 20, 200), diameter / 2), (QColor(255, 255, 255, 200), diameter / 2 - 1)):
            painter.setPen(colour)
            painter.drawEllipse(middle, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(128, 128, 128))
        painter.drawEllipse(middle, 1.2, 1.2)
    return QCursor(pixels, round(side / 2), round(side / 2))
