"""Boxes to choose from: ``Box``, and ``NamedBox``, which screen readers call by its name."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QStyle, QStyleOptionComboBox

from digitpad.gui.widgets.wheel import WheelScrolls

_BESIDE_TEXT = 2  # pixels, which the style leaves free at its sides


class Box(WheelScrolls, QComboBox):
    """A box to choose from, under which the wheel scrolls the page."""


class NamedBox(Box):
    """A box without a label beside it.

    On Linux Qt tells what is chosen as the name of a box, and screen readers ask which label belongs to it: so it has
    one, which nobody sees.
    """

    def __init__(self, name: str) -> None:
        """Start empty, called ``name``."""
        super().__init__()
        self.setAccessibleName(name)
        self._label = QLabel(name)
        self._label.setBuddy(self)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Let an ellipsis tell where what is chosen is longer than the box: cut off, η = 100 would be read as 10."""
        super().initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width() - _BESIDE_TEXT
        ellipsis = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, ellipsis, room)

    def event(self, event: QEvent) -> bool:
        """Let the label be where the box is, or it is not looked for."""
        if event.type() is QEvent.Type.ParentChange:
            self._label.setParent(self.parentWidget())
            self._label.hide()
        return super().event(event)
