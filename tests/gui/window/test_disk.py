"""Nothing that a person does has the window wait for the disk."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.store import Store
from digitpad.errors import StoreError
from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from tests.gui import hands, training


class Disk:
    """Hears of whatever has a thread wait for the disk: synchronising files, and all that is asked of databases."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by_the_window, self.by_others = list[str](), list[str]()
        sync, connect = os.fsync, sqlite3.connect
        note = self._note

        class Database(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                note(sql)
                return super().execute(sql, *values)

            def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
                note(sql)
                return super().executemany(sql, *values)

        def fsync(descriptor: int) -> None:
            note("fsync")
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(sqlite3, "connect", lambda *what, **how: connect(*what, **how, factory=Database))

    def _note(self, what: str) -> None:
        here = threading.current_thread() is threading.main_thread()
        (self.by_the_window if here else self.by_others).append(what)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk, watched."""
    return Disk(monkeypatch)


@pytest.fixture
def window(
    disk: Disk, qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window as the program begins with it: all that it keeps has its file."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    home = tmp_path / "home"
    session = Session(model_file.load(DEFAULT_NETWORK), None, home / "drawings.sqlite")
    window = make_window(qapp, session, Preferences(home / "settings.json"), home / "sittings")
    qtbot.addWidget(window)
    window.recovery.open_as_left(home / "sittings", network_given=False)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not window.recovery.busy)
    yield window
    window.close()


def keep_and_change_drawings(window: MainWindow, qtbot: QtBot) -> None:
    """Keep a drawing as a 3, say that it is a 9, forget it, and bring it back."""
    drawings = window.session.drawings
    hands.drag(window.draw.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.kept):
        window.draw.keep[3].trigger()
    window.tabs.setCurrentWidget(window.tabs.data_page)
    gallery = window.data.gallery
    qtbot.waitUntil(lambda: gallery.isVisible() and gallery.count() == 1)
    QTest.mouseClick(
        gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.visualRect(gallery.model().index(0, 0)).center()
    )
    for key, counts in ((Qt.Key.Key_9, (0, 1)), (Qt.Key.Key_Delete, (0, 0))):
        with qtbot.waitSignal(drawings.done):
            QTest.keyClick(gallery, key)
        assert (drawings.counts[3], drawings.counts[9]) == counts
    with qtbot.waitSignal(drawings.undone):
        training.choose(window, "undo")
    assert drawings.counts[9] == 1


def test_nothing_has_the_window_wait_for_the_disk(
    window: MainWindow, disk: Disk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_and_change_drawings(window, qtbot)
    with qtbot.waitSignal(window.session.drawings.reported):
        window.session.drawings.exporting.begin_strokes(tmp_path / "mine.jsonl")
    for name in ("dark", "larger_text", "usual_text", "light"):
        training.choose(window, name)
    window.tabs.setCurrentWidget(window.tabs.train_page)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    training.type_into(window.train, "eta", "0.7")
    training.train(qtbot, window.train)
    with qtbot.waitSignal(window.train.reported):
        window.train.exports.write_csv(tmp_path / "runs.csv")
    monkeypatch.setattr("digitpad.gui.window.saving.ask_save", lambda *_: tmp_path / "mine.safetensors")
    with qtbot.waitSignal(window.saving.saved):
        training.choose(window, "save_run")
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    with qtbot.waitSignal(window.autosave.kept):
        window.autosave.keep()
    training.choose(window, "start_fresh")
    qtbot.waitUntil(lambda: not window.recovery.busy)
    window.close()
    assert not window.isVisible()
    assert disk.by_the_window == []
    assert {"fsync", "begin immediate"} <= {what.lower() for what in disk.by_others}


def test_what_was_said_of_a_full_disk_is_taken_back_once_it_has_room(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, another = window.toast, "mine.jsonl: line 3 is no digit."

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def refuse(*_: object) -> None:
        raise StoreError("drawings.sqlite: the disk is full, and nothing more can be kept there.")

    def keep_all(label: int, brush: float) -> None:
        window.draw.keep[label].trigger()
        window.preferences.brush = brush
        window.autosave.keep()

    hands.drag(window.draw.canvas, hands.LINE)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        patched.setattr(Store, "add", refuse)
        keep_all(3, 0.05)
        words = "the disk is full", "What you do cannot be kept", "Settings are forgotten"
        qtbot.waitUntil(lambda: all(any(word in each for each in said.sentences) for word in words))
    window.session.drawings.failed.emit(another)  # which a disk with room does not mend
    with qtbot.waitSignal(window.session.drawings.kept):
        keep_all(4, 0.06)
    qtbot.waitUntil(lambda: [each for each in said.sentences if not each.startswith("Kept as 4")] == [another])


def test_a_network_that_could_not_be_saved_is_told_before_the_window_closes(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.saving.save_to(tmp_path / "no" / "mine.safetensors")
    window.close()
    assert window.isVisible()
    assert "cannot be written" in window.toast.sentence
    window.close()
    assert not window.isVisible()
