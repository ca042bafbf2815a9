"""Mouse events as a hand would cause them, for the demonstration, the scripts and the tests."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from digitpad.gui.draw.canvas import Canvas

Strokes = Sequence[NDArray[np.float64]]


def draw(canvas: Canvas, strokes: Strokes) -> None:
    """Press, move through every point and release, for each of ``strokes``, (n, 2) in fractions of the canvas."""
    for stroke in strokes:
        places = mouse_places(canvas, stroke)
        send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            send(canvas, QEvent.Type.MouseMove, place)
        send(canvas, QEvent.Type.MouseButtonRelease, places[-1])


def mouse_places(canvas: Canvas, stroke: NDArray[np.float64]) -> list[QPointF]:
    """Return where on ``canvas`` a mouse would be for a stroke (n, 2) in canvas sides: whole pixels, no two alike."""
    places = [QPointF(place.toPoint()) for place in canvas.to_widget(stroke)]
    return [place for i, place in enumerate(places) if i == 0 or place != places[i - 1]]


def send(
    widget: QWidget, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    """Send ``widget`` a mouse event: ``button`` is pressed or released at ``place``, or held while it moves there."""
    none = Qt.MouseButton.NoButton
    changed = none if kind == QEvent.Type.MouseMove else button
    held = none if kind == QEvent.Type.MouseButtonRelease else button
    around = widget.mapToGlobal(place)
    event = QMouseEvent(kind, place, around, changed, held, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(widget, event)
