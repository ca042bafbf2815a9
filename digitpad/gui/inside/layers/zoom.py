"""``Zoom``: what is shown grows out of a part of what was shown before, and goes back into it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEasingCurve, QEvent, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.gui.widgets.motion import may_move

_MOVES_MS = 280
_TIMES = 5.0  # that what is around the part grows meanwhile


class Zoom(QWidget):
    """Holds several widgets, of which one is shown, and moves from one state to the next.

    Signal: ``arrived()`` after each change, when nothing moves any more.
    """

    arrived = Signal()

    def __init__(self, *parts: QWidget) -> None:
        """Show the first of ``parts``."""
        super().__init__()
        self._parts, self._part = parts, parts[0]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            rows.addWidget(part)
            part.setVisible(part is self._part)
        self._moving = _Moving(self)
        self._moving.arrived.connect(self.arrived)

    @property
    def part(self) -> QWidget:
        """The one that is shown, or moved to."""
        return self._part

    def show_part(self, part: QWidget) -> None:
        """Show one of the parts, without a way to it."""
        self._part = part
        for one in self._parts:
            one.setVisible(one is part)  # what is hidden takes no room

    def go(self, change: Callable[[], object], place: QRectF, *, inward: bool) -> None:
        """Show what is there after ``change``, which grows out of ``place``, or goes back into it, both of this widget.

        Where nothing may move it is there at once.
        """
        self._moving.end()
        moves = self.isVisible() and may_move(self)
        before = self.grab() if moves else QPixmap()
        change()
        if moves:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # or it would come out of its place
            self._moving.begin(before, self.grab(), place, inward)
        else:
            self.arrived.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cover all of it with what moves."""
        super().resizeEvent(event)
        self._moving.setGeometry(self.rect())

    def hideEvent(self, event: QHideEvent) -> None:
        """Move nothing that nobody sees."""
        super().hideEvent(event)
        self._moving.end()


class _Moving(QWidget):
    """Lies over everything while it moves."""

    arrived = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._outer, self._inner, self._place, self._inward = QPixmap(), QPixmap(), QRectF(), True
        self._way = QVariantAnimation(self, duration=_MOVES_MS)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._way.valueChanged.connect(lambda _: self.update())
        self._way.finished.connect(self.end)

    def begin(self, before: QPixmap, after: QPixmap, place: QRectF, inward: bool) -> None:
        self._outer, self._inner = (before, after) if inward else (after, before)
        self._place, self._inward = place, inward
        self.raise_()
        self.show()
        self._way.start()

    def end(self) -> None:
        if not self.isHidden():
            self.hide()
            self._way.stop()
            self._outer = self._inner = QPixmap()
            self.arrived.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole around the part, the larger and fainter the farther the way in, and the part in it."""
        passed = float(self._way.currentValue())
        share = passed if self._inward else 1 - passed
        whole, place = QRectF(self.rect()), self._place
        inner = QRectF(
            place.x() * (1 - share), place.y() * (1 - share),
            place.width() + share * (whole.width() - place.width()),
            place.height() + share * (whole.height() - place.height()),
        )  # fmt: skip
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(whole, self.palette().window())
            painter.save()
            painter.setOpacity(1 - share)
            painter.translate(place.center())
            painter.scale(1 + _TIMES * share, 1 + _TIMES * share)
            painter.translate(-place.center())
            painter.drawPixmap(whole, self._outer, QRectF(self._outer.rect()))
            painter.restore()
            painter.setOpacity(share)
            painter.drawPixmap(inner, self._inner, QRectF(self._inner.rect()))
