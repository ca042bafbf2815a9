"""``Chart``: a plot of a few lines, small enough to paint anew at every move of a slider."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QResizeEvent

from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.graph import Graph, short
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_ROW = 16.0  # pixels between the rows of the legend
_DASHES: tuple[list[float], ...] = ([], [8, 3], [8, 3, 2, 3], [2, 3])  # pixels, by the colour of a line
_LEFT, _TOP, _RIGHT, _BOTTOM = 46.0, 26.0, 22.0, 40.0  # pixels around the axes, for words and numbers
_SAMPLE = 22.0  # pixels that a piece of line before its name takes in the legend


@dataclass(frozen=True)
class Line:
    """``y`` against ``x``, in the ``colour``-th colour of series, with a ``name`` for the legend if it has one.

    ``low`` and ``high``, as long as ``x``, are the edges of a band around it.
    """

    name: str
    colour: int
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = field(default=())
    high: Sequence[float] = field(default=())


def _pen(line: Line, palette: QPalette, width: float) -> QPen:
    """Return what a line is drawn with: of two lines not only the colours differ."""
    pen = QPen(series(line.colour, palette), width)
    if dashes := _DASHES[line.colour % len(_DASHES)]:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # or it fills the gaps
        pen.setDashPattern([length / width for length in dashes])
    return pen


class Chart(Graph):
    """Lines over a common axis, a level to compare with, and a mark at a place on the axis."""

    def __init__(self, name: str, below: str, title: str, *, logarithmic: bool = False, height: int = 150) -> None:
        """Start empty. ``below`` says what the axis is of, ``title`` what the lines are of."""
        super().__init__(name, "", "", height, logarithmic=logarithmic)
        grow(self, minimumHeight=height)  # or words and numbers around the lines leave them none where text is large
        self._below, self._title = below, title
        self._lines: Sequence[Line] = ()
        self._level: tuple[float, str] | None = None
        self._mark: float | None = None
        self._legend: list[QPointF] = []
        self._tell()
        self._arrange()

    def show_lines(self, *lines: Line) -> None:
        """Show these lines, the first above the others."""
        self._lines = lines
        self._tell()
        self._arrange()

    def show_level(self, y: float, text: str) -> None:
        """Show a level to compare the lines with; ``text`` says in the legend what it is."""
        self._level = (y, text)
        self._tell()
        self._arrange()

    def show_mark(self, x: float) -> None:
        """Mark a place on the axis, that a hand may move."""
        self._mark = x
        self._tell()
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.update()

    def _tell(self) -> None:
        """Say where the lines go to those who do not see them."""
        told = []
        for line in self._lines:
            if len(line.x):
                began, ended = short(line.y[0]), short(line.y[-1])
                told.append(
                    f"{line.name or self._title}: from {began} at {short(line.x[0])} to {ended} at {short(line.x[-1])}"
                )
        told += [] if self._level is None else [self._level[1]]
        told += [] if self._mark is None else [f"marked at {short(self._mark)}"]
        self.setAccessibleDescription(f"{self._title} against {self._below}. {'; '.join(told) or 'Nothing yet'}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the legend anew."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def legend(self) -> list[tuple[QPointF, str]]:
        """Where each name of the legend begins, its piece of line before it, and the name."""
        return list(zip(self._legend, (name for _, name in self._named()), strict=True))

    def _named(self) -> list[tuple[QPen, str]]:
        """Return what the legend names, and the pens to show it with."""
        palette = self.palette()
        named = [(_pen(line, palette, 3), line.name) for line in self._lines if line.name]
        if self._level is not None:
            quiet = palette.color(QPalette.ColorRole.PlaceholderText)
            named.append((QPen(quiet, 1, Qt.PenStyle.DashLine), self._level[1]))
        return named

    def _arrange(self) -> None:
        """Place the names of the legend after the title, in as many rows as they take, and leave room for these."""
        metrics, row = QFontMetricsF(font(SMALL)), 0
        x = grown(_LEFT) + QFontMetricsF(font(SMALL, strong=True)).horizontalAdvance(self._title) + 18
        self._legend = []
        for _, name in self._named():
            wide = _SAMPLE + metrics.horizontalAdvance(name)
            if x + wide > self.width() - grown(_RIGHT):
                x, row = float(grown(_LEFT)), row + 1
            self._legend.append(QPointF(x, grown(_ROW) * (row + 1)))
            x += wide + 14
        self.margins = QMarginsF(_LEFT, _TOP + _ROW * row, _RIGHT, _BOTTOM)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, bands, lines, mark and legend."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, area = self.palette(), self.area()
            self.paint_axes(painter)
            painter.save()
            painter.setClipRect(area.adjusted(-1, -1, 1, 1))
            if self._level is not None:
                y = self.to_widget(self.view[0], self._level[0]).y()
                painter.setPen(QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            for line in reversed(self._lines):
                self._paint_line(painter, line)
            if self._mark is not None:
                x = self.to_widget(self._mark, self.view[2]).x()
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.5))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.restore()
            self._paint_words(painter, area)

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        colour, places = series(line.colour, self.palette()), self.points(line.x, line.y)
        if len(line.low):
            pale = series(line.colour, self.palette())
            pale.setAlphaF(0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pale)
            painter.drawPolygon(QPolygonF(self.points(line.x, line.high) + self.points(line.x, line.low)[::-1]))
        painter.setPen(_pen(line, self.palette(), 2))
        painter.drawPolyline(QPolygonF(places))
        if len(line.low):  # measured at these places only
            painter.setBrush(colour)
            for place in places:
                painter.drawEllipse(place, 2.5, 2.5)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        palette = self.palette()
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(font(SMALL))
        below = QRectF(area.left() - 30, area.bottom() + grown(20), area.width() + 30, grown(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._below)
        painter.setFont(font(SMALL, strong=True))
        painter.drawText(QPointF(area.left(), grown(_ROW)), self._title)
        painter.setFont(font(SMALL))
        for place, (pen, name) in zip(self._legend, self._named(), strict=True):
            painter.setPen(pen)
            painter.drawLine(place + QPointF(0, -4), place + QPointF(_SAMPLE - 5, -4))
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(place + QPointF(_SAMPLE, 0), name)
