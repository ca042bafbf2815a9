"""The questions before the window closes: what to do with drawings of a class, a network in no file, the drawing."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad.gui.guard import tried
from digitpad.gui.services.session import Session
from digitpad.gui.words import counted

_Button = QMessageBox.StandardButton
_OF_CLASS, _OWN = "drawings of a class", "a network, or the drawing"  # what is asked about


class ClosingQuestion(QObject):
    """Asks once, without holding up the window; about drawings of a class first, and by themselves.

    Signal: ``settled()`` when the window may close, or ask the next: what it is about is saved, or not wanted.
    """

    settled = Signal()

    def __init__(self, window: QWidget, session: Session, save: Callable[[], bool]) -> None:
        """Ask about what ``session`` would lose; ``save`` writes it and returns whether it did."""
        super().__init__(window)
        self._window, self._session, self._save = window, session, save
        self._box: QMessageBox | None = None
        self._answered: set[str] = set()  # what is not asked about again while the window is closing

    def needed_for_class(self, n: int, why: str) -> bool:
        """Whether to ask about ``n`` drawings of a class, and nothing is being asked already; then it is, from now on.

        ``why`` is the sentence that says what keeps them from being kept.
        """
        if not n or not self._may_ask(_OF_CLASS):
            return False
        lose = f"Close and lose {'it' if n == 1 else 'them'}"
        unkept, goes_on = f"{counted(n, 'drawing')} of the class", "While this window is open it goes on trying."
        self._ask(_OF_CLASS, f"{unkept} could not be kept. {why} {goes_on} {lose}?", lose)
        return True

    def needed(self, *, drawing_lost: bool) -> bool:
        """Whether there is something to ask, and it is not being asked already; then it is, from now on.

        ``drawing_lost`` says that there is a drawing, which could not be kept as it should be.
        """
        if not self._may_ask(_OWN):
            return False
        session = self._session
        if session.unsaved or session.made.all or session.newest_unsaved:
            question = "A network you trained is not saved. Save it before closing?"
            self._ask(_OWN, question, "Close without saving", _Button.Save)
        elif drawing_lost:
            self._ask(_OWN, "Your drawing cannot be kept for the next start. Close all the same?", "Close")
        else:
            return False
        return True

    def close(self) -> None:
        """Take the question away: the window closes, whatever the answer."""
        if self._box is not None:
            box, self._box = self._box, None
            box.close()

    def _may_ask(self, about: str) -> bool:
        return self._box is None and about not in self._answered

    def _ask(self, about: str, question: str, close: str, further: _Button = _Button.NoButton) -> None:
        """Ask, with a button that says ``close``; cancelling is what Enter does, or what is ``further`` to choose."""
        box = self._box = QMessageBox(QMessageBox.Icon.NoIcon, "digitpad", question, parent=self._window)
        box.setObjectName("closing_question")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setStandardButtons(further | _Button.Discard | _Button.Cancel)
        box.button(_Button.Discard).setText(close)
        box.setDefaultButton(further or _Button.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(partial(self._answer, about))
        box.open()

    def _answer(self, about: str, answer: int) -> None:
        if self._box is None:
            return  # the window is closed already
        # After a mistake in saving it is to be asked again, and nothing is while there is a box.
        done = answer == _Button.Discard or (answer == _Button.Save and tried(self._save, False))
        self._box = None
        if done:
            self._answered.add(about)
            self.settled.emit()
        if self._box is None:  # nothing more is asked, and the window may stay open
            self._answered.clear()
