"""``Trail``: where the drawing is on the map, the way it came, and the digits nearest to it."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen

from digitpad.gui.inside.map.view_of_plane import Places
from digitpad.gui.widgets.colours import Role

_MOST = 150  # places that it was at


class Trail:
    """The place of the drawing, of shape (2,), or None; ``nearest`` are the digits to which a thread leads from it."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self.place: Places | None = None
        self.nearest: Sequence[int] = ()
        self._before: deque[Places] = deque(maxlen=_MOST)

    def go(self, place: Places | None, nearest: Sequence[int]) -> None:
        """Go to ``place``; None forgets the way, as nothing is drawn."""
        self.nearest = list(nearest)
        if place is None:
            self._before.clear()
        elif self.place is not None and not np.array_equal(place, self.place):
            self._before.append(self.place)
        self.place = place

    @property
    def way(self) -> Places:
        """The places that it came by (n, 2), the last where it is."""
        return np.array([*self._before, *([] if self.place is None else [self.place])])


def paint_trail(
    painter: QPainter, palette: QPalette, way: Places, ends: Sequence[QPointF], within: QRectF | None
) -> None:
    """Paint the ``way`` (n, 2) of a drawing, in pixels, which fades, and threads from where it is to their ``ends``.

    Where it is lies ``within`` an area, at the edge next to it if need be: a drawing may be stranger than any digit.
    """
    accent, paper = palette.color(Role.Text), palette.color(Role.Base)
    x, y = way[-1].tolist()
    if within is not None:
        x, y = min(max(x, within.left()), within.right()), min(max(y, within.top()), within.bottom())
    at = QPointF(x, y)
    painter.setPen(QPen(palette.color(Role.PlaceholderText), 1))
    for end in ends:
        painter.drawLine(at, end)
    for i, ((x0, y0), (x1, y1)) in enumerate(zip(way[:-1].tolist(), way[1:].tolist(), strict=True)):
        faded = QColor(accent)
        faded.setAlphaF(0.15 + 0.75 * (i + 1) / len(way))
        painter.setPen(QPen(faded, 1.6))
        painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
    painter.setPen(QPen(paper, 6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, 8, 8)
    painter.setPen(QPen(accent, 2.5))
    painter.drawEllipse(at, 8, 8)
    painter.setBrush(accent)
    painter.drawEllipse(at, 2, 2)
