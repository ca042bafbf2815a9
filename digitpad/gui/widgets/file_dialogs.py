"""The system's dialogs for files, which begin where files of the same kind were last."""

import os
import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.gui.services.folders import FileKind, Folders, usual

PICTURES = "PNG picture (*.png);;SVG drawing, sharp at any size (*.svg)"  # that are written here

NETWORKS = "Networks (*.safetensors)"  # files of networks, by name and ending
_ALL = "All files (*)"
_ENDING = re.compile(r"\.[A-Za-z]\w*")


def ask_open(parent: QWidget, kind: FileKind, title: str, names: str) -> Path | None:
    """Ask for a file to read, by its ending among ``names`` or any other; None where the person wants none."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(_begin(parent, kind)), f"{names};;{_ALL}")
    return _remembered(parent, kind, Path(name), Path(name).parent) if name else None


def ask_save(parent: QWidget, kind: FileKind, title: str, start: str | Path, names: str) -> Path | None:
    """Ask for a file to write, called ``start`` unless the person says otherwise; None where they want none.

    A name without an ending gets that of the kind chosen among ``names``, or else that of ``start``, before the person
    is asked about a file that is there already.
    """
    place = _begin(parent, kind) / start
    dialog = QFileDialog(parent, title, str(place.parent), names)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    otherwise = place.suffix if _ENDING.fullmatch(place.suffix) else ""

    def give_ending(kind: str) -> None:
        dialog.setDefaultSuffix(_only_ending(kind) or otherwise)

    give_ending(dialog.selectedNameFilter())
    dialog.filterSelected.connect(give_ending)
    dialog.selectFile(place.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    ending = dialog.defaultSuffix()
    if ending and not _ENDING.fullmatch(path.suffix):  # as in "eta 0.5", where Qt adds none
        whole = path.with_name(f"{path.name}.{ending}")
        path = path if os.path.exists(whole) else whole  # nobody was asked about that one
    return _remembered(parent, kind, path, path.parent)


def ask_folder(parent: QWidget, kind: FileKind, title: str) -> Path | None:
    """Ask for a folder; None where the person wants none."""
    name = QFileDialog.getExistingDirectory(parent, title, str(_begin(parent, kind)))
    return _remembered(parent, kind, Path(name), Path(name)) if name else None


def _only_ending(names: str) -> str:
    """Return the ending of all files in a line such as "Tables (*.csv)"; "" where there are several, or any."""
    endings = re.findall(r"\*(\.\w+)", names)
    return endings[0] if len(endings) == 1 else ""


def _folders(parent: QWidget) -> Folders | None:
    """Return those of the window that ``parent`` is part of, also by way of a dialog."""
    top = parent.window()
    while (above := top.parentWidget()) is not None:
        top = above.window()
    return top.findChild(Folders)


def _begin(parent: QWidget, kind: FileKind) -> Path:
    folders = _folders(parent)
    return folders.of(kind) if folders else usual(kind)


def _remembered(parent: QWidget, kind: FileKind, path: Path, folder: Path) -> Path:
    folders = _folders(parent)
    if folders:
        folders.remember(kind, folder)
    return path
