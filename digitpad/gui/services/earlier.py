"""The drawings of this sitting that gave way to others: ``Earlier``, of which the Draw tab shows a strip."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from digitpad.draw.drawing import Drawing
from digitpad.draw.edit import Edit
from digitpad.draw.preprocess import Stages, to_bytes
from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.services.background import Background
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.session import Session

MOST, _MOST_BYTES = 100, 32 << 20  # drawings, and what they hold at most; a digit holds a few kilobytes


@dataclass(frozen=True, eq=False)
class EarlierDrawing:
    """A ``drawing``, what the network saw of it in ``image`` (784,), 255 = ink, how it read that then, and when.

    Of a ``number`` of several digits, "" where there was one, the image is of all and the reading of the least sure.
    """

    drawing: Drawing
    image: NDArray[np.uint8]
    reading: Reading
    drawn_at: datetime
    number: str = ""

    @cached_property
    def nbytes(self) -> int:
        """How much it holds; most of that may be shared with what can be taken back."""
        return Edit.between(Drawing(), self.drawing).nbytes + self.image.nbytes


class Earlier(QObject):
    """Remembers the last hundred drawings that were cleared, kept or replaced, fewer where these are very large.

    One that is there already is not there a second time: whoever brings back one after the other finds all of them
    where they were. No file keeps them: what opens again with the program is what was on the canvas, and what can be
    taken back ends with the window, too.

    Signals: ``changed()``.
    """

    changed = Signal()

    def __init__(self, parent: QObject, session: Session, reader: Reader) -> None:
        """Remember nothing yet; ``session`` knows how what is on the canvas is read, and ``reader`` reads the rest."""
        super().__init__(parent)
        self._session, self._reader = session, reader
        self._all: list[EarlierDrawing] = []
        self._background = Background(self)

    @property
    def all(self) -> list[EarlierDrawing]:
        """All that are remembered, the newest first."""
        return self._all[::-1]

    def remember(self, drawing: Drawing) -> None:
        """Remember a drawing, unless it is blank or remembered already."""
        if drawing.empty or any(drawing == one.drawing for one in self._all):
            return
        seen, now, drawings = self._session.seen, datetime.now(), self._all
        if seen and seen.drawing == drawing:
            self._add(drawings, seen, now)
            return

        def read(stages: Stages) -> None:
            if not stages.blank:
                self._add(drawings, Seen(drawing, stages, self._reader.read(stages)), now)

        self._background.run(drawing.stages, read, latest=drawing, must=True)  # it gave way before it was read

    def _add(self, drawings: list[EarlierDrawing], seen: Seen, drawn_at: datetime) -> None:
        stages, reading, number = seen.stages, seen.reading, ""
        if seen.number:
            stages, number = seen.drawing.stages(), seen.number.text
            reading = min((part.reading for part in seen.number.parts), key=_how_sure)
        image = to_bytes(stages.image)
        drawings.append(EarlierDrawing(seen.drawing, image, replace(reading, nine=None), drawn_at, number))
        drawings.sort(key=lambda one: one.drawn_at)
        held = 0
        for newer, one in enumerate(reversed(drawings)):
            held += one.nbytes
            if newer == MOST or (newer and held > _MOST_BYTES):
                del drawings[: len(drawings) - newer]
                break
        self.changed.emit()

    def clear(self) -> None:
        """Forget all of them, those too that are still being read."""
        self._all = []
        self.changed.emit()

    def close_down(self) -> None:
        """Wait for what is being read; it is not wanted any more."""
        self._background.wait()


def _how_sure(reading: Reading) -> tuple[bool, bool, float]:
    return reading.certain, reading.verdict is Verdict.SURE, reading.margin
