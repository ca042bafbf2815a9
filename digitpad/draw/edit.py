"""What makes one drawing of another, and of that the first again: no more than what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.preprocess import Greys

_STROKE_BYTES = 250  # that a stroke takes besides its points


class _Part(NamedTuple):
    """From the ``first`` stroke of before on, those ``gone`` give way to those that ``came``."""

    first: int
    gone: tuple[Stroke, ...]
    came: tuple[Stroke, ...]


class _Pixels(NamedTuple):
    """The pixels of a picture that changed, by their numbers, and their greys before and after.

    ``otherwise`` is what else the pictures might be read as. ``pictures`` are the very pictures, as long as somebody
    else holds them.
    """

    numbers: NDArray[np.int32]
    greys: tuple[Greys, Greys]
    otherwise: tuple[tuple[Greys, ...], tuple[Greys, ...]]
    pictures: tuple[ref[Picture], ref[Picture]]


@dataclass(frozen=True, eq=False)
class Edit:
    """A change of a drawing, which can be made and taken back; ``between`` finds it out."""

    parts: tuple[_Part, ...]
    pictures: tuple[Picture | None, Picture | None] | None  # where one came or went
    pixels: _Pixels | None  # where it is the same but for these

    @staticmethod
    def between(before: Drawing, after: Drawing) -> "Edit":
        """Return what makes ``after`` of ``before``."""
        old, new = before.picture, after.picture
        parts = tuple(_parts(before.strokes, after.strokes))
        if old is new:
            return Edit(parts, None, None)
        if old is None or new is None or old.box != new.box or old.ink.shape != new.ink.shape:
            return Edit(parts, (old, new), None)
        numbers = np.flatnonzero(old.ink != new.ink)
        greys = old.ink.reshape(-1)[numbers], new.ink.reshape(-1)[numbers]
        otherwise = old.otherwise, new.otherwise
        return Edit(parts, None, _Pixels(numbers.astype(np.int32), greys, otherwise, (ref(old), ref(new))))

    @property
    def nbytes(self) -> int:
        """How much it holds that is not in the drawing of before."""
        held = sum(_STROKE_BYTES + stroke.points.nbytes for part in self.parts for stroke in part.came)
        if self.pictures and (picture := self.pictures[1]):
            held += sum(greys.nbytes for greys in (picture.ink, *picture.otherwise))
        if self.pixels:
            held += sum(greys.nbytes for greys in (self.pixels.numbers, *self.pixels.greys))
        return held

    def do(self, before: Drawing) -> Drawing:
        """Return the drawing of after."""
        strokes: list[Stroke] = []
        at = 0
        for first, gone, came in self.parts:
            strokes += before.strokes[at:first]
            strokes += came
            at = first + len(gone)
        strokes += before.strokes[at:]
        return Drawing(tuple(strokes), self._picture(before.picture, 1))

    def undo(self, after: Drawing) -> Drawing:
        """Return the drawing of before."""
        strokes: list[Stroke] = []
        at = more = 0
        for first, gone, came in self.parts:
            strokes += after.strokes[at : first + more]
            strokes += gone
            at = first + more + len(came)
            more += len(came) - len(gone)
        strokes += after.strokes[at:]
        return Drawing(tuple(strokes), self._picture(after.picture, 0))

    def _picture(self, other: Picture | None, which: int) -> Picture | None:
        """Return the picture of before (0) or after (1), which is ``other`` but for what changed."""
        if self.pictures:
            return self.pictures[which]
        if other is None or self.pixels is None:
            return other
        if held := self.pixels.pictures[which]():
            return held
        ink = other.ink.copy()
        ink.reshape(-1)[self.pixels.numbers] = self.pixels.greys[which]
        return Picture(ink, other.box, self.pixels.otherwise[which])


def _parts(before: tuple[Stroke, ...], after: tuple[Stroke, ...]) -> Iterator[_Part]:
    if after[: len(before)] == before:  # strokes were added
        if len(after) > len(before):
            yield _Part(len(before), (), after[len(before) :])
        return
    old, new = [*map(id, before)], [*map(id, after)]
    i, j = _places_in(old, new), _places_in(new, old)
    n = min(len(i), len(j))
    same = np.array(old)[i[:n]] == np.array(new)[j[:n]]
    if not same.all():  # in another order, or one stroke is there twice: all the rest
        n = int(np.argmin(same))
    # Those that are the same, and the ends; between two of them is a part, if there is anything.
    i, j = np.hstack([-1, i[:n], len(before)]), np.hstack([-1, j[:n], len(after)])
    at = np.flatnonzero((np.diff(i) > 1) | (np.diff(j) > 1))
    bounds = (i[at] + 1, i[at + 1], j[at] + 1, j[at + 1])
    for first, end, start, stop in zip(*(bound.tolist() for bound in bounds), strict=True):
        yield _Part(first, before[first:end], after[start:stop])


def _places_in(numbers: list[int], others: list[int]) -> NDArray[np.intp]:
    """Return where in ``numbers`` those are that are among the ``others``, too."""
    return np.flatnonzero(np.fromiter(map(set(others).__contains__, numbers), bool, len(numbers)))
