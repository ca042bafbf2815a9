"""Arrows: ``arrow`` paints a straight one of any length, ``arrow_head`` the head of one that is not straight."""

from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_SHORT = 0.8  # of the head's length: a shorter arrow is but a dot


def arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float, *, head: float = 12.0) -> None:
    """Paint an arrow whose point is at ``end``, its head at most ``head`` pixels long; a very short one is a dot."""
    along = end - start
    length = hypot(along.x(), along.y())
    painter.setBrush(colour)
    painter.setPen(QPen(colour, width))
    if length < _SHORT * head:
        painter.drawEllipse(end, 2, 2)
        return
    along *= min(head, length / 2) / length
    painter.drawLine(start, end - along)
    arrow_head(painter, end, along, colour)


def arrow_head(painter: QPainter, point: QPointF, along: QPointF, colour: QColor) -> None:
    """Paint the head of an arrow with its ``point`` there, ``along`` being its direction and length in pixels."""
    across = QPointF(-along.y(), along.x()) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([point, point - along + across, point - along - across]))
