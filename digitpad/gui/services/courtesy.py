"""Lets the window go first: the training thread stands aside while the window paints.

Python runs one thread at a time. A window that has to ask for its turn again after every call into Qt, while another
thread computes, takes several times as long to paint; what it needs is little, so it gets it undisturbed.
"""

from threading import Event as Flag
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_LONGEST = 0.01  # s to stand aside at once
_SHARE = 0.25  # of the time it stood aside, training may run before it does so again: it never starves


class Courtesy(QObject):
    """A flag between the window's thread, which holds and releases, and the training thread, which stands aside.

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

    def hold(self) -> None:
        """Ask the training thread to stand aside."""
        self._free.clear()

    def release_soon(self) -> None:
        """Let it go on when all that waits to be painted has been: a timer's turn comes after that."""
        self._later.start()

    def __enter__(self) -> None:
        self.hold()

    def __exit__(self, *_: object) -> None:
        self._free.set()

    def stand_aside(self) -> None:
        """Wait while held, a while at most; called by the training thread, often."""
        if self._free.is_set():
            return
        now = perf_counter()
        if now >= self._until:
            self._free.wait(_LONGEST)
            after = perf_counter()
            self._until = after + _SHARE * (after - now)
