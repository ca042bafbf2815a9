"""Which strokes of two drawings are the very same."""

from collections.abc import Sequence
from itertools import compress, count
from operator import is_not

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Stroke


def alike(one: Sequence[Stroke], other: Sequence[Stroke]) -> int:
    """Return how many strokes at the beginning are the same."""
    return next(compress(count(), map(is_not, one, other)), min(len(one), len(other)))


def places_among(others: Sequence[Stroke], strokes: Sequence[Stroke]) -> NDArray[np.intp]:
    """Return where among ``others`` each of ``strokes`` is, -1 where it is not there."""
    numbers, sought = _numbers(others), _numbers(strokes)
    if not len(numbers):
        return np.full(len(sought), -1)
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    at = np.minimum(np.searchsorted(numbers, sought), len(numbers) - 1)
    return np.where(numbers[at] == sought, order[at], -1)


def _numbers(strokes: Sequence[Stroke]) -> NDArray[np.uint64]:
    """Return a number for each stroke, which no other has: all of them at once take NumPy a tenth of the time."""
    return np.fromiter(map(id, strokes), np.uint64, len(strokes))
