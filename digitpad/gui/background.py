"""Jobs away from the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal

from digitpad.errors import DigitpadError


class Background(QObject):
    """Runs one job at a time in a thread and brings its result, or its one sentence of failure, back to the window.

    Signals: ``done(result)`` or ``failed(sentence)``.
    """

    done = Signal(object)
    failed = Signal(str)
    _broken = Signal(object)

    def __init__(self, parent: QObject) -> None:
        """Belong to ``parent``, which calls ``wait`` before it goes."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._broken.connect(self._raise)

    def run(self, job: Callable[[], object]) -> None:
        """Run ``job`` after those that were given before."""

        def work() -> None:
            try:
                result = job()
            except DigitpadError as error:
                self.failed.emit(str(error))
            except Exception as error:  # to be raised where the window may be touched
                self._broken.emit(error)
            else:
                self.done.emit(result)

        self._pool.start(work)

    def wait(self) -> None:
        """Wait for the jobs to end."""
        self._pool.waitForDone()

    def _raise(self, error: Exception) -> None:
        raise error
