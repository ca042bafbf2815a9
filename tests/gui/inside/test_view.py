"""What is inside the network is opened and closed by its key, and what was open is remembered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.inside.view import PAGES
from digitpad.gui.window.main_window import MainWindow


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
