"""A dialog in which something learns while it is open: ``LearningDialog``."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from digitpad.gui.services.background import Background


class LearningDialog(QDialog):
    """Goes with what learns in it: ``_background`` runs that in a thread, and it ends soon after ``_halt`` is set."""

    def __init__(self, window: QWidget, name: str, title: str) -> None:
        """Stand before ``window``, with nothing learning yet."""
        super().__init__(window)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._halt, self._background = Event(), Background(self)

    def done(self, result: int) -> None:
        """End what still learns."""
        self.close_down()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what still learns."""
        self.close_down()
        super().closeEvent(event)

    def close_down(self) -> None:
        """Stop, and wait for the thread."""
        self._halt.set()
        self._background.wait()
