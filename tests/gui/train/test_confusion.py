"""The confusion matrix."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.confusion import ConfusionView
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.digits import folder
from tests.gui import hands
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


def test_numbers_fit_into_cells_of_any_size(qtbot: QtBot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_counts(np.full((10, 10), 1115))
    for width, height in ((280, 170), (400, 300), (1200, 300), (900, 900)):
        view.resize(width, height)
        cell = view.cell(3, 4)
        for text in view.figures():
            assert 0 < QFontMetrics(view.figure_font()).horizontalAdvance(text) <= cell.width()
        assert view.rect().contains(view.cell(9, 9).toAlignedRect())
    assert view.figures()[0] == "1,115"  # where there is room, in full
    view.resize(300, 170)
    assert view.figures()[0] == "1.1k"
    view.show_counts(np.full((10, 10), 12_345))
    assert view.figures()[0] == "12k"


def test_the_row_and_the_column_under_the_pointer_are_lit(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    confusion = tab.inside.confusion
    before = confusion.grab().toImage()
    hands.hover(confusion, confusion.cell(3, 7).center())
    assert confusion.lit == (3, 7)
    assert confusion.grab().toImage() != before
    hands.hover(confusion, QPointF(1, 1))
    assert confusion.lit is None


def test_where_there_are_no_answers_it_says_why(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = train(qtbot, tab)
    window.digits.open(folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    window.session.shown.look_at(1)
    words = f"Run #1 was measured on {run.data}, which is not open: choose it under Data."
    qtbot.waitUntil(lambda: tab.inside.confusion.why == words)
    assert tab.inside.confusion.counts is None
