"""A box to choose from that screen readers call by its name: ``NamedBox``."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QLabel


class NamedBox(QComboBox):
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

    def event(self, event: QEvent) -> bool:
        """Let the label be where the box is, or it is not looked for."""
        if event.type() is QEvent.Type.ParentChange:
            self._label.setParent(self.parentWidget())
            self._label.hide()
        return super().event(event)
