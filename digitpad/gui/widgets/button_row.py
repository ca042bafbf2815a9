"""Buttons that are one stop for Tab, the arrow keys going from one to the next: ``ButtonRow``."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from digitpad.gui.widgets.buttons import ActionButton
from digitpad.gui.widgets.theme import GAP, grow

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ButtonRow(QWidget):
    """A row of narrow buttons for actions that are of one kind, such as the ten digits."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        """Have a button for each action, with its object name."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a caption stays near
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 4)
        self.buttons = [_Button(self, each) for each in actions]
        for button in self.buttons:
            row.addWidget(button)
        self.take_focus(self.buttons[0])

    def take_focus(self, button: QToolButton) -> None:
        """Let Tab stop at ``button`` and at no other."""
        for each in self.buttons:
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is button else Qt.FocusPolicy.NoFocus)

    def go(self, button: QToolButton, steps: int) -> None:
        """Give the focus to the button so many places farther on; the last is followed by the first."""
        place = self.buttons.index(button) + steps if isinstance(button, _Button) else 0
        following = self.buttons[place % len(self.buttons)]
        self.take_focus(following)
        following.setFocus(Qt.FocusReason.TabFocusReason)


class _Button(ActionButton):
    def __init__(self, row: ButtonRow, action: QAction) -> None:
        super().__init__(action)
        self._row = row
        self.setProperty("tight", True)
        grow(self, minimumWidth=22)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be the one where Tab stops."""
        self._row.take_focus(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrow keys."""
        steps = _STEPS.get(Qt.Key(event.key()), 0)
        if steps:
            self._row.go(self, steps)
        else:
            super().keyPressEvent(event)
