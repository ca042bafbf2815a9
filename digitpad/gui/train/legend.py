"""What each line in the plots stands for: ``Legend``, a strip above them."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from digitpad.gui.train.band import SHADE
from digitpad.gui.train.entries import Entry
from digitpad.gui.widgets.foreign import as_it_is
from digitpad.gui.widgets.theme import SMALL, font

_SAMPLE, _GAP, _APART = 24, 6, 20  # pixels: of a line, from it to its words, and between two entries


class Legend(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Entries one after the other, in as many rows as they need.

    Where it is ``tight``, and whole words would take more than a row, it has the brief ones; its tool tip has all.
    """

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.tight = False
        self._text = self._quiet = QColor()
        self._scale = 1.0
        self._fit()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these and no others."""
        if (entries := tuple(entries)) != self.entries:
            self.entries = entries
            self._fit()
            self.update()

    def be_tight(self, tight: bool) -> None:
        """Take one row if that can be, or as many as whole words need."""
        if tight != self.tight:
            self.tight = tight
            self._fit()
            self.update()

    @property
    def words(self) -> list[str]:
        """What is written beside each line."""
        whole = [entry.words for entry in self.entries]
        return [entry.brief for entry in self.entries] if self.tight and self._rows(whole) > 1 else whole

    def apply_colours(self, text: QColor, quiet: QColor, scale: float) -> None:
        """Write in ``text``, with lines of a pixel that is ``scale`` wide; those without a colour are ``quiet``."""
        self._text, self._quiet, self._scale = text, quiet, scale
        self._fit()
        self.update()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Take as many rows as the width needs."""
        super().resizeEvent(event)
        self._fit()

    def _places(self, words: Sequence[str]) -> list[QPointF]:
        """Return where each entry begins, in the middle of its height, if these ``words`` are beside the lines."""
        measure, row = QFontMetricsF(font(SMALL)), self._row()
        places, x, y = [], 0.0, row / 2
        for beside in words:
            wide = _SAMPLE + _GAP + measure.horizontalAdvance(beside)
            if x and x + wide > self.size().width():
                x, y = 0.0, y + row
            places.append(QPointF(x, y))
            x += wide + _APART
        return places

    def _rows(self, words: Sequence[str]) -> int:
        return len({place.y() for place in self._places(words)})

    def _row(self) -> float:
        return QFontMetricsF(font(SMALL)).height() + 3

    def _fit(self) -> None:
        words = self.words
        height = self._rows(words) * self._row()
        if height != self.preferredHeight():
            self.setFixedHeight(height)
        whole = [entry.words for entry in self.entries]
        self.setToolTip("" if words == whole else as_it_is("\n".join(whole)))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None, /) -> None:
        """Paint a piece of each line, and its words."""
        painter.setFont(font(SMALL))
        low = QFontMetricsF(font(SMALL)).capHeight() / 2
        words = self.words
        for entry, beside, place in zip(self.entries, words, self._places(words), strict=True):
            if entry.shaded:
                shade = QColor(entry.colour or self._quiet)
                shade.setAlphaF(SHADE)
                painter.fillRect(QRectF(place.x(), place.y() - low, _SAMPLE, 2 * low), shade)
            painter.setPen(pg.mkPen(entry.colour or self._quiet, width=entry.width * self._scale, style=entry.style))
            painter.drawLine(QLineF(place, place + QPointF(_SAMPLE, 0)))
            painter.setPen(self._text)
            painter.drawText(place + QPointF(_SAMPLE + _GAP, low), beside)
