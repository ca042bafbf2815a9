"""What the scripts need to work the window as a person does: waiting for it, timed moves, and what is dragged in."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QLibraryInfo,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QVersionNumber,
)
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.replay import send

_LOOK_INTERVAL_MS = 20


class Painted(QObject):
    """Counts how often ``widget`` was painted."""

    def __init__(self, widget: QWidget) -> None:
        """Watch ``widget``."""
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count paint events and let everything through."""
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


def drag_in(widget: QWidget, data: QMimeData, place: QPoint) -> bool:
    """Drag ``data`` into ``widget``, and return whether it may be dropped there."""
    # From Qt 6.12 on a place is given in fractions of pixels; before, it could not be.
    where: Any = place.toPointF() if QLibraryInfo.version() >= QVersionNumber(6, 12) else place
    pressed = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, *pressed)
    QApplication.sendEvent(widget, enter)
    return enter.isAccepted()


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
    look.start(_LOOK_INTERVAL_MS)
    loop.exec()
    look.stop()
