"""The pictures of the first layer."""

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from tests.gui.training import begin


def test_the_neurons_change_as_they_learn(tab: TrainTab, qtbot: QtBot) -> None:
    tab.results.tabs.setCurrentIndex(2)
    begin(qtbot, tab)
    with qtbot.waitSignal(tab.refreshed):
        pass
    view = tab.results.first_layer
    qtbot.waitUntil(lambda: view.count == 20)
    before = view.grab().toImage()
    qtbot.waitUntil(lambda: view.grab().toImage() != before)
    assert view.words(QPoint(3, 3)).startswith("neuron 1 of 20, bias")
