"""The menus."""

import pytest
from PySide6.QtWidgets import QApplication

from digitpad.gui.services.preferences import Appearance
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.colours import DARK, LIGHT
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import choose


def test_dark_and_light_can_be_chosen(window: MainWindow) -> None:
    actions = {action.text().replace("&", ""): action for action in window.findChildren(type(window.draw.undo))}
    for name, colours in (("Dark", DARK), ("Light", LIGHT)):
        actions[name].trigger()
        assert window.palette().color(window.palette().ColorRole.Window).name() == colours.window
        assert window.draw.canvas.palette().color(window.palette().ColorRole.Base).name() == colours.paper


def test_every_action_has_its_key_and_says_it(window: MainWindow) -> None:
    tab = window.draw
    for action in (tab.undo, tab.redo, tab.clear, tab.erase, tab.thinner, tab.thicker):
        assert action.shortcuts()
        assert action.shortcuts()[0].toString() in action.toolTip()


def test_appearance_and_brush_are_remembered(tab: TrainTab, training_window: MainWindow, qapp: QApplication) -> None:
    choose(training_window, "light")
    assert qapp.palette().base().color().name() == LIGHT.paper
    training_window.draw.set_brush(0.1)
    training_window.close()
    assert training_window.preferences.appearance is Appearance.LIGHT
    assert training_window.preferences.brush == pytest.approx(0.1)
