"""The confusion matrix."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from tests.gui.training import train


def test_the_keyboard_walks_the_confusion_matrix(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    confusion = tab.inside.confusion
    with qtbot.waitSignal(confusion.chosen) as chosen:
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
            QTest.keyClick(confusion, key)
    assert chosen.args == [1, 1]
    assert confusion.counts is not None
    assert confusion.words(1, 1).endswith("1s read as 1: right")
