"""What is done to whole pictures, pixel by pixel of their surroundings: means of blocks, and extremes nearby."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.framing import framed
from digitpad.draw.preprocess import Greys


def block_mean(picture: NDArray[Any], k: int) -> NDArray[np.float32]:
    """Return the means of blocks of ``k`` x ``k`` pixels of ``picture`` (h, w) or (h, w, 3), the rest left out."""
    if k == 1:
        return picture.astype(np.float32)
    height, width = (side // k * k for side in picture.shape[:2])
    total = np.zeros((height // k, width // k, *picture.shape[2:]), dtype=np.float32)
    for y in range(k):
        for x in range(k):
            total += picture[y:height:k, x:width:k]
    total /= k * k
    return total


def closed(values: Greys, size: int) -> Greys:
    """Return ``values`` (h, w) with all that is lower than its surroundings and narrower than ``size`` filled in.

    A closing, which keeps edges where they are (J. Serra, "Image Analysis and Mathematical Morphology").
    """
    for extreme, outside in ((np.maximum, -np.inf), (np.minimum, np.inf)):
        for _ in range(2):
            values = extreme_along(values, size, extreme, outside).T
    return values


def extreme_along(values: Greys, size: int, extreme: np.ufunc, outside: float) -> Greys:
    """Return the maximum, or minimum, of ``size`` pixels of each column of ``values`` about each pixel."""
    before = size // 2
    values = framed(values, (before, size - 1 - before), 0, outside)
    span = 1
    while span < size:  # the extreme of twice as many, again and again
        step = min(span, size - span)
        values = extreme(values[:-step], values[step:])
        span += step
    return values


def widened(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return ``mask`` (h, w) with ``by`` pixels more on all sides."""
    for _ in range(2):
        padded = framed(mask, by, 0)
        mask = np.logical_or.reduce([padded[i : i + len(mask)] for i in range(2 * by + 1)]).T
    return mask
