"""A thread that is there while there is something to do, ``Jobs``, and what is said where the system refuses one."""

import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import NoReturn

from digitpad.files.threads import Thread

NO_THREAD = "The system lets digitpad begin no further thread, and this needs one: close something, then try again."
NO_MEMORY = "There is not enough memory for this."


def begun(work: Callable[..., object], *given: object, name: str) -> Thread | None:
    """Return a thread that does ``work``; None where the system has none, as many as it allows or no memory for it."""
    try:
        thread = Thread(target=work, args=given, name=name)
        thread.start()
    except (RuntimeError, MemoryError):
        return None
    return thread


class Jobs:
    """Does one job after the other in a thread, for which Python waits before it ends.

    Not in a pool of Qt's: where the system refuses a thread, that waits for ever for what it was given.
    """

    def __init__(self, done: Callable[[], object] = lambda: None) -> None:
        """Begin with nothing to do, and no thread, which calls ``done`` after each job."""
        self._tell_done = done
        self._left: deque[_Job] = deque()
        self._past: deque[_Job] = deque()
        self._lock = Lock()
        self._thread: Thread | None = None  # the last one
        self._busy = False  # whether it takes what it is given

    def give(self, job: Callable[[], object]) -> bool:
        """Have ``job`` done after those before it; False where it never will be."""
        with self._lock:
            if not self._busy:
                thread = begun(self._do_all, self._thread, name="jobs")
                if thread is None:
                    return False
                self._thread, self._busy = thread, True
            self._left.append(_Job(job))
        return True

    def wait(self) -> None:
        """Wait until all is done."""
        if self._thread is not None:
            self._thread.join()

    def let_go(self) -> None:
        """Forget the jobs that are done, in the thread of this call: a widget that one was the last to hold may end."""
        while self._past:
            self._past.popleft().work = None

    def _do_all(self, before: Thread | None) -> None:
        """Do what is given, once the thread ``before`` has ended, which has nothing to do any more."""
        if before is not None:
            before.join()
        while job := self._next():
            try:
                job.do()
            except BaseException as error:  # which must not keep those after it from being done
                with suppress(BaseException):  # nor must what tells it, for want of memory
                    sys.excepthook(type(error), error, error.__traceback__)
            with suppress(RuntimeError, MemoryError):  # whoever is told is gone, or there is no memory for it
                self._past.append(job)
                self._tell_done()

    def _next(self) -> "_Job | None":
        with self._lock:
            if self._left:
                return self._left.popleft()
            self._busy = False
        return None


class _Job:
    """Holds what is to be done, so that the thread need not: whatever goes with that goes where ``work`` is unset."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work: Callable[[], object] | None = work

    def do(self) -> None:
        if self.work is not None:
            self.work()


def raise_mistake(error: BaseException) -> NoReturn:
    """Raise in the window's thread a mistake that was made in another, so that it is told, logged and reported.

    What is no Exception would end the program there, or not be told: a RuntimeError with its name is raised from it.
    """
    if not isinstance(error, Exception):
        raise RuntimeError(type(error).__name__) from error
    raise error
