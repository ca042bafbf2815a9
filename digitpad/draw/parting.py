"""How a row of pieces can be parted into digits: ``Row``, the runs of pieces that could be one, and what cuts cost."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import inf

from digitpad.draw.drawing import SMALLEST
from digitpad.draw.pieces import Boundary, Piece, gap, joined

# All sizes are in heights of the row, which is that of its tallest piece.
_GAP = 0.06  # a clear one
_WIDEST, _WIDEST_CUT = 1.7, 1.2  # of one digit in a row of several, and of one whose lines were cut
LOWEST = 0.4  # of one digit
# What a cut costs, in units of the logarithm of how sure a digit is.
_CLEAR, _CLOSE, _THROUGH = 0.1, 0.3, 1.2  # where there is a gap, where there is none, and through a line

Run = tuple[int, int]  # the index of its first piece, and the one beyond its last
Choices = Mapping[Boundary, bool]  # whether a person wants two digits parted there


class Row:
    """Pieces from left to right, and the ``runs`` of them that could be a digit, all of them together among these."""

    def __init__(self, pieces: Sequence[Piece], chosen: Choices) -> None:
        """Take ``pieces`` of a drawing; ``chosen`` is where a person wants two digits parted or joined."""
        self.pieces = pieces
        self.height = max((piece.height for piece in pieces), default=0.0)
        self.boundaries = [None, *(one.boundary(other) for one, other in pairwise(pieces))]
        self.chosen = chosen
        self._chosen = [None if where is None else chosen.get(where) for where in self.boundaries]

    @cached_property
    def runs(self) -> dict[Run, Piece]:
        """The runs, each as one piece, in the order of their ends."""
        n, found = len(self.pieces), {}
        may_part = [choice is not False for choice in self._chosen] + [True]
        for stop in (stop for stop in range(1, n + 1) if may_part[stop]):
            for first in range(stop - 1, -1, -1):
                if may_part[first]:
                    run = joined(self.pieces[first:stop])
                    if run.width <= self._widest(first, stop) or not all(may_part[first + 1 : stop]):
                        found[first, stop] = run
                if self._chosen[first]:
                    break
        return found

    @property
    def looks(self) -> frozenset[Piece]:
        """What has to be looked at, once, to know the costs of all runs."""
        return frozenset(self.runs.values())

    def _widest(self, first: int, stop: int) -> float:
        """Return how wide a run of pieces may be; a piece alone may be anything."""
        if first + 1 == stop:
            return inf
        is_cut = self.goes_through(first) or (stop < len(self.pieces) and self.goes_through(stop))
        return (_WIDEST_CUT if is_cut else _WIDEST) * self.height

    @property
    def is_chosen(self) -> bool:
        """Whether a person has parted or joined any of it."""
        return any(choice is not None for choice in self._chosen)

    def is_joined(self, run: Run) -> bool:
        """Whether a person has joined any of that run."""
        first, stop = run
        return False in self._chosen[first + 1 : stop]

    @property
    def gaps(self) -> bool:
        """Whether there is a clear gap between any two pieces that are as high as digits."""
        high = [piece for piece in self.pieces if piece.height >= LOWEST * self.height]
        return any(gap(*two) >= _GAP * self.height for two in pairwise(high))

    @property
    def breadth(self) -> float:
        """How wide it is, in heights of all that is there."""
        lefts, tops, rights, bottoms = zip(*(piece.box for piece in self.pieces), strict=True)
        return float((max(rights) - min(lefts)) / max(max(bottoms) - min(tops), SMALLEST))

    def cost_of_cut(self, at: int) -> float:
        """Return what it costs to part two digits before the piece with that index; nothing at the beginning."""
        if at == 0 or self._chosen[at]:
            return 0.0
        if self.goes_through(at):
            return _THROUGH
        return _CLEAR if self.is_clear(at) else _CLOSE

    def goes_through(self, at: int) -> bool:
        """Whether a line was cut to have the piece with that index, and the one before it."""
        where = self.boundaries[at]
        return where is not None and where.line is not None

    def is_clear(self, at: int) -> bool:
        """Whether there is a clear gap before the piece with that index."""
        return not self.goes_through(at) and gap(self.pieces[at - 1], self.pieces[at]) >= _GAP * self.height
