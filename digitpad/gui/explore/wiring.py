"""``Wiring``: neurons as discs with their names, and the wires between them with their weights."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from math import hypot
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.widgets.arrow import arrow_head
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_RADIUS, _ROW, _EDGE = 14, 16, 4  # pixels: of a disc, of a word, around the words on a wire
_BEND = 16  # pixels by which each of two wires between the same neurons is bent
_WORD_AT = 0.35  # where on its wire a weight stands


class Words(Enum):
    """Where the words of a disc stand: one above and one below it, or both on a side where no wire comes."""

    AROUND = auto()
    ABOVE = auto()
    BELOW = auto()
    RIGHT = auto()


# How many rows a disc's name, and what stands below it, are below its edge, or above; beside it, its middle.
_ROWS: Mapping[Words, tuple[float, float]] = {
    Words.AROUND: (-0.5, 0.5), Words.ABOVE: (-1.5, -0.5), Words.BELOW: (0.5, 1.5), Words.RIGHT: (-0.5, 0.5),
}  # fmt: skip


class Disc(NamedTuple):
    """A neuron or an input: where it is, in shares of the room there is, its output, its name and what stands below."""

    x: float
    y: float
    value: int
    name: str
    below: str = ""
    words: Words = Words.AROUND


class Lead(NamedTuple):
    """A wire from one disc to another, and the weight that is written on it."""

    start: str
    end: str
    weight: str


class Wiring(QWidget):
    """Shows discs and wires; those that carry a 1 are in colour."""

    def __init__(self, name: str, height: int) -> None:
        """Start empty, at least ``height`` pixels high; ``name`` is the accessible name."""
        super().__init__()
        self._discs: Mapping[str, Disc] = {}
        self._leads: Sequence[Lead] = ()
        self._height = height
        self.setAccessibleName(name)
        self.setAccessibleDescription("Nothing yet")
        self.setMinimumWidth(300)
        grow(self, minimumHeight=height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(300, grown(self._height))

    def show_wiring(self, discs: Mapping[str, Disc], leads: Sequence[Lead]) -> None:
        """Show ``discs`` by what ``leads`` call them."""
        self._discs, self._leads = discs, leads
        told = [f"{disc.name}{f', {disc.below}' if disc.below else ''}: {disc.value}" for disc in discs.values()]
        wires = [f"{discs[lead.start].name} to {discs[lead.end].name}: {lead.weight}" for lead in leads]
        self.setAccessibleDescription(f"Outputs: {'; '.join(told)}. Weights: {'; '.join(wires)}.")
        self.update()

    def _place(self, disc: Disc) -> QPointF:
        radius, row = grown(_RADIUS), grown(_ROW)
        wide, high = self.width() - 2 * radius - 8, self.height() - 2 * (radius + row + 4)
        return QPointF(4 + radius + disc.x * wide, row + radius + 4 + disc.y * high)

    def _path(self, start: QPointF, end: QPointF, bend: float) -> QPainterPath:
        """Return the way of a wire; a ``bend`` is how far its middle is from the straight line, in pixels."""
        along = end - start
        length = hypot(along.x(), along.y()) or 1.0
        across = QPointF(-along.y(), along.x()) / length
        path = QPainterPath(start)
        path.quadTo((start + end) / 2 + across * 2 * bend, end)
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint wires, then weights, then neurons."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paths = []
            for i, lead in enumerate(self._leads):
                alike = [j for j, other in enumerate(self._leads) if other[:2] == lead[:2]]
                bend = (2 * alike.index(i) - len(alike) + 1) * grown(_BEND)
                start, end = (self._place(self._discs[name]) for name in (lead.start, lead.end))
                paths.append(self._path(start, end, bend))
                self._paint_wire(painter, paths[-1], bool(self._discs[lead.start].value))
            for lead, path in zip(self._leads, paths, strict=True):
                ink = self._ink(QPalette.ColorRole.Text)
                self._word(painter, path.pointAtPercent(_WORD_AT), lead.weight, ink, edge=_EDGE)
            for disc in self._discs.values():
                self._paint_disc(painter, disc)

    def _ink(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)

    def _paint_wire(self, painter: QPainter, path: QPainterPath, on: bool) -> None:
        colour = self._ink(QPalette.ColorRole.Highlight if on else QPalette.ColorRole.Dark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2.2 if on else 1.2))
        painter.drawPath(path)
        at = 1 - path.percentAtLength(grown(_RADIUS) + 1)  # where it meets the edge of the disc
        point, before = path.pointAtPercent(at), path.pointAtPercent(at - path.percentAtLength(grown(9)))
        arrow_head(painter, point, point - before, colour)

    def _paint_disc(self, painter: QPainter, disc: Disc) -> None:
        place, radius = self._place(disc), grown(_RADIUS)
        on = bool(disc.value)
        accent = self._ink(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent if on else self._ink(QPalette.ColorRole.Dark), 2))
        painter.setBrush(accent if on else self._ink(QPalette.ColorRole.Base))
        painter.drawEllipse(place, radius, radius)
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(self._ink(QPalette.ColorRole.HighlightedText if on else QPalette.ColorRole.Text))
        square = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(disc.value))
        self._paint_words(painter, disc, place)

    def _paint_words(self, painter: QPainter, disc: Disc, place: QPointF) -> None:
        for text, rows, strong in zip((disc.name, disc.below), _ROWS[disc.words], (True, False), strict=True):
            colour = self._ink(QPalette.ColorRole.Text if strong else QPalette.ColorRole.PlaceholderText)
            away = grown(_RADIUS) + 1
            if disc.words is Words.RIGHT:
                wide = QFontMetricsF(font(SMALL, strong=strong)).horizontalAdvance(text)
                middle = QPointF(away + _EDGE + wide / 2, rows * grown(_ROW))
            else:
                middle = QPointF(0, rows * grown(_ROW) + (away if rows > 0 else -away))
            self._word(painter, place + middle, text, colour, strong=strong)

    def _word(
        self, painter: QPainter, middle: QPointF, text: str, colour: QColor, *, strong: bool = False, edge: int = 1
    ) -> None:
        """Write ``text`` with its middle there, or as near as it fits, on a ground with ``edge`` that hides wires."""
        if not text:
            return
        painter.setFont(font(SMALL, strong=strong))
        wide, row = painter.fontMetrics().horizontalAdvance(text) + 2 * edge, grown(_ROW)
        left = min(max(middle.x() - wide / 2, 0.0), self.width() - wide)
        place = QRectF(left, middle.y() - row / 2, wide, row)
        painter.fillRect(place, self._ink(QPalette.ColorRole.Window))
        painter.setPen(colour)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
