"""The pictures of the first layer."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from digitpad.draw.preprocess import SIDE
from digitpad.gui.train.tab import TrainTab
from digitpad.nn.network import Network
from tests.gui.training import RECIPE, begin, train


def test_the_neurons_change_as_they_learn(tab: TrainTab, qtbot: QtBot) -> None:
    tab.inside.tabs.setCurrentIndex(2)
    begin(qtbot, tab)
    with qtbot.waitSignal(tab.refreshed):
        pass
    view = tab.inside.neurons
    qtbot.waitUntil(lambda: view.count == 20)
    before = view.grab().toImage()
    qtbot.waitUntil(lambda: view.grab().toImage() != before)
    assert view.words(QPoint(3, 3)).startswith("neuron 1 of 20, bias")


def test_all_of_them_are_there_and_none_is_smaller_than_its_pixels(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1, hidden=(700,)))
    tab.inside.tabs.setCurrentIndex(2)
    view = tab.inside.neurons
    last = view.wall.place(699)
    assert last.width() >= 28
    assert last.height() >= 28
    assert view.wall.rect().contains(last)
    assert view.area.verticalScrollBar().maximum() > 0
    assert view.words(last.center()).startswith("neuron 700 of 700, bias")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_click_shows_one_large_and_the_next_takes_it_away(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, epochs=1))
    tab.inside.tabs.setCurrentIndex(2)
    wall = tab.inside.neurons.wall
    QTest.mouseClick(wall, Qt.MouseButton.LeftButton, pos=wall.place(4).center())
    large = wall.findChild(QLabel, "large_neuron")
    assert large is not None
    assert large.isVisible()
    assert large.accessibleName().startswith("neuron 5 of 20")
    assert large.width() >= 5 * SIDE
    QTest.mouseClick(large.window(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wall.findChild(QLabel, "large_neuron") is None)
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Return)
    large = wall.findChild(QLabel, "large_neuron")
    assert large is not None
    assert large.accessibleName().startswith("neuron 6 of 20")
    QTest.keyClick(large.window(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: wall.findChild(QLabel, "large_neuron") is None)


def test_weights_that_went_astray_are_shown_as_well(tab: TrainTab) -> None:
    wall = tab.inside.neurons.wall
    network = Network([784, 30, 10], seed=1)
    wall.show_network(network)
    pictures = wall.picture(0, 30, 6)
    astray = network.copy()
    astray.weights[0][:] *= 1e30  # whose squares are no numbers of 32 bits
    wall.show_network(astray)
    assert wall.picture(0, 30, 6) == pictures
