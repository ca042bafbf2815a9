"""What is shown on a page by a click is never seen squeezed into the room that the page had before."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.page import Page
from digitpad.gui.window.main_window import MainWindow


class Squeezed(QObject):
    """Notes how much too low the ``page`` was whenever something of it was painted."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.page, self.by = page, list[int]()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        layout = self.page.layout()
        if event.type() is QEvent.Type.Paint and layout is not None:
            self.by.append(layout.totalMinimumHeightForWidth(self.page.width()) - self.page.height())
        return False


@pytest.mark.parametrize("name", ["guess_first", "exercise", "code"])
def test_what_a_click_shows_has_its_room_when_it_is_painted(window: MainWindow, qtbot: QtBot, name: str) -> None:
    window.resize(1280, 720)
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(4)
    qtbot.waitUntil(page.isVisible)
    QApplication.processEvents()
    button = _button(window, page, name)
    squeezed, height = Squeezed(page), page.height()
    for is_on in (True, False):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
        assert button.isChecked() is is_on
        assert page.height() > height or not is_on  # and not only when the page's turn comes
        QApplication.processEvents()
        assert squeezed.by
        assert max(squeezed.by) <= 0
    page.removeEventFilter(squeezed)


def _button(window: MainWindow, page: Page, name: str) -> QAbstractButton:
    if name == "guess_first":
        return window.explore.guess_first
    if name == "exercise":
        return page.cards[0].button
    assert page.code
    return page.code.button
