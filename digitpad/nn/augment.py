"""Deformed copies of digits to learn from: what a hand varies without changing the digit.

Source: P. Simard, D. Steinkraus and J. Platt, "Best practices for convolutional neural networks applied to visual
document analysis" (2003), for affine and elastic deformations of MNIST.
"""

from dataclasses import asdict, dataclass
from functools import cache
from math import isqrt

import numpy as np
from numpy.typing import ArrayLike

from digitpad.nn.neurons import Floats


@dataclass(frozen=True)
class Deform:
    """Deforms a batch of square images, each differently; every field is the size of one kind of variation.

    ``rotate`` and ``shear``: standard deviation in radians. ``stretch``: of each axis's logarithm of scale.
    ``elastic``: of the displacement in pixels, smooth over ``smoothness`` pixels. ``shift``: the most whole pixels
    to either side. ``width``: the most by which strokes grow or shrink, 1 being about a pixel on each side.
    """

    rotate: float = 0.12
    shear: float = 0.2
    stretch: float = 0.08
    elastic: float = 0.9
    smoothness: float = 4.0
    shift: int = 1
    width: float = 0.6

    def __str__(self) -> str:
        """Return the sizes in words."""
        return ", ".join(f"{name} {size:g}" for name, size in asdict(self).items())

    def __call__(self, images: Floats, generator: np.random.Generator) -> Floats:
        """Return deformed copies of ``images`` (m, side * side), greys in [0, 1], of their shape and dtype."""
        m, side = len(images), isqrt(images.shape[1])
        squares = images.reshape(m, side, side).astype(np.float32, copy=False)
        deformed = sample(squares, self._places(m, side, generator))
        amount = generator.uniform(-self.width, self.width, m).astype(np.float32)
        return rewidth(deformed, amount).reshape(m, side * side).astype(images.dtype, copy=False)

    def _places(self, m: int, side: int, generator: np.random.Generator) -> Floats:
        """Return where in the old image each pixel of the new one comes from, as ``places`` does."""
        rotate = generator.normal(0, self.rotate, m)
        shear = generator.normal(0, self.shear, m)
        stretch = generator.normal(0, self.stretch, (m, 2))
        shift = generator.integers(-self.shift, self.shift + 1, (m, 2))
        elastic = generator.standard_normal((m, 2, bumps(side, self.smoothness)), dtype=np.float32)
        elastic *= np.float32(self.elastic)
        return places(side, rotate, shear, stretch, shift, elastic, self.smoothness)


def places(
    side: int, rotate: Floats, shear: Floats, stretch: Floats, shift: ArrayLike, elastic: Floats, smoothness: float
) -> Floats:
    """Return where in the old image each pixel of the new one comes from: (m, 2, side * side), row and column.

    ``rotate`` and ``shear`` (m,) are in radians, ``stretch`` (m, 2) is the logarithm of each axis's scale, ``shift``
    (m, 2) in pixels, and ``elastic`` (m, 2, n) is how far in pixels each of the n bumps moves rows and columns
    (``bumps``): with factors from N(0, 1) they add up to a smooth displacement of variance 1 everywhere.
    """
    basis = _basis(side, smoothness)
    # The factors of the basis. First what is affine and the shift,
    factors = np.empty((len(rotate), 2, len(basis)), dtype=np.float32)
    factors[:, :, :2] = affine(rotate, shear, stretch)
    factors[:, :, 2] = side // 2 + np.asarray(shift)  # MNIST's middle
    factors[:, :, 3:] = elastic  # then what is elastic
    return (factors.reshape(2 * len(rotate), -1) @ basis).reshape(len(rotate), 2, side * side)


def affine(rotate: Floats, shear: Floats, stretch: Floats) -> Floats:
    """Return what leads from a place in the new image to that in the old: (m, 2, 2), rows and columns from the middle.

    That is shear times rotation times stretch, all as for ``places``: by these a picture is turned against the clock
    for negative angles, leans to the right with positive ``shear``, and is as much smaller as ``stretch`` is large.
    """
    cos, sin = np.cos(rotate), np.sin(rotate)
    scale = np.exp(stretch)
    matrix = np.empty((len(rotate), 2, 2))
    matrix[:, 0, 0] = cos * scale[:, 0]
    matrix[:, 0, 1] = -sin * scale[:, 1]
    matrix[:, 1, 0] = (sin + shear * cos) * scale[:, 0]
    matrix[:, 1, 1] = (cos - shear * sin) * scale[:, 1]
    return matrix


def bumps(side: int, smoothness: float) -> int:
    """Return how many bumps make up what is elastic in an image of ``side``."""
    return len(_basis(side, smoothness)) - 3


@cache
def _basis(side: int, smoothness: float) -> Floats:
    """Return patterns (n, side * side) whose sums are the places that pixels come from.

    The first three are a pixel's row and column from the middle, and 1. The others are bumps on a grid, ``smoothness``
    apart and as wide.
    """
    middles = np.arange(-3 * smoothness, side + 3 * smoothness, smoothness)
    profiles = np.exp(-0.5 * (np.subtract.outer(middles, np.arange(side)) / smoothness) ** 2)
    profiles /= np.sqrt((profiles**2).sum(axis=0))
    grid = np.indices((side, side)).reshape(2, -1) - side // 2
    patterns = (profiles[:, None, :, None] * profiles[:, None, :]).reshape(-1, side * side)
    patterns[patterns < 1e-5] = 0  # the smallest numbers there are would be multiplied slowly
    return np.asarray(np.concatenate([grid, np.ones((1, side * side)), patterns]), dtype=np.float32)


def sample(images: Floats, places: Floats) -> Floats:
    """Return the greys of ``images`` (m, side, side) between pixels, at ``places`` (m, 2, side * side), 0 outside.

    Bilinear. What is in ``places`` is lost.
    """
    m, side, _ = images.shape
    wide = side + 3
    # Every pixel with its neighbours to the right, below, and below to the right: one look-up gets all four.
    four = np.zeros((m * wide * wide, 4), dtype=np.float32)
    flat = np.pad(images, ((0, 0), (1, 2), (1, 2))).reshape(-1)
    for neighbour, step in enumerate((0, 1, wide, wide + 1)):
        four[: len(flat) - step, neighbour] = flat[step:]
    places += 1
    np.clip(places, 0, side + 1, out=places)
    whole = places.astype(np.int32)
    places -= whole
    index = whole[:, 0] * wide
    index += whole[:, 1]
    index += (np.arange(m, dtype=np.int32) * (wide * wide))[:, None]
    # As numbers of 16 bytes, which are looked up faster than rows of four.
    found = four.view(np.complex128)[:, 0].take(index, mode="clip").view(np.float32).reshape(m, side * side, 4)
    down, right = places[:, 0], places[:, 1]
    left_side = found[..., 0] + down * (found[..., 2] - found[..., 0])
    right_side = found[..., 1] + down * (found[..., 3] - found[..., 1])
    right_side -= left_side
    right_side *= right
    right_side += left_side
    return np.asarray(right_side.reshape(m, side, side))


def rewidth(images: Floats, amount: Floats) -> Floats:
    """Return ``images`` (m, side, side) with lines that are wider or narrower by ``amount`` (m,), from -1 to 1.

    At 1 each pixel is the darkest of itself and its four neighbours, at -1 the lightest, and between a mixture.
    """
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    changed = np.empty_like(images)
    for these, extreme in ((amount > 0, np.maximum), (amount <= 0, np.minimum)):
        around = padded[these]
        here = around[:, 1:-1, 1:-1]
        neighbours = extreme(around[:, :-2, 1:-1], around[:, 2:, 1:-1])
        for neighbour in (around[:, 1:-1, :-2], around[:, 1:-1, 2:], here):
            extreme(neighbours, neighbour, out=neighbours)
        neighbours -= here
        neighbours *= np.abs(amount[these])[:, None, None]
        neighbours += here
        changed[these] = neighbours
    return changed
