"""A column of lines."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.services.ways import ToTrain
from digitpad.gui.widgets.lines import Line, Lines

MANY = [Line(f"line {i}, which says something", ("go", ToTrain())) for i in range(60)]


@pytest.fixture
def lines(qtbot: QtBot) -> Iterator[Lines]:
    """Lines that are seen."""
    window, lines = QWidget(), Lines("a line")
    column = QVBoxLayout(window)
    column.addWidget(QPushButton("what has the focus"))
    column.addWidget(lines)
    column.addStretch(1)
    qtbot.addWidget(window)
    lines.show_lines(MANY[:1])
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield lines
    window.close()


class Sizes(QObject):
    """How often a widget was given another size."""

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.given = 0
        of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.given += event.type() is QEvent.Type.Resize
        return super().eventFilter(watched, event)


def test_many_lines_that_come_are_laid_out_once(lines: Lines, qtbot: QtBot) -> None:
    sizes = Sizes(lines)
    lines.show_lines(MANY)
    qtbot.waitUntil(lambda: lines.labels[-1].isVisible() and lines.labels[-1].y() > lines.labels[0].y())
    assert lines.text.count("\n") == 59
    assert 1 <= sizes.given <= 5


def test_a_link_that_has_the_focus_keeps_it_when_lines_come(lines: Lines, qtbot: QtBot) -> None:
    first = lines.labels[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    lines.show_lines(MANY)
    assert first.hasFocus()
    lines.show_lines(MANY[:3])
    assert first.hasFocus()
    assert lines.text.count("\n") == 2
