"""What makes one drawing of another, and of that the first again: no more than what differs."""

from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import NamedTuple
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.alike import alike, places_among
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.preprocess import Greys

_STROKE_BYTES = 250  # that a stroke takes besides its points


class _Strokes(NamedTuple):
    """Some strokes of a drawing, and the ``places`` (n,) where they are in it."""

    places: NDArray[np.intp]
    strokes: tuple[Stroke, ...]


_NONE = _Strokes(np.empty(0, dtype=np.intp), ())  # one for all steps


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

    gone: _Strokes  # of the drawing of before
    came: _Strokes  # of the drawing of after
    pictures: tuple[Picture | None, Picture | None] | None  # where one came or went
    pixels: _Pixels | None  # where it is the same but for these

    @staticmethod
    def between(before: Drawing, after: Drawing) -> "Edit":
        """Return what makes ``after`` of ``before``."""
        old, new = before.picture, after.picture
        strokes = _differing(before.strokes, after.strokes)
        if old is new:
            return Edit(*strokes, None, None)
        if old is None or new is None or old.box != new.box or old.ink.shape != new.ink.shape:
            return Edit(*strokes, (old, new), None)
        numbers = np.flatnonzero(old.ink != new.ink)
        greys = old.ink.reshape(-1)[numbers], new.ink.reshape(-1)[numbers]
        otherwise = old.otherwise, new.otherwise
        return Edit(*strokes, None, _Pixels(numbers.astype(np.int32), greys, otherwise, (ref(old), ref(new))))

    @property
    def nbytes(self) -> int:
        """How much it holds that is not in the drawing of before."""
        points: int = sum(map(attrgetter("points.nbytes"), self.came.strokes))
        held = len(self.came.strokes) * _STROKE_BYTES + points
        if self.pictures and (picture := self.pictures[1]):
            held += sum(greys.nbytes for greys in (picture.ink, *picture.otherwise))
        if self.pixels:
            held += sum(greys.nbytes for greys in (self.pixels.numbers, *self.pixels.greys))
        return held

    def do(self, before: Drawing) -> Drawing:
        """Return the drawing of after."""
        return Drawing(_swapped(before.strokes, self.gone, self.came), self._picture(before.picture, 1))

    def undo(self, after: Drawing) -> Drawing:
        """Return the drawing of before."""
        return Drawing(_swapped(after.strokes, self.came, self.gone), self._picture(after.picture, 0))

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


def _differing(before: tuple[Stroke, ...], after: tuple[Stroke, ...]) -> tuple[_Strokes, _Strokes]:
    """Return the strokes of ``before`` that ``after`` has not, and those of ``after`` that ``before`` had not."""
    same = alike(before, after)
    at = places_among(after[same:], before[same:])
    i = np.flatnonzero(at >= 0)  # those that stay, and
    j = at[i]  # where they are then
    rises = np.diff(j) > 0
    if not rises.all():  # in another order, or one stroke is there twice: all the rest is not the same
        last = int(np.argmin(rises)) + 1
        i, j = i[:last], j[:last]
    return _others(before, same, i), _others(after, same, j)


def _others(strokes: tuple[Stroke, ...], first: int, among: NDArray[np.intp]) -> _Strokes:
    """Return those of ``strokes`` from the ``first`` on that are not at the places ``among`` them."""
    others = np.ones(len(strokes) - first, dtype=bool)
    others[among] = False
    if not others.any():
        return _NONE
    return _Strokes(np.flatnonzero(others) + first, tuple(compress(strokes[first:], others.tolist())))


def _swapped(strokes: tuple[Stroke, ...], gone: _Strokes, came: _Strokes) -> tuple[Stroke, ...]:
    """Return ``strokes`` without those that are ``gone`` and with those that ``came``."""
    stay = np.ones(len(strokes), dtype=bool)
    stay[gone.places] = False
    swapped = np.empty(len(strokes) - len(gone.strokes) + len(came.strokes), dtype=object)
    stayed = np.ones(len(swapped), dtype=bool)
    stayed[came.places] = False
    swapped[came.places] = came.strokes
    swapped[stayed] = np.fromiter(strokes, object, len(strokes))[stay]
    return tuple(swapped.tolist())
