"""Guess first, then see: the twelve ``Station``s along the chapter where one can, what one guessed, and the score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from digitpad.explore.chapter import Idea


class Station(Enum):
    """Where one guesses; the value names it where guesses are remembered."""

    PERCEPTRON = "perceptron"
    SIGMOID = "sigmoid"
    SIMULATING = "simulating"
    LAYERS = "layers"
    BINARY = "binary"
    COST = "cost"
    VALLEY = "valley"
    DESCENT = "descent"
    MINI_BATCHES = "mini-batches"
    CURVE = "curve"
    OTHER_RATE = "other rate"
    DEEP = "deep"

    @classmethod
    def of(cls, idea: Idea) -> "Station | None":
        """Return the station on the page of ``idea``, if there is one."""
        return cls.__members__.get(idea.name)


@dataclass(frozen=True)
class Truth:
    """Which ``option`` came true, counted from 0, and what was seen, as rich text."""

    option: int
    says: str


@dataclass(frozen=True)
class Guess:
    """A ``question``, rich text, to what will happen, ``options`` to choose from, plain text, and what finds it out."""

    question: str
    options: tuple[str, ...]
    truth: Callable[[], Truth]


@dataclass(frozen=True)
class Score:
    """Which guesses were ``made``, a first one at each station, and whether it came true."""

    made: Mapping[Station, bool] = field(default_factory=dict)

    def with_guess(self, station: Station, came_true: bool) -> "Score":
        """Return the score with one guess more; only the first at a station counts."""
        return self if station in self.made else Score({**self.made, station: came_true})

    @property
    def right(self) -> int:
        """How many guesses came true."""
        return sum(self.made.values())

    @property
    def words(self) -> str:
        """The score in a few words."""
        if not self.made:
            return f"{len(Station)} guesses along the chapter, none made yet"
        return f"{self.right} of {len(self.made)} guesses came true; there are {len(Station)} along the chapter"
