"""Digits as a cloud of points, and the drawing among them: ``CloudView``."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QWidget

from digitpad.data.dataset import Dataset
from digitpad.gui.inside.map.labels import paint_card, paint_name
from digitpad.gui.inside.map.points import points_image
from digitpad.gui.inside.map.trail import Trail, paint_trail
from digitpad.gui.inside.map.view_of_plane import Places, ViewOfPlane, next_in
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.colours import Role, of_digits
from digitpad.gui.widgets.theme import grown
from digitpad.gui.words import a_digit
from digitpad.inside.names import Name

_MARGIN = 18  # pixels around all that is seen
_RADIUS, _FEW_RADIUS, _FEW = 1.4, 3.0, 1500  # pixels: of a point, and where there are no more than so many
_WITHIN = 12.0  # pixels from the pointer that a point may be
_EDGE = 10.0  # pixels: no nearer to it is the drawing shown, where all is seen
_WAY_MS = 350  # from one place of every point to the next
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LARGER = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}


class CloudView(QWidget):
    """Shows digits where a map has them, their labels by colour and by a digit on each large island.

    The wheel comes nearer, dragging moves, Home or a double click shows all again; a click or the arrow keys choose a
    digit, Return puts it on the canvas. Signals: ``chosen(index)`` with the one chosen or None; ``picked(index)``;
    ``drawing_moved()`` when the drawing may be elsewhere on the screen.
    """

    chosen = Signal(object)
    picked = Signal(int)
    drawing_moved = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("cloud")
        self.setAccessibleName("Map of digits")
        self.setAccessibleDescription(
            "Every point is a digit, and digits alike to the network lie together. Arrow keys go from point to point, "
            "Return puts one on the canvas, plus and minus change the size, Home shows all again."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.digits: Dataset | None = None
        self.current: int | None = None  # the digit chosen
        self.words = ""  # in place of digits where there are none
        self._places: Places = np.empty((0, 2))
        self._before: Places = self._places  # where they were, on the way
        self._names: Sequence[Name] = ()
        self._view = ViewOfPlane()
        self._trail = Trail()  # of the drawing
        self._hovered: int | None = None
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._painted: tuple[object, QImage] | None = None
        self._way = QVariantAnimation(self, duration=_WAY_MS, startValue=0.0, endValue=1.0)
        self._way.valueChanged.connect(lambda _: self.update())

    # What is shown

    def show_cloud(
        self, digits: Dataset | None, places: Places, names: Sequence[Name], words: str = "", *, stretched: bool = False
    ) -> None:
        """Show ``digits`` at ``places`` (n, 2), from where the same ones were before; ``words`` if there are none.

        The ``names`` of the labels are written on them.

        Where distances mean nothing they are ``stretched`` to the room there is.
        """
        if places is self._places and digits is self.digits and words == self.words:
            return
        same = digits is self.digits and digits is not None
        moves = same and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
        if places is not self._places:
            self._painted = None
            before = self._view.to_screen(self._shown_places(), self._area)
            self._places = places
            self._view.fit(places, stretched=stretched)
            self._before = self._view.from_screen(before, self._area) if moves and self.isVisible() else places
            self._trail.go(None, ())
            self._way.stop()
            if self._before is not places:
                self._way.start()
        if not same:
            self.digits = digits
            self._view.reset()
            self._hovered = None
            self.choose(None)
        self.words = words
        self._names = names
        self.update()

    def show_drawing(self, place: Places | None, nearest: Sequence[int] = ()) -> None:
        """Show the drawing at ``place`` (2,), with the way it came; None where nothing is drawn.

        A thread leads to each of the digits that are ``nearest`` to it, wherever these lie.
        """
        self._trail.go(place, nearest)
        self._show_moved()

    def choose(self, index: int | None) -> None:
        """Choose a digit, or none."""
        if index != self.current:
            self.current = index
            self.chosen.emit(index)
            if index is not None:
                announce(self, self.told(index))
            self.update()

    def told(self, index: int) -> str:
        """Return in words which digit this is."""
        assert self.digits is not None
        return f"{a_digit(int(self.digits.labels[index]))}, digit {index + 1:,} of {len(self.digits):,}"

    def place_on_screen(self, index: int) -> QPointF:
        """Return where a digit is, in the widget's pixels."""
        x, y = self._view.to_screen(self._shown_places()[index], self._area)
        return QPointF(x, y)

    @property
    def drawing_on_screen(self) -> QPointF | None:
        """Where the drawing is, in the widget's pixels."""
        place = self._trail.place
        return None if place is None else QPointF(*self._view.to_screen(place, self._area))

    @property
    def whole(self) -> bool:
        """Whether all is seen."""
        return self._view.whole

    @property
    def moving(self) -> bool:
        """Whether points are on their way."""
        return self._way.state() is QVariantAnimation.State.Running

    def rest(self) -> None:
        """End the way of all points at once."""
        self._way.stop()
        self._before = self._places
        self.update()

    def _show_moved(self) -> None:
        self.update()
        self.drawing_moved.emit()

    def _shown_places(self) -> Places:
        if not self.moving:
            return self._places
        share = self._way.currentValue()
        share = share * share * (3 - 2 * share)  # slowly at both ends
        return np.asarray(self._before + share * (self._places - self._before))

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def sizeHint(self) -> QSize:
        """Return a size at which islands can be told apart."""
        return QSize(grown(420), grown(300))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(grown(200), grown(180))

    # The person

    def _near(self, at: QPointF) -> int | None:
        """Return the digit next to a place on the screen, if one is near."""
        if self.digits is None or not len(self.digits):
            return None
        away = np.hypot(*(self._view.to_screen(self._shown_places(), self._area) - [at.x(), at.y()]).T)
        index = int(away.argmin())
        return index if away[index] <= _WITHIN else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is seen while the button is down; else tell of the digit under the pointer."""
        at = event.position()
        if self._dragged is not None and self._pressed is not None:
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far or self._dragged != self._pressed:
                self._view.move(at - self._dragged)
                self._dragged = at
                self._hovered = None
        else:
            self._hovered = self._near(at)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the digit that was clicked, or none."""
        clicked = self._pressed is not None and self._dragged == self._pressed
        self._pressed = self._dragged = None
        self._show_moved()
        if clicked and event.button() is Qt.MouseButton.LeftButton:
            self.choose(self._near(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        self._view.reset()
        self._show_moved()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of none any more."""
        self._hovered = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer to what is under the pointer, or go further away."""
        self._view.come_nearer(1.0015 ** event.angleDelta().y(), event.position(), self._area)
        self._show_moved()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next digit in a direction, put one on the canvas, change the size, or show all again."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS and self.digits is not None and len(self.digits):
            self.choose(self._next(_DIRECTIONS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.picked.emit(self.current)
        elif key in _LARGER:
            middle = self._area.center() if self.current is None else self.place_on_screen(self.current)
            self._view.come_nearer(_LARGER[key], middle, self._area)
        elif key is Qt.Key.Key_Home:
            self._view.reset()
        else:
            super().keyPressEvent(event)
        self._show_moved()

    def _next(self, direction: tuple[int, int]) -> int:
        """Return the digit that is next in a direction: none is passed by that is nearer and less to the side."""
        places = self._view.to_screen(self._shown_places(), self._area)
        at = self.drawing_on_screen or self._area.center()
        start = places[self.current] if self.current is not None else np.array([at.x(), at.y()])
        return next_in(places, start, direction, self.current)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the points, kept as one image, and over them what moves."""
        palette = self.palette()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), palette.color(Role.Base))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.digits is None or not len(self.digits):
                painter.setPen(palette.color(Role.PlaceholderText))
                painter.drawText(self._area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
                return
            painter.drawImage(0, 0, self._points())
            places = self._shown_places()
            for label, digit in self._names:
                middle = QPointF(*self._view.to_screen(places[digit], self._area))
                paint_name(painter, palette, middle, str(label))
            self._paint_drawing(painter)
            for index, wide in ((self.current, 2.5), (self._hovered, 1.5)):
                if index is not None:
                    painter.setPen(QPen(palette.color(Role.Text), wide))
                    painter.setBrush(of_digits(palette)[int(self.digits.labels[index])])
                    painter.drawEllipse(self.place_on_screen(index), 5.5, 5.5)
            if self._hovered is not None:
                at = self.place_on_screen(self._hovered)
                paint_card(painter, palette, self.size(), at, self.digits, self._hovered)

    def _points(self) -> QImage:
        """Return the image of all points, sharp on this screen; the one kept while nothing of it changes."""
        assert self.digits is not None
        ratio, places = self.devicePixelRatioF(), self._shown_places()
        on_screen = self._view.to_screen(places, self._area)
        base = self.palette().color(Role.Base).name()
        key = (base, ratio, self.size(), on_screen[:1].tobytes(), on_screen[-1:].tobytes())
        if self._painted is None or self._painted[0] != key or self.moving:
            size = round(self.width() * ratio), round(self.height() * ratio)
            radius = ratio * (_RADIUS if len(places) > _FEW else _FEW_RADIUS)
            image = points_image(on_screen * ratio, self.digits.labels, of_digits(self.palette()), radius, size)
            image.setDevicePixelRatio(ratio)
            self._painted = key, image
        return self._painted[1]

    def _paint_drawing(self, painter: QPainter) -> None:
        """Paint where the drawing is, and the way it came."""
        if self._trail.place is None:
            return
        ends = [self.place_on_screen(index) for index in self._trail.nearest]
        within = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE) if self.whole else None
        paint_trail(painter, self.palette(), self._view.to_screen(self._trail.way, self._area), ends, within)
