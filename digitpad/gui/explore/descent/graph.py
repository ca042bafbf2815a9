"""``CurveGraph``: a curve, the steps taken along it with their tangents, and those to come."""

from math import ceil, hypot, log2

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from digitpad.explore.descent import FAR, Curve
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.arrow import arrow
from digitpad.gui.widgets.colours import series
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import Graph, short

_OUT = 6.0  # the graph shows x from the negative of this to it, as long as x stays there
_LOW, _HIGH = -4.0, 24.0  # and of C
_ZOOMS = 4  # steps from one view to another that is twice as wide
_MOST = 200  # places shown: what comes after would add nothing that one could tell apart
_FAINT = 0.3  # opacity of the tangents of before
_PIXELS = 1e5  # farther away than this nothing is painted


class CurveGraph(Graph):
    """The curve with the path of x on it.

    At each place visited there is the tangent, a line across the graph: those of before thin and pale, the present one
    strong, and on it the next step: down the tangent, and from its end to the curve. A hand chooses the start; where
    none can be the paper is grey, and who presses there is told why nothing moves. While a hand drags, the view stays.
    """

    def __init__(self, farthest: float) -> None:
        """Start without a curve. A start lies between the negative of ``farthest`` and it."""
        super().__init__("Graph of C(x): press to choose the start", "x", "C", 260)
        self.setMouseTracking(True)
        self._farthest = farthest
        self._dragged = False
        self._curve: Curve | None = None
        self._path: tuple[float, ...] = ()
        self._taken = 0

    def show_run(self, curve: Curve, path: tuple[float, ...], taken: int) -> None:
        """Show ``curve`` and a ``path`` along it, of which the first steps are ``taken``."""
        self._curve, self._path, self._taken = curve, path, taken
        x = path[taken]
        self.setAccessibleDescription(
            f"Step {taken} of {len(path) - 1}: x = {short(x)}, C = {short(curve.value(x))}, "
            f"slope {short(curve.slope(x))}; {taken + 1} tangent{'s' * (taken > 0)}"
        )
        if not self._dragged:
            self._fit()
        self.update()

    def _fit(self) -> None:
        """Show all places visited, but for those that are beyond all bounds."""
        if self._curve is None:
            return
        near = [x for x in self._path[: self._taken + 1] if abs(x) <= FAR]
        farthest = max(abs(x) for x in near) / _OUT
        highest = max(self._curve.value(x) for x in near) / _HIGH
        wanted = log2(max(farthest, max(highest, 1e-9) ** 0.5))
        zoom = 2.0 ** max(0, ceil(wanted * _ZOOMS - 1e-9) / _ZOOMS)
        self.set_view(-_OUT * zoom, _OUT * zoom, _LOW * zoom**2, _HIGH * zoom**2)  # a parabola keeps its shape

    # The hand

    def _start_at(self, place: QPointF) -> float | None:
        """Return the start at a place in the widget; None where none can be."""
        area, x = self.area(), self.from_widget(place)[0]
        return x if area.left() <= place.x() <= area.right() and abs(x) <= self._farthest else None

    def _hand(self, event: QMouseEvent) -> None:
        start = self._start_at(event.position())
        if start is not None:
            self.placed.emit(start, self.from_widget(event.position())[1])
            return
        limit = number(self._farthest, 0)
        sentence = f"x can begin from {number(-self._farthest, 0)} to {limit}, in the graph; nothing was moved."
        QToolTip.showText(event.globalPosition().toPoint(), sentence, self)
        announce(self, sentence)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the start there, or tell why not."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = True
            self._hand(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the start along; without a button down, show whether there can be one."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hand(event)
        else:
            shapes = Qt.CursorShape
            outside = self._start_at(event.position()) is None
            self.setCursor(shapes.ForbiddenCursor if outside else shapes.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go, and show all of the path."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = False
            self._fit()

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, curve, path and tangents."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            if self._curve is None:
                return
            palette, area, curve = self.palette(), self.area(), self._curve
            painter.setClipRect(area)
            left, right, _, _ = self.view
            if right > self._farthest:
                first, last = self.to_widget(-self._farthest, 0).x(), self.to_widget(self._farthest, 0).x()
                outside = palette.color(QPalette.ColorRole.AlternateBase)
                painter.fillRect(QRectF(area.topLeft(), QPointF(first, area.bottom())), outside)
                painter.fillRect(QRectF(QPointF(last, area.top()), area.bottomRight()), outside)
            self._paint_tangents(painter, palette, curve)
            xs = np.linspace(left, right, 241)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawPolyline(QPolygonF(self.points(xs, curve.value(xs))))
            self._paint_path(painter, palette, curve)

    def _scale(self) -> tuple[float, float]:
        """Return how many pixels one unit of x and one of C take."""
        left, right, low, high = self.view
        return self.area().width() / (right - left), self.area().height() / (high - low)

    def _in_view(self, x: float, y: float) -> bool:
        left, right, low, high = self.view
        return left <= x <= right and low <= y <= high

    def _paint_tangents(self, painter: QPainter, palette: QPalette, curve: Curve) -> None:
        (across, up), reach = self._scale(), hypot(self.area().width(), self.area().height())
        strong = series(1, palette)
        pale = QColor(strong)
        pale.setAlphaF(_FAINT)
        gone = [*self._path[: min(self._taken, _MOST)], self._path[self._taken]]
        heights = [curve.value(x) for x in gone]
        for i, (x, y, place) in enumerate(zip(gone, heights, self.points(gone, heights), strict=True), 1):
            if not self._in_view(x, y):
                continue
            along = QPointF(across, -curve.slope(x) * up)
            along *= reach / hypot(along.x(), along.y())
            painter.setPen(QPen(strong, 2) if i == len(gone) else QPen(pale, 1))
            painter.drawLine(place - along, place + along)

    def _paint_path(self, painter: QPainter, palette: QPalette, curve: Curve) -> None:
        xs, now = np.array(self._path[:_MOST]), self._path[self._taken]
        places = self.points(xs, curve.value(xs))
        gone, ahead = places[: self._taken + 1], places[self._taken :]
        paper, pale = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Dark)
        accent, contrast = palette.color(QPalette.ColorRole.Highlight), series(1, palette)
        painter.setPen(QPen(pale, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(ahead))
        painter.setBrush(paper)
        for place in ahead[1:]:
            painter.drawEllipse(place, 2.5, 2.5)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(gone))
        painter.setPen(QPen(paper, 1))
        painter.setBrush(accent)
        for place in gone:
            painter.drawEllipse(place, 4, 4)
        ball = self.to_widget(now, curve.value(now))
        if self._taken + 1 < len(self._path):
            self._paint_step(painter, curve, now, ball)
        painter.setPen(QPen(paper, 1.5))
        painter.setBrush(contrast)
        painter.drawEllipse(ball, 7, 7)

    def _paint_step(self, painter: QPainter, curve: Curve, now: float, ball: QPointF) -> None:
        """Paint the next step: down the tangent, and from where that leads to the curve."""
        (across, up), there = self._scale(), self._path[self._taken + 1]
        end = ball + QPointF((there - now) * across, -curve.slope(now) * (there - now) * up)
        if not self._in_view(now, curve.value(now)) or hypot(end.x(), end.y()) > _PIXELS:
            return
        pen = QPen(self.palette().color(QPalette.ColorRole.Text), 1.5, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(end, QPointF(end.x(), self.to_widget(there, curve.value(there)).y()))
        arrow(painter, ball, end, series(1, self.palette()), 3)
