"""Drawings that come from files, away from the window: ``Importing``."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.gui.services.transfers import Transfer, Transfers, Way

if TYPE_CHECKING:
    from digitpad.data.store import Drawn, Store

_FROM = Way("Importing", "import of", "Stop importing; the drawings imported so far stay")
_AT_ONCE, _POINTS_AT_ONCE = 200, 50_000  # drawings and their points, so that one kept meanwhile need not wait


class Source(Transfer):
    """A file or folder that drawings come from.

    ``numbers`` are those of the ones that are kept; ``left_out`` is a sentence for what was left out so far, if any.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, _FROM)
        self.numbers: list[int] = []
        self.left_out = ""


class Importing(QObject):
    """Keeps the drawings in files and folders, one after the other.

    Signals: ``came(Source)`` when no more come from one, which whoever hears it has to ``end`` among the transfers;
    ``failed(sentence)`` when not all of what was read could be kept, or not all be read.
    """

    came = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, transfers: Transfers, store: "Callable[[], Store]") -> None:
        """Read in the thread of ``transfers`` and keep what comes in what ``store`` returns there."""
        super().__init__(parent)
        self._transfers, self._store = transfers, store

    def begin_strokes(self, path: Path) -> None:
        """Keep the digits in a file of strokes, one JSON object a line."""
        source = Source(path.name)
        self.begin(source, lambda: _from_strokes(path, source))

    def begin_pictures(self, folder: Path) -> None:
        """Keep the pictures in the folders 0 to 9 of ``folder``."""
        source = Source(folder.name or str(folder))  # a drive has no name
        self.begin(source, lambda: _from_pictures(folder, source))

    def begin(self, source: Source, read: "Callable[[], Iterable[Drawn]]") -> None:
        """Keep what ``read`` returns in the thread, as what comes from ``source``, after those before it."""
        self._transfers.begin(
            source, partial(self._keep, source, read), lambda _: self._tell(source), partial(self._tell, source)
        )

    def _tell(self, source: Source, failure: str = "") -> None:
        """Tell what came, what kept more from coming, and what was left out of it, also where it was stopped."""
        self.came.emit(source)
        for sentence in (failure, source.left_out if source.numbers or not failure else ""):
            if sentence:
                self.failed.emit(sentence)

    # In the thread

    def _keep(self, source: Source, read: "Callable[[], Iterable[Drawn]]") -> None:
        batch: list[Drawn] = []
        points = 0
        try:
            for drawing in self._transfers.passing(source, read()):
                batch.append(drawing)
                points += sum(map(len, drawing.strokes))
                if len(batch) == _AT_ONCE or points >= _POINTS_AT_ONCE:
                    source.numbers += self._store().add_many(batch)
                    batch, points = [], 0
        finally:  # what could be read is kept, whatever could not
            source.numbers += self._store().add_many(batch)


def _from_strokes(path: Path, source: Source) -> "Iterator[Drawn]":
    """Yield the digits in a file of strokes; ``source`` is told what is left out of those that came."""
    from digitpad.data.strokes import Strokes, read_strokes, samples_of

    timed = False

    def digits() -> Iterator[Strokes]:
        nonlocal timed
        for digit in read_strokes(path):
            timed = timed or digit.timed
            yield digit

    for drawing in samples_of(digits()):
        yield drawing
        if timed:
            source.left_out = f"{path}: its third numbers were taken for times, not pressures, and left out."


def _from_pictures(folder: Path, source: Source) -> "Iterator[Drawn]":
    """Return the digits in a folder of pictures; ``source`` is told which could not be read."""
    from digitpad.gui.services.picture_folder import read_pictures

    return read_pictures(folder, partial(setattr, source, "left_out"))
