"""Greys of few levels, 0 to 15 say, which would be read as nearly black: noticed, and stretched to 255."""

import numpy as np

from digitpad.data.dataset import Dataset
from digitpad.data.formats.sets import Parts

DIM = 128  # greys: of every set of digits in 0 to 255 some image, of MNIST each, has a brighter one


def stretched(parts: Parts) -> tuple[Parts, int | None]:
    """Return the digits of each part with greys from 0 to 255, and the brightest one before if that was another.

    It is looked for in all of the set, so that all images are stretched alike.
    """
    brightest = max((int(digits.images.max()) for digits in parts.values()), default=0)
    if not 0 < brightest < DIM:
        return parts, None
    stretch = np.minimum(np.arange(256) * 255 / brightest + 0.5, 255).astype(np.uint8)
    return {part: Dataset(stretch[digits.images], digits.labels) for part, digits in parts.items()}, brightest
