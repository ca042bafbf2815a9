"""The person's own drawings as they are in their file: counted, found and changed away from the window."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from digitpad.errors import StoreError
from digitpad.files.reading import left_unless
from digitpad.gui.services.background import Background

if TYPE_CHECKING:
    from digitpad.data.store import Sample, Store

T = TypeVar("T")


class _Counted(NamedTuple):
    """How many drawings there are of each label, and how many of all that others drew."""

    labels: list[int]
    others: int


class StoredDrawings(QObject):
    """Finds drawings, and knows how many there are; the file they are in is in ``samples``.

    Everything is done one after the other in a thread, so no caller waits. Signals: ``changed()`` when the drawings
    did, with ``counts`` up to date; ``failed(sentence)`` of what could not be done. Once a change is made,
    ``settled(sentence)`` has what was said of each before it that could not be. ``rescued(sentence)`` tells that the
    file was damaged and set aside.
    """

    changed = Signal()
    failed = Signal(str)
    settled = Signal(str)
    rescued = Signal(str)

    def __init__(self, path: Path | None, parent: QObject) -> None:
        """Have them in the file ``path``, or in memory; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._path = path
        self.counts = [0] * 10
        self._others = 0  # of the drawings, that somebody else drew
        self._refusals: list[str] = []  # why changes could not be made, since one could
        self._store: Store | None = None
        self._making = Lock()
        self._work = Background(self)
        self._work.failed.connect(self.failed)

    @property
    def samples(self) -> "Store":
        """The drawings themselves, for any thread."""
        with self._making:  # whichever threads are the first, they have one database
            if self._store is None:
                from digitpad.data.store import Store  # only for those who keep some

                self._store = Store(self._path, warn=self.rescued.emit)
            return self._store

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts)

    @property
    def mine(self) -> int:
        """How many of them the person drew, and nobody else."""
        return self.total - self._others

    def refresh(self, then: Callable[[], object] = lambda: None) -> None:
        """Count them anew, since another window may have changed them, and go on with ``then``."""

        def take(counted: _Counted) -> None:
            self._take_counted(counted)
            self.changed.emit()
            then()

        self._work.run(self._count, take)

    def count_if_any(self) -> None:
        """Count them, if any were ever kept."""
        if self._path is not None and os.path.exists(self._path):
            self.refresh()

    def page(
        self,
        label: int | None,
        first: int,
        n: int,
        then: "Callable[[list[Sample]], object]",
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Find ``n`` drawings of one label or of all, newest first, from the ``first`` on, for ``then``.

        ``otherwise`` is given the sentence, in place of ``failed``, when they cannot be read.
        """
        self._work.run(lambda: self.samples.page(label, first, n), then, otherwise)

    def newest(
        self,
        n: int,
        drawn_by: Callable[[str], bool],
        then: "Callable[[list[Sample]], object]",
        otherwise: Callable[[str], object],
        wanted: Callable[[], bool],
    ) -> None:
        """Find the newest ``n`` drawings by these writers for ``then``, or give ``otherwise`` a sentence.

        It gets one, too, where they are not ``wanted`` any more before they are found.
        """

        def find() -> "list[Sample]":
            with left_unless(wanted):
                return self.samples.newest(n, drawn_by)

        self._work.run(find, then, otherwise)

    def _make_change(
        self,
        change: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[str], object],
    ) -> None:
        """Make a change in the thread, count the drawings, and go on with what it returned, or with why it failed.

        What kept one before it is settled then, unless there was nothing to change.
        """

        def succeeded(made: tuple[T, _Counted | None]) -> None:
            result, counted = made
            if result:
                refusals, self._refusals = self._refusals, []
                for sentence in refusals:
                    self.settled.emit(sentence)
            self._take_counted(counted)
            then(result)

        def failed(sentence: str) -> None:
            if sentence not in self._refusals:
                self._refusals.append(sentence)
            otherwise(sentence)

        self._work.run(partial(self._and_count, change), succeeded, failed, must=True)

    def _after_all(self, then: Callable[[], object]) -> None:
        """Go on with ``then`` once all that was begun before is done."""
        self._work.run(lambda: None, lambda _: then(), must=True)

    def _count(self) -> _Counted:
        """Count them, in the thread."""
        return _Counted(self.samples.counts(), self.samples.count_of_others())

    def _and_count(self, change: Callable[[], T]) -> tuple[T, _Counted | None]:
        """Make a change and count the drawings, in the thread; None where only that fails, as the change is made."""
        result = change()
        try:
            return result, self._count()
        except (StoreError, MemoryError):
            return result, None

    def _take_counted(self, counted: _Counted | None) -> None:
        """Know how many there are; for None count again, which tells why it cannot be done."""
        if counted is None:
            self.refresh()
        else:
            self.counts, self._others = counted

    def finish(self) -> None:
        """Wait for the changes that were begun, and do now what follows from them."""
        self._work.finish()

    def close_down(self) -> None:
        """Finish what was begun, and let go of the file."""
        self._work.wait()
        if self._store is not None:
            self._store.close()
