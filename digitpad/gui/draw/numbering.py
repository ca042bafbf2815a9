"""The number on the canvas: which digit of it is shown, and where a person wants it parted or joined: ``Numbering``."""

from PySide6.QtCore import QObject, Signal

from digitpad.draw.cutting import Boundary
from digitpad.draw.drawing import Drawing
from digitpad.draw.numbers import Number, NumberReader, Part
from digitpad.draw.reading import Reading
from digitpad.gui.draw.number_boxes import Hit
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session

_MOST_CHOICES = 100  # that are remembered: those of drawings long gone go first


class Numbering(QObject):
    """Reads the number in a drawing as the person has parted and joined it.

    A choice holds until the strokes at both its sides are others; then the program decides again.

    Signal: ``changed()`` after another digit was chosen, or the drawing is to be parted in another way.
    """

    changed = Signal()

    def __init__(self, parent: QObject, session: Session, reader: Reader) -> None:
        """Read with the network in use, as ``reader`` reads one digit."""
        super().__init__(parent)
        self._session, self._reader, self._numbers = session, reader, NumberReader()
        self._choices: dict[Boundary, bool] = {}
        self._index: int | None = None  # of the digit that was chosen; None for the last
        self.number: Number | None = None

    def read(self, drawing: Drawing, whole: Reading, *, growing: bool) -> Number | None:
        """Return the number in ``drawing``, which is read as ``whole``; None where there is none.

        Its last stroke may be ``growing`` yet.
        """
        if drawing.empty:
            self._choices.clear()
        before, model = self.number, self._session.model
        nine = self._reader.prefers_nine and model.provenance.reads_nine
        self.number = self._numbers.read(
            model.network, drawing, whole, nine=nine, chosen=self._choices, growing=growing
        )
        if self.number is None or before is None or len(self.number.parts) != len(before.parts):
            self._index = None  # what is drawn last is what is looked at
        return self.number

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

    def join(self, index: int) -> None:
        """Make one digit of that one and the one before it."""
        where = self.number.parts[index].before if self.number else None
        if where is not None:
            self._decide(where, parted=False)

    def part(self, index: int) -> bool:
        """Make two digits of that one; whether it can be parted."""
        where = self._where_to_part(self.number.parts[index]) if self.number else None
        if where is not None:
            self._decide(where, parted=True)
        return where is not None

    def follow_click(self, hit: Hit) -> None:
        """Join two digits that were clicked on between them, and part one whose box was clicked on."""
        if not hit.box:
            self.join(hit.digit)
        else:
            self.part(hit.digit)

    def _where_to_part(self, part: Part) -> Boundary | None:
        joined = [where for where in part.piece.boundaries if self._choices.get(where) is False]
        height = max(other.piece.height for other in self.number.parts) if self.number else 0.0
        return joined[0] if joined else self._numbers.where_to_part(self._session.model.network, part, height)

    def _decide(self, where: Boundary, *, parted: bool) -> None:
        self._choices.pop(where, None)
        self._choices[where] = parted
        if len(self._choices) > _MOST_CHOICES:
            del self._choices[next(iter(self._choices))]
        self._index = None
        self.changed.emit()
