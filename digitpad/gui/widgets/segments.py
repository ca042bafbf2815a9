"""A few buttons in a row of which one is down: ``Segments``."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from digitpad.gui.widgets.theme import grow

Value = TypeVar("Value")

_LEAST = 60  # pixels: the width of a button


class Segments(QWidget, Generic[Value]):
    """Chooses one of a few values; the arrows go from one to the next.

    Signal: ``chosen(value)``.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[Value, str, str]]) -> None:
        """Offer ``choices``, each a value, its word and its tool tip, of which the first is chosen.

        ``name`` is for those who hear it.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._values = [value for value, _, _ in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for i, (_, word, tip) in enumerate(choices):
            button = QToolButton()
            button.setText(word)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(i == 0)
            button.setProperty("tile", True)
            grow(button, minimumWidth=_LEAST)
            button.setObjectName(f"show_{word.lower().replace(' ', '_')}")
            self._group.addButton(button, i)
            row.addWidget(button)
        self._group.idToggled.connect(lambda i, on: self.chosen.emit(self._values[i]) if on else None)

    def show_value(self, value: Value) -> None:
        """Have the button of ``value`` down, as something else has chosen it."""
        with QSignalBlocker(self._group):
            button = self._group.button(self._values.index(value))
            button.setChecked(True)

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._values[self._group.checkedId()]
