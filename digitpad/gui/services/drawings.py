"""The person's own drawings as the window deals with them: away from its thread, and with undo."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Greys
from digitpad.errors import StoreError, one_line
from digitpad.files.reading import left_unless
from digitpad.gui.services.background import Background
from digitpad.gui.services.changes import Addition, Change, Import, Relabelling, Removal
from digitpad.gui.services.exporting import Exporting
from digitpad.gui.services.history import History, Otherwise, SlowStep
from digitpad.gui.services.importing import Importing, Source
from digitpad.gui.services.transfers import Transfers

if TYPE_CHECKING:
    from digitpad.data.store import Drawn, Sample, Store

T = TypeVar("T")

ENOUGH = 15  # drawings: so many leave ten to learn a hand from, and some to test on, however they are divided


class _Counted(NamedTuple):
    """How many drawings there are of each label, and how many of all that others drew."""

    labels: list[int]
    others: int


class Drawings(QObject):
    """Keeps, relabels, removes and finds drawings; the file they are in is in ``samples``.

    Everything is done one after the other in a thread, so no caller waits, and is a step of ``history``: what is kept
    on the Draw tab, all other changes on the Data tab. Signals: ``changed()`` when the drawings did, with ``counts`` up
    to date; ``kept(number, label)`` when one was kept, for the first time or again, and ``removed(numbers)`` when
    some were forgotten; ``reported(sentence)`` of what was done, and ``failed(sentence)`` of what could not be. Of
    changes on the Data tab tell ``done(sentence, take_back)``, with what takes one back while it is the last, and
    ``undone(sentence)``. Once a change is made, ``settled(sentence)`` has what was said of each before it that could
    not be.
    """

    changed = Signal()
    kept = Signal(int, int)
    removed = Signal(object)
    done = Signal(str, object)
    undone = Signal(str)
    reported = Signal(str)
    failed = Signal(str)
    settled = Signal(str)
    _rescued = Signal(str)

    def __init__(self, path: Path | None, history: History, parent: QObject) -> None:
        """Keep them in the file ``path``, or in memory; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._path, self._history = path, history
        self.counts = [0] * 10
        self._others = 0  # of the drawings, that somebody else drew
        self._refusals: list[str] = []  # why changes could not be made, since one could
        self._store: Store | None = None
        self._making = Lock()
        self._work, self._long_work = Background(self), Background(self)
        self._work.failed.connect(self.failed)
        self.transfers = Transfers(self, self._long_work)
        self.importing = Importing(self, self.transfers, lambda: self.samples)
        self.importing.came.connect(self._take_source)
        self.importing.failed.connect(self.failed)
        self.exporting = Exporting(self, self.transfers, lambda: self.samples)
        self.exporting.reported.connect(self.reported)
        self.exporting.failed.connect(self.failed)
        self._rescued.connect(self._begin_anew)

    @property
    def samples(self) -> "Store":
        """The drawings themselves, for any thread."""
        with self._making:  # whichever threads are the first, they have one database
            if self._store is None:
                from digitpad.data.store import Store  # only for those who keep some

                self._store = Store(self._path, warn=self._rescued.emit)
            return self._store

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts)

    @property
    def mine(self) -> int:
        """How many of them the person drew, and nobody else."""
        return self.total - self._others

    def refresh(self, then: Callable[[], object] = lambda: None) -> None:
        """Count them anew, since another window may have changed them, and go on with ``then``."""

        def take(counted: _Counted) -> None:
            self._take_counted(counted)
            self.changed.emit()
            then()

        self._work.run(self._count, take)

    def count_if_any(self) -> None:
        """Count them, if any were ever kept."""
        if self._path is not None and os.path.exists(self._path):
            self.refresh()

    def page(
        self,
        label: int | None,
        first: int,
        n: int,
        then: "Callable[[list[Sample]], object]",
        otherwise: Callable[[str], object] | None = None,
    ) -> None:
        """Find ``n`` drawings of one label or of all, newest first, from the ``first`` on, for ``then``.

        ``otherwise`` is given the sentence, in place of ``failed``, when they cannot be read.
        """
        self._work.run(lambda: self.samples.page(label, first, n), then, otherwise)

    def newest(
        self,
        n: int,
        drawn_by: Callable[[str], bool],
        then: "Callable[[list[Sample]], object]",
        otherwise: Callable[[str], object],
        wanted: Callable[[], bool],
    ) -> None:
        """Find the newest ``n`` drawings by these writers for ``then``, or give ``otherwise`` a sentence.

        It gets one, too, where they are not ``wanted`` any more before they are found.
        """

        def find() -> "list[Sample]":
            with left_unless(wanted):
                return self.samples.newest(n, drawn_by)

        self._work.run(find, then, otherwise)

    # Changes, each of which can be taken back

    def keep(
        self,
        label: int,
        drawing: Drawing,
        image: Greys,
        prediction: int,
        then: Callable[[int], object] = lambda _: None,
        otherwise: Otherwise = lambda: None,
    ) -> None:
        """Keep ``drawing``, which the network sees as ``image`` (784,) and reads as ``prediction``, as a ``label``.

        Goes on with ``then`` and the number of the drawing once it is kept, or with ``otherwise``. Steps that ``then``
        makes on the Draw tab belong to this one.
        """
        from digitpad.data.store import drawn_now

        # Strokes alone would not bring back a drawing that has a picture in it; its greys do.
        strokes = () if drawing.picture else tuple(stroke.points for stroke in drawing.strokes)
        addition = Addition(drawn_now(label, strokes, image, prediction))
        self._do(addition, self._history.draw, lambda: then(addition.number), otherwise)

    def add(
        self, drawn: "Sequence[Drawn]", then: Callable[[list[int]], object], otherwise: Callable[[str], object]
    ) -> None:
        """Keep drawings that others made, and go on with ``then`` and their numbers, or with ``otherwise``.

        They are no step of the history before ``tell_came`` makes one of them.
        """

        def succeeded(result: tuple[list[int], _Counted | None]) -> None:
            numbers, counted = result
            self._take_counted(counted)
            then(numbers)
            self.changed.emit()

        self._change(lambda: self.samples.add_many(drawn), succeeded, otherwise)

    def tell_came(self, numbers: list[int], source: str, then: Callable[[], object]) -> None:
        """Make one step on the Data tab of all that came from ``source``, once it is kept, and go on with ``then``."""

        def tell(_: None) -> None:
            self._take_imported(numbers, source)
            then()

        self._work.run(lambda: None, tell, must=True)

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
        self, change: Change, stack: QUndoStack, after: Callable[[], object] | None = None,
        otherwise: Otherwise = lambda: None,
    ) -> None:  # fmt: skip
        """Make ``change`` for the first time; once it is made it is a step of ``stack``, with what ``after`` does."""

        def again(otherwise: Otherwise) -> None:
            self._run(lambda: change.do(self.samples), lambda _: self._tell_done(change), otherwise)

        def take_back(otherwise: Otherwise) -> None:
            self._run(lambda: change.undo(self.samples), undone, otherwise)

        def undone(_: bool) -> str:
            sentence = self._tell_undone(change)
            if stack is not self._history.data:
                return sentence
            self.undone.emit(sentence)
            return ""

        def then(changed: bool) -> str:
            if not changed:
                return ""
            number = change.number if isinstance(change, Addition) else 0
            step = SlowStep(change.name, stack, again, take_back, again=change.again, number=number)
            if after is None:
                stack.push(step)
            else:
                stack.beginMacro(change.name)
                stack.push(step)
                after()
                stack.endMacro()
            sentence = self._tell_done(change)
            if stack is not self._history.data:
                return sentence
            self.done.emit(sentence, partial(self._take_back, step))
            return ""

        self._run(lambda: change.do(self.samples), then, otherwise)

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

    def _tell_undone(self, change: Change) -> str:
        if isinstance(change, Addition):
            self.removed.emit([change.number])
        return change.undone(self.total)

    def _run(self, job: Callable[[], bool], then: Callable[[bool], str], otherwise: Otherwise = lambda: None) -> None:
        """Change the drawings in the thread, count them, and tell what ``then`` returns; ``otherwise`` if it failed."""

        def succeeded(result: tuple[bool, _Counted | None]) -> None:
            changed, counted = result
            self._take_counted(counted)
            sentence = then(changed)
            self.changed.emit()
            if sentence:
                self.reported.emit(sentence)

        def failed(sentence: str) -> None:
            otherwise()
            self.failed.emit(sentence)

        self._change(job, succeeded, failed)

    def _change(
        self,
        change: Callable[[], T],
        then: "Callable[[tuple[T, _Counted | None]], object]",
        otherwise: Callable[[str], object],
    ) -> None:
        """Make a change in the thread and count the drawings, and go on; what kept one before it is settled then."""

        def succeeded(result: "tuple[T, _Counted | None]") -> None:
            refusals, self._refusals = self._refusals, []
            for sentence in refusals:
                self.settled.emit(sentence)
            then(result)

        def failed(sentence: str) -> None:
            if sentence not in self._refusals:
                self._refusals.append(sentence)
            otherwise(sentence)

        self._work.run(partial(self._and_count, change), succeeded, failed, must=True)

    # Files

    def _take_source(self, source: Source) -> None:
        """Make one step of all that came from ``source``, and have done with it once that is told."""
        if source.left and not source.numbers:
            self.reported.emit(f"No drawings were imported from {one_line(source.name)}: it was stopped.")
        self._take_imported(source.numbers, source.name, stopped=source.left)
        self._work.run(lambda: None, lambda _: self.transfers.end(source), must=True)

    def _take_imported(self, numbers: list[int], name: str, *, stopped: bool = False) -> None:
        if numbers:
            self._do(Import(numbers, name, stopped=stopped), self._history.data)

    def _begin_anew(self, sentence: str) -> None:
        """Tell that the file was damaged and set aside: what was done before cannot be taken back in the new one."""
        self._history.data.clear()
        self._history.draw.clear()
        self.failed.emit(sentence)
        self.refresh()

    def _count(self) -> "_Counted":
        """Count them, in the thread."""
        return _Counted(self.samples.counts(), self.samples.count_of_others())

    def _and_count(self, change: Callable[[], T]) -> "tuple[T, _Counted | None]":
        """Make a change and count the drawings, in the thread; None where only that fails, as the change is made."""
        result = change()
        try:
            return result, self._count()
        except (StoreError, MemoryError):
            return result, None

    def _take_counted(self, counted: "_Counted | None") -> None:
        """Know how many there are; for None count again, which tells why it cannot be done."""
        if counted is None:
            self.refresh()
        else:
            self.counts, self._others = counted

    def finish(self) -> None:
        """Wait for the changes that were begun, and do now what follows from them."""
        self._work.finish()

    def close_down(self) -> None:
        """Finish what was begun, but no import and no export, and let go of the file."""
        self.transfers.close_down()
        self._long_work.wait()
        self._work.wait()
        if self._store is not None:
            self._store.close()
