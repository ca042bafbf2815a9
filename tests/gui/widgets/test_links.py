"""A line of places to go to."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea
from digitpad.gui.services.ways import ToDraw, ToPage
from digitpad.gui.widgets.links import Links
from digitpad.gui.widgets.theme import Theme


def test_links_are_reached_and_followed_by_keys(qapp: QApplication, qtbot: QtBot) -> None:
    theme, links = Theme(qapp), Links("Ways", (("Draw <now>", ToDraw()), ("Cost", ToPage(Idea.COST))))
    before, after = QPushButton("Before"), QPushButton("After")
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    for widget in (before, links, after):
        column.addWidget(widget)
    with qtbot.waitActive(page):
        page.show()
    before.setFocus()
    went: list[object] = []
    links.wanted.connect(went.append)
    for there in ([ToDraw()], [ToDraw(), ToPage(Idea.COST)]):
        QTest.keyClick(before if before.hasFocus() else links, Qt.Key.Key_Tab)
        QTest.keyClick(links, Qt.Key.Key_Return)
        assert went == there
    QTest.keyClick(links, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert "Draw&nbsp;&lt;now&gt;" in links.text()
    theme.deleteLater()


def test_there_is_no_line_without_places(qapp: QApplication, qtbot: QtBot) -> None:
    page, links = QWidget(), Links("Ways")
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(links)
    page.show()
    assert not links.isVisible()
    links.show_links((("Draw", ToDraw()),))
    assert links.isVisible()
    assert links.place("Draw") == ToDraw()
    with pytest.raises(KeyError):
        links.place("Train")
