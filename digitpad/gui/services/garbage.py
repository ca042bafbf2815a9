"""Python's garbage collector, taken over for the window's thread so that it never holds up the window."""

import gc
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication

from digitpad.gui.services.memory import give_back_memory

_INTERVAL_MS = 5000
_MANY = 5000  # objects since the last collection, as when a tab was built: most stay, and to look at all takes long
_TOO_LONG_S = 0.004  # a collection that took longer looked at too much that stays
_GIVE_BACK = 6  # collections until memory that is free is given back
_AWAY, _RESTING = 12, 120  # collections until all is looked at, while the person is elsewhere, or the pointer rests


class GarbageCollector(QObject):
    """Python's own collector runs when it likes, in any thread, and looks at everything there is.

    In the training thread it could destroy a widget, which only the window's thread may; and for 30 ms it would hold
    up the window. So it is turned off, and what has come to stay is not looked at each time. Some of that goes one day:
    pages that were dropped with all they hold. That is found once in a while, when nobody is held up by it.
    """

    def __init__(self, parent: QObject) -> None:
        """Take over from Python's own collector."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._since_back = self._since_all = 0
        self._pointer = QCursor.pos()
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(_INTERVAL_MS)

    def _collect(self) -> None:
        self._since_back += 1
        self._since_all += 1
        if self._since_all >= self._patience():
            self._since_all = 0
            collect_all()
        elif gc.get_count()[0] > _MANY:
            gc.freeze()
        else:
            started = perf_counter()
            gc.collect()
            if perf_counter() - started > _TOO_LONG_S:
                gc.freeze()
        if self._since_back >= _GIVE_BACK:
            self._since_back = 0
            give_back_memory()

    def _patience(self) -> float:
        """Return how many collections may pass until all is looked at: for ever while the pointer is in use."""
        before, self._pointer = self._pointer, QCursor.pos()
        if QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive:
            return _AWAY
        resting = before == self._pointer and QGuiApplication.mouseButtons() is Qt.MouseButton.NoButton
        return _RESTING if resting else float("inf")


def collect_all() -> None:
    """Free what nothing uses any more, however long it has been there; it may take a tenth of a second."""
    # What came since lies behind what was there before. Without that it would be taken apart first: of a widget of Qt's
    # own and its layout, neither of them Python's, the layout, and then PySide6 destroys it in the widget that goes on.
    gc.freeze()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
