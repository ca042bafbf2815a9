"""A list of data sets or pages, and the box on one line that it becomes where there is little room."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.folding import FoldingList
from digitpad.gui.window.main_window import MainWindow


def shown(qtbot: QtBot) -> tuple[QWidget, FoldingList]:
    page, chooser = QWidget(), FoldingList("Pages")
    chooser.list.addItems(["one", "two", "three"])
    chooser.list.setCurrentRow(1)
    column = QVBoxLayout(page)
    column.addWidget(chooser)
    column.addStretch()
    qtbot.addWidget(page)
    page.resize(500, 400)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page, chooser


def test_folded_and_unfolded_have_the_same_choice_and_the_focus(qtbot: QtBot) -> None:
    _, chooser = shown(qtbot)
    chooser.setFocus()
    assert chooser.list.hasFocus()
    chooser.fold(True)
    assert not chooser.list.isVisible()
    assert chooser.box.hasFocus()
    assert chooser.box.currentText() == "two"
    QTest.keyClick(chooser.box, Qt.Key.Key_Down)
    assert chooser.list.currentRow() == 2
    chooser.fold(False)
    assert chooser.list.hasFocus()
    chooser.list.setCurrentRow(0)
    assert chooser.box.currentText() == "one"


def test_folded_it_takes_a_line(qtbot: QtBot) -> None:
    page, chooser = shown(qtbot)
    chooser.fold(True)
    qtbot.waitUntil(lambda: chooser.height() < 50)
    assert chooser.width() > 400
    assert chooser.box.accessibleName() == chooser.list.accessibleName() == "Pages"
    assert page.minimumSizeHint().width() < 200


def _has_a_list(tab: QWidget) -> bool:
    return tab.findChild(FoldingList) is not None


def test_a_page_is_narrow_as_its_width_and_its_text_have_it(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1200, 700)
    for number in (3, 4):
        window.tabs.setCurrentIndex(number - 1)
        tab = window.tabs.currentWidget()
        qtbot.waitUntil(partial(_has_a_list, tab))  # it is built over some turns
        chooser = tab.findChild(FoldingList)
        assert chooser
        qtbot.waitUntil(chooser.list.isVisible)
        window.looks.set_text_percent(150)
        assert chooser.box.isVisible()
        window.looks.set_text_percent(100)
        assert not chooser.box.isVisible()
        window.resize(800, 700)
        assert chooser.box.isVisible()
        window.resize(1200, 700)
        assert not chooser.box.isVisible()
