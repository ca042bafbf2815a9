"""Reading a drawing nine times: as it was drawn, and in eight views, each mildly deformed.

A network that learned from deformed copies of digits has learned to answer to all of them alike; the mean of what it
says to several is its answer, as its answer to one of them is only a sample of that.

Source: I. Sato, H. Nishimura and K. Yokoi, "APAC: augmented pattern classification with neural networks" (2015).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.preprocess import SIDE, Greys
from digitpad.nn.augment import bumps, places
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

NINE = 9

# How strong the views are, chosen on images that no test set holds.
_ROTATE, _SHEAR, _STRETCH = 0.08, 0.065, 0.055  # radians, radians, logarithm of an axis's scale
_ELASTIC, _SMOOTHNESS = 0.4, 4.0  # pixels
_AT_ONCE = 100  # images


@dataclass(frozen=True, eq=False)
class Nine:
    """The nine ``images`` (9, 784) that were read of one drawing, as it was drawn first, and their ``outputs`` (9, 10).

    ``digits`` has what each was read as, None for no digit; ``agree`` is how many of these are the answer.
    """

    images: Greys
    outputs: Floats
    digits: tuple[int | None, ...]
    agree: int


def views(images: Greys) -> Greys:
    """Return each of ``images`` (m, 784), greys in [0, 1], as it is and in its eight views: (m, 9, 784)."""
    where, shares = _gathering()
    m, pixels = images.shape
    nine = np.empty((m, NINE, pixels), dtype=np.float32)
    nine[:, 0] = images
    seen = nine[:, 1:]
    seen[...] = images[:, where[0]] * shares[0]
    for neighbour in (1, 2, 3):
        seen += images[:, where[neighbour]] * shares[neighbour]
    return nine


def back_from_views(slopes: Floats) -> Floats:
    """Return how steeply what depends on an image and its eight views depends on that image: (784,).

    ``slopes`` (9, 784) are its slopes by the pixels of these nine, each by itself.
    """
    where, shares = _gathering()
    of_views = np.bincount(where.ravel(), weights=(shares * slopes[1:]).ravel(), minlength=slopes.shape[1])
    return np.asarray(slopes[0] + of_views)


def read_nine(network: Network, images: NDArray[Any]) -> Floats:
    """Return what ``network`` says to ``images`` (m, 784), greys or uint8, and their views: (m, 9, 10)."""
    outputs = np.empty((len(images), NINE, network.sizes[-1]), dtype=network.dtype)
    rows = max(min(network.chunk // NINE, _AT_ONCE), 1)
    for first in range(0, len(images), rows):
        here = views(greys(images[first : first + rows], np.float32))
        outputs[first : first + rows] = network.feedforward(here.reshape(-1, SIDE * SIDE)).reshape(len(here), NINE, -1)
    return outputs


def view_places() -> Floats:
    """Return where each pixel of the eight views comes from: (8, 2, 784), row and column.

    They come in opposite pairs. Every two of turning, shearing and stretching either way go together as often in the
    one sense as in the other: a half fraction of a two-level factorial design.
    """
    signs = np.array([(1, 1, 1, 1), (1, -1, 1, -1), (1, 1, -1, -1), (1, -1, -1, 1)])
    rotate, shear, *stretch = np.concatenate([signs, -signs]).T * np.array(
        [[_ROTATE], [_SHEAR], [_STRETCH], [_STRETCH]]
    )
    generator = np.random.default_rng(0)
    elastic = generator.standard_normal((len(signs), 2, bumps(SIDE, _SMOOTHNESS)), dtype=np.float32)
    elastic = np.concatenate([elastic, -elastic]) * np.float32(_ELASTIC)
    return places(SIDE, rotate, shear, np.stack(stretch, axis=1), (0, 0), elastic, _SMOOTHNESS)


@cache
def _gathering() -> tuple[NDArray[np.intp], Floats]:
    """Return which four pixels each pixel of the views lies between, (4, 8, 784), and its share of each."""
    place = view_places()
    corner = np.floor(place)
    part = place - corner
    where = np.empty((4, *place.shape[::2]), dtype=np.intp)
    shares = np.empty(where.shape, dtype=np.float32)
    for neighbour, (down, right) in enumerate(np.ndindex(2, 2)):
        row, column = corner[:, 0] + down, corner[:, 1] + right
        inside = (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)  # beyond it is paper
        where[neighbour] = np.where(inside, row * SIDE + column, 0)
        beside, below = (part[:, axis] if step else 1 - part[:, axis] for axis, step in ((1, right), (0, down)))
        shares[neighbour] = inside * beside * below
    return where, shares
