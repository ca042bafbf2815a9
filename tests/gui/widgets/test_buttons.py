"""Buttons for actions look as these say, and cost no more after many changes than at first."""

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands


def test_a_button_looks_and_does_as_its_action_says(qtbot: QtBot) -> None:
    action = QAction("Start")
    action.setObjectName("start")
    button = ActionButton(action)
    qtbot.addWidget(button)
    assert (button.text(), button.objectName(), button.isEnabled()) == ("Start", "start", True)
    for number in range(100):
        action.setEnabled(number % 2 == 1)
        action.setText(f"Go on {number}")
    action.setCheckable(True)
    assert (button.text(), button.isEnabled(), button.isCheckable()) == ("Go on 99", True, True)
    button.show()
    with qtbot.waitSignal(action.triggered):
        hands.click(button)
    assert action.isChecked()
    assert action.receivers(SIGNAL("changed()")) <= 1


def test_no_button_of_the_window_is_connected_once_more_by_each_change(training_window: MainWindow) -> None:
    buttons = [one for one in training_window.findChildren(QToolButton) if one.defaultAction() is not None]
    assert {"undo", "start", "use"} <= {button.objectName() for button in buttons}
    for button in buttons:
        action = button.defaultAction()
        before = action.receivers(SIGNAL("changed()"))
        for _ in range(10):
            action.setVisible(not action.isVisible())
        assert action.receivers(SIGNAL("changed()")) <= before, button.objectName()
