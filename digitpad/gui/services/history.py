"""What was done on each tab, to be taken back and done again: ``History``, and the steps it is made of."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

_DRAWINGS, _RUNS = 50, 5  # steps: what was removed is kept in memory for them

Otherwise = Callable[[], object]  # what is called where it did not work


class History(QUndoGroup):
    """A stack for each tab where something can be taken back; the one of the tab in front is active.

    ``draw`` has strokes and what was kept, ``data`` changes of the drawings, ``train`` runs that were removed. What can
    be taken back pushes a ``Step`` there, which also does it for the first time.
    Signals: those of ``QUndoGroup``; ``turning()`` before the last step is taken back or done again, for whoever has
    something under way that is a step, too; ``under_way_changed()``.
    """

    turning = Signal()
    under_way_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with nothing done and no tab in front."""
        super().__init__(parent)
        self.draw, self.data, self.train = (QUndoStack(self) for _ in range(3))
        self.data.setUndoLimit(_DRAWINGS)
        self.train.setUndoLimit(_RUNS)
        self._under_way = False

    def show(self, stack: QUndoStack | None) -> None:
        """Take back from ``stack`` from now on, or nothing."""
        if stack is not None:
            stack.setActive(True)
        elif active := self.activeStack():
            active.setActive(False)

    def place_of(self, number: int) -> int | None:
        """Return where in ``draw`` it stands that the drawing with this number was kept; None where it does not."""
        for place in reversed(range(self.draw.index())):
            step = _first(self.draw.command(place))
            if isinstance(step, SlowStep) and step.number == number:
                return place
        return None

    def set_under_way(self, under_way: bool) -> None:
        """Know whether the stroke of a pen is under way, which can be taken back before it is a step."""
        if under_way != self._under_way:
            self._under_way = under_way
            self.under_way_changed.emit()

    @property
    def can_take_back(self) -> bool:
        """Whether there is something to take back on the tab in front."""
        return self.canUndo() or (self._under_way and self.activeStack() is self.draw)

    def take_back(self) -> None:
        """Take back what was done last on the tab in front."""
        self.turning.emit()
        self.undo()

    def do_again(self) -> None:
        """Do again what was taken back last on the tab in front."""
        self.turning.emit()
        self.redo()


class Step(QUndoCommand):
    """Something that is done, and taken back, at once: such as a run that is removed."""

    def __init__(self, name: str, do: Callable[[], object], take_back: Callable[[], object]) -> None:
        """Be called ``name``, as after "Undo"; done when a stack gets it."""
        super().__init__(name)
        self._do, self._take_back = do, take_back

    def redo(self) -> None:
        """Do it, for the first time or again."""
        self._do()

    def undo(self) -> None:
        """Take it back."""
        self._take_back()


class SlowStep(QUndoCommand):
    """Something that was done in a thread, and is taken back and done again there, which may fail.

    A turn that failed was none: the step goes back to where it was on its stack, unless something else was done
    meanwhile, in or out of order with it.
    """

    def __init__(
        self,
        name: str,
        stack: QUndoStack,
        do: Callable[[Otherwise], object],
        take_back: Callable[[Otherwise], object],
        *,
        again: bool = True,
        number: int = 0,
    ) -> None:
        """Be called ``name``; done already. ``do`` and ``take_back`` begin a turn and return at once.

        What cannot be done ``again`` is gone once it was taken back. ``number`` is that of the drawing that was kept.
        """
        super().__init__(name)
        self.number = number
        self._name, self._stack, self._do, self._take_back, self._again = name, stack, do, take_back, again
        self._stands = True  # whether it is as the stack will have it

    def redo(self) -> None:
        """Begin to do it again."""
        if self._stands:
            self._stands = False
        else:
            self._do(self._stay_undone)

    def undo(self) -> None:
        """Begin to take it back."""
        if self._stands:
            self._stands = False
        else:
            self.setObsolete(not self._again)
            self._take_back(self._stay_done)

    def _stay_done(self) -> None:
        if not self._again:
            self._stack.push(SlowStep(self._name, self._stack, self._do, self._take_back, again=False))
        elif _first(self._stack.command(self._stack.index())) is self:
            self._stands = True
            self._stack.redo()

    def _stay_undone(self) -> None:
        if _first(self._stack.command(self._stack.index() - 1)) is self:
            self._stands = True
            self._stack.undo()


def _first(command: QUndoCommand | None) -> QUndoCommand | None:
    """Return the first part of a step that has parts, or else the step."""
    return command.child(0) if command is not None and command.childCount() else command
