"""All of the person's drawings written to files, away from the window: ``Exporting``."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.gui.services.transfers import Transfer, Transfers, Way
from digitpad.gui.words import counted

if TYPE_CHECKING:
    from digitpad.data.store import Sample, Store

_TO_FILE = Way("Exporting to", "export to", "Stop exporting; nothing half-written stays")
_TO_FOLDER = Way("Exporting to", "export to", "Stop exporting; the pictures written so far stay")


class Exporting(QObject):
    """Writes all drawings there are, to one file or folder after the other.

    Signals: ``reported(sentence)`` of what was written, or that it was stopped; ``failed(sentence)``.
    """

    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject, transfers: Transfers, store: "Callable[[], Store]") -> None:
        """Write in the thread of ``transfers`` what is in what ``store`` returns there."""
        super().__init__(parent)
        self._transfers, self._store = transfers, store

    def begin_strokes(self, path: Path) -> None:
        """Write all drawings that have strokes to a file, one JSON object a line."""

        def write(samples: "Iterable[Sample]") -> int:
            from digitpad.data.strokes import write_strokes

            return write_strokes(path, samples)

        def sentence(written: int | None) -> str:
            if written is None:
                return f"No drawings were written to {path}: it was stopped."
            without = written < transfer.n
            return _written(path, written, f", of {transfer.n:,}; pictures have no strokes to write" if without else "")

        transfer = Transfer(path.name, _TO_FILE)
        self._begin(transfer, write, sentence)

    def begin_pictures(self, folder: Path) -> None:
        """Write all drawings as PNG pictures into the folders 0 to 9 of ``folder``."""

        def write(samples: "Iterable[Sample]") -> int:
            from digitpad.gui.services.picture_folder import write_pictures

            return write_pictures(folder, samples)

        def sentence(written: int | None) -> str:
            if written is not None:
                return _written(folder, written)
            return _written(folder, transfer.n, f", of {transfer.of:,}; then it was stopped")

        transfer = Transfer(folder.name or str(folder), _TO_FOLDER)  # a drive has no name
        self._begin(transfer, write, sentence)

    def _begin(
        self, transfer: Transfer, write: "Callable[[Iterable[Sample]], int]", sentence: Callable[[int | None], str]
    ) -> None:
        """Have ``write`` write them, and tell the ``sentence`` for how many it wrote, None where it was left."""

        def job() -> int:
            store = self._store()
            transfer.total = len(store)
            return write(self._transfers.passing(transfer, store.each()))

        def then(written: int | None) -> None:
            self.reported.emit(sentence(written))
            self._transfers.end(transfer)

        def otherwise(failure: str) -> None:
            self.failed.emit(failure)
            self._transfers.end(transfer)

        self._transfers.begin(transfer, job, then, otherwise)


def _written(path: Path, n: int, rest: str = "") -> str:
    """Say how many drawings were written, and the ``rest``."""
    return f"Written to {path}: {counted(n, 'drawing')}{rest}."
