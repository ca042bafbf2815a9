"""The steps of a drawing that can be taken back, each with no more than what it changed."""

from typing import Protocol

from PySide6.QtGui import QUndoCommand

from digitpad.draw.drawing import Drawing
from digitpad.draw.edit import Edit


class Shown(Protocol):
    """What shows a drawing."""

    @property
    def settled(self) -> Drawing:
        """The drawing without a stroke that is under way."""

    def show_now(self, drawing: Drawing) -> None:
        """Show another drawing in its place."""


class Step(QUndoCommand):
    """A change of the drawing that ``shown`` shows."""

    def __init__(self, name: str, shown: Shown, after: Drawing) -> None:
        """Be the change of what is shown to ``after``."""
        super().__init__(name)
        self._shown, self._edit = shown, Edit.between(shown.settled, after)

    def undo(self) -> None:
        """Take it back."""
        self._shown.show_now(self._edit.undo(self._shown.settled))

    def redo(self) -> None:
        """Make it, for the first time or again."""
        self._shown.show_now(self._edit.do(self._shown.settled))
