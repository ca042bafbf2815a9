"""The person's own drawings as the window deals with them: away from its thread, and with undo."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Greys
from digitpad.errors import Cancelled, DataError
from digitpad.gui.services.background import Background
from digitpad.gui.services.changes import Addition, Change, Import, Relabelling, Removal
from digitpad.gui.words import counted

if TYPE_CHECKING:
    from digitpad.data.store import Drawn, Sample, Store

_UNDOS = 50
_IMPORTED_AT_ONCE, _POINTS_AT_ONCE = 200, 50_000  # drawings and their points, so that one kept meanwhile need not wait


class Drawings(QObject):
    """Keeps, relabels, removes and finds drawings; the file they are in is in ``samples``.

    Everything is done one after the other in a thread, so no caller waits. Signals: ``changed()`` when the drawings
    did, with ``counts`` up to date; ``reported(sentence)`` of what was done, and ``failed(sentence)`` of what could
    not be; ``undo_changed()`` when another change can be taken back or done again.
    """

    changed = Signal()
    undo_changed = Signal()
    reported = Signal(str)
    failed = Signal(str)
    _imported = Signal(object, str)
    _rescued = Signal(str)

    def __init__(self, path: Path | None, parent: QObject) -> None:
        """Keep them in the file ``path``, or in memory; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self._path = path
        self.counts = [0] * 10
        # Not a QUndoStack, which moves on at once: a change that fails in the thread was none, and stays where it was.
        self._done: deque[Change] = deque(maxlen=_UNDOS)
        self._undone: list[Change] = []
        self._closed = False
        self._store: Store | None = None
        self._making = Lock()
        self._work, self._long_work = Background(self), Background(self)
        self._work.failed.connect(self.failed)
        self._long_work.failed.connect(self.failed)
        self._imported.connect(self._take_imported)
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

    def refresh(self, then: Callable[[], object] = lambda: None) -> None:
        """Count them anew, since another window may have changed them, and go on with ``then``."""

        def take(counts: list[int]) -> None:
            self._show_counts(counts)
            then()

        self._work.run(lambda: self.samples.counts(), take)

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

    # Changes, each of which can be taken back

    def keep(
        self,
        label: int,
        drawing: Drawing,
        image: Greys,
        prediction: int,
        then: Callable[[int], object] = lambda _: None,
        otherwise: Callable[[], object] = lambda: None,
    ) -> None:
        """Keep ``drawing``, which the network sees as ``image`` (784,) and reads as ``prediction``, as a ``label``.

        Goes on with ``then`` and the number the drawing has got once it is kept, or with ``otherwise``.
        """
        from digitpad.data.store import drawn_now

        # Strokes alone would not bring back a drawing that has a picture in it; its greys do.
        strokes = () if drawing.picture else tuple(stroke.points for stroke in drawing.strokes)
        addition = Addition(drawn_now(label, strokes, image, prediction))
        self._do(addition, lambda: then(addition.number), otherwise)

    def relabel(self, numbers: list[int], label: int) -> None:
        """Say that the drawings with these numbers are a ``label`` each."""
        self._do(Relabelling(numbers, label))

    def remove(self, numbers: list[int]) -> None:
        """Forget the drawings with these numbers."""
        self._do(Removal(numbers))

    @property
    def undo_name(self) -> str:
        """What would be taken back: "keeping a 3"; "" when there is nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def can_redo(self) -> bool:
        """Whether what was taken back last can be done again."""
        return bool(self._undone)

    def undo(self) -> None:
        """Take back the last change."""
        if self._done:
            change = self._done.pop()

            def then(_: bool) -> str:
                if change.again:
                    self._undone.append(change)
                return change.undone(self.total)

            self._run(lambda: change.undo(self.samples), then, lambda: self._done.append(change))

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._undone:
            change = self._undone.pop()

            def then(_: bool) -> str:
                self._done.append(change)
                return change.done(self.total)

            self._run(lambda: change.do(self.samples), then, lambda: self._undone.append(change))

    def _do(
        self,
        change: Change,
        after: Callable[[], object] = lambda: None,
        otherwise: Callable[[], object] = lambda: None,
    ) -> None:
        def then(changed: bool) -> str:
            if not changed:
                return ""
            self._done.append(change)
            self._undone.clear()
            after()
            return change.done(self.total)

        self._run(lambda: change.do(self.samples), then, otherwise)

    def _run(
        self, job: Callable[[], bool], then: Callable[[bool], str], otherwise: Callable[[], object] = lambda: None
    ) -> None:
        """Change the drawings in the thread, count them, and tell what ``then`` returns; ``otherwise`` if it failed."""

        def work() -> tuple[bool, list[int]]:
            return job(), self.samples.counts()

        def succeeded(result: tuple[bool, list[int]]) -> None:
            changed, self.counts = result
            sentence = then(changed)
            self.undo_changed.emit()
            self.changed.emit()
            if sentence:
                self.reported.emit(sentence)

        def failed(sentence: str) -> None:
            otherwise()
            self.undo_changed.emit()
            self.failed.emit(sentence)

        self.undo_changed.emit()
        self._work.run(work, succeeded, failed)

    # Files

    def import_strokes(self, path: Path) -> None:
        """Keep the digits in a file of strokes, one JSON object a line."""
        self._import(lambda: _from_strokes(path), path.name)

    def import_pictures(self, folder: Path) -> None:
        """Keep the pictures in the folders 0 to 9 of ``folder``."""

        def read() -> "Iterable[Drawn]":
            from digitpad.gui.services.picture_folder import read_pictures

            return read_pictures(folder)

        self._import(read, folder.name)

    def export_strokes(self, path: Path) -> None:
        """Write all drawings that have strokes to a file, one JSON object a line."""

        def write() -> int:
            from digitpad.data.strokes import write_strokes

            return write_strokes(path, self._each())

        self._long_work.run(write, lambda n: self._tell_exported(n, path, "; pictures have no strokes to write"))

    def export_pictures(self, folder: Path) -> None:
        """Write all drawings as PNG pictures into the folders 0 to 9 of ``folder``."""

        def write() -> int:
            from digitpad.gui.services.picture_folder import write_pictures

            return write_pictures(folder, self._each())

        self._long_work.run(write, lambda n: self._tell_exported(n, folder, ""))

    def _each(self) -> "Iterator[Sample]":
        """Go through all drawings, unless the program is closed on the way."""
        for sample in self.samples.each():
            if self._closed:
                raise Cancelled("The program was closed before all drawings were written.")
            yield sample

    def _import(self, read: "Callable[[], Iterable[Drawn]]", name: str) -> None:
        def work() -> None:
            numbers: list[int] = []
            batch: list[Drawn] = []
            points = 0
            try:
                try:
                    for sample in read():
                        if self._closed:
                            break
                        batch.append(sample)
                        points += sum(map(len, sample.strokes))
                        if len(batch) == _IMPORTED_AT_ONCE or points >= _POINTS_AT_ONCE:
                            numbers += self.samples.add_many(batch)
                            batch, points = [], 0
                finally:  # what could be read is kept, whatever could not
                    numbers += self.samples.add_many(batch)
            finally:
                self._imported.emit(numbers, name)

        self._long_work.run(work, lambda _: None)

    def _take_imported(self, numbers: list[int], name: str) -> None:
        if numbers:
            self._do(Import(numbers, name))

    def _tell_exported(self, n: int, path: Path, left: str) -> None:
        rest = f", of {self.total:,}{left}" if n < self.total else ""
        self.reported.emit(f"Written to {path}: {counted(n, 'drawing')}{rest}.")

    def _begin_anew(self, sentence: str) -> None:
        """Tell that the file was damaged and set aside: what was done before cannot be taken back in the new one."""
        self._done.clear()
        self._undone.clear()
        self.undo_changed.emit()
        self.failed.emit(sentence)
        self.refresh()

    def _show_counts(self, counts: list[int]) -> None:
        self.counts = counts
        self.changed.emit()

    def close_down(self) -> None:
        """Finish what was begun, but not a long import, and let go of the file."""
        self._closed = True
        self._long_work.wait()
        self._work.wait()
        if self._store is not None:
            self._store.close()


def _from_strokes(path: Path) -> "Iterator[Drawn]":
    """Yield the digits in a file of strokes. Raises DataError, at the end for what was left out of them."""
    from digitpad.data.strokes import read_strokes, sample_of

    timed = False
    for digit in read_strokes(path):
        timed = timed or digit.timed
        yield sample_of(digit)
    if timed:
        raise DataError(f"{path}: its third numbers were taken for times, not pressures, and left out.")
