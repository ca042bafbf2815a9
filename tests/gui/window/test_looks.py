"""Light and dark and the size of text: chosen in menus, at once, and remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Appearance, Preferences
from digitpad.gui.widgets.colours import DARK
from digitpad.gui.window.looks import SIZES
from digitpad.gui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert found
    return found


def size(window: MainWindow) -> float:
    while window.theme.busy:
        QApplication.processEvents()
    return window.draw.answer.verdict.font().pointSizeF()


def test_text_grows_and_shrinks_by_keys_and_never_beyond(window: MainWindow) -> None:
    usual = size(window)
    QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert size(window) == pytest.approx(1.1 * usual)
    QTest.keyClick(window, Qt.Key.Key_0, CTRL)
    assert size(window) == pytest.approx(usual)
    assert not action(window, "usual_text").isEnabled()
    for _ in SIZES:
        QTest.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert size(window) == pytest.approx(2 * usual)
    assert not action(window, "larger_text").isEnabled()
    for _ in SIZES:
        QTest.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert size(window) == pytest.approx(0.9 * usual)
    assert not action(window, "smaller_text").isEnabled()
    action(window, "usual_text").trigger()
    assert size(window) == pytest.approx(usual)


def test_the_next_start_looks_the_same(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    first = make_window(qapp, preferences=Preferences(file))
    qtbot.addWidget(first)
    first.looks.choose(Appearance.DARK)
    first.looks.set_text_percent(150)
    first.close()
    again = make_window(qapp, preferences=Preferences(file))
    qtbot.addWidget(again)
    assert again.looks.text_percent == 150
    assert action(again, "dark").isChecked()
    assert qapp.palette().base().color().name() == DARK.paper
    again.looks.choose(Appearance.SYSTEM)
    again.looks.usual()
    again.close()


def test_all_of_the_screen_and_back(window: MainWindow) -> None:
    full = action(window, "full_screen")
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    full.trigger()
    assert window.isFullScreen()
    window.showNormal()
