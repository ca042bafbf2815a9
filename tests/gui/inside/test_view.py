"""What is inside the network is opened and closed by its key, and what was open is remembered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.inside.view import PAGES
from digitpad.gui.window.main_window import MainWindow
from tests.gui.images import brightness


def test_its_key_opens_it_and_closes_it_again(window: MainWindow, qtbot: QtBot) -> None:
    draw = window.draw
    assert draw.outputs.isVisible()
    place = draw.canvas.geometry(), draw.answer.geometry()
    QTest.keyClick(draw.canvas, Qt.Key.Key_I)
    inside = window.tabs.inside
    assert inside is not None
    assert inside.isVisible()
    assert not draw.outputs.isVisible()
    QTest.keyClick(draw.canvas, Qt.Key.Key_I)
    assert not inside.isVisible()
    assert draw.outputs.isVisible()
    qtbot.waitUntil(lambda: (draw.canvas.geometry(), draw.answer.geometry()) == place)


def test_each_page_opens_with_a_blank_canvas_and_says_what_it_shows(window: MainWindow) -> None:
    window.draw.look_inside.trigger()
    inside = window.tabs.inside
    assert inside is not None
    assert inside.tabs.count() == len(PAGES)
    for i, maker in enumerate(PAGES):
        page = inside.show_page(maker.TITLE)
        assert isinstance(page, maker)
        assert page.isVisible()
        assert inside.tabs.tabToolTip(i)


def test_in_a_narrow_window_arrows_show_that_there_are_more_ways(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(720, 520)
    window.draw.look_inside.trigger()
    assert window.tabs.inside
    buttons = window.tabs.inside.tabs.findChildren(QToolButton)
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons))
    assert len(buttons) == 2
    for button in buttons:
        assert len(set(brightness(button.grab().toImage())[6:-6, 5:-5].ravel().tolist())) > 2
