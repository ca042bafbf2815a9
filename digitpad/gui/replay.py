"""Draws recorded strokes into the real canvas with mouse events, as a hand would."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.draw.tab import DrawTab

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


def send(widget: QWidget, kind: QEvent.Type, place: QPointF) -> None:
    """Send ``widget`` a mouse event of the left button."""
    moving = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    around = widget.mapToGlobal(place)
    event = QMouseEvent(kind, place, around, button, held, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(widget, event)


class Painted(QObject):
    """Notes when ``widget`` was last painted."""

    def __init__(self, widget: QWidget) -> None:
        """Watch ``widget``."""
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count paint events and let everything through."""
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


def timed_move(tab: DrawTab, painted: Painted, place: QPointF) -> float:
    """Move the mouse to ``place`` and return the milliseconds until the bars of the new answer are painted."""
    before = painted.times
    started = perf_counter()
    send(tab.canvas, QEvent.Type.MouseMove, place)
    while painted.times == before:
        QApplication.processEvents()
    return 1000 * (perf_counter() - started)


def wait_until(reached: Callable[[], object]) -> None:
    """Let the program run as it does for a person, until ``reached``."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if reached() else None)
    look.start(20)
    loop.exec()
    look.stop()
