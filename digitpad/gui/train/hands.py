"""Whose hand a network is to learn: ``MINE``, or that of ``half_of`` a class."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitpad.gui.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digitpad.data.store import Sample, Store

    Division = Callable[[Sequence[Sample], Store], tuple[list[Sample], list[Sample]]]


@dataclass(frozen=True)
class Hands:
    """Who has them, what is said of them, and how drawings are ``divided`` into some to learn from and some for a test.

    ``divided`` is given their store, too, all of which it may look at, and may be called in any thread.

    ``drawn_by`` says of a drawing's writer whether it is one of them.

    ``read`` is what is read better afterwards, ``tested`` is what the drawings for a test are called, ``taught`` stands
    behind the network's name from then on, ``used`` is the sentence once it is in use. ``told`` says of the drawings
    that were learned from which those are.
    """

    title: str
    read: str
    tested: str
    taught: str
    used: str
    drawn_by: "Callable[[str], bool]"
    divided: "Division"
    told: "Callable[[Sequence[Sample]], str]"


def _divided_mine(samples: "Sequence[Sample]", store: "Store") -> "tuple[list[Sample], list[Sample]]":
    from digitpad.train.hand import divided

    return divided(samples, store.firsts())


def _divided_class(samples: "Sequence[Sample]", _store: "Store") -> "tuple[list[Sample], list[Sample]]":
    from digitpad.train.hand import halves

    return halves(samples)


def _of_seats(samples: "Sequence[Sample]") -> str:
    seats = len({sample.writer for sample in samples})
    return f"{counted(len(samples), 'drawing')} of {counted(seats, 'seat')}"


MINE = Hands(
    title="Learn my hand",
    read="your hand",
    tested="Your other drawings",
    taught=", my hand",
    used="Your drawings are read from now on with the network that learned your hand.",
    drawn_by=lambda writer: not writer,
    divided=_divided_mine,
    told=lambda samples: f"{counted(len(samples), 'drawing')} of yours",
)


def half_of(room: str) -> Hands:
    """Return one half of the class that drew into the ``room`` of this name; the other half is for the test."""
    return Hands(
        title="Learn from half of the class",
        read="the other half of the class",
        tested="The other half of the class",
        taught=", a class",
        used="Drawings are read from now on with the network that learned from the class.",
        drawn_by=lambda writer: writer.endswith(f", {room}"),
        divided=_divided_class,
        told=_of_seats,
    )
