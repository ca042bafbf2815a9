"""Pictures so small that a digit fills them: of a few dozen pixels, or of eight by eight."""

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.photo.choosing import FAINTEST, candidates
from digitpad.draw.photo.contrast import contrast, leaning, one_channel
from digitpad.draw.preprocess import Greys, crop
from digitpad.errors import BlankPictureError

TINY = 40  # pixels: the longer side at most
SMOOTHED = 22  # pixels: pictures smaller than this are enlarged smoothly
_ENLARGED = 88  # pixels: what they are enlarged to, about
_HAZE, _GAIN = 0.05, 1.5  # of their greys: less is paper; what lines lost of their ink because pixels are wider


def tiny_ink(light: NDArray[np.float32]) -> Greys:
    """Return the ink of a picture (h, w) or (h, w, 3) so small that there is nothing but a digit in it.

    Raises BlankPictureError when it is blank.
    """
    if max(light.shape[:2]) < SMOOTHED:
        return _enlarged_ink(light)
    greys = contrast(one_channel(light))
    found = candidates(greys, np.ones(greys.shape, dtype=bool))
    return found[0].greys(greys) if found else _enlarged_ink(light)


def _enlarged_ink(light: NDArray[np.float32]) -> Greys:
    """Return the ink of a picture that a digit fills, so that there may be no paper around it.

    A line is hardly wider than a pixel, and between two pixels as wide as one.
    """
    plain = one_channel(light)
    if float(np.ptp(plain)) < FAINTEST:
        raise BlankPictureError
    dark = plain if leaning(plain) > 0 else 1 - plain
    paper, ink = np.percentile(dark, (20, 98))  # a fifth at least is paper, and some pixels are all ink
    greys = (_enlarged(dark, -(-_ENLARGED // max(plain.shape))) - paper) / max(float(ink - paper), 0.01)
    return crop(np.clip(_GAIN * (greys - _HAZE), 0, 1).astype(np.float32))


def _enlarged(light: Greys, k: int) -> Greys:
    """Return ``light`` (h, w) with ``k`` times as many pixels a side, between them the cubic of Catmull and Rom."""
    for _ in range(2):
        at = (np.arange(len(light) * k) + 0.5) / k - 0.5
        first = np.floor(at).astype(int)
        t = (at - first).astype(np.float32)[:, None]
        a, b, c, d = (light[np.clip(first + i, 0, len(light) - 1)] for i in (-1, 0, 1, 2))
        light = (b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))).T
    return light
