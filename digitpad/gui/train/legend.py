"""What each line in the plots stands for: ``Legend``, a strip above them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from digitpad.gui.train.band import SHADE
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.gui.words import counted

_SAMPLE, _GAP, _APART = 24, 6, 20  # pixels: of a line, from it to its words, and between two entries


@dataclass(frozen=True)
class Entry:
    """One kind of line, in words, with a band around it where ``shaded``; without a ``colour`` that of quiet words."""

    words: str
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    width: float = 1
    colour: QColor | None = None
    shaded: bool = False


def entries_for(
    book: float | None, digits: str, cost: str, others: int, *, all_training: bool, seeds: Sequence[int] = (),
    singles: bool = True,
) -> list[Entry]:  # fmt: skip
    """Return what explains the lines there are: that of the ``book``'s accuracy, in [0, 1], if it is drawn.

    Solid lines are of the ``digits`` that are named, "test" or "validation". Costs are those called ``cost``;
    ``others`` are the runs that have another. Training digits have lines of all runs, or of the selected one alone.
    ``seeds`` says of how many each band is drawn, and ``singles`` whether there are runs besides.
    """
    training = "training digits" if all_training else "training digits, of the selected run"
    entries = [Entry(f"{digits} digits", width=2), Entry(training, Qt.PenStyle.DashLine)] if singles else []
    if seeds:
        least, most = min(seeds), max(seeds)
        many = f"{most}" if least == most else f"{least} to {most}"
        entries.append(Entry(f"{digits} digits: mean of {many} seeds, least to greatest shaded", width=2, shaded=True))
    if book is not None:
        entries.append(Entry(f"book (Nielsen, ch. 1) {100 * book:.2f} %, best of three runs", Qt.PenStyle.DotLine))
    if others:
        hidden = f"{counted(others, 'run')} with another cost {'is' if others == 1 else 'are'} not shown"
        entries.append(Entry(f"cost: {cost}; {hidden}", Qt.PenStyle.NoPen))
    return entries


class Legend(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Entries one after the other, in as many rows as they need."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self._text = self._quiet = QColor()
        self._scale = 1.0
        self._fit()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these and no others."""
        if (entries := tuple(entries)) != self.entries:
            self.entries = entries
            self._fit()
            self.update()

    def apply_colours(self, text: QColor, quiet: QColor, scale: float) -> None:
        """Write in ``text``, with lines of a pixel that is ``scale`` wide; those without a colour are ``quiet``."""
        self._text, self._quiet, self._scale = text, quiet, scale
        self._fit()
        self.update()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Take as many rows as the width needs."""
        super().resizeEvent(event)
        self._fit()

    def _places(self) -> list[QPointF]:
        """Return where each entry begins, in the middle of its height."""
        measure, row = QFontMetricsF(font(SMALL)), self._row()
        places, x, y = [], 0.0, row / 2
        for entry in self.entries:
            wide = _SAMPLE + _GAP + measure.horizontalAdvance(entry.words)
            if x and x + wide > self.size().width():
                x, y = 0.0, y + row
            places.append(QPointF(x, y))
            x += wide + _APART
        return places

    def _row(self) -> float:
        return QFontMetricsF(font(SMALL)).height() + 3

    def _fit(self) -> None:
        places = self._places()
        height = (places[-1].y() if places else 0.0) + self._row() / 2
        if height != self.preferredHeight():
            self.setFixedHeight(height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None, /) -> None:
        """Paint a piece of each line, and its words."""
        painter.setFont(font(SMALL))
        low = QFontMetricsF(font(SMALL)).capHeight() / 2
        for entry, place in zip(self.entries, self._places(), strict=True):
            if entry.shaded:
                shade = QColor(entry.colour or self._quiet)
                shade.setAlphaF(SHADE)
                painter.fillRect(QRectF(place.x(), place.y() - low, _SAMPLE, 2 * low), shade)
            painter.setPen(pg.mkPen(entry.colour or self._quiet, width=entry.width * self._scale, style=entry.style))
            painter.drawLine(QLineF(place, place + QPointF(_SAMPLE, 0)))
            painter.setPen(self._text)
            painter.drawText(place + QPointF(_SAMPLE + _GAP, low), entry.words)
