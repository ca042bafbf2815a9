"""Digits laid out so that those that are alike to a network lie together, however many directions it tells: islands.

A plane through hundreds of directions lays upon each other what they hold apart. Here each digit is drawn to those
that are nearest to it in all of them, and pushed away from some others that are picked at random, again and again: the
way of UMAP (McInnes, Healy and Melville, 2018) and LargeVis (Tang and others, 2016), in its plainest form.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from digitpad.inside.cloud import Cloud
from digitpad.inside.names import Places
from digitpad.nn.neurons import Floats

NEIGHBOURS = 15  # of each digit
_ROWS = 200  # digits whose distances to all others are looked at together: 8 MB of them at most
_ROUNDS = 120
_OTHERS = 10  # digits picked at random in each round, for each
_PULL, _PUSH = 3.0, 1.5  # of its neighbours together, and of each of the others
_STEP, _LONGEST = 0.5, 4.0
_WIDE = 5.0  # the spread of all digits at the beginning: that of their plane, on another scale
_APART = 1e-3  # how far digits are moved at first that lie upon each other, or nothing would push them apart


def islands_of(cloud: Cloud, stop: Callable[[], bool] = lambda: False) -> Places | None:
    """Return places (n, 2) of the digits of a ``cloud`` by their neighbours; None where told to stop.

    ``stop`` is asked often. The same cloud gives the same places.
    """
    neighbours = neighbours_of(cloud.activations, NEIGHBOURS, stop)
    return None if neighbours is None else _laid_out(neighbours, cloud.places, stop)


def place_among(places: Places, nearest: NDArray[np.intp], distances: Places) -> Places:
    """Return where among ``places`` (n, 2) something lies whose ``nearest`` (k,) are at these ``distances`` (k,).

    It is the mean of their places, the nearer ones counting more: by the square of their distance.
    """
    weights = 1 / np.maximum(distances, 1e-6 + distances.min(initial=1.0) * 1e-6) ** 2
    return np.asarray(weights @ places[nearest] / weights.sum())


def neighbours_of(x: Floats, k: int, stop: Callable[[], bool] = lambda: False) -> NDArray[np.intp] | None:
    """Return for each row of ``x`` (n, h) the indices of the ``k`` nearest others, (n, k) or fewer where n is too few.

    They are in no order. None where told to stop.
    """
    n = len(x)
    k = min(k, max(n - 1, 0))
    squares = np.einsum("ij,ij->i", x, x)
    found = np.empty((n, k), dtype=np.intp)
    for begin in range(0, n if k else 0, _ROWS):
        if stop():
            return None
        rows = np.arange(begin, min(begin + _ROWS, n))
        distances = squares - 2 * (x[rows] @ x.T)  # and the square of each row's own, which is the same for all
        distances[np.arange(len(rows)), rows] = np.inf
        found[rows] = np.argpartition(distances, k - 1, axis=1)[:, :k]
    return found


def _laid_out(neighbours: NDArray[np.intp], places: Places, stop: Callable[[], bool]) -> Places | None:
    n, k = neighbours.shape
    generator = np.random.default_rng(0)
    if not k:
        return np.zeros((n, 2))
    spread = places.std(axis=0)
    scale = np.divide(_WIDE, spread, out=np.zeros(2), where=spread > 0)
    places = (places - places.mean(axis=0)) * scale + _APART * generator.standard_normal((n, 2))
    ones, others = np.repeat(np.arange(n), k), neighbours.ravel()
    for i in range(_ROUNDS):
        moves = np.zeros((n, 2))
        apart = places[ones] - places[others]
        if stop():
            return None
        pull = apart * (-2 * _PULL / k / (1 + (apart * apart).sum(axis=1, keepdims=True)))
        for axis in range(2):
            moves[:, axis] += np.bincount(ones, pull[:, axis], n) - np.bincount(others, pull[:, axis], n)
            if stop():
                return None
        for _ in range(_OTHERS):
            apart = places - places[generator.integers(0, n, n)]
            squares = (apart * apart).sum(axis=1, keepdims=True)
            moves += np.clip(apart * (2 / ((0.01 + squares) * (1 + squares))), -_LONGEST, _LONGEST) * _PUSH
        places = places + (1 - i / _ROUNDS) * _STEP * np.clip(moves, -_LONGEST, _LONGEST)
    return places
