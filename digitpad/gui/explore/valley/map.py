"""``ValleyMap``: a valley from above, with the ball, its path, and its next step or a move that can be turned."""

from math import hypot
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QMarginsF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF

from digitpad.explore.valley import Surface, contours, smooth
from digitpad.gui.explore.plane import coloured
from digitpad.gui.widgets.arrow import arrow
from digitpad.gui.widgets.colours import mixed
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import Graph, short
from digitpad.nn.neurons import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

OUT = 3.0  # both variables are shown from the negative of this to it
_FINE = 128  # pixels of the image of the heights
_GRID = 64  # points a side, between which the contours are found
_LEVELS = 12
_FEW, _PARTS = 120, 4  # contours of fewer pieces are small: each piece is cut into these, to be round
_GRIP = 14.0  # pixels from its circle within which a press takes hold of the move


class ValleyMap(Graph):
    """The valley from above: colour and contours, the ball, its path and its next step.

    With ``show_turn`` it shows a move that can be turned instead, the circle of all that are as long, and the steepest.
    Signal: ``turned(v1, v2)`` while a hand turns the move, by the direction from the ball to the hand.
    """

    turned = Signal(float, float)

    def __init__(self) -> None:
        """Start without a valley."""
        super().__init__("Valley from above: press to put the ball somewhere", "v₁", "v₂", 260)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.margins = QMarginsF(26, 26, 26, 26)
        numbers = [(value, number(value, 0)) for value in (-2, 0, 2)]
        self.set_view(-OUT, OUT, -OUT, OUT, x_ticks=numbers, y_ticks=numbers)
        self._heights: NDArray[np.float64] | None = None
        self._contours: list[Floats] = []
        self._ground: QPixmap | None = None
        self._turning = False
        self._steepest: Floats | None = None  # the move against the gradient, beside one that is turned
        self._path: Floats = np.zeros((1, 2))
        self._change: Floats = np.zeros(2)

    def area(self) -> QRectF:
        """Return the largest square there is room for, in the middle."""
        room = super().area()
        side = min(room.width(), room.height())
        return QRectF(room.center().x() - side / 2, room.center().y() - side / 2, side, side)

    def show_surface(self, surface: Surface) -> None:
        """Show this valley."""
        fine = (np.arange(_FINE) + 0.5) / _FINE * 2 * OUT - OUT
        heights = surface.value(np.stack(np.meshgrid(fine, fine[::-1]), axis=-1))
        coarse = np.linspace(-OUT, OUT, _GRID)
        values = surface.value(np.stack(np.meshgrid(coarse, coarse[::-1]), axis=-1))
        low, high = float(heights.min()), float(np.quantile(heights, 0.95))
        share = (heights - low) / (high - low)
        self._heights = np.sqrt(share, dtype=np.float64)  # the root tells heights near the bottom apart
        spread = (np.arange(_LEVELS * 2) + 0.5) / _LEVELS  # of the root, too; beyond 1 for the corners
        levels = (low + (high - low) * spread**2).tolist()
        self._contours = []
        for level, pieces in zip(levels, contours(values, levels), strict=True):
            places = (pieces / (_GRID - 1) * 2 - 1) * (OUT, -OUT)  # rows go down
            parts = _PARTS if len(pieces) < _FEW else 1
            self._contours.append((smooth(surface, places, level, parts) * (1, -1) / OUT + 1) / 2)
        self._ground = None
        self.update()

    def show_path(self, path: Floats, change: Floats) -> None:
        """Show the ball at the end of ``path`` (n, 2), and ``change`` (2,), where its next step would lead it."""
        self._path, self._change, self._steepest = path, change, None
        (v1, v2), (d1, d2) = path[-1].tolist(), change.tolist()
        self.setAccessibleDescription(
            f"After {len(path) - 1} steps the ball is at v1 = {short(v1)}, v2 = {short(v2)}; "
            f"its next step changes them by {short(d1)} and {short(d2)}"
        )
        self.update()

    def show_turn(self, v: Floats, change: Floats, steepest: Floats) -> None:
        """Show the ball at ``v`` (2,), the move ``change`` (2,), and the ``steepest`` (2,), which is as long."""
        self._path, self._change, self._steepest = v[None], change, steepest
        (d1, d2), (s1, s2) = change.tolist(), steepest.tolist()
        self.setAccessibleDescription(
            f"The move changes v1 by {short(d1)} and v2 by {short(d2)}; against the gradient it would be by "
            f"{short(s1)} and {short(s2)}"
        )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the move at its circle, where there is one, or put the ball there."""
        if event.button() == Qt.MouseButton.LeftButton and self._steepest is not None:
            way = event.position() - self.to_widget(*self._path[-1].tolist())
            self._turning = abs(hypot(way.x(), way.y()) - self._radius()) < _GRIP
        self._hand(event, event.button())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the move, or take the ball along."""
        self._hand(event, event.buttons())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._turning = False

    def _hand(self, event: QMouseEvent, buttons: Qt.MouseButton) -> None:
        if not buttons & Qt.MouseButton.LeftButton:
            return
        if self._turning:
            way = event.position() - self.to_widget(*self._path[-1].tolist())
            self.turned.emit(way.x(), -way.y())
        else:
            self.placed.emit(*self.from_widget(event.position()))

    def _radius(self) -> float:
        """Return how long the move is, in pixels."""
        return float(np.hypot(*self._change)) / (2 * OUT) * self.area().width()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._ground = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the valley, the path and the ball."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area, ratio = self.area(), self.devicePixelRatioF()
            self.paint_axes(painter)
            if self._heights is not None:
                side = max(1, round(area.width() * ratio))
                if self._ground is None or self._ground.width() != side:
                    self._ground = self._paint_ground(side)
                    self._ground.setDevicePixelRatio(ratio)
                painter.drawPixmap(area.topLeft(), self._ground)
            painter.setClipRect(area)
            self._paint_path(painter)

    def _paint_ground(self, side: int) -> QPixmap:
        """Return colours and contours, painted once and kept: they are the same wherever the ball is."""
        assert self._heights is not None
        palette = self.palette()
        low, high = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
        ground = QPixmap(side, side)
        with QPainter(ground) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, side, side), coloured(self._heights, low, mixed(low, high, 0.55)))
            line = mixed(mixed(low, high, 0.55), palette.color(QPalette.ColorRole.Text), 0.35)
            painter.setPen(QPen(line, self.devicePixelRatioF()))
            for pieces in self._contours:
                ends = np.concatenate([pieces[:, :-1], pieces[:, 1:]], axis=-1).reshape(-1, 4) * side
                painter.drawLines([QLineF(*both) for both in ends.tolist()])
        return ground

    def _paint_path(self, painter: QPainter) -> None:
        palette = self.palette()
        paper, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        contrast = palette.color(QPalette.ColorRole.BrightText)
        *places, tip = self.points(*np.vstack([self._path, self._path[-1] + self._change]).T)
        painter.setPen(QPen(text, 2))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(paper, 1.5))
        painter.setBrush(text)
        for place in places[:-1]:
            painter.drawEllipse(place, 4.5, 4.5)
        if self._steepest is not None:
            painter.setPen(QPen(text, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(places[-1], self._radius(), self._radius())
            arrow(painter, places[-1], self.to_widget(*(self._path[-1] + self._steepest).tolist()), text, 2)
        arrow(painter, places[-1], tip, contrast, 3)
        painter.setPen(QPen(paper, 2))
        painter.setBrush(contrast)
        size = 9 if self._steepest is None else 5
        painter.drawEllipse(places[-1], size, size)
