"""The tabs, and what belongs to the one in front."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow


def test_the_keys_of_drawing_do_nothing_here(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    training_window.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(training_window.draw.answered):
        draw(training_window.draw.canvas, [THREE])
    training_window.tabs.setCurrentIndex(1)
    tab.runs.setFocus()
    QTest.keyClick(tab.runs, Qt.Key.Key_Delete)
    assert len(training_window.draw.canvas.drawing.strokes) == 1
    QTest.keyClick(training_window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert training_window.tabs.currentWidget() is training_window.draw
    assert training_window.draw.clear.isEnabled()
