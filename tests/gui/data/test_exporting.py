"""An export that takes a while, as a person and a screen reader follow it, and stop it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.importing import Source
from digitpad.gui.window.main_window import MainWindow
from tests.gui.data.conftest import drawn
from tests.gui.feed import Gate


@pytest.fixture
def gate(window: MainWindow, drawings: Drawings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """What all 25 drawings have to pass on their way to a file."""
    gate, each = Gate(), drawings.samples.each
    monkeypatch.setattr(drawings.samples, "each", lambda: gate.through(each()))
    yield gate
    gate.open()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the person chooses in the dialog: a file that is there."""
    file = tmp_path / "mine.jsonl"
    file.write_text("of before")
    monkeypatch.setattr("digitpad.gui.data.heading.ask_save", lambda *_: file)
    monkeypatch.setattr("digitpad.gui.data.heading.ask_folder", lambda *_: tmp_path / "pictures")
    return file


def begin(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """Choose from the menu of files, and wait until it is told that this takes a while."""
    action = window.data.findChild(QAction, name)
    assert action is not None
    action.trigger()
    assert not window.transfer.isVisible()
    qtbot.waitUntil(window.transfer.isVisible)


def stop(window: MainWindow) -> None:
    """Click the button over the page."""
    QTest.mouseClick(window.transfer.stop, Qt.MouseButton.LeftButton)


def test_how_far_a_long_export_is_is_told_until_it_is_over(
    window: MainWindow, drawings: Drawings, gate: Gate, file: Path, qtbot: QtBot, heard: list[str]
) -> None:
    begin(window, qtbot, "export_strokes")
    assert window.transfer.sentence == "Exporting to mine.jsonl…"
    gate.let(1)
    qtbot.waitUntil(lambda: window.transfer.sentence == "Exporting to mine.jsonl: 1 of 25 drawings…")
    assert heard == ["Exporting to mine.jsonl…"]
    places = []
    drawings.reported.connect(lambda _: places.append(window.transfer.isVisible()))
    gate.open()
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    assert places == [True]  # what is told at its end takes its place
    assert window.status.report.text() == f"Written to {file}: 25 drawings."
    assert file.read_text().count('"label"') == 25


def test_there_are_never_more_than_there_are(
    window: MainWindow, drawings: Drawings, gate: Gate, file: Path, qtbot: QtBot
) -> None:
    begin(window, qtbot, "export_strokes")
    transfer = drawings.transfers.current
    assert transfer is not None
    gate.let(24)
    qtbot.waitUntil(lambda: transfer.n == 24)
    drawings.samples.add_many([drawn(6, 0)] * 3)
    gate.let(2)
    qtbot.waitUntil(lambda: transfer.n == 26)
    drawings.transfers.changed.emit()  # as it is soon
    assert window.transfer.sentence == "Exporting to mine.jsonl: 26 of 26 drawings…"
    gate.open()  # or the window would wait as it closes


def test_strokes_can_be_stopped_and_the_file_is_as_it_was(
    window: MainWindow, gate: Gate, file: Path, qtbot: QtBot
) -> None:
    begin(window, qtbot, "export_strokes")
    assert window.transfer.stop.toolTip() == "Stop exporting; nothing half-written stays"
    gate.let(7)
    stop(window)
    assert window.transfer.sentence == "Stopping the export to mine.jsonl…"
    gate.let(1)  # for which the thread waits
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    assert window.status.report.text() == f"No drawings were written to {file}: it was stopped."
    assert file.read_text() == "of before"


def test_of_pictures_that_are_stopped_those_that_were_written_stay(
    window: MainWindow, drawings: Drawings, gate: Gate, file: Path, qtbot: QtBot
) -> None:
    begin(window, qtbot, "export_pictures")
    assert window.transfer.stop.toolTip() == "Stop exporting; the pictures written so far stay"
    transfer = drawings.transfers.current
    assert transfer is not None
    gate.let(12)
    qtbot.waitUntil(lambda: transfer.n == 12)
    stop(window)
    gate.let(1)
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    pictures = file.parent / "pictures"
    assert window.status.report.text() == f"Written to {pictures}: 12 drawings, of 25; then it was stopped."
    assert len(list(pictures.rglob("*.png"))) == 12


def test_an_import_waits_for_an_export_and_says_so_when_it_takes_long_itself(
    window: MainWindow, drawings: Drawings, gate: Gate, file: Path, qtbot: QtBot
) -> None:
    begin(window, qtbot, "export_strokes")
    more = Gate()
    drawings.importing.begin(Source("theirs.jsonl"), lambda: more.through([drawn(6, 0)]))
    gate.open()
    qtbot.waitUntil(lambda: window.transfer.sentence == "Importing theirs.jsonl…")
    assert window.transfer.stop.toolTip() == "Stop importing; the drawings imported so far stay"
    assert file.read_text().count('"label"') == 25
    with qtbot.waitSignal(drawings.done):
        more.open()
