"""Accuracy against eta, painted, with points to choose among: ``SweepGraph``."""

from math import sqrt

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF

from digitpad.gui.train.sweep_words import percent, shown
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.colours import Role, series
from digitpad.gui.widgets.formula import ETA
from digitpad.gui.widgets.graph import Graph
from digitpad.gui.words import counted
from digitpad.train.sweep import Swept

_HEIGHT = 150  # pixels, at least
_STEP = sqrt(10)  # from one eta to the next, nearly
_POINT, _RING = 4.0, 8.0  # pixels: radii
_LINES = 3  # beside that before learning
_EARLIER = 0.45  # opacity of the lines of earlier epochs


class SweepGraph(Graph):
    """A line of points after the last epoch, and pale lines of some before it.

    One eta is marked, by the mouse or the arrow keys.

    Signals: ``marked()`` when another eta is; ``chosen(eta)`` by a click, Return or Space.
    """

    marked = Signal()
    chosen = Signal(float)

    def __init__(self, swept: Swept, present: float) -> None:
        """Show what is ``swept``, which ``refresh`` looks at anew; ``present`` is the eta that is chosen so far."""
        super().__init__("Accuracy against the learning rate", ETA, "%", _HEIGHT, logarithmic=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Click a point, or mark one by the arrow keys and press Return, to have its η in the form")
        self._swept, self._etas = swept, list(swept.accuracies)
        self.current, self.present = present, present
        ticks = [(eta, shown(eta)) for eta in self._etas]
        left, right = self._etas[0] / sqrt(_STEP), self._etas[-1] * _STEP  # where there is room for the axis's name
        self.set_view(left, right, 0, 100, x_ticks=ticks)
        self.refresh()

    def refresh(self) -> None:
        """Show what has been found since."""
        accuracies = self._swept.after(self._swept.epochs) if self._swept.epochs else {}
        told = "; ".join(f"{shown(eta)}: {percent(accuracy)}" for eta, accuracy in accuracies.items())
        after = f"After {counted(self._swept.epochs, 'epoch')}: {told}" if told else "Nothing yet"
        self.setAccessibleDescription(f"{after}. Marked: {shown(self.current)}")
        self.update()

    def show_present(self, eta: float) -> None:
        """Show that ``eta`` is chosen."""
        self.present = eta
        self.update()

    def place_of(self, eta: float) -> QPointF:
        """Return where the last point of ``eta`` is, in the widget; on the axis before there is one."""
        found = self._swept.accuracies[eta]
        return self.to_widget(eta, 100 * (found[-1] or 0.0) if found else 0.0)

    # The hand

    def _mark(self, eta: float) -> None:
        if eta != self.current:
            self.current = eta
            self.refresh()
            self.marked.emit()

    def _eta_at(self, place: QPointF) -> float:
        """Return the eta that is nearest to the ``place``."""
        return min(self._etas, key=lambda eta: abs(self.to_widget(eta, 0).x() - place.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what is under the mouse."""
        self._mark(self._eta_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._mark(self._eta_at(event.position()))
            self.chosen.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark another eta, or choose the one that is marked."""
        place, last = self._etas.index(self.current), len(self._etas) - 1
        there = {
            Qt.Key.Key_Left: max(place - 1, 0),
            Qt.Key.Key_Right: min(place + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if there is not None:
            self._mark(self._etas[there])
            announce(self, self.accessibleDescription())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark what is chosen again."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._mark(self.present)

    # Paint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, what is marked, what is chosen, and the points."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_axes(painter)
            palette, area = self.palette(), self.area()
            for eta, pen in (
                (self.present, QPen(palette.color(Role.Dark), 1.5, Qt.PenStyle.DashLine)),
                (self.current, QPen(palette.color(Role.Text), 1.5)),
            ):
                x = self.to_widget(eta, 0).x()
                painter.setPen(pen)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            epochs = self._swept.epochs
            for epoch in sorted({part * epochs // _LINES for part in range(_LINES + 1)}):
                self._paint_epoch(painter, palette, epoch, last=epoch == epochs)

    def _paint_epoch(self, painter: QPainter, palette: QPalette, epoch: int, *, last: bool) -> None:
        found = self._swept.after(epoch)
        if not found:
            return
        places = self.points(list(found), [100 * (accuracy or 0.0) for accuracy in found.values()])
        colour = series(0, palette)
        if not last:
            colour.setAlphaF(_EARLIER)
        painter.setPen(QPen(colour, 2.5 if last else 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        if not last:
            return
        painter.setPen(QPen(palette.color(Role.Base), 1.5))
        for (eta, accuracy), place in zip(found.items(), places, strict=True):
            painter.setBrush(colour if accuracy is not None else palette.color(Role.BrightText))
            painter.drawEllipse(place, _POINT + 1, _POINT + 1)
            if eta == self._swept.best:
                painter.save()
                painter.setPen(QPen(QColor(palette.color(Role.Text)), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place, _RING, _RING)
                painter.restore()
