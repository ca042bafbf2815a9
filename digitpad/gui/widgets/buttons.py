"""Small buttons as they stand beside what they act on, and those that open a menu."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton


def tool_button(name: str, text: str, tip: str = "") -> QToolButton:
    """Return a button with an object name; Tab stops there."""
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setToolTip(tip)
    made.setProperty("tight", True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def button_for(action: QAction) -> QToolButton:
    """Return a button for an action, with its object name."""
    made = tool_button(action.objectName(), action.iconText(), action.toolTip())
    made.setDefaultAction(action)
    return made


def give_menu(button: QToolButton, actions: Iterable[QAction]) -> QMenu:
    """Let ``button`` open a menu of ``actions``, and return that."""
    menu = QMenu(button)
    menu.addActions(list(actions))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return menu
