"""What a run's network misreads, and the way back in time."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import RECIPE, begin, train


def test_a_cell_opens_the_images_behind_it_and_one_can_be_put_on_the_canvas(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    results = tab.results
    counts = results.confusion.counts
    assert counts is not None
    wrong = counts - np.diag(np.diag(counts))
    digit, answer = np.unravel_index(wrong.argmax(), wrong.shape)
    cell = results.confusion.cell(int(digit), int(answer)).center().toPoint()
    QTest.mouseClick(results.confusion, Qt.MouseButton.LeftButton, pos=cell)
    assert results.pages.currentWidget() is results.gallery
    assert results.gallery.count() == wrong.max()
    assert results.tabs.tabText(1) == f"{digit} read as {answer} ({wrong.max()})"
    results.tabs.tabBarClicked.emit(1)
    assert results.gallery.count() == wrong.sum()
    results.gallery.clicked.emit(results.gallery.model().index(0, 0))
    assert window.tabs.currentWidget() is window.draw
    assert window.draw.canvas.drawing.picture is not None


def test_the_worst_mistake_comes_first(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    answers = tab.results.evaluation
    assert answers is not None
    with qtbot.waitSignal(tab.results.gallery.picked) as picked:
        tab.results.gallery.clicked.emit(tab.results.gallery.model().index(0, 0))
    assert picked.args is not None
    assert answers.margins[picked.args[0]] == answers.margins.min()


def test_the_slider_goes_back_in_time(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    results = tab.results
    now = results.confusion.counts
    with qtbot.waitSignal(results.shown):
        results.time.setValue(1)
    assert results.time_label.text() == "epoch 1"
    assert window.session.model.network is run.networks[1]  # the Draw tab reads with it
    assert window.session.shown.network is run.networks[1]
    assert results.evaluation is not None
    point = run.exact(1)
    assert point is not None
    assert results.evaluation.accuracy == point.accuracy
    assert not np.array_equal(results.confusion.counts, now)  # type: ignore[arg-type]
    with qtbot.waitSignal(results.shown):
        results.time.setValue(3)
    np.testing.assert_array_equal(results.confusion.counts, now)
    assert window.session.model.network is run.latest


def test_looking_back_is_not_disturbed_by_training(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    qtbot.waitUntil(lambda: len(run.networks) > 3 and tab.results.time.maximum() > 2)
    with qtbot.waitSignal(tab.results.shown):
        tab.results.time.setValue(1)
    epochs = window.session.shown.epochs
    qtbot.waitUntil(lambda: tab.results.time.maximum() > 6)
    assert window.session.shown.epochs == epochs
