"""An import that takes a while, as a person and a screen reader follow it, and stop it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.importing import Source
from digitpad.gui.window.main_window import MainWindow
from tests.gui.feed import Feed

LINE = '{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n'


@pytest.fixture
def feed(window: MainWindow, qtbot: QtBot) -> Iterator[Feed]:
    """Drawings that the window has been waiting for so long that it says so."""
    feed = Feed()
    window.session.drawings.importing.begin(Source("mine.jsonl"), feed.read)
    qtbot.waitUntil(window.transfer.isVisible)
    yield feed
    feed.end()


def press(window: MainWindow, name: str) -> None:
    """Click a button over the page."""
    button = window.toast.findChild(QToolButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_long_import_is_told_and_can_be_stopped_and_taken_back(
    window: MainWindow, drawings: Drawings, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(LINE * 100_000)
    monkeypatch.setattr("digitpad.gui.data.heading.ask_open", lambda *_: file)
    action = window.data.findChild(QAction, "import_strokes")
    assert action is not None
    action.trigger()
    assert not window.transfer.isVisible()
    told = re.compile("Importing mine.jsonl: [0-9,]+ drawings so far…")
    qtbot.waitUntil(lambda: told.fullmatch(window.transfer.sentence) is not None)
    with qtbot.waitSignal(drawings.done):
        press(window, "stop_transfer")
    came = drawings.total - 25
    assert 0 < came < 100_000
    assert window.toast.sentence == (
        f"{came:,} drawings imported from mine.jsonl, then stopped. You have kept {25 + came:,} so far."
    )
    assert len(drawings.samples) == 25 + came
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    with qtbot.waitSignal(drawings.undone):
        press(window, "said_action")
    assert drawings.total == len(drawings.samples) == 25


def test_its_end_takes_the_place_of_how_far_it_is(
    window: MainWindow, drawings: Drawings, feed: Feed, qtbot: QtBot
) -> None:
    places = []
    drawings.done.connect(lambda *_: places.append((window.transfer.isVisible(), window.toast.sentence)))
    feed.give(12)
    feed.end()
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    assert places == [(True, "12 drawings came from mine.jsonl. You have kept 37 so far.")]


def test_a_screen_reader_hears_beginning_and_end_alone(
    window: MainWindow, heard: list[str], feed: Feed, qtbot: QtBot
) -> None:
    assert heard == ["Importing mine.jsonl…"]
    feed.give(1)
    qtbot.waitUntil(lambda: window.transfer.sentence == "Importing mine.jsonl: 1 drawing so far…")
    feed.end()
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    assert heard == ["Importing mine.jsonl…", "1 drawing came from mine.jsonl. You have kept 26 so far."]


def test_one_that_is_stopped_before_anything_came_is_told_too(
    window: MainWindow, drawings: Drawings, feed: Feed, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(drawings.reported), qtbot.assertNotEmitted(drawings.done):
        press(window, "stop_transfer")
        assert window.transfer.sentence == "Stopping the import of mine.jsonl…"
        feed.give(1)  # which is what the thread waits for
    assert window.status.report.text() == "No drawings were imported from mine.jsonl: it was stopped."
    qtbot.waitUntil(lambda: not window.transfer.isVisible())
    assert not window.session.history.data.canUndo()


def test_what_is_kept_while_it_goes_on_is_not_taken_back_with_it(
    window: MainWindow, drawings: Drawings, feed: Feed, qtbot: QtBot
) -> None:
    feed.give(250)
    qtbot.waitUntil(lambda: len(drawings.samples) == 25 + 200)
    with qtbot.waitSignal(drawings.done):
        drawings.remove([1])
    with qtbot.waitSignal(drawings.done):
        press(window, "stop_transfer")
        feed.give(1)
    assert drawings.total == 24 + 250
    with qtbot.waitSignal(drawings.undone):
        window.session.history.take_back()
    assert [sample.id for sample in drawings.samples.each()] == list(range(2, 26))
