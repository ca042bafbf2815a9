"""Drawings that come from files, away from the window, and how far that is: ``Importing``."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from digitpad.errors import Cancelled, DataError
from digitpad.files.reading import check_wanted, left_unless
from digitpad.gui.services.background import Background

if TYPE_CHECKING:
    from digitpad.data.store import Drawn, Store

_LONG_MS = 500  # from then on it is told: a line for less would only flicker
_REPORT_INTERVAL_S = 0.1
_AT_ONCE, _POINTS_AT_ONCE = 200, 50_000  # drawings and their points, so that one kept meanwhile need not wait


class Source:
    """A file or folder that drawings come from.

    So far ``n`` have come, which grows in the thread, and ``numbers`` are those of the ones that are kept. It is
    ``stopping`` once nobody wants more of it, and was ``left`` where there may have been more.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.n = 0
        self.numbers: list[int] = []
        self.stopping = self.left = False


class Importing(QObject):
    """Keeps the drawings in files and folders, one after the other.

    Signals: ``changed()`` when ``current`` did, or how far it is, at most ten times a second on the way;
    ``came(Source)`` when no more come from one, which is over once ``end`` is called; ``failed(sentence)`` when not
    all could be read or kept.
    """

    changed = Signal()
    came = Signal(object)
    failed = Signal(str)
    _more = Signal()

    def __init__(
        self,
        parent: QObject,
        work: Background,
        store: "Callable[[], Store]",
        long_ms: int = _LONG_MS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Read in the thread of ``work`` and keep what comes in what ``store`` returns there.

        What takes less than ``long_ms`` is never ``current``; ``clock`` gives seconds.
        """
        super().__init__(parent)
        self._work, self._store, self._clock = work, store, clock
        self._sources: list[Source] = []  # the first is being read, the others wait
        self._closed = False
        self._long = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(long_ms)
        self._timer.timeout.connect(self._tell)
        self._more.connect(self._tell_more, Qt.ConnectionType.QueuedConnection)

    @property
    def current(self) -> Source | None:
        """What drawings come from at the moment, if that has taken a while."""
        return self._sources[0] if self._long else None

    def begin_strokes(self, path: Path) -> None:
        """Keep the digits in a file of strokes, one JSON object a line."""
        self.begin(lambda: _from_strokes(path), path.name)

    def begin_pictures(self, folder: Path) -> None:
        """Keep the pictures in the folders 0 to 9 of ``folder``."""

        def read() -> "Iterable[Drawn]":
            from digitpad.gui.services.picture_folder import read_pictures

            return read_pictures(folder)

        self.begin(read, folder.name)

    def begin(self, read: "Callable[[], Iterable[Drawn]]", name: str) -> None:
        """Keep what ``read`` returns in the thread, of a file or folder called ``name``, after those before it."""
        source = Source(name)
        self._sources.append(source)
        if len(self._sources) == 1:
            self._timer.start()
        self._work.run(partial(self._keep, source, read), lambda _: self.came.emit(source), partial(self._fail, source))

    def stop(self) -> None:
        """Leave what is ``current``; the drawings that came from it stay."""
        if self.current is not None:
            self.current.stopping = True
            self.changed.emit()

    def end(self, source: Source) -> None:
        """Have done with a source of which no more come."""
        first, was_long = self._sources[0] is source, self._long
        self._sources.remove(source)
        if not first:
            return
        self._long = False
        self._timer.stop()
        if self._sources:
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

    def _fail(self, source: Source, sentence: str) -> None:
        self.came.emit(source)
        self.failed.emit(sentence)

    # In the thread

    def _keep(self, source: Source, read: "Callable[[], Iterable[Drawn]]") -> None:
        def wanted() -> bool:
            return not (source.stopping or self._closed)

        try:
            with left_unless(wanted):
                self._keep_each(source, read)
        except Cancelled:
            if wanted():
                raise
            source.left = True

    def _keep_each(self, source: Source, read: "Callable[[], Iterable[Drawn]]") -> None:
        batch: list[Drawn] = []
        points, told = 0, float("-inf")  # what comes first is told at once
        check_wanted()
        try:
            for drawn in read():
                check_wanted()
                batch.append(drawn)
                points += sum(map(len, drawn.strokes))
                if len(batch) == _AT_ONCE or points >= _POINTS_AT_ONCE:
                    source.numbers += self._store().add_many(batch)
                    batch, points = [], 0
                source.n += 1
                if self._clock() - told >= _REPORT_INTERVAL_S:
                    told = self._clock()
                    self._more.emit()
        finally:  # what could be read is kept, whatever could not
            source.numbers += self._store().add_many(batch)


def _from_strokes(path: Path) -> "Iterator[Drawn]":
    """Yield the digits in a file of strokes. Raises DataError, at the end for what was left out of them."""
    from digitpad.data.strokes import Strokes, read_strokes, samples_of

    timed = False

    def digits() -> Iterator[Strokes]:
        nonlocal timed
        for digit in read_strokes(path):
            timed = timed or digit.timed
            yield digit

    yield from samples_of(digits())
    if timed:
        raise DataError(f"{path}: its third numbers were taken for times, not pressures, and left out.")
