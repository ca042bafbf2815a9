"""Where the names of the labels go on a map of digits: ``names_on``."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
Name = tuple[int, int]  # a label, and the digit of it at which it is written

_MOST = 600  # digits of a label that are looked at: the distances between all of them are held at once
_CLOSE = 10  # of a label's digits as near as this many usually are, an island holds together
_WIDER = 2.0  # times as far as that may lie between two digits of one island
_LARGE = 0.15  # of the digits of a label: an island of more of them has a name of its own
_TRIED = 40  # digits of an island, as the place of its name


def names_on(places: Places, labels: NDArray[np.uint8], stop: Callable[[], bool] = lambda: False) -> list[Name] | None:
    """Return where to write the labels of digits at ``places`` (n, 2); None where told to stop, asked for each label.

    Each label is written on its largest island, and on any other that has more than 15 % of its digits: at the digit
    whose nearest on the map are of its label most often, and of these where they lie closest together.
    """
    found = list[Name]()
    for label in np.unique(labels):
        if stop():
            return None
        own = np.flatnonzero(labels == label)
        own = own[spread(len(own), _MOST)]
        islands = _islands_of(places[own])
        for i, island in enumerate(islands):
            if i == 0 or len(island) > _LARGE * len(own):
                share = len(island) / len(own) * np.count_nonzero(labels == label)
                tried = own[island[spread(len(island), _TRIED)]]
                found.append((int(label), _thickest(places, labels, tried, max(int(share) // 3, 1))))
    return found


def spread(n: int, most: int) -> NDArray[np.intp]:
    """Return at most ``most`` of ``n`` indices, evenly from the first to the last."""
    return np.linspace(0, n - 1, min(n, most)).round().astype(np.intp)


def _islands_of(places: Places) -> list[NDArray[np.intp]]:
    """Return which of ``places`` (m, 2) hang together, the most first: those with many others close by, and these."""
    squares = np.square(places[:, None] - places[None]).sum(axis=2)
    k = min(_CLOSE, len(places) - 1)
    nth = np.partition(squares, k, axis=1)[:, k]
    close = squares <= _WIDER**2 * np.median(nth)
    close &= (close.sum(axis=1) > k)[:, None]  # a few on the way from one island to another join them not
    left = np.ones(len(places), dtype=bool)
    islands = list[NDArray[np.intp]]()
    for start in np.argsort(nth):
        if left[start]:
            reached, new = np.zeros(len(places), dtype=bool), np.array([start])
            while len(new):
                reached[new] = True
                new = np.flatnonzero(close[new].any(axis=0) & left & ~reached)
            left &= ~reached
            islands.append(np.flatnonzero(reached))
    return sorted(islands, key=len, reverse=True)


def _thickest(places: Places, labels: NDArray[np.uint8], tried: NDArray[np.intp], k: int) -> int:
    """Return which of the digits ``tried`` has the most of its label among its ``k`` nearest, which lie closest."""
    best, most = int(tried[0]), (-1.0, 0.0)
    for index in tried:
        squares = np.square(places - places[index]).sum(axis=1)
        nearest = np.argpartition(squares, k - 1)[:k]
        good = float((labels[nearest] == labels[index]).mean()), -float(squares[nearest].max())
        if good > most:
            best, most = int(index), good
    return best
