"""The tabs, and what belongs to the one in front."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import wait


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


def test_the_window_goes_on_while_the_train_tab_is_built_and_none_of_it_is_there_before_all_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    def any_is_there() -> bool:
        page = window.tabs.train_page
        return page.built is not None or any(part.isVisible() for part in page.findChildren(QWidget))

    turns = list[bool]()
    meanwhile = QTimer(window, interval=0)
    meanwhile.timeout.connect(lambda: turns.append(any_is_there()))
    window.tabs.setCurrentIndex(1)
    assert not any_is_there()
    window.tabs.train_built.connect(lambda _: meanwhile.stop())
    with qtbot.waitSignal(window.tabs.train_built):
        meanwhile.start()
    assert len(turns) >= 5
    assert not any(turns)
    assert window.train.isVisible()
    assert window.train.hasFocus()


def test_a_key_for_a_tab_that_is_still_built_is_heard(
    window: MainWindow, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    window.digits.wanted()
    qtbot.waitUntil(lambda: window.digits.current is not None)
    window.tabs.setCurrentIndex(1)
    focus = window.focusWidget()
    assert focus is window.tabs.train_page
    QTest.keyClick(focus, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.trainer.runs) == 1
    wait(qtbot, window.train, State.PAUSED)


@pytest.mark.parametrize("tab", [1, 2, 3])
def test_a_tab_that_is_still_built_does_not_keep_the_window_from_closing(
    window: MainWindow, qtbot: QtBot, tab: int
) -> None:
    window.tabs.setCurrentIndex(tab)
    window.close()
    assert not window.isVisible()


def test_a_page_that_is_still_built_does_not_keep_the_window_from_closing(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(3)
    window.explore.list.setCurrentRow(1)
    window.close()
    assert not window.isVisible()
