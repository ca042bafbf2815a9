"""The person's own drawings as the window deals with them: away from its thread, and with undo."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from digitpad.drawing import Drawing
from digitpad.gui.background import Background
from digitpad.gui.words import a_digit, counted
from digitpad.preprocess import Greys

if TYPE_CHECKING:
    from digitpad.data.samples import Sample, Samples

_UNDOS = 50
_BATCH = 200  # drawings imported at once, so that a drawing kept meanwhile need not wait


class Drawings(QObject):
    """Keeps, relabels, removes and finds drawings; the file they are in is in ``samples``.

    Everything is done one after the other in a thread, so no caller waits. Signals: ``changed()`` when the drawings
    did, with ``counts`` up to date; ``told(sentence)`` of what was done, and ``said(sentence)`` of what could not be.
    """

    changed = Signal()
    told = Signal(str)
    said = Signal(str)
    _imported = Signal(object, str)
    _rescued = Signal(str)

    def __init__(self, path: Path | None, parent: QObject) -> None:
        """Keep them in the file ``path``, or in memory; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._path = path
        self.counts = [0] * 10
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(_UNDOS)
        self._closed = False
        self._work, self._long_work = Background(self), Background(self)
        self._work.failed.connect(self.said)
        self._long_work.failed.connect(self.said)
        self._imported.connect(self._take_imported)
        self._rescued.connect(self._begin_anew)

    @cached_property
    def samples(self) -> "Samples":
        """The drawings themselves, for any thread."""
        from digitpad.data.samples import Samples  # only for those who keep some

        return Samples(self._path, warn=self._rescued.emit)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts)

    def refresh(self, then: Callable[[], object] = lambda: None) -> None:
        """Count them anew, since another window may have changed them, and go on with ``then``."""

        def take(counts: list[int]) -> None:
            self._show_counts(counts)
            then()

        self._work.run(lambda: self.samples.counts(), take)

    def page(self, label: int | None, first: int, n: int, then: "Callable[[list[Sample]], object]") -> None:
        """Find ``n`` drawings of one label or of all, newest first, from the ``first`` on, for ``then``."""
        self._work.run(lambda: self.samples.page(label, first, n), then)

    # Changes, each of which can be taken back

    def keep(self, label: int, drawing: Drawing, image: Greys, answer: int) -> None:
        """Keep ``drawing``, which the network sees as ``image`` (784,) and reads as ``answer``, as a ``label``."""
        from digitpad.data.samples import Sample

        # Strokes alone would not bring back a drawing that has a picture in it; its greys do.
        strokes = () if drawing.picture else tuple(stroke.points for stroke in drawing.strokes)
        sample = Sample(label, strokes, np.round(255 * image).astype(np.uint8), answer, _now())
        kept = a_digit(label)
        self._push(_Addition(self, f"keeping {kept}", sample, f"Kept as {kept}. You have kept {{total:,}} so far."))

    def relabel(self, chosen: "list[Sample]", label: int) -> None:
        """Say that the ``chosen`` drawings are a ``label`` each."""
        self._push(_Relabelling(self, f"relabelling as {label}", chosen, label))

    def remove(self, chosen: "list[Sample]") -> None:
        """Forget the ``chosen`` drawings."""
        count = counted(len(chosen), "drawing")
        self._push(_Removal(self, f"removing {count}", [sample.number or 0 for sample in chosen]))

    def take_back(self) -> None:
        """Undo the last change."""
        self.undo_stack.undo()

    def _push(self, command: QUndoCommand) -> None:
        self.undo_stack.push(command)

    def do(self, job: Callable[[], object], told: str = "") -> None:
        """Change the drawings in the thread, then count and tell; ``told`` may name the ``total``."""

        def work() -> list[int]:
            job()
            return self.samples.counts()

        def then(counts: list[int]) -> None:
            self._show_counts(counts)
            if told:
                self.told.emit(told.format(total=self.total))

        self._work.run(work, then)

    # Files

    def import_strokes(self, path: Path) -> None:
        """Keep the digits in a file of strokes, one JSON object a line."""
        self._import(lambda: _from_strokes(path), path.name)

    def import_pictures(self, folder: Path) -> None:
        """Keep the pictures in the folders 0 to 9 of ``folder``."""

        def read() -> "Iterable[Sample]":
            from digitpad.gui.picture_folder import read_pictures

            return read_pictures(folder)

        self._import(read, folder.name)

    def export_strokes(self, path: Path) -> None:
        """Write all drawings that have strokes to a file, one JSON object a line."""

        def write() -> int:
            from digitpad.data.strokes import write_strokes

            return write_strokes(path, self.samples.each())

        self._long_work.run(write, lambda n: self._tell_exported(n, path, "; pictures have no strokes to write"))

    def export_pictures(self, folder: Path) -> None:
        """Write all drawings as PNG pictures into the folders 0 to 9 of ``folder``."""

        def write() -> int:
            from digitpad.gui.picture_folder import write_pictures

            return write_pictures(folder, self.samples.each())

        self._long_work.run(write, lambda n: self._tell_exported(n, folder, ""))

    def _import(self, read: "Callable[[], Iterable[Sample]]", name: str) -> None:
        def work() -> None:
            numbers: list[int] = []
            batch: list[Sample] = []
            try:
                try:
                    for sample in read():
                        if self._closed:
                            break
                        batch.append(sample)
                        if len(batch) == _BATCH:
                            numbers += self.samples.add_many(batch)
                            batch = []
                finally:  # what could be read is kept, whatever could not
                    numbers += self.samples.add_many(batch)
            finally:
                self._imported.emit(numbers, name)

        self._long_work.run(work, lambda _: None)

    def _take_imported(self, numbers: list[int], name: str) -> None:
        if numbers:
            self._push(
                _Import(self, f"importing {name}", numbers, f"{counted(len(numbers), 'drawing')} came from {name}.")
            )

    def _tell_exported(self, n: int, path: Path, left: str) -> None:
        rest = f", of {self.total:,}{left}" if n < self.total else ""
        self.told.emit(f"Written to {path}: {counted(n, 'drawing')}{rest}.")

    def _begin_anew(self, sentence: str) -> None:
        """Tell that the file was damaged and set aside: what was done before cannot be taken back in the new one."""
        self.undo_stack.clear()
        self.said.emit(sentence)
        self.refresh()

    def _show_counts(self, counts: list[int]) -> None:
        self.counts = counts
        self.changed.emit()

    def close_down(self) -> None:
        """Finish what was begun, but not a long import, and let go of the file."""
        self._closed = True
        self.undo_stack.blockSignals(True)  # it would tell of its own end
        self._long_work.wait()
        self._work.wait()
        if "samples" in self.__dict__:
            self.samples.close()


class _Change(QUndoCommand):
    """A change of the drawings; what is done here is done in the thread, in the order it was asked for."""

    def __init__(self, drawings: Drawings, text: str) -> None:
        super().__init__(text)
        self._drawings = drawings

    @property
    def _samples(self) -> "Samples":
        return self._drawings.samples


class _Addition(_Change):
    def __init__(self, drawings: Drawings, text: str, sample: "Sample", told: str) -> None:
        super().__init__(drawings, text)
        self._sample, self._told = sample, told
        self._kept: list[Sample] = []  # filled in the thread, under the number it was given
        self._number: int | None = None

    def redo(self) -> None:
        def add() -> None:
            if self._number is None:
                self._number = self._samples.add(self._sample)
            else:
                self._samples.restore(self._kept)

        self._drawings.do(add, self._told)

    def undo(self) -> None:
        def remove() -> None:
            if self._number is not None:
                self._kept = self._samples.remove([self._number])

        self._drawings.do(remove, "Forgotten. {total:,} are kept.")


class _Relabelling(_Change):
    def __init__(self, drawings: Drawings, text: str, chosen: "list[Sample]", label: int) -> None:
        super().__init__(drawings, text)
        self._label = label
        self._before: dict[int, list[int]] = {}  # the numbers of the drawings that had each label
        for sample in chosen:
            self._before.setdefault(sample.label, []).append(sample.number or 0)

    def redo(self) -> None:
        numbers = [number for group in self._before.values() for number in group]
        self._drawings.do(lambda: self._samples.relabel(numbers, self._label))

    def undo(self) -> None:
        def relabel() -> None:
            for label, numbers in self._before.items():
                self._samples.relabel(numbers, label)

        self._drawings.do(relabel)


class _Removal(_Change):
    def __init__(self, drawings: Drawings, text: str, numbers: list[int]) -> None:
        super().__init__(drawings, text)
        self._numbers = numbers
        self._removed: list[Sample] = []

    def redo(self) -> None:
        def remove() -> None:
            self._removed = self._samples.remove(self._numbers)

        self._drawings.do(remove, "Removed. {total:,} are kept; Ctrl+Z brings back what was removed.")

    def undo(self) -> None:
        self._drawings.do(lambda: self._samples.restore(self._removed), "Brought back. {total:,} are kept.")


class _Import(_Change):
    """An import, which can be taken back but not done again: the drawings are not kept in memory."""

    def __init__(self, drawings: Drawings, text: str, numbers: list[int], told: str) -> None:
        super().__init__(drawings, text)
        self._numbers, self._told = numbers, told

    def redo(self) -> None:
        self._drawings.do(lambda: None, f"{self._told} You have kept {{total:,}} so far.")

    def undo(self) -> None:
        def remove() -> None:
            for first in range(0, len(self._numbers), _BATCH):
                self._samples.remove(self._numbers[first : first + _BATCH])

        self.setObsolete(True)
        self._drawings.do(remove, "The import is taken back. {total:,} are kept.")


def _from_strokes(path: Path) -> "Iterator[Sample]":
    from digitpad.data.strokes import read_strokes, sample_of

    return map(sample_of, read_strokes(path))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
