"""Dialogs for files begin where files of the same kind were last, or in the person's own folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.services.folders import FileKind, Folders, usual
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.widgets.file_dialogs import ask_folder, ask_open, ask_save


@pytest.fixture
def preferences(tmp_path: Path) -> Iterator[Preferences]:
    preferences = Preferences(tmp_path / "settings.json")
    yield preferences
    preferences.finish()


@pytest.fixture
def window(qtbot: QtBot, preferences: Preferences) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    Folders(preferences, window)
    window.show()
    return window


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    return folder


class Person:
    """Answers the next dialog, and tells where it began and what it proposed."""

    def __init__(self, answer: str | None, kind: str = "") -> None:
        self._answer, self._kind = answer, kind
        self.began = self.proposed = ""
        QTimer.singleShot(0, self._decide)

    def _decide(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(0, self._decide)
            return
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name
        self.began, self.proposed = dialog.directory().absolutePath(), name.text()
        if self._answer is None:
            dialog.reject()
            return
        if self._kind:
            dialog.selectNameFilter(self._kind)
            dialog.filterSelected.emit(self._kind)  # which only the hand on the list does by itself
        name.setText(self._answer)
        dialog.accept()


Ask = Callable[[], Path | None]


def asked(ask: Ask, answer: str | None, kind: str = "") -> tuple[Path | None, Path, str]:
    person = Person(answer, kind)
    return ask(), Path(person.began), person.proposed


def test_it_begins_in_the_person_s_folder_and_then_where_it_was_last(
    window: QWidget, documents: Path, tmp_path: Path, preferences: Preferences
) -> None:
    other = tmp_path / "nets"
    other.mkdir()
    (other / "mine.safetensors").touch()

    def ask() -> Path | None:
        return ask_open(window, FileKind.NETWORK, "Open", "Networks (*.safetensors)")

    assert QDir.currentPath() != str(documents)
    assert asked(ask, None)[:2] == (None, documents)
    chosen, began, _ = asked(ask, str(other / "mine.safetensors"))
    assert (chosen, began) == (other / "mine.safetensors", documents)
    assert asked(ask, None)[:2] == (None, other)
    preferences.finish()
    assert Preferences(tmp_path / "settings.json").folders == {"network": other}
    assert asked(lambda: ask_open(window, FileKind.PICTURE, "Open", "Pictures (*.png)"), None)[1] == documents
    (other / "mine.safetensors").unlink()
    other.rmdir()
    assert asked(ask, None)[1] == documents  # the folder is gone
    folders = window.findChild(Folders)
    assert folders
    folders.forget()
    assert preferences.folders == {}


def test_a_file_to_write_has_a_name_and_an_ending(window: QWidget, documents: Path, tmp_path: Path) -> None:
    def ask(start: str | Path = "runs.csv") -> Path | None:
        return ask_save(window, FileKind.RUNS, "Export", start, "Tables (*.csv)")

    assert asked(ask, "mine") == (documents / "mine.csv", documents, "runs.csv")
    assert asked(ask, "other.csv")[0] == documents / "other.csv"
    assert asked(ask, "eta 0.5")[0] == documents / "eta 0.5.csv"
    assert asked(ask, "mine.txt")[0] == documents / "mine.txt"
    long = "n" * 250 + " 0.5"  # no system has room for the ending: whoever writes it says so
    assert asked(ask, long)[0] == documents / f"{long}.csv"
    there = tmp_path / "old.csv"
    assert asked(lambda: ask(there), None) == (None, tmp_path, "old.csv")


def test_a_name_without_an_ending_gets_that_of_the_kind_chosen(window: QWidget, documents: Path) -> None:
    png, svg, any_file = "Pictures (*.png)", "Drawings (*.svg)", "All files (*)"

    def ask() -> Path | None:
        return ask_save(window, FileKind.RUNS, "Save", "curves.png", f"{png};;{svg};;{any_file}")

    for kind, written in ((png, "mine.png"), (svg, "mine.svg"), (any_file, "mine.png")):
        assert asked(ask, "mine", kind)[0] == documents / written
    assert asked(ask, "mine.svg", png)[0] == documents / "mine.svg"


@pytest.mark.parametrize(("start", "ending"), [("weights", ""), ("weights.bin", ".bin"), ("weights.2", "")])
def test_the_ending_is_that_of_the_kind_whatever_the_file_before_was_called(
    window: QWidget, documents: Path, start: str, ending: str
) -> None:
    def ask(names: str) -> Path | None:
        return ask_save(window, FileKind.NETWORK, "Save", start, names)

    for answer in ("mine", "eta 0.5"):
        assert asked(lambda: ask("Networks (*.net)"), answer)[0] == documents / f"{answer}.net"
    assert asked(lambda: ask("All files (*)"), "mine")[0] == documents / f"mine{ending}"


def test_a_folder_is_where_the_next_dialog_of_its_kind_begins(window: QWidget, documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "digits"
    folder.mkdir()

    def ask() -> Path | None:
        return ask_folder(window, FileKind.DRAWINGS, "Import")

    assert asked(ask, str(folder))[:2] == (folder, documents)
    assert asked(ask, None)[1] == folder


def test_where_the_system_names_no_folder_it_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for named in ("", "/no/such/folder"):
        monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _, named=named: named)
        assert usual(FileKind.NETWORK) == Path.home()


def test_without_a_home_folder_dialogs_begin_in_one_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "")
    monkeypatch.setattr(Path, "home", unknown)
    assert usual(FileKind.NETWORK).is_dir()
