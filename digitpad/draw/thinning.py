"""Thin the lines of a picture to one pixel: ``thin``, for pictures that are read and for tracing.

Source: T. Zhang and C. Suen, "A fast parallel algorithm for thinning digital patterns" (1984).
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.framing import framed

Mask = NDArray[np.bool_]

NEIGHBOURS = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""The eight pixels around one, clockwise from above, as (row, column)."""


def thin(mask: Mask) -> Mask:
    """Return the lines of ``mask`` (..., h, w), one picture or several, one pixel thin and as connected as they were.

    What lies beyond the edges counts as paper.
    """
    frame = framed(mask.astype(np.uint8))
    pixels = frame[..., 1:-1, 1:-1]
    changing = True
    while changing:
        changing = False
        for deletable in _DELETABLE:
            gone = deletable[_around(frame)] & pixels
            if gone.any():
                pixels -= gone
                changing = True
    return pixels.astype(np.bool_)


def _around(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return for each pixel within ``frame`` which neighbours are ink, as a byte.

    The first of ``NEIGHBOURS`` is its lowest bit.
    """
    *several, height, width = frame.shape
    code = np.zeros((*several, height - 2, width - 2), dtype=np.uint8)
    for bit, (row, column) in enumerate(NEIGHBOURS):
        code |= frame[..., 1 + row : height - 1 + row, 1 + column : width - 1 + column] << bit
    return code


def _deletable() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return for the two halves of a round which neighbours, as a byte, let a pixel of ink go: (256,) each, 0 or 1."""
    rules = np.zeros((2, 256), dtype=np.uint8)
    for code in range(256):
        ring = [code >> bit & 1 for bit in range(8)]
        once = sum(not a and b for a, b in pairwise([*ring, ring[0]])) == 1  # one run of ink around: no line is cut
        if once and 2 <= sum(ring) <= 6:
            above, right, below, left = ring[::2]
            rules[0, code] = not (above and right and below) and not (right and below and left)
            rules[1, code] = not (above and right and left) and not (above and below and left)
    return rules[0], rules[1]


_DELETABLE = _deletable()
