"""Saves networks: the one in use, or one that was trained here; neither changes which one is in use."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.errors import DigitpadError
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.widgets.file_dialogs import ask_save
from digitpad.gui.window.recent import RecentNetworks
from digitpad.train.made import Made

_ENDING = ".safetensors"


class Saving(QObject):
    """Writes networks to the files a person names.

    Signals: ``saved()``; ``reported(sentence)`` where the window's title does not tell; ``failed(sentence)``.
    """

    saved = Signal()
    reported = Signal(str)
    failed = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, recent: RecentNetworks, chosen: Callable[[], Snapshot | None]
    ) -> None:
        """``chosen`` returns what to save where that is not the network in use; ``window`` has the dialogs."""
        super().__init__(window)
        self._window, self._session, self._recent, self._chosen = window, session, recent, chosen

    def save(self) -> bool:
        """Write to the file that the network is in, or ask for one; whether it was written."""
        snapshot, path = self._chosen(), self._session.path
        if path and (snapshot is None or self._session.in_use(snapshot)):
            return self._write(path, snapshot)
        return self._ask(snapshot)

    def save_as(self) -> bool:
        """Ask for a file and write to it; whether it was written."""
        return self._ask(self._chosen())

    def save_to(self, path: Path) -> bool:
        """Write to ``path``, or say why not; whether it was written."""
        return self._write(path, self._chosen())

    def save_unsaved(self) -> bool:
        """Write what would be lost if the program ended now; whether it was written."""
        if self._session.unsaved and not self._ask(None):
            return False
        if not all(self._save_made(made) for made in self._session.made.all):
            return False
        newest = self._session.newest_unsaved
        return newest is None or self._ask(newest)

    def _ask(self, snapshot: Snapshot | None) -> bool:
        path, start = self._session.path, Path(f"network{_ENDING}")
        if path:  # the file of the network in use is no place for another
            start = path if snapshot is None or self._session.in_use(snapshot) else path.with_name(start.name)
        whose = f" of run #{snapshot.run.number} at epoch {round(snapshot.epochs, 2):g}" if snapshot else ""
        name = self._ask_name(f"Save the network{whose}", start)
        return name is not None and self._write(name, snapshot)

    def _ask_name(self, title: str, start: Path) -> Path | None:
        path = ask_save(self._window, FileKind.NETWORK, title, start, f"Networks (*{_ENDING})")
        if path is None or path.suffix == _ENDING:
            return path
        whole = path.with_name(path.name + _ENDING)
        if os.path.exists(whole):  # nobody was asked about that one
            self.failed.emit(f"{whole}: this file is there already. Choose its whole name to replace it.")
            return None
        return whole

    def _save_made(self, made: Made) -> bool:
        name = self._ask_name(f"Save {made.title}", Path(f"network{_ENDING}"))
        if name is None:
            return False
        try:
            self._session.save_made(name, made)
        except DigitpadError as error:
            self.failed.emit(str(error))
            return False
        self._recent.add(name)
        return True

    def _write(self, path: Path, snapshot: Snapshot | None) -> bool:
        try:
            if snapshot is None:
                self._session.save(path)
            else:
                self._session.save_snapshot(path, snapshot)
        except DigitpadError as error:
            self.failed.emit(str(error))
            return False
        self._recent.add(path)
        self.saved.emit()
        if snapshot and not self._session.in_use(snapshot):
            self.reported.emit(f"The network shown is saved in {path.name}.")
        return True
