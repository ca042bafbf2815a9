"""Functions that show numbers with a sign in colour: blue where one is positive, orange where it is negative.

Colour-blind people can tell the two apart.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPalette

from digitpad.gui.images import image_of

_TINY = 1e-12  # instead of dividing by 0


def sign_colour(palette: QPalette, positive: bool) -> QColor:
    """Return the colour of what is positive, or of what is negative."""
    return palette.color(QPalette.ColorRole.Highlight if positive else QPalette.ColorRole.BrightText)


def shares(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return ``values`` as shares, from -1 to 1, of the largest of them by size; what is no number (NaN) as 0."""
    known = np.nan_to_num(np.asarray(values, dtype=np.float64))
    largest = float(np.abs(known).max(initial=0.0))
    return known / max(largest, _TINY)


def signed_image(values: NDArray[np.floating], palette: QPalette) -> QImage:
    """Return an image of ``values`` (h, w): paper where they are 0, full colour where they are the largest."""
    paper, plus, minus = (
        np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)
        for colour in (palette.color(QPalette.ColorRole.Base), sign_colour(palette, True), sign_colour(palette, False))
    )
    share = np.expand_dims(shares(values), -1)
    colours = paper + np.abs(share) * (np.where(share > 0, plus, minus) - paper)
    return image_of(np.round(colours).astype(np.uint8))
