"""What is brought up to date while it is shown, and otherwise when it is next: ``KeptCurrent``."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class KeptCurrent(QWidget):
    """Does in ``_update`` what takes time, and only where somebody sees it."""

    def __init__(self) -> None:
        """Begin out of date."""
        super().__init__()
        self._stale = True

    def update_soon(self) -> None:
        """Bring it up to date: at once where it is shown, otherwise when it is next."""
        self._stale = True
        if self.isVisible():
            self._stale = False
            self._update()

    def _update(self) -> None:
        """Show the present state."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Show all anew in text of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.update_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.update_soon()
