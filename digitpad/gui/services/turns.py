"""Long work in the window's thread, a step with each turn of the event loop: ``Turns``, ``do_now``."""

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

Work = Iterator[None]  # does a step and yields, until all is done


def do_now(work: Work) -> None:
    """Do all of ``work``."""
    for _ in work:
        pass


class Turns(QObject):
    """Does one work after the other, a step with each turn of the event loop, so that the window goes on meanwhile."""

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing to do."""
        super().__init__(parent)
        self._left: deque[Work] = deque()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_one)

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return bool(self._left)

    def do(self, work: Work) -> None:
        """Do ``work`` when everything before it is done, and its first step at once where there is nothing."""
        self._left.append(work)
        if len(self._left) == 1:
            self._timer.start(0)
            self._take_one()

    def go_on(self) -> None:
        """Do a step now, if there is any."""
        if self._left:
            self._take_one()

    def finish(self) -> None:
        """Do now what is left."""
        while self._left:
            self._take_one()

    def leave(self) -> None:
        """Do no more of it."""
        self._left.clear()
        self._timer.stop()

    def _take_one(self) -> None:
        work, over = self._left[0], True  # where it raises, too
        try:
            for _ in work:
                over = False
                break
        finally:
            if over and work in self._left:  # unless the step had all of it left
                self._left.remove(work)
            if not self._left:
                self._timer.stop()
