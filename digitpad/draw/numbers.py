"""Several digits on the canvas, or in a picture, read as a number: ``NumberReader``, and ``Number``.

A drawing is cut into pieces from left to right. Every run of pieces that could be one digit is read, many of them in
one feedforward, and of all ways to part the row into runs that one is taken whose parts are the surest together. Where
a part is not sure, its lines are cut where few are crossed, and it is tried that way as well.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import inf, log
from time import thread_time
from typing import NamedTuple

import numpy as np

from digitpad.draw.cutting import cuts_of
from digitpad.draw.drawing import SMALLEST, Drawing, Picture, stages_of
from digitpad.draw.parting import LOWEST, Choices, Row, Run
from digitpad.draw.pieces import Boundary, Piece, joined, pieces_of
from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading, Verdict, read, reading_of, verdict
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

MOST_DIGITS = 12
_MOST_PIECES = 48
_MOST_RUNS = 100  # that could each be a digit: of up to eight digits that were read rightly no more than 96 were
# Pieces that are fed forward together, and points that are drawn together: more at once are hardly quicker. A dense
# piece takes some milliseconds by itself.
_TOGETHER, _POINTS_TOGETHER = 8, 500
# What follows, and how a row may be parted, was chosen on half of the digits of pens that `bench.py numbers` measures
# on, the other half not seen.
_LEVEL = 0.4  # of the lower one's height: what two digits beside each other share at least
_WIDE, _WIDER = 1.05, 1.4  # heights of the row: without a clear gap it may be a number, and no letter is as wide
_NARROW = 0.7  # of the height: what is not as wide as this is not asked for gaps where it is read as one digit
# What a part costs, in units of the logarithm of how sure a digit is.
_NO_DIGIT, _LOW = 4.0, 3.0  # one that is no digit, and one that is too low
_BROAD, _COMMON = 3.0, 0.8  # for each height by which it is wider than digits commonly are


@dataclass(frozen=True, eq=False)
class Part:
    """One digit of a number: its ``piece`` of the drawing, what the network sees of that, and how it reads it.

    ``before`` is the boundary at its left, None for the first.
    """

    piece: Piece
    stages: Stages
    reading: Reading
    before: Boundary | None

    @property
    def sign(self) -> str:
        """The digit, sure or not; "?" where the network takes it for none, as only a person can have it cut."""
        return "?" if self.reading.verdict is Verdict.NO_DIGIT else str(self.reading.digit)


@dataclass(frozen=True, eq=False)
class Number:
    """A number, from left to right; of one part alone where a person wants no more than that."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Its digits, such as "2026"."""
        return "".join(part.sign for part in self.parts)

    @property
    def sure(self) -> bool:
        """Whether all its digits are."""
        return all(part.reading.verdict is Verdict.SURE for part in self.parts)

    @property
    def certain(self) -> bool:
        """Whether hardly any such digit is wrong."""
        return all(part.reading.certain for part in self.parts)


class _Seen(NamedTuple):
    stages: Stages
    outputs: Floats  # (10,), read once


class _Asked(NamedTuple):
    """All that a reading depends on."""

    network: Network
    drawing: Drawing
    nine: bool
    chosen: Choices
    growing: bool


class NumberReader:
    """Reads drawings as numbers, and remembers the pieces of the last one: what is new of the next alone is read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._network: Network | None = None
        self._nine = False
        self._drawn: dict[Piece, Stages] = {}  # since the last number was read, for whichever network
        self._seen: dict[Piece, _Seen] = {}
        self._readings: dict[Piece, Reading] = {}
        self._cuts: dict[Piece, list[Piece]] = {}
        self._asked: _Asked | None = None
        self._work: Generator[None, None, Number | None] | None = None  # on what was asked, while it is unfinished

    @property
    def unfinished(self) -> bool:
        """Whether there is more to look at than there was patience for."""
        return self._work is not None

    def read(
        self, network: Network, drawing: Drawing, whole: Reading, *, nine: bool = False, chosen: Choices | None = None,
        growing: bool = False, patience_s: float = inf,
    ) -> Number | None:  # fmt: skip
        """Return the number in ``drawing``, which is read as ``whole``; None where it is one digit, or no number.

        One digit is what ``whole`` is sure of, but where the drawing is wide and has gaps. The parts are read ``nine``
        times where that is right for the ``network``. ``chosen`` is where a person wants two digits parted or joined.
        While the last stroke is ``growing`` nothing is cut that was not before: that is for when it is done.
        Where there is so much to look at that it is more work than ``patience_s``, None is returned and it is
        ``unfinished``: the next reading of the same goes on there.
        """
        asked = _Asked(network, drawing, nine, dict(chosen or {}), growing)
        work = self._work if self._work and asked == self._asked else self._number(asked, whole)
        self._asked, self._work = None, None
        until = thread_time() + patience_s
        try:
            while True:
                next(work)
                if thread_time() > until:
                    self._asked, self._work = asked, work
                    return None
        except StopIteration as end:
            number: Number | None = end.value
            return number

    def _number(self, asked: _Asked, whole: Reading) -> Generator[None, None, Number | None]:
        """Return the number, some of the work done at a time."""
        network, drawing, nine, chosen, growing = asked
        is_digit = whole.verdict is Verdict.SURE or whole.otherwise is not None
        if whole.verdict is Verdict.BLANK or (is_digit and not chosen and _is_narrow(drawing)):
            return None
        pieces = pieces_of(drawing)
        row = Row(pieces, chosen)
        if not 0 < len(pieces) <= _MOST_PIECES or row.height < SMALLEST or len(row.runs) > _MOST_RUNS:
            return None
        is_chosen = row.is_chosen or any(piece.is_cut_at(where) for piece in pieces for where in chosen)
        if not (is_chosen or row.gaps or (not is_digit and row.breadth >= _WIDE)):
            return None
        self._read_with(network, nine=nine)
        self._forget_all_but(pieces)
        best = yield from self._best(network, row)
        finer = self._cut_as_before(row) if growing else self._cut_anew(row, best)
        is_finer = len(pieces) < len(finer.pieces) <= _MOST_PIECES
        # Of level lines, one above the other, a cut leaves a row without any height.
        if is_finer and finer.height >= SMALLEST and len(row.looks | finer.looks) <= _MOST_RUNS:
            row, best = finer, (yield from self._best(network, finer))
        self._cuts = _cuts_in(pieces, row, best)
        self._drawn, self._seen = {}, {piece: self._seen[piece] for piece in row.runs.values()}
        if not (row.is_chosen or self._is_number(row, best)):
            return None
        number = Number(tuple(self._part(network, row, run) for run in best))
        self._readings = {part.piece: part.reading for part in number.parts}
        return number

    def _read_with(self, network: Network, *, nine: bool) -> None:
        """Remember nothing that another network has said, and no reading of another kind."""
        if network is not self._network:
            self._seen, self._work = {}, None
        if (network, nine) != (self._network, self._nine):
            self._network, self._nine, self._readings = network, nine, {}

    def _forget_all_but(self, pieces: Sequence[Piece]) -> None:
        """Remember what was looked at of ``pieces`` alone: a stroke that grows is another with each of its points."""
        there = frozenset().union(*(piece.whose for piece in pieces))
        self._drawn = {piece: stages for piece, stages in self._drawn.items() if piece.whose <= there}
        self._seen = {piece: seen for piece, seen in self._seen.items() if piece.whose <= there}

    def _cut_as_before(self, row: Row) -> Row:
        """Return the row with the pieces of before parted as they were then, which is known."""
        return Row([part for piece in row.pieces for part in self._cuts.get(piece, [piece])], row.chosen)

    def _cut_anew(self, row: Row, best: Sequence[Run]) -> Row:
        """Return the row with lines cut in parts that are not sure, or where a person wants it."""
        doubted = {i for run in best if not (row.is_joined(run) or self._is_sure(row.runs[run])) for i in range(*run)}
        pieces: list[Piece] = []
        for i, piece in enumerate(row.pieces):
            chosen = [where.line for where in row.chosen if where.line and piece.is_cut_at(where)]
            if i in doubted or chosen:
                pieces += cuts_of(piece, row.height, chosen, no_others=i not in doubted)
            else:
                pieces.append(piece)
        return Row(pieces, row.chosen)

    def where_to_part(self, network: Network, piece: Piece, height: float) -> Boundary | None:
        """Return where ``piece``, in a row of that ``height``, is best cut in two; None where it cannot be."""
        if height < SMALLEST:  # of level lines, or dots: no number is as low
            return None
        self._read_with(network, nine=self._nine)
        pieces = [finer for part in piece.pieces for finer in cuts_of(part, height)]
        halves = [(joined(pieces[:i]), joined(pieces[i:])) for i in range(1, len(pieces))]
        for _ in self._look_at(network, (half for two in halves for half in two)):
            pass
        costs = [sum(self._cost(half, height) for half in two) for two in halves]
        if not costs:
            return None
        i = int(np.argmin(costs))
        return pieces[i].boundary(pieces[i + 1])

    def _best(self, network: Network, row: Row) -> Generator[None, None, list[Run]]:
        """Return the runs of pieces, from left to right, that are the surest together."""
        yield from self._look_at(network, row.runs.values())
        n = len(row.pieces)
        costs, before = [0.0, *[inf] * n], [0] * (n + 1)
        for (first, stop), piece in row.runs.items():  # in the order of their ends
            cost = costs[first] + row.cost_of_cut(first) + self._cost(piece, row.height)
            if cost < costs[stop]:
                costs[stop], before[stop] = cost, first
        best, stop = [], n
        while stop:
            best.append((before[stop], stop))
            stop = before[stop]
        return best[::-1]

    def _look_at(self, network: Network, pieces: Iterable[Piece]) -> Iterator[None]:
        """See ``pieces`` that were not seen yet, some at a time."""
        new = [piece for piece in dict.fromkeys(pieces) if piece not in self._seen]
        for first in range(0, len(new), _TOGETHER):
            if first:
                yield
            some = new[first : first + _TOGETHER]
            for nth, batch in enumerate(_batches([piece for piece in some if piece not in self._drawn])):
                if nth:
                    yield
                self._drawn |= zip(batch, stages_of([piece.ink for piece in batch]), strict=True)
            stages = [self._drawn[piece] for piece in some]
            outputs = np.nan_to_num(network.feedforward(np.stack([one.image for one in stages])))
            self._seen |= {piece: _Seen(*seen) for piece, *seen in zip(some, stages, outputs, strict=True)}

    def _cost(self, piece: Piece, height: float) -> float:
        outputs = self._seen[piece].outputs
        second, first = np.sort(outputs)[-2:].tolist()
        cost = -log(max(first * (1 - second), 1e-3))
        if verdict(outputs) is Verdict.NO_DIGIT:
            cost += _NO_DIGIT
        if piece.height < LOWEST * height:
            cost += _LOW
        return cost + _BROAD * max(piece.width / height - _COMMON, 0)

    def _is_sure(self, piece: Piece) -> bool:
        return verdict(self._seen[piece].outputs) is Verdict.SURE

    def _is_number(self, row: Row, best: Sequence[Run]) -> bool:
        """Whether the parts are digits beside each other: with a clear gap somewhere, or as wide as two at least.

        Where there is no gap, few lines may be cut, and none to make a 1, for which any short line could be taken; and
        what is hardly wider than a letter must be certain.
        """
        parts, cuts = [row.runs[run] for run in best], [first for first, _ in best[1:]]
        readings = [reading_of(self._seen[part].outputs) for part in parts]
        verdicts = [reading.verdict for reading in readings]
        if not 2 <= len(parts) <= MOST_DIGITS or Verdict.NO_DIGIT in verdicts:
            return False
        if 2 * verdicts.count(Verdict.SURE) < len(parts) or not all(_are_level(*two) for two in pairwise(parts)):
            return False
        if any(map(row.is_clear, cuts)):
            return True
        through = [i for i, cut in enumerate(cuts) if row.goes_through(cut)]
        if row.breadth < _WIDE or any(1 in (readings[i].digit, readings[i + 1].digit) for i in through):
            return False
        if row.breadth > _WIDER:
            return 2 * len(through) < len(parts)
        return len(through) <= 1 and all(reading.certain for reading in readings)

    def _part(self, network: Network, row: Row, run: Run) -> Part:
        piece = row.runs[run]
        stages = self._seen[piece].stages
        reading = self._readings.get(piece) or read(network, stages, nine=self._nine)
        return Part(piece, stages, reading, row.boundaries[run[0]])


def is_number(network: Network, picture: Picture, *, nine: bool = False) -> bool:
    """Whether a picture's ink, alone on the canvas, is read as a number."""
    drawing = Drawing(picture=picture)
    whole = read(network, drawing.stages(), nine=nine)
    return NumberReader().read(network, drawing, whole, nine=nine) is not None


def _cuts_in(pieces: Sequence[Piece], row: Row, best: Sequence[Run]) -> dict[Piece, list[Piece]]:
    """Return into what each of ``pieces`` is parted by the ``best`` runs of the ``row`` that it was cut for."""
    cuts: dict[Piece, list[Piece]] = {}
    whose = {piece.whose: piece for piece in pieces}
    for first, stop in best:
        for owner, parts in groupby(row.pieces[first:stop], key=lambda part: part.whose):
            cuts.setdefault(whose[owner], []).append(joined(list(parts)))
    return {piece: parts for piece, parts in cuts.items() if len(parts) > 1}


def _batches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield as many at a time as are drawn together, at least one."""
    batch: list[Piece] = []
    points = 0
    for piece in pieces:
        more = sum(len(stroke.points) for stroke in piece.ink.strokes)
        if batch and points + more > _POINTS_TOGETHER:
            yield batch
            batch, points = [], 0
        batch.append(piece)
        points += more
    if batch:
        yield batch


def _are_level(left: Piece, right: Piece) -> bool:
    """Whether two pieces stand beside each other, rather than one above the other."""
    shared = min(left.box[3], right.box[3]) - max(left.box[1], right.box[1])
    return shared >= _LEVEL * min(left.height, right.height)


def _is_narrow(drawing: Drawing) -> bool:
    """Whether a drawing is one stroke, or too narrow to hold two digits that the network takes for one."""
    if drawing.picture:
        width, height = drawing.picture.box[2:]
        return not drawing.strokes and width < _NARROW * height
    if len(drawing.strokes) < 2:
        return True
    points = np.concatenate([stroke.points[:, :2] for stroke in drawing.strokes])
    width, height = np.ptp(points, axis=0).tolist()
    return bool(width < _NARROW * height)
