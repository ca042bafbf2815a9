"""How else the ink that was found in a picture might be read: what is sure is read alike each way."""

import numpy as np

from digitpad.draw.photo.lines import at_one_width, rounded
from digitpad.draw.preprocess import Greys, crop, preprocess

_LEVELS = (0.3, 0.7)  # of the ink's darkness: what is as dark is ink


def otherwise(greys: Greys) -> tuple[Greys, ...]:
    """Return ink ``greys`` (h, w) as a network might be fed it as well, each (784,).

    As it was found, however thick or thin its lines are; parted from the paper at once, more of it and less; and a
    display's with rounder loops.
    """
    as_by_hand = rounded(greys)
    parted = (at_one_width(crop((greys >= level).astype(np.float32))) for level in _LEVELS)
    return tuple(preprocess(way).image for way in (greys, *parted, as_by_hand) if way is not None and way.size)
