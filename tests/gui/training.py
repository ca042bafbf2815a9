"""What a person does on the Train tab."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.card import Card
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run

RECIPE = Recipe(train_on=600, epochs=3, hidden=(20,))
LONG = replace(RECIPE, epochs=10_000)


def press(tab: TrainTab, name: str) -> None:
    """Press a button by its object name."""
    button = tab.findChild(QToolButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def do(tab: TrainTab, name: str) -> None:
    """Choose from a run's menu, by object name; it acts on the run that is selected."""
    action = tab.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def wait(qtbot: QtBot, tab: TrainTab, state: State) -> None:
    """Wait until training is in ``state``."""
    if tab.trainer.state is not state:
        qtbot.waitUntil(lambda: tab.trainer.state is state)


def train(qtbot: QtBot, tab: TrainTab, recipe: Recipe = RECIPE) -> Run:
    """Press Start and wait for the end, and for what is said of it to be closed; return the run."""
    tab.form.show_recipe(recipe)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    with qtbot.waitSignal(tab.refreshed):
        tab.schedule.request()
    for card in tab.window().findChildren(Card, "said"):
        card.dismiss()
    assert tab.trainer.run is not None
    return tab.trainer.run


def begin(qtbot: QtBot, tab: TrainTab, recipe: Recipe = LONG) -> Run:
    """Press Start and wait until it learns."""
    tab.form.show_recipe(recipe)
    press(tab, "start")
    qtbot.waitUntil(lambda: bool(tab.trainer.run and tab.trainer.run.epochs > 0))
    assert tab.trainer.run is not None
    return tab.trainer.run


def field(tab: TrainTab, name: str) -> QLineEdit:
    """Return the field of a setting."""
    found = tab.form.fields[name]
    assert isinstance(found, QLineEdit)
    return found


def type_into(tab: TrainTab, name: str, text: str) -> None:
    """Type into the field of a setting in place of what is there."""
    tab.form.open_only(frozenset(tab.form.sections))
    edit = field(tab, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def choose(window: MainWindow, name: str) -> None:
    """Choose from the menus by object name."""
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def press_in(window: MainWindow, name: str) -> None:
    """Press a button anywhere in the window by its object name."""
    button = window.findChild(QToolButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def saved_to(window: MainWindow, path: Path) -> None:
    """Save the network that is in front to ``path``, and wait until it is there."""
    window.saving.save_to(path)
    assert window.saving.finish()


def question(window: MainWindow) -> QMessageBox:
    """Return what is asked before the window closes."""
    (box,) = [box for box in window.findChildren(QMessageBox, "closing_question") if box.isVisible()]
    return box


def chip(tab: TrainTab, place: int) -> QModelIndex:
    """Return the chip of a run, counted from the newest."""
    return tab.runs.model().index(place, 0)


def curves(tab: TrainTab) -> list[pg.PlotCurveItem]:
    """Return the curves of accuracy that are shown."""
    return [
        item for item in tab.plots.accuracy.getViewBox().childGroup.childItems() if isinstance(item, pg.PlotCurveItem)
    ]


def points_shown(tab: TrainTab) -> int:
    """Return how many measurements of accuracy the curves go through."""
    return sum(int(np.isfinite(curve.getData()[0]).sum()) for curve in curves(tab))
