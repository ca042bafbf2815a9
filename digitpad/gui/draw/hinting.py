"""When which hint is due below the canvas, and the invitation to who has never drawn: ``Hinting``."""

from PySide6.QtCore import QObject

from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.draw.collecting import CollectingStrip
from digitpad.gui.draw.hints import WELCOME, Done, HintLine
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session


class Hinting(QObject):
    """Tells a ``line`` of hints what the person has done so far."""

    def __init__(
        self, parent: QObject, session: Session, preferences: Preferences, canvas: Canvas, strip: CollectingStrip,
        line: HintLine,
    ) -> None:  # fmt: skip
        """Follow the drawings and runs of ``session``; ``strip`` asks for digits, which needs no hint."""
        super().__init__(parent)
        self._session, self._preferences, self._canvas = session, preferences, canvas
        self._strip, self._line = strip, line
        self._has_drawn = False
        session.drawings.changed.connect(self.show_next)
        session.trainer.runs_changed.connect(self.show_next)

    def welcome(self) -> None:
        """Show once, to who has never drawn here, how it is done."""
        if self._canvas.empty and WELCOME not in self._preferences.closed_hints:
            self._preferences.closed_hints |= {WELCOME}
            self._canvas.invitation.begin()

    def show_next(self) -> None:
        """Say what can be done next; how many drawings there are is looked up when the first stroke is done."""
        drawings = self._session.drawings
        if not self._has_drawn and not self._canvas.settled.empty:
            self._has_drawn = True
            drawings.count_if_any()
        self._line.show_done(Done(self._has_drawn, drawings.mine, self._strip.active, bool(self._session.trainer.runs)))
