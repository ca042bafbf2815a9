"""Greys of any size become the 784 greys a network reads, the way MNIST was made.

Source: the MNIST page: digits were normalised to fit a 20 x 20 pixel box with their aspect ratio kept, then placed
in a 28 x 28 image so that their centre of mass lies at its centre. Measured on MNIST's test images, that centre is
index 14 on both axes and the shift is by whole pixels.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BOX = 20  # pixels: the longer side of the digit
SIDE = 28  # pixels: the image the network sees
CENTRE = 14  # index on both axes

Greys = NDArray[np.float32]
Place = tuple[float, float, float, float]

WHOLE: Place = (0.0, 0.0, 1.0, 1.0)

_SMALL = 90  # pixels: a side of what is drawn, rather than of a picture
_PLACES = 4  # behind the point, to which a shift in pixels is known
_FAINTEST = 1 / 512  # less than this is no ink: half a step of the 256 greys a picture has


@dataclass(frozen=True)
class Stages:
    """A drawing on its way to the network, every array with greys in [0, 1], 0 = paper and 1 = ink.

    ``ink``: (h, w) as given. ``cropped``: (h', w'), the part that holds ink. ``scaled``: the longer side 20 pixels.
    ``centred``: (28, 28). A blank drawing has empty (0, 0) arrays for the two between. ``place`` is where ``ink`` lies
    on a canvas of side 1: left, top, width and height. ``otherwise``: what else might be fed, each (784,).
    """

    ink: Greys
    cropped: Greys
    scaled: Greys
    centred: Greys
    place: Place = WHOLE
    otherwise: tuple[Greys, ...] = ()

    @property
    def image(self) -> Greys:
        """The 784 greys the network is fed."""
        return self.centred.reshape(SIDE * SIDE)

    @property
    def blank(self) -> bool:
        """Whether there is no ink at all."""
        return self.cropped.size == 0

    @property
    def image_place(self) -> Place:
        """Where the square of 28 x 28 pixels lies over ``ink`` on the canvas: each on what it is the mean of.

        It may reach beyond the canvas. Of a blank drawing it is all of that.
        """
        if self.blank:
            return WHOLE
        step = max(self.cropped.shape) / max(self.scaled.shape)  # pixels of the ink to one of the image
        corners = [lines[0] for lines in _inked(self.ink)]
        left, top, width, height = self.place
        sides = []
        for axis, unit in ((1, width / self.ink.shape[1]), (0, height / self.ink.shape[0])):
            n, n_ink = self.scaled.shape[axis], self.cropped.shape[axis]
            first = corners[axis] + _start(n_ink, n, step) - step * _offset(self.scaled.sum(axis=1 - axis))
            sides.append((first * unit, SIDE * step * unit))
        (x, across), (y, down) = sides
        return left + x, top + y, across, down


def to_bytes(greys: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return greys in [0, 1], of any shape, as bytes from 0 to 255: as images of digits are stored and painted."""
    return np.round(255 * greys).astype(np.uint8)


def preprocess(greys: NDArray[np.floating], place: Place = WHOLE) -> Stages:
    """Take greys (h, w) in [0, 1], which lie at ``place`` on the canvas, through all the stages.

    Raises ValueError if they are not two-dimensional.

    >>> ink = np.zeros((100, 100))
    >>> ink[10:50, 20:30] = 1
    >>> stages = preprocess(ink)
    >>> stages.scaled.shape, stages.image.shape, stages.blank
    ((20, 5), (784,), False)
    """
    if greys.ndim != 2:
        raise ValueError(f"greys of shape {greys.shape}: a drawing has two dimensions")
    ink = greys.astype(np.float32, copy=False)
    cropped = crop(ink)
    scaled = scale(cropped)
    return Stages(ink, cropped, scaled, centre(scaled), place)


def crop(ink: Greys) -> Greys:
    """Return the smallest part of ``ink`` that holds all of it; empty, (0, 0), when there is none."""
    rows, columns = _inked(ink)
    if rows.size == 0:
        return ink[:0, :0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _inked(ink: Greys) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and the columns of ``ink`` (h, w) in which there is some."""
    inked = ink > _FAINTEST
    return np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))


def scale(cropped: Greys) -> Greys:
    """Return the greys with their longer side ``BOX`` pixels and their aspect ratio kept."""
    return area_mean(cropped, max(cropped.shape) / BOX) if cropped.size else cropped


def centre(scaled: Greys) -> Greys:
    """Return (28, 28) greys with the centre of mass of ``scaled`` as near index 14 as whole pixels bring it.

    Ink is never pushed out of the image: that bounds the shift of a digit whose weight is all at one end.
    """
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    if scaled.size:
        height, width = scaled.shape
        top = _offset(scaled.sum(axis=1))
        left = _offset(scaled.sum(axis=0))
        image[top : top + height, left : left + width] = scaled
    return image


def area_mean(greys: Greys, step: float) -> Greys:
    """Return ``greys`` (h, w) with pixels ``step`` times as wide and high, each the mean of the area it covers.

    The scale is kept exactly: a side takes as many whole pixels as it touches, and its outermost two may reach
    equally far over the edge, which counts as paper.
    """
    height, width = greys.shape
    overlap = _overlap_again if max(height, width) <= _SMALL else _overlap
    return np.asarray(overlap(height, step) @ greys @ overlap(width, step).T, dtype=np.float32)


def _overlap(size: int, step: float) -> Greys:
    """Return (n, size): the part of output pixel i that input pixel j fills, output pixels being ``step`` wide."""
    n = int(np.ceil(size / step - 1e-6))
    left = _start(size, n, step) + step * np.arange(n)[:, None]
    j = np.arange(size)
    covered = np.minimum(left + step, j + 1) - np.maximum(left, j)
    return np.asarray(np.maximum(covered, 0) / step, dtype=np.float32)


def _start(size: int, n: int, step: float) -> float:
    """Return where the first of ``n`` output pixels begins: they lie evenly about the middle of the input."""
    return (size - n * step) / 2


_overlap_again = lru_cache(512)(_overlap)  # digits are much of a size: 7 kB each at most


def _offset(profile: Greys) -> int:
    mass = float(profile.sum())
    mean = float(profile @ np.arange(len(profile))) / mass
    # Of a digit that is symmetric the mean lies between two pixels, and the last bits of the sums, which differ from
    # one processor to another, are not to say to which side it goes.
    return min(max(round(round(CENTRE - mean, _PLACES)), 0), SIDE - len(profile))
