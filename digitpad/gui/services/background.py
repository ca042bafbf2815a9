"""Jobs away from the window."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from digitpad.errors import DigitpadError

Result = TypeVar("Result")


class Background(QObject):
    """Runs one job at a time in a thread and brings its result, or its one sentence of failure, back to the window.

    Signals: ``failed(sentence)``.
    """

    failed = Signal(str)
    _done = Signal(object, object)
    _broken = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        """Belong to ``parent``, which calls ``wait`` before it goes."""
        super().__init__(parent)
        self._over = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._deliver)
        self._broken.connect(self._raise)

    def run(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], object],
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Run ``job`` after those that were given before, and ``then`` with its result, in the window's thread.

        When it fails ``otherwise`` is given one sentence, there too, so that whatever waits can end; without it the
        signal ``failed`` is emitted. What no job is known to raise is raised there afterwards.
        """
        fail = otherwise or self.failed.emit

        def work() -> None:
            try:
                result = job()
            except (DigitpadError, MemoryError, OSError) as error:
                self._done.emit(fail, _sentence(error))
            except Exception as error:  # a mistake of the program: to be raised where the window may be touched
                self._broken.emit(fail, error)
            else:
                self._done.emit(then, result)

        self._pool.start(work)

    def wait(self) -> None:
        """Wait for the jobs to end; their results are not wanted any more."""
        self._over = True
        self._pool.waitForDone()

    def _deliver(self, then: Callable[[Any], object], result: object) -> None:
        if not self._over:
            then(result)

    def _raise(self, fail: Callable[[str], object], error: Exception) -> None:
        try:
            if not self._over:
                fail(f"Something unexpected went wrong ({error or type(error).__name__}).")
        finally:
            raise error


def _sentence(error: DigitpadError | MemoryError | OSError) -> str:
    if isinstance(error, MemoryError):
        return "There is not enough memory for this."
    if isinstance(error, OSError):
        why = error.strerror or str(error) or type(error).__name__
        return f"{error.filename or 'Something needed'}: cannot be used ({why})."
    return str(error)
