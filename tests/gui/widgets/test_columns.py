"""Parts of a page in as many columns as there is room for."""

import pytest
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.columns import Columns
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import grown


def part(height: int) -> QWidget:
    made = QWidget()
    made.setMinimumSize(40, height)
    return made


@pytest.mark.parametrize(
    ("room", "n", "columns"),
    [
        (60, 5, 1),
        (100, 5, 1),
        (211, 5, 1),
        (212, 5, 2),
        (324, 5, 3),
        (435, 5, 3),
        (436, 7, 4),
        (2000, 7, 4),
        (324, 4, 2),
        (435, 4, 2),
        (436, 4, 4),
    ],
)
def test_as_many_columns_as_there_is_room_for(qtbot: QtBot, room: int, n: int, columns: int) -> None:
    """And no more than fill the rows evenly."""
    parts = [part(height) for height in (30, 50, 20, 20, 10, 60, 10)[:n]]
    made = Columns(parts, 100, 4)
    qtbot.addWidget(made)
    width = room - 100 * (room // 100) + grown(100) * (room // 100)
    made.resize(width, made.heightForWidth(width))
    made.show()
    assert len({each.x() for each in parts}) == columns
    assert [each.y() for each in parts] == sorted(each.y() for each in parts)
    assert max(each.geometry().right() for each in parts) < width
    assert max(each.geometry().bottom() for each in parts) == made.height() - 1
    for one in parts:
        assert one.height() >= one.minimumHeight()
        assert not any(one.geometry().intersects(other.geometry()) for other in parts if other is not one)


def test_what_grows_has_the_height_there_is(qtbot: QtBot) -> None:
    page = QWidget()
    rows, parts = QVBoxLayout(page), [part(30), part(30)]
    growing, fixed = Columns(parts, 100, 1, grows=True), Columns([part(20)], 1, 1)
    rows.addWidget(growing, 1)
    rows.addWidget(fixed)
    qtbot.addWidget(page)
    page.resize(300, 400)
    page.show()
    assert fixed.height() == 20
    assert growing.height() > 300
    assert parts[0].height() == parts[1].height() > 140


def test_a_page_of_columns_is_as_high_as_they_need_and_scrolls(qtbot: QtBot) -> None:
    page = QWidget()
    rows, words = QVBoxLayout(page), QLabel("Some words that need more lines where there is less room. " * 5)
    words.setWordWrap(True)
    words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    holder = QWidget()
    QVBoxLayout(holder).addWidget(words)
    columns = Columns([holder, part(50)], 150, 2)
    rows.addWidget(columns)
    scrolling = Scrolling(page)
    qtbot.addWidget(scrolling)
    heights = []
    for width in (700, 200):
        scrolling.resize(width, 60)
        scrolling.show()
        qtbot.waitUntil(lambda: page.height() >= columns.heightForWidth(columns.width()))
        assert page.width() <= width
        heights.append(page.height())
    assert heights[1] > heights[0]
