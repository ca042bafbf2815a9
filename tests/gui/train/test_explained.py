"""From the Train tab to the pages of the Explore tab that explain what is seen there."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.cost.page import CostPage
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.links import Links
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import RECIPE, press, wait


def test_the_mini_batch_leads_to_its_page_by_keyboard(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    tab.form.sections["Learning"].set_open(True)
    link = tab.form.findChild(Links)
    assert link is not None
    assert link.isVisible()
    assert link.accessibleName() == "Mini-batch, explained"
    link.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(link, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tab.isVisible())
    assert window.explore.page.IDEA is Idea.MINI_BATCHES
    tab.form.show_without(frozenset({"mini_batch_size"}))
    assert link.isHidden()


def test_saturated_neurons_lead_to_the_page_on_them(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    tab.form.show_recipe(replace(RECIPE, hidden=(30,), eta=100.0))
    with qtbot.waitSignal(tab.trainer.warned) as warned:
        press(tab, "start")
    assert warned.args[1].saturated
    wait(qtbot, tab, State.IDLE)
    action = window.toast.findChild(QToolButton, "said_action")
    assert action is not None
    assert action.text() == "Show the page"
    action.click()
    qtbot.waitUntil(lambda: not tab.isVisible())
    page = window.explore.page
    assert isinstance(page, CostPage)
    slowdown = next(button for button in page.views.buttons() if button.text() == "Slowdown")
    assert slowdown.isChecked()
