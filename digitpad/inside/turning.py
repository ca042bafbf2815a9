"""What would have changed the answer: the fewest grey levels that turn a picture into another digit.

The slope of the cost by the pixels says which of them help; a few are changed far rather than many a little, for
that is what takes the fewest levels in all, as long as the slopes stay what they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.nine import back_from_views, read_nine, views
from digitpad.draw.preprocess import BOX, SIDE, Greys, Stages, preprocess, to_bytes
from digitpad.draw.reading import SURE_MARGIN, SURE_OUTPUT, Reading, Verdict, read
from digitpad.nn.costs import CROSS_ENTROPY
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

Levels = NDArray[np.int64]  # greys (784,) from 0 to 255

# How hard is tried: counts and not seconds, so that the same is found every time.
_MOVE, _MOVES = 128, 250  # levels of a pixel at once, and how often
_ROUNDS, _ROUND_MOVES = 6, 40  # of doing it anew in part, and the moves in each
_ANEW = 0.25  # of all levels: what is done anew in the first of them
_LEAST_ANEW = 0.02
_TRIED = 50  # pixels, the best first, of which one must leave the digit as large as it is
_ROUNDING = 1e-4  # of outputs: more than single precision leaves open
_AT_ONCE = 8  # pictures read in a step: few, so that it soon ends when it is told to
_WORK = 1_700_000_000  # weights and biases looked through in all the steps: some seconds, whatever the network
_STEPS = 4000  # at most, of a small network
_TIMES = 3  # until whole levels fill the box


@dataclass(frozen=True, eq=False)
class Turned:
    """A picture whose answer was turned, ``before`` and ``after``: levels (784,) from 0 to 255, and their readings.

    ``after`` is read as that digit, and sure, when it lies on the canvas, where all that becomes of it is a shift.
    Where it is the ``least``, no change of a pixel can be taken back, wholly or by one level, without the answer being
    another or not sure; otherwise so many steps were taken that the search ended before, and fewer may do.
    """

    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    reading_before: Reading
    reading: Reading
    least: bool

    @property
    def changes(self) -> Levels:
        """How many levels each pixel has been made darker, or lighter where it is negative: (784,)."""
        return self.after.astype(np.int64) - self.before

    @property
    def pixels(self) -> int:
        """How many pixels were changed."""
        return int(np.count_nonzero(self.changes))

    @property
    def levels(self) -> int:
        """By how many levels in all."""
        return int(np.abs(self.changes).sum())


def turned(
    network: Network, image: Greys, digit: int, *, nine: bool = False, go_on: Callable[[int], bool] = lambda _: True
) -> Turned | None:
    """Turn ``image`` (784,) into what ``network``, which reads once or ``nine`` times, surely reads as ``digit``.

    Pixels change in whole levels, and only where the picture keeps the size that preprocessing gives it. It is None
    where no way was found, or where ``go_on``, asked at each step, said no.

    >>> network = Network.of([np.eye(10, 784)], [np.zeros(10)], activation="sigmoid", cost="quadratic")
    >>> turned(network, np.zeros(784), 3) is None  # its outputs are never far enough from each other
    True
    """
    before = _settled(image)
    search = _Search(network, digit, nine, before, go_on)
    try:
        found = search.run()
    except _ToldToEnd:
        return None
    if found is None:
        return None
    first, second = (read(network, _stages(levels), nine=nine) for levels in (before, found))
    return Turned(before.astype(np.uint8), found.astype(np.uint8), first, second, search.least)


class _ToldToEnd(Exception):
    """Nobody wants what is looked for any more."""


class _Enough(Exception):
    """All steps were taken."""


class _Search:
    """Looks for the fewest levels that turn the picture ``before`` into a ``digit``."""

    def __init__(self, network: Network, digit: int, nine: bool, before: Levels, go_on: Callable[[int], bool]) -> None:
        self._network, self._digit, self._nine, self._before, self._go_on = network, digit, nine, before, go_on
        self._target = np.zeros(network.sizes[-1], dtype=network.dtype)
        self._target[digit] = 1
        self._room = _room(before)
        self._left = min(_WORK // network.parameters.size, _STEPS)
        self._found: Levels | None = None  # the best so far
        self.least = False

    def run(self) -> Levels | None:
        """Return the picture that was found, the ``least`` if there were steps enough."""
        try:
            self._found = self._climb(self._before, _MOVE, _MOVES)
            if self._found is not None:
                self._spare(self._found)
                self._prune()
                self.least = True
        except _Enough:
            pass
        return self._found

    def _step(self, levels: Levels) -> None:
        """Take one of the steps that are left, at ``levels``."""
        if not self._go_on(int(np.count_nonzero(levels - self._before))):
            raise _ToldToEnd
        if not self._left:
            raise _Enough
        self._left -= 1

    def _reads(self, pictures: Levels) -> NDArray[np.bool_]:
        """Return which of ``pictures`` (m, 784), a few, are surely read as the digit."""
        self._step(pictures[0])
        images = np.stack([_stages(levels).image for levels in pictures])
        if self._nine:
            return self._sure(pictures, read_nine(self._network, images).mean(axis=1))
        return self._sure(pictures, self._network.feedforward(images))

    def _sure(self, pictures: Levels, outputs: Floats) -> NDArray[np.bool_]:
        """Return which ``pictures`` (m, 784) are surely the digit by their ``outputs`` (m, n_out).

        Many at once are summed in another order than one by itself: where that may matter, it is read by itself.
        """
        said = np.nan_to_num(outputs)
        others = np.delete(said, self._digit, axis=1).max(axis=1)
        ahead = np.minimum(said[:, self._digit] - SURE_OUTPUT, said[:, self._digit] - others - SURE_MARGIN)
        sure = ahead >= 0
        for i in np.flatnonzero(np.abs(ahead) < _ROUNDING):
            reading = read(self._network, _stages(pictures[i]), nine=self._nine)
            sure[i] = reading.verdict is Verdict.SURE and reading.digit == self._digit
        return np.asarray(sure)

    def _look(self, levels: Levels) -> tuple[bool, Floats]:
        """Return whether a picture is surely read as the digit, and how steeply its cost falls with each level (784,).

        That is the cross-entropy, of nine readings their sum: it is never flat where the answer is another.
        """
        self._step(levels)
        image = _stages(levels).image
        images = views(image[None])[0] if self._nine else image[None]
        activations = self._network.activations(images)
        error = CROSS_ENTROPY.delta(activations[-1], self._target)
        slopes = self._network.input_gradient(activations, error)
        slopes = back_from_views(slopes) if self._nine else slopes[0]
        there, here = _corner(image), _corner(levels)
        slopes = np.roll(slopes.reshape(SIDE, SIDE), here - there, axis=(0, 1)).ravel()
        return bool(self._sure(levels[None], activations[-1].mean(axis=0)[None])[0]), -np.nan_to_num(slopes)

    def _climb(self, levels: Levels, move: int, most: int) -> Levels | None:
        """Change a pixel by at most ``move`` levels, the best each time, until the answer is turned.

        One that turns back moves half as far from then on, as in Rprop, or it would go to and fro over a bend forever.
        """
        moves, ways = np.full(levels.shape, move), np.zeros(levels.shape, dtype=np.int64)
        for _ in range(most):
            is_turned, slopes = self._look(levels)
            if is_turned:
                return levels
            free = np.where(slopes > 0, 255 - levels, levels) * self._room
            wanted = np.sign(slopes).astype(np.int64)
            steps = wanted * np.minimum(free, np.where(wanted == -ways, moves // 2, moves))
            gains = np.abs(slopes) * (steps != 0)
            for pixel in np.argsort(-gains, kind="stable")[:_TRIED]:
                further = levels.copy()
                further[pixel] += steps[pixel]
                if gains[pixel] > 0 and _keeps_size(further):
                    levels = further
                    if wanted[pixel] == -ways[pixel]:
                        moves[pixel] //= 2
                    ways[pixel] = wanted[pixel]
                    break
            else:
                return None
        return None

    def _spare(self, found: Levels) -> None:
        """Take back again and again what helps least, and do as well with less."""
        share, move = _ANEW, _MOVE
        for _ in range(_ROUNDS):
            changes = found - self._before
            helps = self._look(found)[1] * np.sign(changes)
            total = int(np.abs(changes).sum())
            give, less = int(share * total), found.copy()
            for pixel in np.argsort(helps, kind="stable"):
                back = min(give, abs(int(changes[pixel])))
                less[pixel] -= np.sign(changes[pixel]) * back
                give -= back
            other = self._climb(less, move, _ROUND_MOVES)
            if other is not None and np.abs(other - self._before).sum() < total:
                self._found = found = other
            elif share / 2 < _LEAST_ANEW:
                break
            else:
                share, move = share / 2, max(move // 2, 8)

    def _prune(self) -> None:
        """Take back all that is not needed, until no pixel can go back wholly or by one level."""
        before = None
        while self._found is not None and self._found is not before:
            before = self._found
            changes = before - self._before
            changed = np.flatnonzero(changes)
            self._found = self._with_less(before, changed[np.argsort(-np.abs(changes[changed]), kind="stable")], True)
            changed = np.flatnonzero(self._found - self._before)
            if changed.size:
                helps = np.abs(self._look(self._found)[1][changed])
                self._found = self._with_less(self._found, changed[np.argsort(helps, kind="stable")], False)

    def _with_less(self, found: Levels, pixels: NDArray[np.intp], wholly: bool) -> Levels:
        """Return ``found`` where those of ``pixels``, the first first, went back that can go wholly, or by one level.

        What cannot while others are as they are is not tried again: it hardly can when these went back.
        """
        while pixels.size:
            some, pixels = pixels[:_AT_ONCE], pixels[_AT_ONCE:]
            rows, tried = np.arange(len(some)), np.repeat(found[None], len(some), axis=0)
            tried[rows, some] = (
                self._before[some] if wholly else found[some] - np.sign(found[some] - self._before[some])
            )
            free = some[self._reads(tried)]
            if free.size:
                if wholly:
                    found = found.copy()
                    found[free[0]] = self._before[free[0]]
                else:
                    found = self._least(found, int(free[0]))
                self._found = found
                pixels = np.concatenate([free[1:], pixels])
        return found

    def _least(self, found: Levels, pixel: int) -> Levels:
        """Return ``found`` with as little of a pixel's change as is needed, by bisection; one level less will do."""
        change = int(found[pixel] - self._before[pixel])
        too_few, enough = 0, abs(change) - 1
        picture = found.copy()
        while enough - too_few > 1:
            middle = (too_few + enough) // 2
            picture[pixel] = self._before[pixel] + np.sign(change) * middle
            if self._reads(picture[None])[0]:
                enough = middle
            else:
                too_few = middle
        picture[pixel] = self._before[pixel] + np.sign(change) * enough
        return picture


def greys_of(levels: NDArray[Any]) -> Greys:
    """Return the greys in [0, 1] of ``levels``, whole numbers from 0 to 255."""
    return levels.astype(np.float32) / np.float32(255)


def _stages(levels: Levels) -> Stages:
    """Return what becomes of the picture when it lies on the canvas."""
    return preprocess(greys_of(levels).reshape(SIDE, SIDE))


def _keeps_size(levels: Levels) -> bool:
    """Whether the picture is as large as digits are scaled to: then all that the canvas does with it is to shift it."""
    lines = _inked(levels)
    return all(each.size for each in lines) and max(int(np.ptp(each)) + 1 for each in lines) == BOX


def _settled(image: Greys) -> Levels:
    """Return an image in whole levels, as it is on the canvas: with them it may have lost a faint edge."""
    levels = to_bytes(image).astype(np.int64)
    for _ in range(_TIMES):
        if _keeps_size(levels):
            break
        levels = to_bytes(_stages(levels).image).astype(np.int64)
    return levels


def _inked(picture: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and the columns of a picture (784,) in which there is ink."""
    rows, columns = np.nonzero(picture.reshape(SIDE, SIDE))
    return rows, columns


def _corner(picture: NDArray[Any]) -> NDArray[np.intp]:
    """Return the first row and the first column of a picture (784,) with ink."""
    return np.array([lines.min(initial=SIDE) for lines in _inked(picture)])


def _room(levels: Levels) -> NDArray[np.bool_]:
    """Return where ink may be (784,): within the box that digits are scaled to, laid about the middle of this one."""
    room = np.ones((SIDE, SIDE), dtype=np.bool_)
    for axis, lines in enumerate(_inked(levels)):
        first, last = (int(lines.min()), int(lines.max())) if lines.size else (SIDE // 2, SIDE // 2)
        begin = min(max((first + last + 1 - BOX) // 2, 0), SIDE - BOX)
        beside = (np.arange(SIDE) < begin) | (np.arange(SIDE) >= begin + BOX)
        room[(beside, slice(None)) if axis == 0 else (slice(None), beside)] = False
    return room.ravel()
