"""The question before the window closes: what to do with a network that is in no file, and with a drawing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad.gui.services.session import Session

_Button = QMessageBox.StandardButton


class ClosingQuestion(QObject):
    """Asks once, without holding up the window.

    Signal: ``settled()`` when the window may close: the network is saved, or not wanted.
    """

    settled = Signal()

    def __init__(self, window: QWidget, session: Session, save: Callable[[], bool]) -> None:
        """Ask about what ``session`` would lose; ``save`` writes it and returns whether it did."""
        super().__init__(window)
        self._window, self._session, self._save = window, session, save
        self._box: QMessageBox | None = None

    def needed(self, *, drawing_lost: bool) -> bool:
        """Whether there is something to ask, and it is not being asked already; then it is, from now on.

        ``drawing_lost`` says that there is a drawing, which could not be kept as it should be.
        """
        if self._box is not None:
            return False
        session = self._session
        if session.unsaved or session.made.all or session.newest_unsaved:
            self._ask("A network you trained is not saved. Save it before closing?", _Button.Save)
        elif drawing_lost:
            self._ask("Your drawing cannot be kept for the next start. Close all the same?")
        return self._box is not None

    def close(self) -> None:
        """Take the question away: the window closes, whatever the answer."""
        if self._box is not None:
            box, self._box = self._box, None
            box.close()

    def _ask(self, question: str, further: _Button = _Button.NoButton) -> None:
        box = self._box = QMessageBox(QMessageBox.Icon.NoIcon, "digitpad", question, parent=self._window)
        box.setObjectName("closing_question")
        box.setStandardButtons(further | _Button.Discard | _Button.Cancel)
        box.button(_Button.Discard).setText("Close without saving" if further else "Close")
        box.setDefaultButton(further or _Button.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._answer)
        box.open()

    def _answer(self, answer: int) -> None:
        if self._box is None:
            return  # the window is closed already
        if answer == _Button.Discard or (answer == _Button.Save and self._save()):
            self.settled.emit()
        else:
            self._box = None
