"""The number on the canvas: which digit of it is shown, and where a person wants it parted or joined: ``Numbering``."""

from math import dist

from PySide6.QtCore import QObject, Signal

from digitpad.draw.drawing import Drawing
from digitpad.draw.numbers import Number, NumberReader, Part
from digitpad.draw.pieces import Boundary, Piece, joined, pieces_of
from digitpad.draw.reading import Reading
from digitpad.gui.draw.number_boxes import Hit
from digitpad.gui.services.history import Step
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.toast import Said

_MOST_CHOICES = 100  # that are remembered: those of drawings long gone go first
_SAME = 1e-6  # canvas sides: where a digit was put together from what was cut, its sides are rounded


class Numbering(QObject):
    """Reads the number in a drawing as the person has parted and joined it.

    A choice holds until the strokes at both its sides are others; then the program decides again. To join and to part
    are steps that can be taken back, among those of the drawing.

    Signals: ``changed()`` after another digit was chosen, or the drawing is to be parted in another way; ``said(Said)``
    where it cannot be.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, parent: QObject, session: Session, reader: Reader) -> None:
        """Read with the network in use, as ``reader`` reads one digit."""
        super().__init__(parent)
        self._session, self._reader, self._numbers = session, reader, NumberReader()
        self._choices: dict[Boundary, bool] = {}
        self._index: int | None = None  # of the digit that was chosen; None for the last
        self._decided: Boundary | None = None  # where it was parted or joined since the last reading
        self._drawing = Drawing()
        self.number: Number | None = None

    def read(self, drawing: Drawing, whole: Reading, *, growing: bool, patience_s: float) -> Number | None:
        """Return the number in ``drawing``, which is read as ``whole``; None where there is none.

        Its last stroke may be ``growing`` yet. After ``patience_s`` it may be ``unfinished``: then all is as it was.
        """
        model = self._session.model
        nine = self._reader.prefers_nine and model.provenance.reads_nine
        number = self._numbers.read(
            model.network, drawing, whole, nine=nine, chosen=self._choices, growing=growing, patience_s=patience_s
        )
        if self.unfinished:
            return None
        before, self.number, self._drawing = self.number, number, drawing
        if self.number is None or before is None or len(self.number.parts) != len(before.parts):
            self._index = None  # what is drawn last is what is looked at
        if self.number and self._decided:
            self._index = next((i for i, part in enumerate(self.number.parts) if _is_at(part, self._decided)), None)
        self._decided = None
        return self.number

    @property
    def unfinished(self) -> bool:
        """Whether what was read last has so many lines that the next reading goes on with it."""
        return self._numbers.unfinished

    @property
    def several(self) -> bool:
        """Whether there are two digits at least."""
        return self.number is not None and len(self.number.parts) > 1

    @property
    def index(self) -> int:
        """Which digit is shown."""
        last = len(self.number.parts) - 1 if self.number else 0
        return last if self._index is None else min(self._index, last)

    @property
    def shown(self) -> Part | None:
        """The digit that is shown; None where there are not several."""
        return self.number.parts[self.index] if self.number and self.several else None

    def choose(self, index: int) -> None:
        """Show that digit."""
        if index != self.index:
            self._index = index
            self.changed.emit()

    @property
    def can_join(self) -> bool:
        """Whether there is a digit before the one that is shown."""
        return self.several and self.index > 0

    def join(self, index: int) -> None:
        """Make one digit of that one and the one before it, which is the one that is shown then."""
        where = self.number.parts[index].before if self.number else None
        if where is not None:
            self._decide("join", where, parted=False)

    def part(self, index: int) -> None:
        """Make two digits of that one, or of all that is drawn where that is one; the right one is shown then."""
        where = self._where_to_part(index)
        if where is not None:
            self._decide("part", where, parted=True)
        else:
            self.said.emit(Said("This cannot be parted in two: there is no place where few lines are crossed."))

    def follow_click(self, hit: Hit) -> None:
        """Join two digits that were clicked on between them, and part one whose box was clicked on.

        Where it is read in another way by now, and that digit is none any more, that was no click.
        """
        parts = self.number.parts if self.number else ()
        index = next((i for i, part in enumerate(parts) if dist(part.piece.box, hit.sides) < _SAME), None)
        if index is not None:
            (self.part if hit.box else self.join)(index)

    def _where_to_part(self, index: int) -> Boundary | None:
        """Return where it was joined last, or else where it is best cut; None where it cannot be."""
        row = [part.piece for part in self.number.parts] if self.number else pieces_of(self._drawing)
        if not row:
            return None
        piece: Piece = row[index] if self.number else joined(row)
        meeting = set(piece.boundaries)
        for where, parted in reversed(self._choices.items()):
            if where in meeting and not parted:
                return where
        height = max(other.height for other in row)
        return self._numbers.where_to_part(self._session.model.network, piece, height)

    def _decide(self, name: str, where: Boundary, *, parted: bool) -> None:
        before = self._choices.get(where)

        def do() -> None:
            self._choose(where, parted)

        def take_back() -> None:
            self._choose(where, before)

        self._session.history.draw.push(Step(name, do, take_back))

    def _choose(self, where: Boundary, parted: bool | None) -> None:
        self._choices.pop(where, None)
        if parted is not None:
            self._choices[where] = parted
        if len(self._choices) > _MOST_CHOICES:
            del self._choices[next(iter(self._choices))]
        self._decided = where
        self.changed.emit()


def _is_at(part: Part, where: Boundary) -> bool:
    """Whether ``part`` begins there, or was put together from what meets there."""
    return part.before == where or where in part.piece.boundaries
