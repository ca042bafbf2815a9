"""Jobs in a thread, away from the window, whose results come back to it: data sets, files, evaluations."""

from collections.abc import Callable, Generator, Hashable
from contextlib import nullcontext
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from digitpad.errors import DigitpadError, reason, words
from digitpad.files.reading import left_unless
from digitpad.gui.services.jobs import NO_MEMORY, NO_THREAD, Jobs, raise_mistake
from digitpad.nn.steps import Steps

Result = TypeVar("Result")


class Background(QObject):
    """Runs one job at a time in a thread and brings its result, or its one sentence of failure, back to the window.

    Signals: ``failed(sentence)``.
    """

    failed = Signal(str)
    _done = Signal(object, object, object)
    _broken = Signal(object, object, object)
    _past = Signal()

    def __init__(self, parent: QObject) -> None:
        """Belong to ``parent``, which calls ``wait`` before it goes."""
        super().__init__(parent)
        self._over = False
        self._newest: dict[Hashable, _Request] = {}
        self._jobs = Jobs(self._past.emit)
        # Never at once, also where no thread can be begun: whoever asks goes on first.
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._broken.connect(self._raise, Qt.ConnectionType.QueuedConnection)
        self._past.connect(self._jobs.let_go, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], object],
        otherwise: Callable[[str], object] | None = None,
        *,
        latest: Hashable = None,
        leave: bool = False,
        must: bool = False,
    ) -> None:
        """Run ``job`` after those that were given before, and ``then`` with its result, in the window's thread.

        When it fails ``otherwise`` is given one sentence, there too, so that whatever waits can end; without it the
        signal ``failed`` is emitted. What no job is known to raise is raised there afterwards.

        Of requests with the same key ``latest`` only the newest counts: an older one that has not begun is not run,
        and what one under way comes to, a failure too, is dropped. So it is for all of them once ``wait`` was called,
        while a job without a key is always run: it may be what keeps something. One that reads files, and
        keeps nothing of which a part would be no use, may be told to ``leave`` them as soon as nobody wants them.

        Where the system has no thread for it, it fails; or it is done here and now, if it ``must`` be.
        """
        self._start(_Request(latest, leave), job, then, otherwise, must=must)

    def run_steps(
        self,
        steps: Generator[object, None, Result],
        then: Callable[[Result], object],
        *,
        latest: Hashable,
    ) -> None:
        """Run what goes step by step and returns its result, as above; it is left as soon as that is not wanted."""
        request = _Request(latest)

        def job() -> Result:
            left = Steps(steps)
            for _ in left:
                if not self._wanted(request):
                    raise _Left
            return left.result

        self._start(request, job, then, None)

    def _start(
        self,
        request: "_Request",
        job: Callable[[], Result],
        then: Callable[[Result], object],
        otherwise: Callable[[str], object] | None,
        *,
        must: bool = False,
    ) -> None:
        if request.key is not None:
            self._newest[request.key] = request
        fail = otherwise or self.failed.emit

        def work() -> None:
            if self._superseded(request) or (self._over and (request.leave or request.key is not None)):
                return
            try:
                with left_unless(lambda: self._wanted(request)) if request.leave else nullcontext():
                    result = job()
            except _Left:
                return
            except (DigitpadError, MemoryError, OSError) as error:
                self._done.emit(request, fail, _sentence(error))
            # A mistake of the program, to be raised where the window may be touched. Not only an Exception: a library
            # written in Rust has panics, and whoever waits would wait for ever.
            except BaseException as error:
                self._broken.emit(request, fail, error)
            else:
                self._done.emit(request, then, result)

        if self._jobs.give(work):
            return
        if must:
            work()
        else:
            self._done.emit(request, fail, NO_THREAD)

    def drop(self, latest: Hashable) -> None:
        """Do without the answer to the newest request with this key, if it is still to come."""
        self._newest.pop(latest, None)

    def pending(self, latest: Hashable) -> bool:
        """Whether the answer to the newest request with this key is still to come."""
        return latest in self._newest

    def finish(self) -> None:
        """Wait for the jobs to end, and do now what follows from them."""
        self._jobs.wait()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def wait(self) -> None:
        """Wait for the jobs to end, those that have not begun too; their results are not wanted any more."""
        self._over = True
        self._jobs.wait()

    def _superseded(self, request: "_Request") -> bool:
        return request.key is not None and self._newest.get(request.key) is not request

    def _wanted(self, request: "_Request") -> bool:
        return not self._over and not self._superseded(request)

    def _deliver(self, request: "_Request", then: Callable[[Any], object], result: object) -> None:
        if self._wanted(request):
            self._newest.pop(request.key, None)
            then(result)

    def _raise(self, request: "_Request", fail: Callable[[str], object], error: BaseException) -> None:
        try:
            if self._wanted(request):
                self._newest.pop(request.key, None)
                fail(f"Something unexpected went wrong ({words(error)}).")
        finally:
            raise_mistake(error)


class _Request:
    """One request, told from others by being itself."""

    def __init__(self, key: Hashable, leave: bool = False) -> None:
        self.key, self.leave = key, leave


class _Left(Exception):
    """Ends a job between two of its steps, where nobody waits for its result any more."""


def _sentence(error: DigitpadError | MemoryError | OSError) -> str:
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if isinstance(error, OSError):
        return f"{error.filename or 'Something needed'}: cannot be used ({reason(error)})."
    return str(error)
