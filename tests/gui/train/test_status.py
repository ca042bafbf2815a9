"""How far training is, in the status line."""

from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import begin, wait


def test_the_status_line_tells_how_far_from_every_tab(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    status = window.status.training
    assert not status.isVisible()
    begin(qtbot, tab)
    window.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: "of 10000" in status.words.text() and "images/s" in status.left.text())
    assert status.isVisible()
    assert "mini-batch" in status.words.text()
    assert "left" in status.left.text()
    tab.trainer.stop()
    wait(qtbot, tab, State.IDLE)
    qtbot.waitUntil(lambda: not status.isVisible())
