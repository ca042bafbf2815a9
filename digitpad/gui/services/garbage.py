"""Python's garbage collector, taken over for the window's thread so that it never holds up the window."""

import gc
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from digitpad.gui.services.memory import give_back_memory

_INTERVAL_MS = 5000
_TOO_LONG_S = 0.004  # a collection that took longer looked at too much that stays
_GIVE_BACK = 6  # collections until memory that is free is given back


class GarbageCollector(QObject):
    """Python's own collector runs when it likes, in any thread, and looks at everything there is.

    In the training thread it could destroy a widget, which only the window's thread may; and for 30 ms it would hold
    up the window. So it is turned off, and what has come to stay is not looked at again.
    """

    def __init__(self, parent: QObject) -> None:
        """Take over from Python's own collector."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._collections = 0
        timer = QTimer(self)
        timer.timeout.connect(self._collect)
        timer.start(_INTERVAL_MS)

    def _collect(self) -> None:
        started = perf_counter()
        gc.collect()
        if perf_counter() - started > _TOO_LONG_S:
            gc.freeze()
        self._collections += 1
        if self._collections % _GIVE_BACK == 0:
            give_back_memory()
