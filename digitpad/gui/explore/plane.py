"""``Plane``, of two inputs: what a neuron gives for each, the line w.x + b = 0 to drag, and points to mark."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.explore.line import Line
from digitpad.gui.images import image_of, rgb
from digitpad.gui.widgets.colours import mixed
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import paint_frame
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.nn.neurons import Floats

_LOW, _HIGH = -0.5, 1.5  # what is shown of both inputs
_FINE = 160  # pixels of the field's image
_NEAR = 12.0  # pixels from a line or a point within which a press takes hold of it
LEFT, _RIGHT, _ABOVE, _BELOW = 30, 10, 10, 22  # pixels around the plane, for numbers and the chosen point

Field = Callable[[NDArray[np.float64]], NDArray[np.floating]]


class Mark(NamedTuple):
    """A point of the plane: filled where ``on``, with ``text`` beside it."""

    x1: float
    x2: float
    text: str
    on: bool


class _Press(NamedTuple):
    """What a press took hold of, and where everything was then.

    Every move is computed from this, not from the last one: whoever is told of the line may round it, and of a slow
    move, each of whose steps is less than is rounded to, nothing would be left.
    """

    held: str | int | None  # a handle by its number
    place: NDArray[np.float64]  # (2,) in the plane
    line: Line | None


class Plane(QWidget):
    """Shows a function of two inputs from 0 to 1 as depth of colour.

    Signals: ``line_dragged(w1, w2, b)`` while a hand moves the line, the length of w kept; ``point_dragged(x1, x2)``
    while it moves the chosen point, or presses anywhere where there is no line.
    """

    line_dragged = Signal(float, float, float)
    point_dragged = Signal(float, float)

    def __init__(self, name: str) -> None:
        """Start with nothing to show. ``name``, its accessible name, says what the picture is of."""
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumSize(260, 260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._values: NDArray[np.float64] | None = None
        self._image: QImage | None = None
        self._line: Line | None = None
        self._marks: tuple[Mark, ...] = ()
        self._point: tuple[float, float] | None = None
        self._press: _Press | None = None
        self._tell()

    def _tell(self) -> None:
        """Say what is to be seen to those who do not see it."""
        told = [f"Inputs from {_LOW} to {_HIGH}"]
        if self._line is not None:
            w1, w2, b = map(number, self._line)
            told.append(f"the line {w1} x1 + {w2} x2 + {b} = 0")
        if self._point is not None:
            told.append(f"the point x1 = {number(self._point[0])}, x2 = {number(self._point[1])}")
        told += [f"({number(x1, 0)}, {number(x2, 0)}): {text}" for x1, x2, text, _ in self._marks]
        self.setAccessibleDescription("; ".join(told))

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is, and a page that wants more than the window has is scrolled."""
        return QSize(260, 260)

    def show_field(self, field: Field) -> None:
        """Show ``field``, which takes points (m, 2) and returns values (m,) from 0 to 1."""
        places = _LOW + (np.arange(_FINE) + 0.5) / _FINE * (_HIGH - _LOW)
        x1, x2 = np.meshgrid(places, places[::-1])
        self._values = np.asarray(field(np.stack([x1.ravel(), x2.ravel()], axis=1)), dtype=np.float64)
        self._image = None
        self.update()

    def show_line(self, w1: float, w2: float, b: float) -> None:
        """Show the line on which w.x + b = 0, to be dragged."""
        self._line = Line(w1, w2, b)
        self._tell()
        self.update()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show points with a word each."""
        self._marks = tuple(marks)
        self._tell()
        self.update()

    def show_point(self, x1: float, x2: float) -> None:
        """Show the chosen point, to be dragged."""
        self._point = (x1, x2)
        self._tell()
        self.update()

    @property
    def values(self) -> NDArray[np.float64]:
        """The values on show, (160, 160), the highest second input first; without a field none, (0, 0)."""
        return np.empty((0, 0)) if self._values is None else self._values.reshape(_FINE, _FINE)

    @property
    def line(self) -> Line | None:
        """The line on show."""
        return self._line

    # Places

    def _square(self) -> QRectF:
        free = QRectF(self.rect()).adjusted(grown(LEFT), _ABOVE, -_RIGHT, -grown(_BELOW))
        side = min(free.width(), free.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(free.center())
        return square

    def to_widget(self, x1: float, x2: float) -> QPointF:
        """Return where in the widget the inputs (x1, x2) lie."""
        square, scale = self._square(), self._square().width() / (_HIGH - _LOW)
        return QPointF(square.left() + (x1 - _LOW) * scale, square.bottom() - (x2 - _LOW) * scale)

    def _from_widget(self, place: QPointF) -> NDArray[np.float64]:
        square, scale = self._square(), (_HIGH - _LOW) / self._square().width()
        return np.array([_LOW + (place.x() - square.left()) * scale, _LOW + (square.bottom() - place.y()) * scale])

    def handles(self) -> list[Floats]:
        """Return the places (2,) of the line's two handles in the plane; none where there is no line."""
        return self._line.handles if self._line else []

    # The hand

    def _grip(self, place: QPointF) -> str | int | None:
        """Return what a press at ``place`` takes hold of: a handle by its number, the point or the line."""
        handles = [self.to_widget(*handle) for handle in self.handles()]
        for i, handle in enumerate(handles):
            if (handle - place).manhattanLength() < 1.5 * _NEAR:
                return i
        if self._point is not None:
            return "point"
        if handles:
            along = handles[1] - handles[0]
            length = np.hypot(along.x(), along.y())
            offset = place - handles[0]
            if abs(along.x() * offset.y() - along.y() * offset.x()) / length < _NEAR:
                return "line"
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle, the line or the chosen point."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._from_widget(event.position())
        self._press = _Press(self._grip(event.position()), place, self._line)
        if self._press.held == "point":
            self._drag(self._press, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; show by the pointer's shape what could be."""
        if self._press and self._press.held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self._press, event.position())
            return
        grip = self._grip(event.position())
        shapes: dict[str | int | None, Qt.CursorShape] = {
            None: Qt.CursorShape.ArrowCursor,
            "point": Qt.CursorShape.CrossCursor,
        }
        self.setCursor(shapes.get(grip, Qt.CursorShape.OpenHandCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._press = None

    def _drag(self, press: _Press, place: QPointF) -> None:
        to = np.clip(self._from_widget(place), _LOW, _HIGH)
        if press.held == "point":
            self.point_dragged.emit(*to.tolist())
            return
        assert press.line is not None
        moved = to - np.clip(press.place, _LOW, _HIGH)
        line = press.line.turned(press.held, moved) if isinstance(press.held, int) else press.line.moved(moved)
        if line is not None:
            self.line_dragged.emit(*line)

    # Paint

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._image = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint field, axes, line and points."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            palette, square = self.palette(), self._square()
            if self._values is not None and self._image is None:
                low, high = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
                self._image = coloured(self.values, low, mixed(low, high, 0.55))
            if self._image is not None:
                painter.drawImage(square, self._image)
            self._paint_axes(painter, square)
            painter.save()
            painter.setClipRect(square)
            self._paint_line(painter)
            painter.restore()
            self._paint_points(painter)

    def _paint_axes(self, painter: QPainter, square: QRectF) -> None:
        palette = self.palette()
        painter.setFont(font(SMALL))
        quiet, line = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Mid)
        row = grown(16)
        for value in (0.0, 1.0):
            across, up = self.to_widget(value, _LOW), self.to_widget(_LOW, value)
            painter.setPen(QPen(line, 1))
            painter.drawLine(across, QPointF(across.x(), square.top()))
            painter.drawLine(up, QPointF(square.right(), up.y()))
            painter.setPen(quiet)
            centre, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(across.x() - 20, across.y() + 2, 40, row), centre, f"{value:.0f}")
            painter.drawText(QRectF(up.x() - 26, up.y() - row / 2, 20, row), right, f"{value:.0f}")
        paint_frame(painter, palette, square, ("x₁", "x₂"))

    def _paint_line(self, painter: QPainter) -> None:
        handles = self.handles()
        if not handles:
            return
        palette = self.palette()
        far = 4 * (handles[1] - handles[0])
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
        painter.drawLine(self.to_widget(*(handles[0] - far)), self.to_widget(*(handles[1] + far)))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        for handle in handles:
            painter.drawEllipse(self.to_widget(*handle), 6, 6)

    def _paint_points(self, painter: QPainter) -> None:
        palette = self.palette()
        text, paper = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        painter.setFont(font(SMALL, strong=True))
        for mark in self._marks:
            place = self.to_widget(mark.x1, mark.x2)
            painter.setPen(QPen(text, 2))
            painter.setBrush(text if mark.on else paper)
            painter.drawEllipse(place, 7, 7)
            painter.drawText(place + self._beside(mark, painter.fontMetrics()), mark.text)
        if self._point is not None:
            place = self.to_widget(*self._point)
            painter.setPen(QPen(paper, 2))
            painter.setBrush(palette.color(QPalette.ColorRole.BrightText))
            painter.drawEllipse(place, 8, 8)

    def _beside(self, mark: Mark, metrics: QFontMetrics) -> QPointF:
        """Return where beside a mark its text begins: above at the right, if there is room and nothing covers it."""
        place, wide, high = self.to_widget(mark.x1, mark.x2), metrics.horizontalAdvance(mark.text), metrics.capHeight()
        ways = [QPointF(x, y) for y in (-8, 8 + high) for x in (12, -12 - wide)]
        covered = QRectF()
        if self._point is not None:
            covered = QRectF(-11, -11, 22, 22).translated(self.to_widget(*self._point))

        def fits(way: QPointF) -> bool:
            text = QRectF(place.x() + way.x(), place.y() + way.y() - high, wide, high)
            return text.left() >= 0 and text.right() <= self.width() and not text.intersects(covered)

        return next(filter(fits, ways), ways[0])


def coloured(values: NDArray[np.float64], low: QColor, high: QColor) -> QImage:
    """Return an image of ``values`` (h, w) from 0 to 1, as colours from ``low`` to ``high``."""
    one, other = rgb(low), rgb(high)
    shades = one + np.clip(values, 0, 1)[..., None] * (other - one)
    return image_of(np.round(shades).astype(np.uint8))
