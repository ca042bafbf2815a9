"""A pen that keys put down, move and lift, for hands that hold neither a mouse nor a pen: ``KeyboardPen``."""

import math
from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from digitpad.gui.draw.pointer import Pad
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.colours import Role

_STEP, _SPEED = 0.02, 0.3  # canvas sides: by a tap, and in a second while a key is held
_FINE = 0.25  # of both, with Shift
_HELD_MS, _TICK_MS = 220, 16  # after which a key counts as held, and between two moves then
_LONGEST_S = 0.05  # counted for a move: where the window stood still, the pen does not leap
_REST_MS = 700  # without a move, before the place is told
_LEAST, _ARM = 8.0, 8.0  # pixels: the ring is no smaller, and what sticks out of it while the pen is up
_LINES = (Role.Base, 4.0), (Role.Text, 2.0)  # and widths in pixels: one is seen on paper, the other on ink
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ALLOWED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class KeyPad(Pad, Protocol):
    """What is drawn on: a square of pixels."""

    @property
    def drawing_now(self) -> bool:
        """Whether a stroke is under way."""

    @property
    def pen_width(self) -> float:
        """What the next stroke covers or rubs out, in pixels."""

    def square(self) -> QRectF:
        """Where it lies in its widget."""


class KeyboardPen(QObject):
    """Draws on a pad by keys: Space puts it down and lifts it, arrow keys move it, two of them at an angle.

    A tap is a step, and what is held glides; with Shift both are finer. It draws only while no other hand does, and
    another that begins to draw lifts it. Where it is, a ring shows, and a screen reader is told when it rests.
    """

    def __init__(self, pad: KeyPad, parent: QWidget) -> None:
        """Draw on ``pad``, which is ``parent`` and calls ``let_go`` whenever a stroke is over."""
        super().__init__(parent)
        self._pad, self._widget = pad, parent
        self._place = QPointF(0.5, 0.5)  # in canvas sides
        self._down = self._shown = self._fine = False
        self._held: set[int] = set()
        self._released: set[int] = set()  # of those that are held, since the last move
        self._clock = QElapsedTimer()
        self._gliding, self._rest = QTimer(self), QTimer(self)
        self._gliding.timeout.connect(self._glide)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._tell)

    @property
    def place(self) -> QPointF:
        """Where it is, in canvas sides."""
        return QPointF(self._place)

    @property
    def shown(self) -> bool:
        """Whether its ring is there: from the first key on, until another hand draws or the focus goes elsewhere."""
        return self._shown

    @property
    def gliding(self) -> bool:
        """Whether a key is held, and moves it."""
        return self._gliding.isActive() and self._gliding.interval() == _TICK_MS

    # Keys

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it is one of the pen's."""
        key = event.key()
        if event.modifiers() & ~_ALLOWED or not (key in _ARROWS or key == Qt.Key.Key_Space):
            return False
        self._fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.isAutoRepeat() or (self._pad.drawing_now and not self._down):
            return True
        self._show(True)
        if key == Qt.Key.Key_Space:
            self._put_down_or_lift()
            return True
        if key in self._released:  # some systems send both when a key repeats, and not always say so
            self._released.discard(key)
            return True
        self._held.add(key)
        if self.gliding:
            return True  # it turns
        self._move(*_ARROWS[Qt.Key(key)], _STEP)
        if not self._gliding.isActive():
            self._gliding.start(_HELD_MS)
        return True

    def release(self, event: QKeyEvent) -> bool:
        """End what a key does; return whether it is one of the pen's."""
        if event.key() not in _ARROWS:
            return False
        if not event.isAutoRepeat():
            (self._released.add if self.gliding else self._held.discard)(event.key())
            if not self._held:
                self._gliding.stop()
        return True

    def leave(self) -> None:
        """Hold no key any more, and show nothing: the keys go elsewhere."""
        self._held.clear()
        self._released.clear()
        self._gliding.stop()
        self._rest.stop()
        self._show(False)

    def lift(self) -> None:
        """Keep the stroke it draws, if it draws one."""
        if self._down:
            self._pad.lift_pen()

    def let_go(self) -> None:
        """Know that the stroke under way is over: it was its own, or another hand has drawn."""
        own, self._down = self._down, False
        if own:
            announce(self._widget, "Pen up")
        else:
            self._show(False)

    def _put_down_or_lift(self) -> None:
        if self._down:
            self.lift()
        else:
            self._down = True
            self._pad.begin_stroke(self._pixel(), 1.0, erase=False)
            announce(self._widget, "Pen down")

    def _glide(self) -> None:
        if self._gliding.interval() != _TICK_MS:  # so far it was a tap
            self._gliding.setInterval(_TICK_MS)
            self._clock.start()
            return
        self._held -= self._released
        self._released.clear()
        if not self._held:
            self._gliding.stop()
            return
        seconds = min(self._clock.restart() / 1000, _LONGEST_S)
        across, down = (sum(_ARROWS[Qt.Key(key)][axis] for key in self._held) for axis in (0, 1))
        if across or down:
            self._move(across, down, _SPEED * seconds / math.hypot(across, down))

    def _move(self, across: int, down: int, by: float) -> None:
        by *= _FINE if self._fine else 1
        self._update()
        x, y = self._place.x() + across * by, self._place.y() + down * by
        self._place = QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self._update()
        if self._down:
            self._pad.extend_stroke(self._pixel(), 1.0)
        self._rest.start()

    def _pixel(self) -> QPointF:
        square = self._pad.square()
        return square.topLeft() + self._place * square.width()

    def _tell(self) -> None:
        x, y = (round(100 * part) for part in self._place.toTuple())
        announce(self._widget, f"Pen {'down' if self._down else 'up'}, {x} % across, {y} % down")

    # The ring

    def _show(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self._update()

    def _radius(self) -> float:
        return max(self._pad.pen_width, _LEAST) / 2

    def _update(self) -> None:
        reach, middle = self._radius() + _ARM + 3, self._pixel()
        self._widget.update(QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach).toAlignedRect())

    def paint(self, painter: QPainter) -> None:
        """Paint the ring, with arms while the pen is up."""
        if not self._shown:
            return
        middle, radius, lines = self._pixel(), self._radius(), QPainterPath()
        lines.addEllipse(middle, radius, radius)
        for way in [] if self._down else map(QPointF, (1, -1, 0, 0), (0, 0, 1, -1)):
            lines.moveTo(middle + way * radius)
            lines.lineTo(middle + way * (radius + _ARM))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, width in _LINES:
            painter.strokePath(lines, QPen(self._widget.palette().color(role), width))
