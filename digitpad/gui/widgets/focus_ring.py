"""``FocusRing``: shows which widget has the focus, the same for all of them."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from shiboken6 import isValid

from digitpad.gui.widgets.colours import Role
from digitpad.gui.widgets.style_sheet import RADIUS

_RING, _CLEAR = 2.0, 1.5  # pixels: its width, and that of the gap inside, which sets it off from what has its colour
_AROUND = 4  # pixels around words, which begin at the edge of their widget: ring and gap
_MOVED = QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest


@runtime_checkable
class Placed(Protocol):
    """A widget that knows better than its edges where the ring goes."""

    def focus_place(self) -> QRect:
        """Return the place, in the widget's pixels."""


class FocusRing(QObject):
    """Puts a ring with a gap on the widget of ``app`` that has the focus, whatever kind it is.

    It lies on the widget and inside its edges, so that it is seen wherever the widget is, and nothing moves; around
    words alone it lies outside, where it covers none of them.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        """Follow the focus from now on."""
        super().__init__(parent)
        self._ring: _Ring | None = None
        # Those that Qt will delete in a moment, and tells of what moves until then: nobody else holds them, and Python
        # would take them apart before.
        self._leaving: list[_Ring] = []
        app.focusChanged.connect(self._move)

    def _move(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._leaving = [ring for ring in self._leaving if isValid(ring)]
        if self._ring is not None and isValid(self._ring):
            if self._ring.on is now:
                return
            self._ring.hide()
            self._ring.deleteLater()
            self._leaving.append(self._ring)
        self._ring = None
        if now is not None and _shows_focus(now):
            self._ring = _Ring(now)


def _shows_focus(widget: QWidget) -> bool:
    """Return whether the keyboard gets to ``widget``; a whole tab, or the list of a box, may hold the focus besides."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not widget.isWindow()
        and widget.window().windowType() is not Qt.WindowType.Popup
    )


def _place_on(widget: QWidget) -> QRect:
    """Return where the ring of ``widget`` goes, in the widget's pixels; that of words reaches beyond them."""
    if isinstance(widget, QTabBar):
        return widget.tabRect(widget.currentIndex())
    if isinstance(widget, QLabel):
        return widget.rect().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
    return widget.focus_place() if isinstance(widget, Placed) else widget.rect()


class _Ring(QWidget):
    """The ring on one widget; of tabs it is round the chosen one."""

    def __init__(self, on: QWidget) -> None:
        holder, followed = on, [on]
        if isinstance(on, QLabel):  # what holds it may end where it does, and would cut the ring off
            place = _place_on(on)
            while not holder.rect().contains(place) and not holder.isWindow() and (above := holder.parentWidget()):
                place.translate(holder.pos())
                holder = above
                followed.append(holder)
        super().__init__(holder)
        self.on, self._holder = on, holder
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        for widget in followed:
            widget.installEventFilter(self)
        if isinstance(on, QTabBar):
            on.currentChanged.connect(self._fit)
        self._fit()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where the widget is, and as large."""
        if event.type() in _MOVED and isValid(self.on):
            self._fit()
        return False

    def _fit(self) -> None:
        place = _place_on(self.on)
        place.moveTopLeft(self.on.mapTo(self._holder, place.topLeft()))
        self.setGeometry(place)
        # What is painted in the middle of the widget is no matter of the ring's.
        inner = QRect(0, 0, place.width(), place.height()).adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS)
        self.setMask(QRegion(self.rect()) - QRegion(inner))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring and the gap."""
        outer = QRectF(self.rect())
        rings = [outer.adjusted(by, by, -by, -by) for by in (0, _RING, _RING + _CLEAR)]
        paths = [QPainterPath() for _ in rings]
        for path, ring, radius in zip(paths, rings, (RADIUS, RADIUS - _RING, RADIUS - _RING - _CLEAR), strict=True):
            path.addRoundedRect(ring, radius, radius)
        palette = QApplication.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(paths[0] - paths[1], palette.color(Role.Highlight))
            painter.fillPath(paths[1] - paths[2], palette.color(Role.Base))
