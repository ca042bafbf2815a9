"""The list of keys: one for people to search, which a test of the actions holds to what is there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle
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
    beside = 2 * (table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, table) + 1)
    for row in range(table.rowCount()):
        cells = [(table.item(row, column), table.columnWidth(column) - beside) for column in range(2)]
        if table.columnSpan(row, 0) == 1:
            lines = max(lines_of(item.text(), table.font(), width) for item, width in cells if item is not None)
            assert lines * line <= table.rowHeight(row) < (lines + 1) * line, [item.text() for item, _ in cells if item]
    assert table.rowHeight(1) < 4 * line  # and take no more room than that
    window.looks.usual()


def lines_of(text: str, font: QFont, width: int) -> int:
    """Return in how many lines a cell shows ``text``."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines += 1
    layout.endLayout()
    return lines
