"""The list of keys: one for people to search, which a test of the actions holds to what is there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.window.keys import KeysDialog, Section, sections
from digitpad.gui.window.main_window import MainWindow


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> KeysDialog:
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(KeysDialog)
    assert dialog
    qtbot.waitExposed(dialog)
    return dialog


def test_f1_lists_all_keys_once(window: MainWindow, dialog: KeysDialog) -> None:
    assert list(dialog.shown) == ["Everywhere", *window.tabs.pages]
    assert ("F1", "this list") in dialog.shown["Everywhere"]
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.findChildren(KeysDialog) == [dialog]
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_words_find_keys_by_what_they_do_by_name_and_by_tab(dialog: KeysDialog) -> None:
    def found(words: str) -> dict[str, list[tuple[str, ...]]]:
        dialog.search.setText(words)
        return dialog.shown

    assert [row[1] for row in found("brush")["Draw"]] == ["thinner and thicker brush"]
    assert list(found("F11")) == ["Everywhere"]
    assert found("PAUSE start") == {"Train": [("Ctrl+R or F5", "start, pause, resume")]}
    assert list(found("explore")) == ["Everywhere", "Explore"]
    assert found("no such key") == {}
    assert len(found("")) == 5


def test_keys_are_called_as_the_system_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.md"
    table = "| key | does |\n| --- | --- |\n| Ctrl++ or F5, Return | larger |\n"
    file.write_text(f"# Keys\n\nText.\n\n## Here\n\nA note.\n\n{table}")
    assert sections(file) == [Section("Here", "A note.", (("Ctrl++ or F5, Return", "larger"),))]
    monkeypatch.setattr(QKeySequence, "toString", lambda keys, _: "\u2318+")
    assert sections(file)[0].rows == (("\u2318+ or F5, Return", "larger"),)


@pytest.mark.parametrize("percent", [100, 200])
def test_words_are_shown_whole_in_any_size_of_text(window: MainWindow, dialog: KeysDialog, percent: int) -> None:
    window.looks.set_text_percent(percent)
    QApplication.processEvents()
    table, there = dialog.list, dialog.screen().availableGeometry()
    assert dialog.width() <= there.width()
    line = table.fontMetrics().height()
    for row in range(table.rowCount()):
        for column in range(2):
            item = table.item(row, column)
            if item is not None and table.columnSpan(row, column) == 1:
                room = table.columnWidth(column) - 2 * 8
                lines = -(-table.fontMetrics().horizontalAdvance(item.text()) // room)
                assert table.rowHeight(row) >= lines * line
    assert table.rowHeight(1) < 4 * line  # and take no more room than that
    window.looks.usual()
