"""Deformed copies of digits to learn from: what a hand varies without changing the digit.

Source: P. Simard, D. Steinkraus and J. Platt, "Best practices for convolutional neural networks applied to visual
document analysis" (2003), for affine and elastic deformations of MNIST.
"""

from dataclasses import dataclass
from math import isqrt

import numpy as np

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

    def __call__(self, images: Floats, generator: np.random.Generator) -> Floats:
        """Return deformed copies of ``images`` (m, side * side), greys in [0, 1], of their shape and dtype."""
        m, side = len(images), isqrt(images.shape[1])
        squares = images.reshape(m, side, side).astype(np.float32, copy=False)
        rows, columns = self._places(m, side, generator)
        deformed = _sample(squares, rows, columns)
        return self._rewidth(deformed, generator).reshape(m, side * side).astype(images.dtype, copy=False)

    def _places(self, m: int, side: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
        """Return where in the old image each pixel of the new one comes from, as rows and columns (m, side, side)."""
        rotate = generator.normal(0, self.rotate, m)
        shear = generator.normal(0, self.shear, m)
        stretch = np.exp(generator.normal(0, self.stretch, (m, 2)))
        cos, sin = np.cos(rotate), np.sin(rotate)
        # matrix = rotation times shear times stretch, one (2, 2) an image, in (row, column) order
        matrix = np.empty((m, 2, 2))
        matrix[:, 0, 0] = cos * stretch[:, 0]
        matrix[:, 0, 1] = -sin * stretch[:, 1]
        matrix[:, 1, 0] = (sin + shear * cos) * stretch[:, 0]
        matrix[:, 1, 1] = (cos - shear * sin) * stretch[:, 1]
        middle = side // 2  # MNIST's centre of mass
        grid = np.indices((side, side)).reshape(2, -1) - middle
        offset = middle + generator.integers(-self.shift, self.shift + 1, (m, 2, 1))
        places = (matrix @ grid + offset).reshape(m, 2, side, side).astype(np.float32)
        distance = np.subtract.outer(np.arange(side), np.arange(side)) / self.smoothness
        blur = np.exp(-0.5 * distance**2)
        blur = (blur / np.sqrt((blur**2).sum(axis=1, keepdims=True))).astype(np.float32)
        noise = generator.standard_normal((m, 2, side, side), dtype=np.float32)
        places += self.elastic * (blur @ noise @ blur.T)
        return places[:, 0], places[:, 1]

    def _rewidth(self, images: Floats, generator: np.random.Generator) -> Floats:
        amount = generator.uniform(-self.width, self.width, (len(images), 1, 1)).astype(np.float32)
        padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
        around = [padded[:, :-2, 1:-1], padded[:, 2:, 1:-1], padded[:, 1:-1, :-2], padded[:, 1:-1, 2:]]
        wider, narrower = images, images
        for neighbour in around:
            wider, narrower = np.maximum(wider, neighbour), np.minimum(narrower, neighbour)
        return np.where(amount > 0, images + amount * (wider - images), images + amount * (images - narrower))


def _sample(images: Floats, rows: Floats, columns: Floats) -> Floats:
    """Return the greys of ``images`` (m, side, side) between pixels at (rows, columns), 0 outside: bilinear."""
    m, side, _ = images.shape
    padded = np.pad(images, ((0, 0), (1, 2), (1, 2))).reshape(-1)
    wide = side + 3
    rows, columns = np.clip(rows, -1, side) + 1, np.clip(columns, -1, side) + 1
    top, left = rows.astype(np.int32), columns.astype(np.int32)
    down, right = rows - top, columns - left
    index = (np.arange(m, dtype=np.int32)[:, None, None] * wide + top) * wide + left
    upper = padded[index] * (1 - right) + padded[index + 1] * right
    lower = padded[index + wide] * (1 - right) + padded[index + wide + 1] * right
    return np.asarray(upper * (1 - down) + lower * down)
