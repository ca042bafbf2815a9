"""Greys of any size become the 784 greys a network reads, the way MNIST was made.

Source: the MNIST page: digits were normalised to fit a 20 x 20 pixel box with their aspect ratio kept, then placed
in a 28 x 28 image so that their centre of mass lies at its centre. Measured on MNIST's test images, that centre is
index 14 on both axes and the shift is by whole pixels.
"""

from dataclasses import dataclass
from enum import Enum
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
_BLACK = 0.5  # from this on ink is black where there is nothing between it and paper


class Scaling(Enum):
    """How large the digit becomes: ``FIT`` into the box, ``STRETCH`` to fill it, or ``NONE``, as on the canvas."""

    FIT = "fit"
    STRETCH = "stretch"
    NONE = "none"


class Centring(Enum):
    """What of the digit comes to the middle: its ``MASS``, its ``BOX``, or ``NONE``: it stays where it was drawn."""

    MASS = "mass"
    BOX = "box"
    NONE = "none"


@dataclass(frozen=True)
class Steps:
    """The steps from greys to what a network reads; by default those of MNIST, which no network should do without.

    Where it is not ``smooth``, a pixel is not the mean of the area it covers but black or white, as its middle is.
    ``inverted``: paper is 1 and ink 0.
    """

    scaling: Scaling = Scaling.FIT
    smooth: bool = True
    centring: Centring = Centring.MASS
    inverted: bool = False


AS_MNIST = Steps()


@dataclass(frozen=True, eq=False)
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

        It may reach beyond the canvas. Of a blank drawing it is all of that. Only MNIST's own steps have such a place.
        """
        if self.blank:
            return WHOLE
        step = max(self.cropped.shape) / max(self.scaled.shape)  # pixels of the ink to one of the image
        corners = [lines[0] for lines in _inked(self.ink)]
        begins = _corner(self.scaled, Centring.MASS)
        left, top, width, height = self.place
        sides = []
        for axis, unit in ((1, width / self.ink.shape[1]), (0, height / self.ink.shape[0])):
            n, n_ink = self.scaled.shape[axis], self.cropped.shape[axis]
            first = corners[axis] + _start(n_ink, n, step) - step * begins[axis]
            sides.append((first * unit, SIDE * step * unit))
        (x, across), (y, down) = sides
        return left + x, top + y, across, down


def to_bytes(greys: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Return greys in [0, 1], of any shape, as bytes from 0 to 255: as images of digits are stored and painted."""
    return np.asarray(np.rint(255 * greys), dtype=np.uint8)


def has_ink(greys: NDArray[np.floating]) -> bool:
    """Whether there is ink in ``greys``, of any shape, that is not too faint to count."""
    return bool((greys > _FAINTEST).any())


def preprocess(greys: NDArray[np.floating], place: Place = WHOLE, steps: Steps = AS_MNIST) -> Stages:
    """Take greys (h, w) in [0, 1], which lie at ``place`` on the canvas, through all the stages.

    Other ``steps`` than MNIST's show what these are for. Raises ValueError if greys are not two-dimensional.

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
    if steps is AS_MNIST or not cropped.size:
        scaled = scale(cropped)
        return Stages(ink, cropped, scaled, centre(scaled), place)
    scaled = _resized(cropped, steps, ink.shape[1] / place[2])
    centred = _placed(scaled, *_corner(scaled, steps.centring, _middle(ink, place)))
    return Stages(ink, cropped, scaled, 1 - centred if steps.inverted else centred, place)


def crop(ink: Greys) -> Greys:
    """Return the smallest part of ``ink`` that holds all of it; empty, (0, 0), when there is none."""
    rows, columns = _inked(ink)
    return ink[rows.start : rows.stop, columns.start : columns.stop]


def _inked(ink: Greys) -> tuple[range, range]:
    """Return the rows and the columns of ``ink`` (h, w) from the first to the last in which there is some."""
    inked = ink > _FAINTEST
    # Of bytes it is found several times as quickly.
    return _span(inked.tobytes(), ink.shape[1]), _span(inked.T.tobytes(), ink.shape[0])


def _span(marks: bytes, width: int) -> range:
    """Return the rows, so wide, from the first to the last in which there is a 1."""
    last = marks.rfind(1)
    return range(marks.find(1) // width, last // width + 1) if last >= 0 else range(0)


def scale(cropped: Greys) -> Greys:
    """Return the greys with their longer side ``BOX`` pixels and their aspect ratio kept."""
    return area_mean(cropped, max(cropped.shape) / BOX) if cropped.size else cropped


def centre(scaled: Greys) -> Greys:
    """Return (28, 28) greys with the centre of mass of ``scaled`` as near index 14 as whole pixels bring it.

    Ink is never pushed out of the image: that bounds the shift of a digit whose weight is all at one end.
    """
    return _placed(scaled, *_corner(scaled, Centring.MASS)) if scaled.size else _placed(scaled, 0, 0)


def area_mean(greys: Greys, step: float) -> Greys:
    """Return ``greys`` (h, w) with pixels ``step`` times as wide and high, each the mean of the area it covers.

    The scale is kept exactly: a side takes as many whole pixels as it touches, and its outermost two may reach
    equally far over the edge, which counts as paper.
    """
    return _area_mean(greys, step, step)


def _area_mean(greys: Greys, down: float, across: float) -> Greys:
    height, width = greys.shape
    overlap = _overlap_again if max(height, width) <= _SMALL else _overlap
    return np.asarray(overlap(height, down).dot(greys).dot(overlap(width, across).T), dtype=np.float32)


def _resized(cropped: Greys, steps: Steps, canvas: float) -> Greys:
    """Do what ``scale`` does by other ``steps``; ``canvas`` is how many pixels of the greys a side of it takes."""
    height, width = cropped.shape
    longer = max(height, width) / BOX
    down, across = {
        Scaling.FIT: (longer, longer),
        Scaling.STRETCH: (height / BOX, width / BOX),
        Scaling.NONE: (canvas / SIDE, canvas / SIDE),
    }[steps.scaling]
    if steps.smooth:
        return _area_mean(cropped, down, across)
    rows, columns = (
        np.floor(_edges(size, step)[:-1] + step / 2).astype(int) for size, step in ((height, down), (width, across))
    )
    return (cropped[np.ix_(rows, columns)] >= _BLACK).astype(np.float32)


def _edges(size: int, step: float) -> NDArray[np.float64]:
    """Return the edges (n + 1,) of output pixels ``step`` wide, beginning at ``_start``."""
    n = int(np.ceil(size / step - 1e-6))
    return np.asarray(_start(size, n, step) + step * np.arange(n + 1))


def _overlap(size: int, step: float) -> Greys:
    """Return (n, size): the part of output pixel i that input pixel j fills, output pixels being ``step`` wide."""
    left = _edges(size, step)[:-1, None]
    j = np.arange(size)
    covered = np.minimum(left + step, j + 1) - np.maximum(left, j)
    return np.asarray(np.maximum(covered, 0) / step, dtype=np.float32)


def _start(size: int, n: int, step: float) -> float:
    """Return where the first of ``n`` output pixels begins: they lie evenly about the middle of the input."""
    return (size - n * step) / 2


_overlap_again = lru_cache(512)(_overlap)  # digits are much of a size: 7 kB each at most


def _middle(ink: Greys, place: Place) -> tuple[float, float]:
    """Return where on the canvas the middle of the ink is that ``crop`` leaves: down and across."""
    rows, columns = _inked(ink)
    left, top, width, height = place
    return (
        top + height * (rows[0] + rows[-1] + 1) / 2 / ink.shape[0],
        left + width * (columns[0] + columns[-1] + 1) / 2 / ink.shape[1],
    )


def _corner(scaled: Greys, centring: Centring, middle: tuple[float, float] = (0.5, 0.5)) -> tuple[int, int]:
    """Return the row and the column of the image at which ``scaled`` begins; its ``middle`` was there on the canvas."""
    if centring is Centring.MASS:
        return _about_mass(scaled)
    if centring is Centring.BOX:
        middle = 0.5, 0.5
    (height, width), (y, x) = scaled.shape, middle
    return _within(y * SIDE - height / 2, height), _within(x * SIDE - width / 2, width)


def _about_mass(scaled: Greys) -> tuple[int, int]:
    height, width = scaled.shape
    (mass, across), (down, _) = _moments(height).dot(scaled).dot(_moments(width).T).tolist()
    y, x = (down / mass, across / mass) if mass else (height / 2, width / 2)
    return _within(CENTRE - y, height), _within(CENTRE - x, width)


@lru_cache(64)
def _moments(n: int) -> NDArray[np.float64]:
    """Return what makes of ``n`` numbers, (n,), their sum and that of each times its index, (2, n)."""
    return np.array([np.ones(n), np.arange(n)])


def _within(offset: float, n: int) -> int:
    """Return the whole number next to ``offset`` with which ``n`` pixels stay in the image, or fill it."""
    # Of a digit that is symmetric the mean lies between two pixels, and the last bits of the sums, which differ from
    # one processor to another, are not to say to which side it goes.
    low, high = (0, SIDE - n) if n <= SIDE else (SIDE - n, 0)
    return min(max(round(round(offset, _PLACES)), low), high)


def _placed(scaled: Greys, top: int, left: int) -> Greys:
    """Return the image with ``scaled`` at this row and column; what would lie outside is cut off."""
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    inside = scaled[max(-top, 0) : SIDE - top, max(-left, 0) : SIDE - left]
    top, left = max(top, 0), max(left, 0)
    image[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
    return image
