"""``PolarView``: gradients around the true one, by the angle between them and by their length."""

from collections.abc import Sequence
from math import cos, hypot, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.explore.minibatches import Estimate
from digitpad.gui.widgets.arrow import arrow
from digitpad.gui.widgets.colours import mixed, series
from digitpad.gui.widgets.theme import SMALL, font, grow, grown

_RINGS = (0.5, 1.0, 2.0, 5.0)  # lengths marked in the picture
_PALE = 0.45  # of the colour of the tips, the rest is paper
_ROOMY = 130  # pixels of radius from which there is room for all their numbers


class PolarView(QWidget):
    """Gradients as arrows around the true one: the angle between them, and how many times as long they are.

    The length is painted as r / (1 + r), so that the true gradient, of length 1, reaches half-way to the rim however
    long others are. Signal: ``picked(i)`` when a hand presses near the tip of an arrow.
    """

    picked = Signal(int)

    def __init__(self, near: float) -> None:
        """Start with the true gradient alone; angles up to ``near`` degrees are shaded."""
        super().__init__()
        self._near = near
        self.setMinimumWidth(260)
        grow(self, minimumHeight=190)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._estimates: Sequence[Estimate] = ()
        self._shown = 0
        self._mean: Estimate | None = None
        self.setAccessibleDescription(
            "An arrow for each estimate: its angle to the true gradient, and its length beside that"
        )
        self._describe()

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return self.minimumSize()

    def show_estimates(self, estimates: Sequence[Estimate], shown: int, mean: Estimate | None) -> None:
        """Show these, the one that is ``shown`` in front, and their ``mean`` where it is given."""
        self._estimates, self._shown, self._mean = estimates, shown, mean
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = "The true gradient"
        if self._estimates:
            angle, ratio = self._estimates[self._shown]
            words = f"Draw {self._shown + 1}: {angle:.0f}° from the true gradient, {ratio:.2f} times as long"
        if self._mean:
            words += f"; the mean of all: {self._mean.angle:.0f}°, {self._mean.ratio:.2f} times"
        self.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be no higher than a half disc of this width."""
        super().resizeEvent(event)
        self.setMaximumHeight(max((self.width() - grown(84)) // 2 + grown(50), self.minimumHeight()))

    def _middle(self) -> tuple[QPointF, float]:
        radius = max(min((self.width() - grown(84)) / 2, self.height() - grown(50)), 20)
        return QPointF(self.width() / 2, (self.height() + radius - grown(6)) / 2), radius

    def to_widget(self, angle: float, ratio: float) -> QPointF:
        """Return where the tip of an arrow lies."""
        middle, radius = self._middle()
        reach = radius * ratio / (1 + ratio)
        return middle + QPointF(reach * cos(radians(angle)), -reach * sin(radians(angle)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the nearest arrow."""
        if event.button() != Qt.MouseButton.LeftButton or not self._estimates:
            return
        offsets = [self.to_widget(*estimate) - event.position() for estimate in self._estimates]
        self.picked.emit(min(range(len(offsets)), key=lambda i: hypot(offsets[i].x(), offsets[i].y())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the half disc, the arrows and the true gradient."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            middle, radius = self._middle()
            self._paint_disc(painter, middle, radius)
            # Not a colour one can see through, which takes nine times as long to paint.
            painter.setPen(QPen(mixed(palette.color(QPalette.ColorRole.Base), series(0, palette), _PALE), 1))
            tips = [self.to_widget(*estimate) for estimate in self._estimates]
            for tip in tips:
                painter.drawLine(middle, tip)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(series(0, palette))
            for tip in tips:
                painter.drawEllipse(tip, 2.5, 2.5)
            arrow(painter, middle, self.to_widget(0, 1), palette.color(QPalette.ColorRole.Text), 3)
            if tips:
                arrow(painter, middle, tips[self._shown], palette.color(QPalette.ColorRole.BrightText), 2.5)
            if self._mean:
                self._paint_mean(painter, middle, self.to_widget(*self._mean))

    def _paint_mean(self, painter: QPainter, middle: QPointF, tip: QPointF) -> None:
        arrow(painter, middle, tip, series(2, self.palette()), 3)
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(series(2, self.palette()))
        painter.drawText(tip + QPointF(8, -4), "mean")

    def _paint_disc(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        palette = self.palette()
        quiet, line = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Mid)
        around = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawPie(around, 0, 180 * 16)
        painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
        painter.drawPie(around, 0, round(self._near * 16))
        painter.setFont(font(SMALL))
        centre = Qt.AlignmentFlag.AlignCenter
        for degrees in range(0, 181, 30):
            painter.setPen(QPen(line, 1))
            rim = middle + QPointF(cos(radians(degrees)), -sin(radians(degrees))) * radius
            painter.drawLine(middle, rim)
            label = middle + QPointF(
                (radius + grown(20)) * cos(radians(degrees)), -(radius + grown(12)) * sin(radians(degrees))
            )
            painter.setPen(quiet)
            painter.drawText(
                QRectF(label.x() - grown(22), label.y() - grown(9), grown(44), grown(18)), centre, f"{degrees}°"
            )
        for ratio in (*_RINGS, None):
            reach = radius if ratio is None else radius * ratio / (1 + ratio)
            painter.setPen(QPen(quiet if ratio == 1 else line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawArc(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach), 0, 180 * 16)
            if ratio == 1 or (ratio is not None and radius >= grown(_ROOMY)):
                painter.setPen(quiet)
                painter.drawText(
                    QRectF(middle.x() + reach - grown(20), middle.y() + 4, grown(40), grown(16)), centre, f"{ratio:g}×"
                )
