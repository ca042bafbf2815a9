"""What was done on each tab, to be taken back and done again: ``History``, and the steps it is made of."""

from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

_DRAWINGS, _RUNS = 50, 5  # steps: what was removed is kept in memory for them
_STROKES, _MOST_BYTES = 20_000, 32 << 20  # steps, and what they hold; an hour of drawing takes a tenth of it
_STEP_BYTES = 1700  # that a step takes besides

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
        self.draw = BoundedStack(self, _STROKES, _MOST_BYTES)
        self.data, self.train = (QUndoStack(self) for _ in range(2))
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


class BoundedStack(QUndoStack):
    """A stack that forgets its oldest steps where all of them hold very much; then these cannot be taken back."""

    def __init__(self, parent: QObject, most_steps: int, most_bytes: int) -> None:
        """Hold at most so many steps, and what they brought up to so many bytes; but always the last step."""
        super().__init__(parent)
        self.setUndoLimit(most_steps)
        self._most = most_bytes
        self.indexChanged.connect(self._follow)

    def _follow(self, place: int) -> None:
        """Count what the step brought that was done last, if it is new, or end where only forgotten ones are left."""
        step = self.command(place - 1) if place else None
        if step is None:
            return
        if step.isObsolete():
            self._empty()
        elif not _brought(step):
            brought = sum(_STEP_BYTES + part.nbytes for part in _parts(step)) + self._brought_until(place - 2)
            for part in _parts(step):
                part.brought = brought
            if brought > self._most:
                self._forget(brought - self._most)

    def _brought_until(self, place: int) -> int:
        """Return how many bytes the steps up to this one brought, those included that are forgotten."""
        step = self.command(place) if place >= 0 else None
        return _brought(step) if step is not None else 0

    def _forget(self, brought: int) -> None:
        """Forget the oldest steps, which brought so many bytes."""
        last = self.count() - 1
        for place in reversed(range(bisect_left(range(last), brought, key=self._brought_until))):
            step = self.command(place)
            if step is None or step.isObsolete():
                return
            for part in _parts(step):
                part.forget()
            step.setObsolete(True)

    def _empty(self) -> None:
        """Have nothing to take back any more."""
        blocked = self.blockSignals(True)
        while self.index():
            self.undo()  # which does nothing to a forgotten step but have it gone
        self.blockSignals(blocked)
        self.canUndoChanged.emit(False)
        self.undoTextChanged.emit("")
        self.indexChanged.emit(0)


class _Holding(QUndoCommand):
    """A step, or a part of one, that holds something: ``nbytes`` that were not there yet."""

    nbytes = 0
    brought = 0  # bytes, by this step and those below, once they are counted

    def forget(self) -> None:
        """Let go of everything."""


class Step(_Holding):
    """Something that is done, and taken back, at once: such as a run that is removed."""

    def __init__(
        self, name: str, do: Callable[[], object], take_back: Callable[[], object], *, nbytes: int = 0
    ) -> None:
        """Be called ``name``, as after "Undo"; done when a stack gets it. It holds so much that was not there yet."""
        super().__init__(name)
        self._do, self._take_back, self.nbytes = do, take_back, nbytes

    def forget(self) -> None:
        """Let go of everything."""
        self._do = self._take_back = _nothing

    def redo(self) -> None:
        """Do it, for the first time or again."""
        self._do()

    def undo(self) -> None:
        """Take it back."""
        self._take_back()


class SlowStep(_Holding):
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

    def forget(self) -> None:
        """Let go of everything."""
        self.number, self._do, self._take_back = 0, _nothing, _nothing

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


def _nothing(_otherwise: Otherwise | None = None) -> None:
    """Do nothing."""


def _parts(step: QUndoCommand) -> list[_Holding]:
    """Return the parts of a step, or else the step."""
    parts = [step.child(i) for i in range(step.childCount())] or [step]
    return [part for part in parts if isinstance(part, _Holding)]


def _brought(step: QUndoCommand) -> int:
    return max((part.brought for part in _parts(step)), default=0)


def _first(command: QUndoCommand | None) -> QUndoCommand | None:
    """Return the first part of a step that has parts, or else the step."""
    return command.child(0) if command is not None and command.childCount() else command
