"""The window's priority over other threads: short turns for all of them, and training gives way while it paints.

Python runs one thread at a time. A window that has to ask for its turn again after every call into Qt, while another
thread computes, takes several times as long to paint; what it needs is little, so it gets it undisturbed.
"""

import sys
from threading import Event as Flag
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_TURN_S = 0.0005
_LONGEST_WAIT_S = 0.01  # at once
_RUN_PER_WAIT = 0.25  # of the time it waited, training may run before it does so again: it never starves


def take_short_turns() -> None:
    """Have whatever thread runs Python make way for one that waits, the window's mostly, after half a millisecond.

    Python's own 5 ms are waited for after each call into Qt or NumPy: a picture whose file has very many parts, which
    is gone through in Python, had the window stand still for half a second.
    """
    sys.setswitchinterval(_TURN_S)


class WindowPriority(QObject):
    """A flag between the window's thread, which holds and releases, and the training thread, which gives way.

    ``with`` holds for the length of a block.
    """

    def __init__(self) -> None:
        """Begin released."""
        super().__init__()
        self._free = Flag()
        self._free.set()
        self._until = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._free.set)

    @property
    def held(self) -> bool:
        """Whether the training thread is asked to give way."""
        return not self._free.is_set()

    def hold(self) -> None:
        """Ask the training thread to give way."""
        self._free.clear()

    def release_soon(self) -> None:
        """Let it go on when all that waits to be painted has been: a timer's turn comes after that."""
        if self.held:
            self._later.start()

    def release(self) -> None:
        """Let it go on."""
        self._later.stop()
        self._free.set()

    def __enter__(self) -> None:
        self.hold()

    def __exit__(self, *_: object) -> None:
        self._free.set()

    def give_way(self) -> None:
        """Wait while held, a while at most; called by the training thread, often."""
        if not self.held:
            return
        now = perf_counter()
        if now >= self._until:
            self._free.wait(_LONGEST_WAIT_S)
            after = perf_counter()
            self._until = after + _RUN_PER_WAIT * (after - now)
