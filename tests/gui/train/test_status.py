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


def test_at_the_least_width_no_number_is_cut(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    training_window.resize(training_window.minimumSize())
    begin(qtbot, tab)
    status = training_window.status
    qtbot.waitUntil(lambda: "images/s" in status.training.left.text())
    labels = (status.training.words, status.training.left, status.time, status.network)
    for label in labels:
        parts = set(label.text().split("  ·  "))
        assert set(label.shown.split("  ·  ")) <= parts | {""} or label.shown.endswith("…")
        assert label.contentsRect().right() <= label.width()
        assert label.mapTo(status, label.rect().bottomRight()).x() <= status.width()
    assert status.training.words.shown.startswith("Epoch")
    assert "…" not in status.training.words.shown + status.training.left.shown
    tab.trainer.stop()
    wait(qtbot, tab, State.IDLE)
