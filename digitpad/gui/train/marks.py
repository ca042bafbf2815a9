"""The marks in a plot where a setting was changed on the way: ``Marks``."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from digitpad.gui.widgets.theme import SMALL, font
from digitpad.train.runs import Mark

_HEIGHT = 0.06  # of the plot, from its bottom to the words
_GAP = 4  # pixels from a line to its words, and between the words of two


class Marks(QGraphicsObject):
    """Dotted lines across a plot, with words beside them as far as there is room, of the last ones first.

    One item for all of them, which paints words as they are: pyqtgraph's labels take formats from the text, and many of
    them take seconds.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        """Begin with none, in ``plot``, behind its curves."""
        self._box = plot.getViewBox()
        super().__init__(self._box)
        self.marks: tuple[Mark, ...] = ()
        self._pen = QPen()
        self.setZValue(-1)
        self._box.sigXRangeChanged.connect(lambda: self.update())
        self._box.sigResized.connect(lambda: self.prepareGeometryChange())

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these and no others."""
        if (marks := tuple(marks)) != self.marks:
            self.marks = marks
            self.update()

    def apply_colours(self, colour: QColor, scale: float) -> None:
        """Paint in ``colour``, with lines as wide as a pixel that is divided into ``scale`` on the screen."""
        self._pen = pg.mkPen(colour, width=scale, style=Qt.PenStyle.DotLine)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the whole plot."""
        rect: QRectF = self._box.rect()
        return rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None, /) -> None:
        """Paint lines, and the words that do not overlap."""
        rect = self.boundingRect()
        low, high = self._box.viewRange()[0]
        base = rect.bottom() - _HEIGHT * rect.height()
        painter.setPen(self._pen)
        painter.setFont(font(SMALL))
        measure, free = painter.fontMetrics().horizontalAdvance, rect.right() + rect.width()
        for epochs, words in sorted(self.marks, reverse=True):
            x = rect.left() + (epochs - low) / (high - low) * rect.width()
            if not rect.left() <= x <= rect.right():
                continue
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
            if x + 2 * _GAP + measure(words) <= free:
                painter.drawText(QPointF(x + _GAP, base), words)
                free = x
