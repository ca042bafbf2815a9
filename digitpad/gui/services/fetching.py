"""Fetching MNIST from the internet, away from the window: ``Fetching``."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad import paths
from digitpad.gui.services.background import Background

if TYPE_CHECKING:
    from digitpad.data.download import Download, Received

_REPORT_INTERVAL_S = 0.1

MakeDownload = Callable[[Path], "Download"]


class Fetching(QObject):
    """Fetches MNIST into the program's own folder, once at a time.

    Signals: ``changed()`` when it begins and ends; ``received(Received)`` on the way; ``fetched(Path)`` with the folder
    at the end, or ``failed(sentence)``, neither when it was cancelled.
    """

    changed = Signal()
    received = Signal(object)
    fetched = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, make_download: MakeDownload | None = None) -> None:
        """Fetch with what ``make_download`` returns for a folder: MNIST from its mirrors, unless told otherwise."""
        super().__init__(parent)
        self._make_download = make_download or _mnist_download
        self._download: Download | None = None
        self._background = Background(self)

    @property
    def active(self) -> bool:
        """Whether MNIST is being fetched."""
        return self._download is not None

    def begin(self) -> None:
        """Fetch MNIST, unless that is under way."""
        if self._download is None:
            download = self._download = self._make_download(paths.own_mnist_folder())
            report = _now_and_then(self.received.emit)
            self._background.run(lambda: download.run(report), self._succeed, self._fail, latest="MNIST")
            self.changed.emit()

    def cancel(self) -> None:
        """End it; nothing half-written stays."""
        if self._download is not None:
            self._download.cancel()
            self._background.drop("MNIST")
            self._end()

    def close_down(self) -> None:
        """End it, and wait for that."""
        self.cancel()
        self._background.wait()

    def _succeed(self, folder: Path) -> None:
        self._end()
        self.fetched.emit(folder)

    def _fail(self, sentence: str) -> None:
        self._end()
        self.failed.emit(f"{sentence} If you have a copy of MNIST, drop it on this window.")

    def _end(self) -> None:
        self._download = None
        self.changed.emit()


def _mnist_download(folder: Path) -> "Download":
    from digitpad.data import download  # loaded when MNIST is wanted

    return download.mnist_download(folder)


def _now_and_then(report: "Callable[[Received], None]") -> "Callable[[Received], None]":
    """Return ``report`` for a caller that has something to report hundreds of times a second."""
    last = 0.0

    def sometimes(received: "Received") -> None:
        nonlocal last
        if received.received == received.total or monotonic() - last > _REPORT_INTERVAL_S:
            last = monotonic()
            report(received)

    return sometimes
