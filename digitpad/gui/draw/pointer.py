"""Which of mouse, fingers and pens draws: one at a time, from where it is put down to where it is lifted."""

import math
import time
from enum import Enum, auto
from typing import NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEventPoint, QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent

_NEAR = 4.0  # pixels: systems round what they send a second time, as a mouse
_COPY_S = 0.5  # so long after a touch the same may still come as a mouse: no hand changes from one to the other as fast
_RESTING = 8.0  # pixels: a palm moves no further while it lies there
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Pad(Protocol):
    """What is drawn on. ``place`` is in its own pixels, ``pressure`` in [0, 1]."""

    def contains(self, place: QPointF) -> bool:
        """Whether a stroke may begin there."""

    def begin_stroke(self, place: QPointF, pressure: float, *, erase: bool) -> None:
        """Put the pen down, which is up."""

    def extend_stroke(self, place: QPointF, pressure: float) -> None:
        """Go on with the stroke under way."""

    def lift_pen(self) -> None:
        """End the stroke under way, if there is one, and keep it; ``let_go`` may come before all of it is known."""

    def cancel_stroke(self) -> None:
        """Forget the stroke under way, if there is one."""


class _Kind(Enum):
    MOUSE, FINGER, PEN = auto(), auto(), auto()


class _Source(NamedTuple):
    """A mouse, a pen, or one finger on a screen; ``device`` is the system's number for it."""

    kind: _Kind
    device: int
    finger: int = 0


class Pointer(QObject):
    """Turns events of mouse, touch and tablet into strokes on a pad.

    Whoever began a stroke goes on with it, and whatever else is pressed meanwhile draws nothing, until it is pressed
    anew when that stroke is over. But:

    - a pen that is put down takes the pad from a finger, which is the hand that holds it;
    - of two fingers the one that moves first draws: the other is a palm;
    - what the system sends a second time as a mouse, before or after, draws nothing.
    """

    def __init__(self, pad: Pad, parent: QObject) -> None:
        """Draw on ``pad``, which calls ``let_go`` whenever a stroke is over."""
        super().__init__(parent)
        self._pad = pad
        self._source: _Source | None = None  # who draws
        self._buttons = Qt.MouseButton.NoButton  # that were held when it began
        self._first = self._latest = QPointF()  # where it began, and where it is
        self._rested = True  # whether it has hardly moved since
        self._other: _Source | None = None  # a second finger that has not moved yet
        self._others_path: list[QPointF] = []
        self._pens_down: set[_Source] = set()
        self._felt: dict[_Source, tuple[QPointF, float]] = {}  # where pens and fingers were put down, and last heard of

    def let_go(self) -> None:
        """Know that the stroke is over; what is still pressed draws nothing until it is pressed anew."""
        if self._source and self._source.kind is _Kind.PEN:
            _application().removeEventFilter(self)
        self._source = self._other = None

    # The three kinds

    def mouse(self, event: QMouseEvent) -> None:
        """Draw with the left button, rub out with the right one."""
        source, place, button = _Source(_Kind.MOUSE, event.device().systemId()), event.position(), event.button()
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            free = self._source is None and not self._is_copy(place)
            release_was_lost = self._source == source and button == self._buttons
            if button in (_LEFT, _RIGHT) and (free or release_was_lost):
                self._begin(source, place, 1.0, erase=button == _RIGHT, buttons=button)
        elif source == self._source:
            if not event.buttons() & self._buttons:
                self._pad.lift_pen()  # also where the release went elsewhere
            elif event.type() == QEvent.Type.MouseMove:
                self._extend(place, 1.0)

    def tablet(self, event: QTabletEvent) -> None:
        """Draw with a pen's tip and its pressure; its other end and the button at its side rub out."""
        source, place = _Source(_Kind.PEN, event.device().systemId()), event.position()
        pressed, down = event.type() == QEvent.Type.TabletPress, _is_down(event, before=source in self._pens_down)
        put_down = down and (source not in self._pens_down or (pressed and event.button() == _LEFT))
        (self._pens_down.add if down else self._pens_down.discard)(source)
        self._feel(source, place, pressed=put_down or (pressed and not down))
        if source == self._source and not (pressed and event.button() & self._buttons):
            if not down:
                self._pad.lift_pen()
            elif event.type() == QEvent.Type.TabletMove:
                self._extend(place, _pressure(event))
        elif put_down and event.buttons() & (_LEFT | _RIGHT):
            if self._source and self._source.kind is _Kind.FINGER and self._pad.contains(place):
                self._pad.cancel_stroke()
            if self._source in (None, source):  # its own stroke, if its release was lost
                rubs = event.pointerType() == QPointingDevice.PointerType.Eraser or bool(event.buttons() & _RIGHT)
                self._begin(source, place, _pressure(event), erase=rubs, buttons=event.buttons())

    def touch(self, event: QTouchEvent) -> None:
        """Draw with one finger on a screen; two on a touch pad scroll."""
        device = event.device().systemId()
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return
        if event.type() == QEvent.Type.TouchCancel:
            if self._source and self._source[:2] == (_Kind.FINGER, device):
                self._pad.cancel_stroke()
            return
        for point in event.points():
            finger, place, state = _Source(_Kind.FINGER, device, point.id()), point.position(), point.state()
            self._feel(finger, place, pressed=state == QEventPoint.State.Pressed)
            if state == QEventPoint.State.Pressed:
                self._put_finger_down(finger, place)
            else:
                self._move_finger(finger, place)
            if state == QEventPoint.State.Released:
                self._lift_finger(finger)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Finish the stroke of a pen that is gone without a release; only the application itself is told."""
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self._pens_down.clear()
            self._pad.lift_pen()
        return False

    # Fingers

    def _put_finger_down(self, finger: _Source, place: QPointF) -> None:
        if self._source in (None, finger):  # its own stroke, if its release was lost
            self._begin(finger, place, 1.0)
        elif self._source.kind is _Kind.FINGER and self._rested and self._pad.contains(place):
            self._other, self._others_path = finger, [place]

    def _move_finger(self, finger: _Source, place: QPointF) -> None:
        if finger == self._source:
            self._extend(place, 1.0)
        elif finger == self._other:
            self._others_path.append(place)
            if _distance(place, self._others_path[0]) > _RESTING:
                first, *path = self._others_path
                self._pad.cancel_stroke()  # of the palm
                self._begin(finger, first, 1.0)
                for place_of_before in path:
                    self._extend(place_of_before, 1.0)

    def _lift_finger(self, finger: _Source) -> None:
        if finger == self._source:
            self._pad.lift_pen()
        elif finger == self._other:
            self._other = None

    # What is sent a second time as a mouse

    def _feel(self, source: _Source, place: QPointF, *, pressed: bool) -> None:
        """Remember where a pen or a finger was put down; a mouse that drew there was a copy of it."""
        now = time.monotonic()
        if pressed:
            self._felt[source] = place, now
            drawn_by_mouse = self._source is not None and self._source.kind is _Kind.MOUSE
            if drawn_by_mouse and min(_distance(place, self._first), _distance(place, self._latest)) <= _NEAR:
                self._pad.cancel_stroke()
        elif source in self._felt:
            self._felt[source] = self._felt[source][0], now

    def _is_copy(self, place: QPointF) -> bool:
        now = time.monotonic()
        self._felt = {source: felt for source, felt in self._felt.items() if now - felt[1] < _COPY_S}
        return any(_distance(place, there) <= _NEAR for there, _ in self._felt.values())

    # The stroke

    def _begin(
        self, source: _Source, place: QPointF, pressure: float, *, erase: bool = False,
        buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    ) -> None:  # fmt: skip
        self._pad.lift_pen()
        if not (_is_place(place) and self._pad.contains(place)):
            return
        self._source, self._buttons, self._rested = source, buttons, True
        self._first = self._latest = place
        if source.kind is _Kind.PEN:
            _application().installEventFilter(self)
        self._pad.begin_stroke(place, pressure, erase=erase)

    def _extend(self, place: QPointF, pressure: float) -> None:
        if not _is_place(place):
            return
        self._latest = place
        if self._rested and _distance(place, self._first) > _RESTING:
            self._rested, self._other = False, None
        self._pad.extend_stroke(place, pressure)


def _is_down(event: QTabletEvent, *, before: bool) -> bool:
    """Whether a pen's tip is on the paper, where it was ``before`` or not; a button can be pressed in the air, too."""
    lifted = event.type() == QEvent.Type.TabletRelease and event.button() == _LEFT
    if event.device().hasCapability(QInputDevice.Capability.Pressure):
        released = event.type() == QEvent.Type.TabletRelease and event.buttons() == Qt.MouseButton.NoButton
        light = before and bool(event.buttons() & _LEFT)  # the pressure of a hand that is light may be rounded to 0
        return (event.pressure() > 0 or light) and not lifted and not released
    return bool(event.buttons() & _LEFT) and not lifted


def _pressure(event: QTabletEvent) -> float:
    """Return how hard a pen is pressed, in [0, 1]: drivers may tell more than all of it, or no number."""
    pressure = event.pressure()
    return min(max(pressure, 0.0), 1.0) if math.isfinite(pressure) else 0.0


def _is_place(place: QPointF) -> bool:
    """Whether ``place`` is one: a driver that divides by zero tells no numbers, and a drawing with them is none."""
    return math.isfinite(place.x()) and math.isfinite(place.y())


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application
