"""Functions that show numbers with a sign in colour: blue where one is positive, orange where it is negative.

Colour-blind people can tell the two apart.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPalette

from digitpad.draw.preprocess import SIDE
from digitpad.gui.images import image_of, rgb
from digitpad.nn.neurons import Floats

_TINY = 1e-12  # instead of dividing by 0
_STRONG = 2.5  # root mean squares of a neuron's weights: the strongest colour


def sign_colour(palette: QPalette, positive: bool) -> QColor:
    """Return the colour of what is positive, or of what is negative."""
    return palette.color(QPalette.ColorRole.Highlight if positive else QPalette.ColorRole.BrightText)


def shares(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return ``values`` as shares, from -1 to 1, of the largest of them by size; what is no number (NaN) as 0."""
    known = np.nan_to_num(np.asarray(values, dtype=np.float64))
    largest = float(np.abs(known).max(initial=0.0))
    return known / max(largest, _TINY)


def strengths(weights: Floats) -> Floats:
    """Return ``weights`` (..., n) as strengths from -1 to 1, each row of them in a scale of its own.

    Strongest is what is two and a half times the row's root mean square, so that a few large weights do not leave the
    others pale; what is no number (NaN) is 0.
    """
    known = np.nan_to_num(weights)
    known = known / np.maximum(np.abs(known).max(axis=-1, keepdims=True), _TINY)  # whose squares are numbers, always
    spread = np.sqrt(np.mean(np.square(known), axis=-1, keepdims=True))
    return np.asarray(np.clip(known / np.maximum(_STRONG * spread, _TINY), -1, 1))


def signed_image(values: NDArray[np.floating], palette: QPalette) -> QImage:
    """Return an image of ``values`` (h, w): paper where they are 0, full colour where they are the largest."""
    return _on_paper(shares(values), palette)


def weights_image(weights: Floats, palette: QPalette) -> QImage:
    """Return the picture of a neuron that looks at 784 greys: its weights (784,) by their strengths."""
    return _on_paper(strengths(weights).reshape(SIDE, SIDE), palette)


def signed_veil(shares: Floats, palette: QPalette) -> QImage:
    """Return an image of ``shares`` (h, w) from -1 to 1 to lie over others: the nearer to 0, the less it hides."""
    plus, minus = rgb(sign_colour(palette, True)), rgb(sign_colour(palette, False))
    colours = np.where((shares > 0)[..., None], plus, minus)
    return image_of(np.dstack([colours, np.round(255 * np.abs(shares))]).astype(np.uint8))


def _on_paper(shares: Floats, palette: QPalette) -> QImage:
    paper = rgb(palette.color(QPalette.ColorRole.Base))
    full = np.where((shares > 0)[..., None], rgb(sign_colour(palette, True)), rgb(sign_colour(palette, False)))
    return image_of(np.round(paper + np.abs(shares)[..., None] * (full - paper)).astype(np.uint8))
