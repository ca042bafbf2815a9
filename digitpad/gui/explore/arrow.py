"""An arrow."""

from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_HEAD, _SHORT = 12.0, 10.0  # pixels: length of the head, and of an arrow that is but a dot


def arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float) -> None:
    """Paint an arrow whose point is at ``end``; a very short one is a dot."""
    along = end - start
    length = hypot(along.x(), along.y())
    painter.setBrush(colour)
    painter.setPen(QPen(colour, width))
    if length < _SHORT:
        painter.drawEllipse(end, 2, 2)
        return
    along *= min(_HEAD, length / 2) / length
    across = QPointF(-along.y(), along.x()) / 2
    painter.drawLine(start, end - along)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([end, end - along + across, end - along - across]))
