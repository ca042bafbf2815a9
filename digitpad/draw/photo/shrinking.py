"""The pixels of a picture as numbers: large ones made smaller, transparent parts made paper."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.photo.areas import block_mean
from digitpad.errors import PictureError

Pixels = NDArray[np.uint8 | np.uint16 | np.float32]
Strip = Callable[[int, int], NDArray[Any]]
"""Gives rows of a picture: from the first that is named on, so many."""

MAX_SIDE = 1600
"""Pixels: a picture of a longer side is made smaller."""

_NARROWEST = 3  # pixels: nothing narrower is a digit
# Large pictures are made smaller piece by piece, to need no second one of their size: rows, and pixels.
_STRIP, _AT_ONCE = 256, 4_000_000


def check_not_narrow(width: int, height: int) -> None:
    """Raise PictureError for a picture that is too narrow to hold a digit."""
    if min(width, height) < _NARROWEST:
        raise PictureError("The picture is too small to hold a digit.")


def pixels(width: int, height: int, strip: Strip) -> Pixels:
    """Return a picture as greys (h, w) or as red, green and blue (h, w, 3), transparent parts as paper, 0 = black.

    ``strip(top, rows)`` gives so many rows of it: uint8 or uint16, (rows, w), (rows, w, 3), or with alpha (rows, w, 4).
    Raises PictureError for a picture that is too narrow.
    """
    step = max(1, -(-max(width, height) // MAX_SIDE))
    check_not_narrow(width // step, height // step)
    rows = height if step == 1 else max(1, min(_STRIP, _AT_ONCE // width) // step) * step
    first = strip(0, min(rows, height))
    others = (strip(top, min(rows, height - top)) for top in range(rows, height, rows))
    if step == 1:
        values = first
    else:
        values = np.concatenate([block_mean(first, step), *(block_mean(other, step) for other in others)])
    alpha = values.ndim == 3 and values.shape[2] == 4
    return _on_paper(values, np.iinfo(first.dtype).max) if alpha else values


def _on_paper(values: NDArray[Any], most: int) -> NDArray[np.float32]:
    """Return (h, w, 3) on white, or on black if what is visible of it is white."""
    colours, alpha = values[..., :3], values[..., 3:] / np.float32(most)
    visible = colours[alpha[..., 0] > 0.5]
    white_ink = visible.size > 0 and float(visible.mean()) > 0.78 * most
    paper = np.float32(0 if white_ink else most)
    return np.asarray(colours * alpha + paper * (1 - alpha), dtype=np.float32)
