"""Small buttons as they stand beside what they act on, and those that open a menu."""

from collections.abc import Iterable

from PySide6.QtCore import SIGNAL, QEvent, QObject
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton


class ActionButton(QToolButton):
    """A button that looks as an action says and does it, however often the action changes."""

    def __init__(self, action: QAction) -> None:
        """Be the button of ``action``, with its object name."""
        super().__init__()
        self.setObjectName(action.objectName())
        self.setDefaultAction(action)

    def actionEvent(self, event: QActionEvent) -> None:
        """Look as the action says now.

        Qt 6.11 connects the two once more with each change of the action, in case it is given a menu later: after
        thousands of changes each takes as many calls. None of these actions ever has one.
        """
        super().actionEvent(event)
        if event.type() is QEvent.Type.ActionChanged:
            QObject.disconnect(event.action(), SIGNAL("changed()"), self, None)  # type: ignore[call-overload]


def tool_button(name: str, text: str, tip: str = "") -> QToolButton:
    """Return a button with an object name; Tab stops there."""
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setToolTip(tip)
    return _small(made)


def _small(button: QToolButton) -> QToolButton:
    button.setProperty("tight", True)
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return button


def button_for(action: QAction) -> QToolButton:
    """Return a button for an action, as ``tool_button`` makes them."""
    return _small(ActionButton(action))


def give_menu(button: QToolButton, actions: Iterable[QAction]) -> QMenu:
    """Let ``button`` open a menu of ``actions``, and return that."""
    menu = QMenu(button)
    menu.addActions(list(actions))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return menu
