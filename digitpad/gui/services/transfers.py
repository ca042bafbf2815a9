"""Drawings on their way from files or to them, away from the window, and how far that is: ``Transfers``."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import monotonic
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from digitpad.errors import Cancelled
from digitpad.files.reading import check_wanted, left_unless
from digitpad.gui.services.background import Background

T = TypeVar("T")

_LONG_MS = 500  # from then on it is told: a line for less would only flicker
_REPORT_INTERVAL_S = 0.2


class Way(NamedTuple):
    """How drawings go: the words before the file's name, "Importing" and "import of", and what it is to ``stop``."""

    going: str
    noun: str
    stop: str


class Transfer:
    """A file or folder, called ``name``, that drawings come from or go to.

    So far ``n`` have passed, which grows in the thread, of ``total`` unless that is 0, as nobody knows. It is
    ``stopping`` once nobody wants more of it, and was ``left`` where there may have been more.
    """

    def __init__(self, name: str, way: Way) -> None:
        self.name, self.way = name, way
        self.n = self.total = 0
        self.stopping = self.left = False

    @property
    def of(self) -> int:
        """``total``, or more where some were drawn meanwhile: never fewer than have passed."""
        return max(self.n, self.total)


class Transfers(QObject):
    """Has drawings pass, from one file or folder after the other, or to it.

    Signals: ``changed()`` when ``current`` did, or how far it is, at most five times a second on the way.
    """

    changed = Signal()
    _more = Signal()

    def __init__(
        self, parent: QObject, work: Background, long_ms: int = _LONG_MS, clock: Callable[[], float] = monotonic
    ) -> None:
        """Have them pass in the thread of ``work``.

        What takes less than ``long_ms`` is never ``current``; ``clock`` gives seconds.
        """
        super().__init__(parent)
        self._work, self._clock = work, clock
        self._transfers: list[Transfer] = []  # the first is under way, the others wait
        self._closed = False
        self._long = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(long_ms)
        self._timer.timeout.connect(self._tell)
        self._more.connect(self._tell_more, Qt.ConnectionType.QueuedConnection)

    @property
    def current(self) -> Transfer | None:
        """What is under way at the moment, if that has taken a while."""
        return self._transfers[0] if self._long else None

    def begin(
        self,
        transfer: Transfer,
        job: Callable[[], T],
        then: Callable[[T | None], object],
        otherwise: Callable[[str], object],
    ) -> None:
        """Do ``job``, in which drawings are ``passing``, in the thread, after those before it.

        ``then`` gets its result, None where it was left, and ``otherwise`` a sentence where it failed; either has to
        ``end`` the transfer.
        """
        self._transfers.append(transfer)
        if len(self._transfers) == 1 and not self._closed:
            self._timer.start()
        self._work.run(partial(self._do, transfer, job), then, otherwise)

    def stop(self) -> None:
        """Leave what is ``current``."""
        if self.current is not None:
            self.current.stopping = True
            self.changed.emit()

    def end(self, transfer: Transfer) -> None:
        """Have done with one."""
        first, was_long = self._transfers[0] is transfer, self._long
        self._transfers.remove(transfer)
        if not first:
            return
        self._long = False
        self._timer.stop()
        if self._transfers and not self._closed:
            self._timer.start()
        if was_long:
            self.changed.emit()

    def close_down(self) -> None:
        """Leave all of them where they are."""
        self._closed = True
        self._timer.stop()

    def _tell(self) -> None:
        self._long = True
        self.changed.emit()

    def _tell_more(self) -> None:
        if self.current is not None:
            self.changed.emit()

    # In the thread

    def passing(self, transfer: Transfer, drawings: Iterable[T]) -> Iterator[T]:
        """Yield ``drawings``, and count those that have passed. Raises Cancelled when nobody wants more."""
        told = float("-inf")  # what comes first is told at once
        check_wanted()
        for drawing in drawings:
            check_wanted()
            yield drawing
            transfer.n += 1
            if self._clock() - told >= _REPORT_INTERVAL_S:
                told = self._clock()
                self._more.emit()

    def _do(self, transfer: Transfer, job: Callable[[], T]) -> T | None:
        def wanted() -> bool:
            return not (transfer.stopping or self._closed)

        try:
            with left_unless(wanted):
                return job()
        except Cancelled:
            if wanted():
                raise
            transfer.left = True
            return None
