"""The baselines in the plot of accuracies: level lines whose words stand beside the plot: ``BaselineLines``."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from digitpad.gui.train.curves import Scale
from digitpad.gui.train.entries import Entry
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.train.baselines import Baselines, Method

STYLE = Qt.PenStyle.DashDotDotLine
_LEAD = 14  # pixels from the end of a line to the height of its words
_GAP = 4  # pixels from there to the words, and beyond them
_LONGEST = 24  # letters of a data set's name


class BaselineLines(QGraphicsObject):
    """Lines behind the curves across a plot; their words are at its right, outside, where no curve comes.

    Words that would overlap are moved apart; a short stroke leads from each line to its own.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        """Begin with none, in ``plot``."""
        super().__init__(plot)
        self._box = plot.getViewBox()
        self.baselines: Baselines | None = None
        self._scale = Scale.ACCURACY
        self._pen, self._text = QPen(), QColor()
        self.setZValue(-200)  # the box of the curves is at -100
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._box.sigYRangeChanged.connect(lambda: self.update())
        self._box.sigResized.connect(lambda: self.prepareGeometryChange())

    def show_baselines(self, baselines: Baselines | None) -> None:
        """Show these and no others."""
        self.prepareGeometryChange()
        self.baselines = baselines
        self.update()

    def show_scale(self, scale: Scale) -> None:
        """Show them on another axis."""
        self._scale = scale
        self.prepareGeometryChange()
        self.update()

    def apply_colours(self, text: QColor, quiet: QColor, scale: float) -> None:
        """Write in ``text``, with ``quiet`` lines as wide as a pixel that is ``scale`` on the screen."""
        self._text, self._pen = text, pg.mkPen(quiet, width=scale, style=STYLE)
        self.prepareGeometryChange()
        self.update()

    @property
    def best(self) -> float | None:
        """The highest of the accuracies, in per cent, if any is shown."""
        return 100 * max(self.baselines.accuracies.values()) if self.baselines else None

    @property
    def room(self) -> float:
        """How many pixels the words take at the right of the plot."""
        measure = QFontMetricsF(font(SMALL)).horizontalAdvance
        return max((_LEAD + _GAP + measure(words) + _GAP for words, _ in self._heights()), default=0.0)

    @property
    def entries(self) -> list[Entry]:
        """What explains them in the legend."""
        if self.baselines is None:
            return []
        name = self.baselines.digits
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        book = " (SVM: the book's figure)" if Method.SVM in self.baselines.accuracies else ""
        return [Entry(f"baselines, test digits of {short}{book}", STYLE, in_brief="baselines")]

    @property
    def words(self) -> str:
        """All of them in a line, for those who hear it."""
        return ", ".join(words for words, _ in self._heights())

    def places(self) -> list[tuple[str, float, QRectF]]:
        """Return the words of each line in sight, from the top, with its height and theirs, in the plot's pixels."""
        rect, measure = self._inside(), QFontMetricsF(font(SMALL))
        low, high = self._box.viewRange()[1]
        seen = [(words, (high - at) / (high - low)) for words, at in self._heights() if low <= at <= high]
        lines = sorted((rect.top() + share * rect.height(), words) for words, share in seen)
        half = measure.height() / 2
        heights = moved_apart([y for y, _ in lines], 2 * half, rect.top() + half, rect.bottom() - half)
        left = rect.right() + _LEAD + _GAP
        return [
            (words, y, QRectF(left, there - half, measure.horizontalAdvance(words), 2 * half))
            for (y, words), there in zip(lines, heights, strict=True)
        ]

    def _heights(self) -> list[tuple[str, float]]:
        """Return the words of each line, and where it lies on the axis."""
        accuracies = self.baselines.accuracies if self.baselines else {}
        found = []
        for method, accuracy in accuracies.items():
            percent = 100 * (accuracy if self._scale is Scale.ACCURACY else 1 - accuracy)
            found.append((f"{method.value} {round(percent, 2):g} %", float(self._scale.place(100 * accuracy))))
        return found

    def _inside(self) -> QRectF:
        rect: QRectF = self.mapRectFromItem(self._box, self._box.rect())
        return rect

    def boundingRect(self) -> QRectF:
        """Return the plot and the room of the words."""
        line = QFontMetricsF(font(SMALL)).height()
        return self._inside().adjusted(0, -3 * line, self.room, 3 * line)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None, /) -> None:
        """Paint each line, and its words beside the plot."""
        rect = self._inside()
        painter.setFont(font(SMALL))
        low = QFontMetricsF(font(SMALL)).capHeight() / 2
        lead = QPen(self._pen)
        lead.setStyle(Qt.PenStyle.SolidLine)
        for words, y, place in self.places():
            painter.setPen(self._pen)
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
            painter.setPen(lead)
            painter.drawLine(QLineF(rect.right(), y, rect.right() + _LEAD, place.center().y()))
            painter.setPen(self._text)
            painter.drawText(QPointF(place.left(), place.center().y() + low), words)


def moved_apart(wanted: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """Return heights ``least`` apart, from ``top`` to ``bottom`` if there is room, near those ``wanted``, which rise.

    Where there is not, they reach beyond the top.
    """
    found: list[float] = []
    for height in wanted:
        found.append(max(height, found[-1] + least if found else top))
    limit = bottom
    for i in reversed(range(len(found))):
        found[i] = min(found[i], limit)
        limit = found[i] - least
    return found
