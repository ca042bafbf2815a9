"""Saves networks: the one in use, or one that was trained here; neither changes which one is in use."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.gui.services.background import Background
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.widgets.file_dialogs import ask_save
from digitpad.gui.window.recent import RecentNetworks
from digitpad.train import model_file
from digitpad.train.made import Made
from digitpad.train.model_file import Model

_ENDING = ".safetensors"


class Saving(QObject):
    """Writes networks to the files a person names, in a thread: as each was when it was to be saved.

    Signals: ``saved()``; ``reported(sentence)`` where the window's title does not tell; ``failed(sentence)``.
    """

    saved = Signal()
    reported = Signal(str)
    failed = Signal(str)

    def __init__(
        self, window: QWidget, session: Session, recent: RecentNetworks, chosen: Callable[[], Snapshot | None]
    ) -> None:
        """``chosen`` returns what to save where that is not the network in use.

        ``window`` has the dialogs, and calls ``finish`` before it closes and ``close_down`` before it goes.
        """
        super().__init__(window)
        self._window, self._session, self._recent, self._chosen = window, session, recent, chosen
        self._background = Background(self)
        self._failing = False  # whether the last writing failed

    def save(self) -> None:
        """Write to the file that the network is in, or ask for one."""
        snapshot, path = self._chosen(), self._session.path
        if path and (snapshot is None or self._session.in_use(snapshot)):
            self._write(path, snapshot)
        else:
            self._ask(snapshot)

    def save_as(self) -> None:
        """Ask for a file and write to it."""
        self._ask(self._chosen())

    def save_to(self, path: Path) -> None:
        """Write to ``path``, or say why not."""
        self._write(path, self._chosen())

    def save_unsaved(self) -> bool:
        """Write what would be lost if the program ended now, before this returns; whether all of it was written."""
        if self._session.unsaved and not (self._ask(None) and self.finish()):
            return False
        if not all(self._save_made(made) and self.finish() for made in self._session.made.all):
            return False
        newest = self._session.newest_unsaved
        return newest is None or (self._ask(newest) and self.finish())

    def finish(self) -> bool:
        """Wait for what is being written; whether it was."""
        self._failing = False
        self._background.finish()
        return not self._failing

    def close_down(self) -> None:
        """Write nothing more."""
        self._background.wait()

    def _ask(self, snapshot: Snapshot | None) -> bool:
        """Ask for a file and write to it; whether one was named."""
        path, start = self._session.path, Path(f"network{_ENDING}")
        if path:  # the file of the network in use is no place for another
            start = path if snapshot is None or self._session.in_use(snapshot) else path.with_name(start.name)
        whose = f" of run #{snapshot.run.number} at epoch {round(snapshot.epochs, 2):g}" if snapshot else ""
        name = self._ask_name(f"Save the network{whose}", start)
        if name is not None:
            self._write(name, snapshot)
        return name is not None

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
        """Ask for a file and write one of the networks made here to it; whether a file was named."""
        name = self._ask_name(f"Save {made.title}", Path(f"network{_ENDING}"))
        if name is not None:
            self._run(name, made.load, lambda: self._session.note_made_saved(name, made))
        return name is not None

    def _write(self, path: Path, snapshot: Snapshot | None) -> None:
        model = self._session.to_save(snapshot)

        def note() -> None:
            self._session.note_saved(path, model, snapshot)
            if model.network is not self._session.model.network:
                self.reported.emit(f"The network shown is saved in {path.name}.")

        self._run(path, lambda: model, note)

    def _run(self, path: Path, load: Callable[[], Model], note: Callable[[], object]) -> None:
        """Write what ``load`` returns, in the thread, and ``note`` that it is there."""

        def saved(_: None) -> None:
            note()
            self._recent.add(path)
            self.saved.emit()

        self._background.run(lambda: model_file.save(path, load()), saved, self._fail, must=True)

    def _fail(self, sentence: str) -> None:
        self._failing = True
        self.failed.emit(sentence)
