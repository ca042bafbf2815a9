"""A thread that is there while there is something to do: ``Jobs``."""

import sys
from _thread import start_new_thread
from collections import deque
from collections.abc import Callable
from threading import Condition

NO_THREAD = "The system lets digitpad begin no further thread, and this needs one: close something, then try again."


class Jobs:
    """Does one job after the other in a thread.

    Not in a pool of Qt's: where the system refuses a thread, that waits for ever for what it was given.
    """

    def __init__(self) -> None:
        """Begin with nothing to do, and no thread."""
        self._left: deque[Callable[[], object]] = deque()
        self._changed = Condition()
        self._busy = False  # whether the thread is there

    def give(self, job: Callable[[], object]) -> bool:
        """Have ``job`` done after those before it; False where it never will be."""
        with self._changed:
            if not self._busy:
                try:
                    start_new_thread(self._do_all, ())
                except (RuntimeError, MemoryError):  # there are as many as the system allows, or no room for its stack
                    return False
            self._left.append(job)
            self._busy = True
        return True

    def wait(self) -> None:
        """Wait until all is done."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)

    def _do_all(self) -> None:
        while job := self._next():
            try:
                job()
            except BaseException as error:  # which must not keep those after it from being done
                sys.excepthook(type(error), error, error.__traceback__)
            del job  # and what it holds

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            if self._left:
                return self._left.popleft()
            self._busy = False
            self._changed.notify_all()
        return None
