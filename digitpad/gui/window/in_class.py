"""The room for a class that belongs to the window, one at a time: ``InClass``."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.gui.services.session import Session

if TYPE_CHECKING:
    from digitpad.gui.classroom.dialog import ClassroomDialog


class InClass(QObject):
    """Shows the room's dialog; what serves a room is loaded when one is wanted.

    Signals: ``failed(sentence)``; ``lost(sentence)`` of what a class drew and could not be kept when this closed down;
    ``learn_wanted(name of the room)``.
    """

    failed = Signal(str)
    lost = Signal(str)
    learn_wanted = Signal(str)

    def __init__(self, window: QWidget, session: Session) -> None:
        """Begin without one; what a class draws comes to the drawings of ``session``."""
        super().__init__(window)
        self._window, self._session = window, session
        self._dialog: ClassroomDialog | None = None
        self._closing: list[ClassroomDialog] = []

    def show(self) -> None:
        """Show the dialog, beside the window; bring it to the front where it is there already."""
        from digitpad.gui.classroom.dialog import ClassroomDialog

        if self._dialog is None:
            self._dialog = ClassroomDialog(self._window, self._session)
            self._dialog.failed.connect(self.failed)
            self._dialog.collecting.lost.connect(self.lost)
            self._dialog.learn_wanted.connect(self.learn_wanted)
            self._dialog.finished.connect(self._let_go)
            self._dialog.collecting.closed.connect(partial(self._closing.remove, self._dialog))
        self._dialog.show()
        self._dialog.activateWindow()

    def _let_go(self) -> None:
        """Let the dialog end by itself; the next room has another."""
        if self._dialog is not None:
            self._closing.append(self._dialog)
            self._dialog = None

    def find_unkept(self) -> tuple[int, str]:
        """Wait until what classes drew is kept; return how many drawings could not be, and a sentence that says why."""
        rooms = [*self._closing, *([self._dialog] if self._dialog else [])]
        found = [room.collecting.find_unkept() for room in rooms]
        return sum(n for n, _ in found), next((why for n, why in found if n), "")

    def close_down(self) -> None:
        """Wait until nothing is left of a room whose dialog was closed."""
        for dialog in list(self._closing):
            dialog.close_down()
