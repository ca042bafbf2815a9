"""Changes of the person's own drawings, each a step that can be taken back, and drawings from files and to them."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Greys
from digitpad.errors import one_line
from digitpad.gui.services.background import Background
from digitpad.gui.services.changes import Addition, Change, Import, Relabelling, Removal
from digitpad.gui.services.exporting import Exporting
from digitpad.gui.services.history import BoundedStack, History, SlowStep, Step
from digitpad.gui.services.importing import Importing, Source
from digitpad.gui.services.stored_drawings import StoredDrawings
from digitpad.gui.services.transfers import Transfers

if TYPE_CHECKING:
    from digitpad.data.store import Drawn

Otherwise = Callable[[], object]  # what is called where it did not work

ENOUGH = 15  # drawings: so many leave ten to learn a hand from, and some to test on, however they are divided


class Drawings(StoredDrawings):
    """Keeps, relabels, removes and brings drawings, which the window reads as ``StoredDrawings`` are read.

    Every change is a step of ``history``: what is kept on the Draw tab, all others on the Data tab. Signals, beside
    those of all stored drawings: ``kept(number, label)`` when one was kept, for the first time or again, and
    ``removed(numbers)`` when some were forgotten; ``reported(sentence)`` of what was done. Of changes on the Data tab
    tell ``done(sentence, take_back)``, with what takes one back while it is the last, and ``undone(sentence)``.
    """

    kept = Signal(int, int)
    removed = Signal(object)
    done = Signal(str, object)
    undone = Signal(str)
    reported = Signal(str)

    def __init__(self, path: Path | None, history: History, parent: QObject) -> None:
        """Keep them in the file ``path``, or in memory; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(path, parent)
        self._history = history
        self._stuck = Flag()  # whether something could not be taken back, which is not told yet
        self._long_work = Background(self)
        self.transfers = Transfers(self, self._long_work)
        self.importing = Importing(self, self.transfers, lambda: self.samples)
        self.importing.came.connect(self._take_source)
        self.importing.failed.connect(self.failed)
        self.exporting = Exporting(self, self.transfers, lambda: self.samples)
        self.exporting.reported.connect(self.reported)
        self.exporting.failed.connect(self.failed)
        self.rescued.connect(self._begin_anew)

    # Changes, each of which can be taken back

    def keep(
        self,
        label: int,
        drawing: Drawing,
        image: Greys,
        prediction: int,
        then: Callable[[int, int], Step | None] = lambda *_: None,
        otherwise: Otherwise = lambda: None,
        parts: Iterable[Step] = (),
    ) -> None:
        """Keep ``drawing``, which the network sees as ``image`` (784,) and reads as ``prediction``, as a ``label``.

        What else is done with that are the ``parts`` of the step. Goes on with ``then``, the number of the drawing and
        its label whenever it is kept, or with ``otherwise``. What ``then`` returns is a part, too, if nothing was done
        since.
        """
        from digitpad.data.store import drawn_now

        # Strokes alone would not bring back a drawing that has a picture in it; its greys do.
        strokes = () if drawing.picture else tuple(stroke.points for stroke in drawing.strokes)
        addition = Addition(drawn_now(label, strokes, image, prediction))

        def go_on(step: SlowStep) -> None:
            if part := then(addition.number, addition.label):
                step.add(part)

        self._do(addition, self._history.draw, go_on, otherwise, parts)

    def add(
        self, drawn: "Sequence[Drawn]", then: Callable[[list[int]], object], otherwise: Callable[[str], object]
    ) -> None:
        """Keep drawings that others made, and go on with ``then`` and their numbers, or with ``otherwise``.

        They are no step of the history before ``tell_came`` makes one of them.
        """

        def succeeded(numbers: list[int]) -> None:
            then(numbers)
            self.changed.emit()

        self._make_change(lambda: self.samples.add_many(drawn), succeeded, otherwise)

    def tell_came(self, numbers: list[int], source: str, then: Callable[[], object]) -> None:
        """Make one step on the Data tab of all that came from ``source``, once it is kept, and go on with ``then``."""

        def tell() -> None:
            self._take_imported(numbers, source)
            then()

        self._after_all(tell)

    def forget(self, number: int) -> None:
        """Take back that a drawing was kept under this number; what was drawn since stays."""
        self._history.turning.emit()
        stack = self._history.draw
        if self._history.place_of(number) == stack.index() - 1:
            stack.undo()
        else:
            self._do(Removal([number]), stack)

    def go_back_to(self, number: int) -> None:
        """Take back that a drawing was kept under this number, and what was drawn since."""
        self._history.turning.emit()
        place = self._history.place_of(number)
        if place is None:
            self.forget(number)
        else:
            self._history.draw.setIndex(place)

    def relabel(self, numbers: list[int], label: int) -> None:
        """Say that the drawings with these numbers are a ``label`` each."""
        self._do(Relabelling(numbers, label), self._history.data)

    def remove(self, numbers: list[int]) -> None:
        """Forget the drawings with these numbers."""
        self._do(Removal(numbers), self._history.data)

    def _do(
        self, change: Change, stack: BoundedStack, then: Callable[[SlowStep], object] = lambda _: None,
        otherwise: Otherwise = lambda: None, parts: Iterable[Step] = (),
    ) -> None:  # fmt: skip
        """Make ``change``, from now on a step of ``stack`` with its ``parts``; go on with ``then`` or ``otherwise``."""

        def begin(step: SlowStep, done: bool) -> None:
            stuck = self._stuck

            def turn() -> bool:
                if done:
                    return change.make(self.samples)
                if stuck.is_set():  # what was done later is still done: nothing is taken back from under it
                    return False
                stuck.set()  # unless it works
                taken_back = change.take_back(self.samples)
                stuck.clear()
                return taken_back

            def succeeded(changed: bool) -> str:
                step.settle(done if changed else change.made)  # the thread may be further by now
                if not changed:
                    return ""
                return tell_made(step) if done else self._tell_undone(change, stack)

            def failed() -> None:
                if not done:
                    self._stuck = Flag()
                step.settle(change.made)
                otherwise()

            self._run(turn, succeeded, failed)

        def tell_made(step: SlowStep) -> str:
            step.number = change.number
            then(step)
            sentence = self._tell_done(change)
            if stack is not self._history.data:
                return sentence
            self.done.emit(sentence, partial(self._take_back, step))
            return ""

        stack.push(SlowStep(change.name, stack, begin, parts, again=change.again, turning=self._history.turning.emit))

    def _take_back(self, step: QUndoCommand) -> None:
        """Take back a change on the Data tab, unless that was done already."""
        stack = self._history.data
        if stack.index() and stack.command(stack.index() - 1) is step:
            stack.undo()

    def _tell_done(self, change: Change) -> str:
        if isinstance(change, Addition):
            self.kept.emit(change.number, change.label)
        elif isinstance(change, Removal):
            self.removed.emit(change.numbers)
        return change.done(self.total)

    def _tell_undone(self, change: Change, stack: BoundedStack) -> str:
        if isinstance(change, Addition):
            self.removed.emit([change.number])
        sentence = change.undone(self.total)
        if stack is not self._history.data:
            return sentence
        self.undone.emit(sentence)
        return ""

    def _run(self, job: Callable[[], bool], then: Callable[[bool], str], otherwise: Otherwise) -> None:
        """Change the drawings in the thread, count them, and tell what ``then`` returns; ``otherwise`` if it failed."""

        def succeeded(changed: bool) -> None:
            sentence = then(changed)
            self.changed.emit()
            if sentence:
                self.reported.emit(sentence)

        def failed(sentence: str) -> None:
            otherwise()
            self.failed.emit(sentence)

        self._make_change(job, succeeded, failed)

    # Files

    def _take_source(self, source: Source) -> None:
        """Make one step of all that came from ``source``, and have done with it once that is told."""
        if source.left and not source.numbers:
            self.reported.emit(f"No drawings were imported from {one_line(source.name)}: it was stopped.")
        self._take_imported(source.numbers, source.name, stopped=source.left)
        self._after_all(lambda: self.transfers.end(source))

    def _take_imported(self, numbers: list[int], name: str, *, stopped: bool = False) -> None:
        if numbers:
            self._do(Import(numbers, name, stopped=stopped), self._history.data)

    def _begin_anew(self, sentence: str) -> None:
        """Tell that the file was damaged and set aside: what was done before cannot be taken back in the new one."""
        self._history.data.clear()
        self._history.draw.clear()
        self.failed.emit(sentence)
        self.refresh()

    def close_down(self) -> None:
        """Finish what was begun, but no import and no export, and let go of the file."""
        self.transfers.close_down()
        self._long_work.wait()
        super().close_down()
