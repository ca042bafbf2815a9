"""What is on the canvas and what the network in use makes of it: ``Seen``, which more than the Draw tab shows."""

from dataclasses import dataclass

from digitpad.draw.drawing import Drawing
from digitpad.draw.numbers import Number, Part
from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading


@dataclass(frozen=True, eq=False)
class Seen:
    """A drawing that is not blank, what the network sees of it in ``stages``, and what it reads.

    Where there are several digits these are of the ``part`` of the ``number`` that is shown.
    """

    drawing: Drawing
    stages: Stages
    reading: Reading
    number: Number | None = None
    part: Part | None = None

    @property
    def digit(self) -> Drawing:
        """What the stages are of: the drawing, or of several digits the one that is shown."""
        return self.part.piece.ink if self.part else self.drawing

    @property
    def what(self) -> object:
        """What is equal as long as the same digit of the same drawing is shown, however often it is read."""
        return self.drawing, self.part.piece if self.part else None
