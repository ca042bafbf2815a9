"""The neurons of a layer as squares, to be switched on and off: ``NeuronGrid``."""

from math import ceil

from PySide6.QtCore import QEvent, QLineF, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.gui.widgets.colours import Role

_SIDES = 20, 16, 13, 11, 9, 7, 6  # pixels of a square with what is beside it, the first at which all are in sight
_HEIGHT = 96  # pixels that they should take at most
_SMALL = 7  # pixels of a square from which on there is a wider gap, and room for a cross
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SWITCHES = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter


class NeuronGrid(QWidget):
    """A full square is a neuron that is on, an empty one with a cross is off; a click or Space switches it.

    The arrow keys go from one to the next, and whoever drags switches all on the way alike.
    Signal: ``switched(index, on)``.
    """

    switched = Signal(int, bool)

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.setObjectName("neuron_grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(" ")  # made by event() for the neuron under the pointer
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._neurons, self._off = 0, frozenset[int]()
        self._side, self._columns = _SIDES[0], 1  # pixels of a square with what is beside it; squares in a row
        self._at = 0
        self._switching_on: bool | None = None  # what the hand does that drags

    def show_neurons(self, name: str, neurons: int, off: frozenset[int]) -> None:
        """Show a layer of this ``name`` and of so many ``neurons``, of which these are ``off``."""
        if neurons != self._neurons:
            self._neurons, self._at = neurons, 0
            self._fit()
        self._off = off
        self.setAccessibleName(name)
        self._describe()
        self.update()

    def _describe(self) -> None:
        keys = "The arrow keys go from one to the next, Space switches it"
        self.setAccessibleDescription(f"{self._words(self._at)}. {keys}" if self._neurons else keys)

    def _words(self, neuron: int) -> str:
        return f"Neuron {neuron + 1:,} of {self._neurons:,}, {'off' if neuron in self._off else 'on'}"

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the squares need in the width there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._side = _side(self._neurons, self.width())
        self._columns = max(self.width() // self._side, 1)
        self.setFixedHeight(max(ceil(self._neurons / self._columns) * self._side, 1))

    def place(self, neuron: int) -> QRect:
        """Return where the square of a neuron is painted."""
        row, column = divmod(neuron, self._columns)
        side = self._side
        square = side - (2 if side >= _SMALL else 1)
        return QRect(column * side, row * side, square, square)

    def _neuron_at(self, place: QPoint) -> int | None:
        side, columns = self._side, self._columns
        if not 0 <= place.x() < columns * side or place.y() < 0:
            return None
        neuron = place.y() // side * columns + place.x() // side
        return neuron if neuron < self._neurons else None

    # The hand and the keys

    def event(self, event: QEvent) -> bool:
        """Tell the neuron under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            neuron = self._neuron_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if neuron is None else self._words(neuron), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Switch the neuron under the pointer."""
        neuron = self._neuron_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and neuron is not None:
            self._switching_on = neuron in self._off
            self._switch(neuron, self._switching_on)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Switch those on the way alike."""
        neuron = self._neuron_at(event.position().toPoint())
        if self._switching_on is not None and neuron is not None and (neuron in self._off) == self._switching_on:
            self._switch(neuron, self._switching_on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drag no longer."""
        self._switching_on = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, switch with Space or Return."""
        key = Qt.Key(event.key())
        steps = _STEPS | {Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns}
        if key in steps and 0 <= self._at + steps[key] < self._neurons:
            self._at += steps[key]
            self._describe()
            self.update()
        elif key in _SWITCHES and self._neurons:
            self._switch(self._at, self._at in self._off)
        elif key not in steps:
            super().keyPressEvent(event)

    def _switch(self, neuron: int, on: bool) -> None:
        self._at = neuron
        self.switched.emit(neuron, on)

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares."""
        palette = self.palette()
        on = [self.place(neuron) for neuron in range(self._neurons) if neuron not in self._off]
        off = [self.place(neuron) for neuron in sorted(self._off)]
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(Role.Highlight))
            painter.drawRects(on)
            painter.setPen(palette.color(Role.Dark))
            painter.setBrush(palette.color(Role.Base))
            painter.drawRects([place.adjusted(0, 0, -1, -1) for place in off])
            painter.drawLines([line for place in off for line in _cross(place)])
            if self.hasFocus() and self._neurons:
                painter.setPen(QPen(palette.color(Role.Text), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.place(self._at))


def _side(neurons: int, width: int) -> int:
    """Return the side of a square at which all are in sight in a grid of this ``width``, or the least."""
    return next((side for side in _SIDES if ceil(neurons / max(width // side, 1)) * side <= _HEIGHT), _SIDES[-1])


def _cross(place: QRect) -> list[QLineF]:
    top, bottom, left, right = place.top() + 2, place.bottom() - 2, place.left() + 2, place.right() - 2
    return [QLineF(left, top, right, bottom), QLineF(left, bottom, right, top)]
