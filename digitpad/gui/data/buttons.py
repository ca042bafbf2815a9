"""Buttons as the Data tab has them."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolButton


def button(text: str, tip: str, name: str) -> QToolButton:
    """Return a button with an object name."""
    made = QToolButton()
    made.setObjectName(name)
    made.setText(text)
    made.setToolTip(tip)
    made.setProperty("tight", True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


def button_for(action: QAction) -> QToolButton:
    """Return a button for an action, with its object name."""
    made = button(action.iconText(), action.toolTip(), action.objectName())
    made.setDefaultAction(action)
    return made
