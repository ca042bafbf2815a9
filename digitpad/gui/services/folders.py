"""Where a person's files of each kind were last, so that a dialog begins there: ``Folders``."""

import os
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from digitpad.gui.services.preferences import Preferences
from digitpad.paths import home_folder

_Location = QStandardPaths.StandardLocation


class FileKind(StrEnum):
    """What people keep in different folders."""

    NETWORK = "network"
    PICTURE = "picture"
    DATA_SET = "data set"
    DRAWINGS = "drawings"
    RUNS = "runs"
    PAGE = "page"
    NOTEBOOK = "notebook"


class Folders(QObject):
    """A folder for each kind of file; part of the window, where dialogs find it."""

    def __init__(self, preferences: Preferences, window: QObject) -> None:
        """Remember them in ``preferences``."""
        super().__init__(window)
        self._preferences = preferences

    def of(self, kind: FileKind) -> Path:
        """Return where files of this kind were last, or else where the system has a person's documents or pictures."""
        last = self._preferences.folders.get(kind)
        return last if last and _is_folder(last) else usual(kind)

    def remember(self, kind: FileKind, folder: Path) -> None:
        """Begin in ``folder`` the next time."""
        self._preferences.folders = {**self._preferences.folders, kind: folder}

    def forget(self) -> None:
        """Begin everywhere as at first."""
        self._preferences.folders = {}


def usual(kind: FileKind) -> Path:
    """Return the system's folder for files of this kind, or the home folder."""
    location = _Location.PicturesLocation if kind is FileKind.PICTURE else _Location.DocumentsLocation
    named = QStandardPaths.writableLocation(location)
    return Path(named) if named and _is_folder(Path(named)) else home_folder()


def _is_folder(path: Path) -> bool:
    try:
        return os.path.isdir(path)
    except ValueError:  # no name of a file
        return False
