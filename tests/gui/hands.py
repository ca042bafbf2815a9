"""What a person does to the canvas: mouse, pen and fingers."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.gui import replay
from digitpad.gui.draw.canvas import Canvas

Points = NDArray[np.float64]

LINE = np.column_stack([np.linspace(0.2, 0.8, 13), np.full(13, 0.5)])


def press(canvas: QWidget, place: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Press a mouse button."""
    replay.send(canvas, QEvent.Type.MouseButtonPress, place, button)


def move(canvas: QWidget, place: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Move the mouse with a button held."""
    replay.send(canvas, QEvent.Type.MouseMove, place, button)


def hover(widget: QWidget, place: QPointF) -> None:
    """Move the mouse with no button held."""
    replay.send(widget, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton)


def release(canvas: QWidget, place: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Let go of a mouse button."""
    replay.send(canvas, QEvent.Type.MouseButtonRelease, place, button)


def drag(canvas: Canvas, stroke: Points, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Drag the mouse along ``stroke`` (n, 2) in canvas sides."""
    places = canvas.to_widget(stroke)
    press(canvas, places[0], button)
    for place in places[1:]:
        move(canvas, place, button)
    release(canvas, places[-1], button)


def turn_wheel(widget: QWidget, place: QPointF, angle: int) -> None:
    """Turn the wheel over ``widget`` by ``angle``, in eighths of a degree."""
    none, still = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    where = QPointF(widget.mapToGlobal(place))
    event = QWheelEvent(place, where, QPoint(), QPoint(0, angle), none, Qt.KeyboardModifier.NoModifier, still, False)
    QApplication.sendEvent(widget, event)


def click(widget: QWidget) -> None:
    """Click into the middle of ``widget``."""
    press(widget, QPointF(widget.rect().center()))
    release(widget, QPointF(widget.rect().center()))


def double_click(widget: QWidget, place: QPoint) -> None:
    """Click twice, and let the button go: QTest does not, and holds it down in what comes after."""
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=place)


def key(widget: QWidget, which: Qt.Key, times: int = 1) -> None:
    """Give ``widget`` the focus and press a key there."""
    widget.setFocus()
    for _ in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, which, Qt.KeyboardModifier.NoModifier))


def pen_device(*, eraser: bool = False) -> QPointingDevice:
    """Return a tablet pen, or the same turned round."""
    pointer = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
    kind, pressure = QInputDevice.DeviceType.Stylus, QInputDevice.Capability.Pressure
    return QPointingDevice("pen", 1, kind, pointer, pressure, 1, 3)


def tablet(
    canvas: QWidget, pen: QPointingDevice, step: QEvent.Type, place: QPointF, pressure: float,
    button: Qt.MouseButton = Qt.MouseButton.NoButton, held: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:  # fmt: skip
    """Do with ``pen`` at ``place`` what ``step`` says, of ``button`` if it is pressed or lifted; ``held`` are left."""
    event = QTabletEvent(
        step, pen, place, canvas.mapToGlobal(place), pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, button,
        held,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)
    assert event.isAccepted()  # or Qt would send the same as a mouse event


def pen_stroke(canvas: Canvas, stroke: Points, pressures: Points, *, eraser: bool = False) -> None:
    """Draw with a tablet pen, or rub out with its other end."""
    pen, left = pen_device(eraser=eraser), Qt.MouseButton.LeftButton
    places = canvas.to_widget(stroke)
    tablet(canvas, pen, QEvent.Type.TabletPress, places[0], float(pressures[0]), left)
    for place, pressure in zip(places[1:], pressures[1:].tolist(), strict=True):
        tablet(canvas, pen, QEvent.Type.TabletMove, place, pressure)
    tablet(canvas, pen, QEvent.Type.TabletRelease, places[-1], 0.0, left, Qt.MouseButton.NoButton)
