"""What was done on each tab, to be taken back and done again: ``History``, and the steps it is made of."""

from bisect import bisect_left
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

_DRAWINGS, _RUNS = 50, 5  # steps: what was removed is kept in memory for them
_STROKES, _MOST_BYTES = 20_000, 32 << 20  # steps, and what they hold; an hour of drawing takes a tenth of it
_STEP_BYTES = 1700  # that a step takes besides


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
        self.draw, self.data, self.train = (
            BoundedStack(self, most_steps, _MOST_BYTES) for most_steps in (_STROKES, _DRAWINGS, _RUNS)
        )
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
            step = self.draw.command(place)
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
    """A stack that forgets its oldest steps where all of them hold very much; then these cannot be taken back.

    The last step is one that takes something back: what is void or forgotten goes as soon as it would be the last.
    """

    def __init__(self, parent: QObject, most_steps: int, most_bytes: int) -> None:
        """Hold at most so many steps, and what they brought up to so many bytes; but always the last step."""
        super().__init__(parent)
        self.setUndoLimit(most_steps)
        self._most = most_bytes
        self.indexChanged.connect(self._follow)

    def _at(self, place: int) -> "_Holding | None":
        step = self.command(place) if place >= 0 else None
        return step if isinstance(step, _Holding) else None

    def _follow(self, place: int) -> None:
        """Count what the step brought that was done last, if it is new, or drop it, if it takes nothing back."""
        step = self._at(place - 1)
        if step is None:
            return
        if step.is_nothing:
            self._drop()
        elif not step.brought:
            step.brought = _STEP_BYTES + step.nbytes + self._brought_until(place - 2)
            if step.brought > self._most:
                self._forget(step.brought - self._most)

    def _brought_until(self, place: int) -> int:
        """Return how many bytes the steps up to this one brought, those included that are forgotten."""
        step = self._at(place)
        return step.brought if step else 0

    def _forget(self, brought: int) -> None:
        """Forget the oldest steps, which brought so many bytes."""
        last = self.count() - 1
        for place in reversed(range(bisect_left(range(last), brought, key=self._brought_until))):
            step = self._at(place)
            if step is None or step.isObsolete():
                return
            step.forget()
            step.setObsolete(True)

    def _drop(self) -> None:
        """Drop the last steps down to one that takes something back."""
        blocked = self.blockSignals(True)
        while (step := self._at(self.index() - 1)) and step.is_nothing:
            self.undo()
        self.blockSignals(blocked)
        self.canUndoChanged.emit(self.canUndo())
        self.undoTextChanged.emit(self.undoText())
        self.indexChanged.emit(self.index())


class _Holding(QUndoCommand):
    """A step that holds something: ``nbytes`` that were not there yet."""

    nbytes = 0
    brought = 0  # bytes, by this step and those below, once they are counted
    void = False  # whether it is not done, though the stack has it as if it were

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take back: it is void or forgotten."""
        return self.void or self.isObsolete()

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
        self._do = self._take_back = lambda: None

    def redo(self) -> None:
        """Do it, for the first time or again."""
        self._do()

    def undo(self) -> None:
        """Take it back."""
        self._take_back()


class SlowStep(_Holding):
    """Something that is done and taken back in a thread, which may fail.

    The stack has it at once, in the order in which a person does things, and the thread does what it is given in that
    order: so it can be taken back, and done again, before it is done. A turn that failed was none. Once no other is to
    come, the step goes back to where it was on its stack, and whatever is done can be taken back: where others were
    taken back behind it, they are done again, and where something else was done meanwhile, it comes back above that,
    without its parts. One that was never done, or is not and has others above it, is there no more when it would be the
    last.
    """

    def __init__(
        self,
        name: str,
        stack: BoundedStack,
        begin: Callable[["SlowStep", bool], object],
        parts: Iterable[Step] = (),
        *,
        again: bool = True,
        turning: Callable[[], object] = lambda: None,
    ) -> None:
        """Be called ``name``; done when ``stack`` gets it, and the ``parts`` with it, which are at once.

        ``begin`` begins to do it, or to take it back for False, and returns at once; later it is to ``settle`` the step
        that it is given. It must not hold a step itself: the two would keep each other in memory. What cannot be done
        ``again`` is gone once it was taken back. ``turning`` is called before the stack is turned back.
        """
        super().__init__(name)
        self.number = 0  # of the drawing that was kept, once it is
        self._name, self._stack, self._begin, self._again, self._turning = name, stack, begin, again, turning
        self._parts = list(parts)
        self.nbytes = sum(part.nbytes for part in self._parts)
        self._done = self._was_done = False  # whether the stack has it so; whether it really was, once
        self._turns = 0  # under way
        self._quiet = False  # whether the next turn of the stack is to what is so already

    @property
    def _is_last(self) -> bool:
        return self._stack.command(self._stack.index() - 1) is self

    def add(self, part: Step) -> None:
        """Do ``part``, and have it belong to this, unless something else was done or taken back since."""
        if self._is_last and not self._stack.canRedo():
            part.redo()
            self._parts.append(part)

    def forget(self) -> None:
        """Let go of everything."""
        self.number, self._begin = 0, _nothing
        self._parts.clear()

    def redo(self) -> None:
        """Begin to do it, for the first time or again."""
        for part in self._parts:
            part.redo()
        self._turn(True)

    def undo(self) -> None:
        """Begin to take it back."""
        for part in reversed(self._parts):
            part.undo()
        self.setObsolete(self.void or not self._again)
        self._turn(False)

    def _turn(self, done: bool) -> None:
        self._done = done
        if self._quiet or self.void:
            self._quiet = False
        else:
            self._turns += 1
            self._begin(self, done)

    def settle(self, done: bool) -> None:
        """Have it on the stack as it is after a turn, ``done`` or not, unless another is to come."""
        self._turns -= 1
        self._was_done = self._was_done or done
        if self._turns or done == self._done:
            return
        stack = self._stack
        if self._was_done:
            self._turning()  # a stroke under way is something else that was done
        if not done:
            self._quiet = self._was_done and self._is_last
            self.void = not self._quiet
            if self._is_last:
                stack.undo()  # or else once it is
            return
        place = next((place for place in range(stack.index(), stack.count()) if stack.command(place) is self), None)
        if place is None:
            anew = SlowStep(self._name, stack, self._begin, again=self._again, turning=self._turning)
            anew.number, anew._quiet, anew._was_done = self.number, True, True
            stack.push(anew)
        else:
            self._quiet = True
            stack.setIndex(place + 1)


def _nothing(_step: SlowStep, _done: bool) -> None:
    """Do nothing."""
