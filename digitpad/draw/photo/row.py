"""Several digits beside each other in a picture: ``row_of`` takes the ink of all of them, and leaves nothing out."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from digitpad.draw.framing import framed
from digitpad.draw.photo.areas import widened
from digitpad.draw.photo.choosing import Candidate
from digitpad.draw.photo.pieces import Pieces, find_pieces
from digitpad.draw.preprocess import Greys
from digitpad.draw.thinning import Mask

# Sizes are in heights of the candidate that a row is looked for around.
_SPECK, _LEAST = 0.12, 0.04  # smaller than this is no part of its own, and smaller than that nothing
_HIGH, _HIGHEST = 0.5, 2.0  # of a digit
_LEVEL = 0.5  # of the lower one's height, that two digits beside each other share
_FAR = 1.5  # from one digit to the next
_BROAD = 1.25  # heights of the row: what is narrower may be one digit in pieces
_DARK, _PALE = 0.35, 0.2  # of a digit's darkness: what is ink of a row, and what may be another digit, too pale for it


class Row(NamedTuple):
    """Digits beside each other: the ink of all of them as one, and how many pixels ``high`` the highest is."""

    ink: Candidate
    high: int


def row_of(candidate: Candidate, contrast: Greys, inside: Mask) -> Row | None:
    """Return the row of digits that holds a candidate, in ``contrast`` (h, w); None where there is none.

    All that there is of size in the area ``inside`` stands in the row, or it is none.
    """
    dark = float(np.percentile(contrast[candidate.mask], 75))
    level = _DARK * dark
    pieces = find_pieces((contrast >= level) & inside)
    top, _, bottom, _ = candidate.box
    unit = bottom - top
    tops, lefts, bottoms, rights = pieces.boxes.T
    heights = bottoms - tops
    large = np.flatnonzero(pieces.longer >= _SPECK * unit)
    digits = large[heights[large] >= _HIGH * unit]
    if not len(digits) or heights[large].max() > _HIGHEST * unit:
        return None
    shared = np.minimum(bottoms, bottom) - np.maximum(tops, top)
    if (shared[digits] < _LEVEL * np.minimum(heights[digits], unit)).any():
        return None
    top, bottom = int(tops[digits].min()), int(bottoms[digits].max())
    middles = (tops[large] + bottoms[large]) / 2
    if ((middles < top) | (middles > bottom)).any():
        return None
    left, right = int(lefts[large].min()), int(rights[large].max())
    apart = np.sort(lefts[large])[1:] - np.sort(rights[large])[:-1]
    if right - left < _BROAD * (bottom - top) or (apart > _FAR * unit).any():
        return None
    rim = inside & widened(~framed(inside), 1)[1:-1, 1:-1]
    if np.isin(pieces.labels[rim], large + 1).any():  # what is cut off may be any digit
        return None
    if _has_other(find_pieces((contrast >= _PALE * dark) & inside), pieces.of(large) | rim, _HIGH * unit):
        return None
    within = (bottoms > top) & (tops < bottom) & (rights > left) & (lefts < right)
    small = np.flatnonzero(within & (pieces.longer >= max(3, _LEAST * unit)))
    group = np.union1d(large, small)
    mask, boxes = pieces.of(group), pieces.boxes[group]
    box = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    ink = replace(candidate, mask=mask, box=box, strength=float(contrast[mask].mean()), level=level, others=0)
    return Row(ink, int(heights[digits].max()))


def _has_other(pale: Pieces, row: Mask, high: float) -> bool:
    """Whether there is any piece so ``high`` that has none of the pixels of the ``row`` (h, w)."""
    is_row = np.zeros(len(pale) + 1, dtype=bool)
    is_row[pale.labels[row]] = True
    heights = pale.boxes[:, 2] - pale.boxes[:, 0]
    return bool(((heights >= high) & ~is_row[1:]).any())
