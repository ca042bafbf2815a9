"""A ball in a valley: where it was put, the steps that it took from there against the gradient, and where it is."""

import numpy as np

from digitpad.explore.descent import FAR
from digitpad.explore.valley import Bowl, Move, Surface, move
from digitpad.nn.neurons import Floats

ARRIVED = 0.1  # nearer than this to a minimum, the ball has reached the bottom
MOST = 500  # steps, after which it takes no more


class Ball:
    """A ball on a ``surface``; ``moves`` are its steps from ``start``, of shape (2,)."""

    def __init__(self) -> None:
        """Begin in the middle of a round bowl."""
        self.surface: Surface = Bowl()
        self.start: Floats = np.zeros(2)
        self.moves: tuple[Move, ...] = ()

    def place(self, v1: float, v2: float) -> None:
        """Put it at v = (v1, v2)."""
        self.start = np.array([v1, v2])
        self.rewind()

    def rewind(self) -> None:
        """Put it back to where it began."""
        self.moves = ()

    def step(self, eta: float) -> None:
        """Take one step."""
        self.moves = *self.moves, self.coming(eta)

    def coming(self, eta: float) -> Move:
        """Return the next step."""
        return move(self.surface, self.v, eta)

    @property
    def v(self) -> Floats:
        """Where it is, of shape (2,)."""
        return self.moves[-1].end if self.moves else self.start

    @property
    def bottom(self) -> Floats:
        """The minimum that is nearest to where it is, of shape (2,)."""
        return _nearest(self.surface, self.v)

    @property
    def way(self) -> float:
        """How far it is to the nearest minimum."""
        return _way(self.surface, self.v)

    @property
    def whole_way(self) -> float:
        """How far the nearest minimum was from where it began."""
        return _way(self.surface, self.start)

    @property
    def reached(self) -> bool:
        """Whether it is at the bottom."""
        return self.way <= ARRIVED

    @property
    def lost(self) -> bool:
        """Whether its steps grew without bound."""
        return not np.abs(self.v).max() <= FAR  # which holds for what is no number, too

    @property
    def over(self) -> bool:
        """Whether it takes no more steps."""
        return self.reached or self.lost or len(self.moves) >= MOST

    @property
    def worst_error(self) -> float:
        """By how much a step of those taken was mispredicted at most, as a share; 0 before the first."""
        return max((taken.error for taken in self.moves), default=0.0)


def _nearest(surface: Surface, v: Floats) -> Floats:
    return np.array(min(surface.minima, key=lambda place: float(np.hypot(*(np.array(place) - v)))))


def _way(surface: Surface, v: Floats) -> float:
    return float(np.hypot(*(v - _nearest(surface, v))))
