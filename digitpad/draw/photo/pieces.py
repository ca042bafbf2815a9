"""Pixels that hang together: ``find_pieces``, and what can be said of a piece's shape."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.framing import framed
from digitpad.draw.thinning import Mask

Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces of a mask: ``labels`` (h, w) number them from 1, 0 being none; each has an entry in the arrays.

    ``boxes`` (n, 4): top, left, bottom and right, the last two beyond the piece. ``areas`` (n,): pixels.
    """

    labels: NDArray[np.int32]
    boxes: Ints
    areas: Ints

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.areas)

    @property
    def longer(self) -> Ints:
        """The longer side of each piece's box (n,)."""
        sides: Ints = self.boxes[:, 2:] - self.boxes[:, :2]
        return np.asarray(sides.max(axis=1, initial=0))

    def mask(self, piece: int) -> Mask:
        """Return the pixels of the piece with that index within its box."""
        top, left, bottom, right = self.boxes[piece]
        return np.asarray(self.labels[top:bottom, left:right] == piece + 1)

    def of(self, indices: Ints) -> Mask:
        """Return the pixels (h, w) of all the pieces with these indices."""
        chosen = np.zeros(len(self) + 1, dtype=bool)
        chosen[indices + 1] = True
        return chosen[self.labels]


def find_pieces(mask: Mask, corners: bool = True) -> Pieces:
    """Return the pieces of ``mask`` (h, w) whose pixels touch at a side, or at a corner where ``corners`` count."""
    steps = np.diff(framed(mask, 0).astype(np.int8), axis=1)
    rows, first = np.nonzero(steps == 1)  # the runs of pixels in all rows, in reading order
    beyond = np.nonzero(steps == -1)[1]
    piece_of_run = _joined(rows, first, beyond, mask.shape[1], corners)
    roots, index = np.unique(piece_of_run, return_inverse=True)
    n = len(roots)
    boxes = np.empty((n, 4), dtype=np.intp)
    boxes[:, :2] = np.iinfo(np.intp).max
    boxes[:, 2:] = 0
    np.minimum.at(boxes[:, 0], index, rows)
    np.minimum.at(boxes[:, 1], index, first)
    np.maximum.at(boxes[:, 2], index, rows + 1)
    np.maximum.at(boxes[:, 3], index, beyond)
    labels = np.zeros(mask.shape, dtype=np.int32)
    labels[mask] = np.repeat(index + 1, beyond - first)
    areas = np.bincount(index, weights=beyond - first, minlength=n).astype(np.intp)
    return Pieces(labels, boxes, areas)


def _joined(rows: Ints, first: Ints, beyond: Ints, width: int, corners: bool) -> Ints:
    """Return for each run the lowest index of a run in the same piece (n,)."""
    # The runs of the row above that a run touches follow each other: the first and the one beyond are looked up.
    reach = 0 if corners else 1
    key = width + 3
    start = np.searchsorted(rows * key + beyond, (rows - 1) * key + first + reach, "left")
    end = np.searchsorted(rows * key + first, (rows - 1) * key + beyond - reach, "right")
    many = np.maximum(end - start, 0)
    below = np.repeat(np.arange(len(rows)), many)
    above = np.arange(len(below)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(start, many)
    root = np.arange(len(rows))
    while True:  # joins the roots of all runs that touch, which halves the number of trees at least
        a, b = root[above], root[below]
        apart = a != b
        if not apart.any():
            return root
        above, below = above[apart], below[apart]
        np.minimum.at(root, np.maximum(a, b)[apart], np.minimum(a, b)[apart])
        while not np.array_equal(root, root[root]):
            root = root[root]


def holes(mask: Mask, smallest: float) -> Pieces:
    """Return the holes of ``mask`` (h, w) that have at least ``smallest`` pixels, in a frame one pixel wider."""
    outside = find_pieces(~framed(mask), corners=False)
    inside = np.ones(len(outside), dtype=bool)
    inside[outside.labels[0, 0] - 1] = False
    kept = np.flatnonzero(inside & (outside.areas >= smallest))
    number = np.zeros(len(outside) + 1, dtype=np.int32)
    number[kept + 1] = np.arange(1, len(kept) + 1)
    return Pieces(number[outside.labels], outside.boxes[kept], outside.areas[kept])


def line_width(mask: Mask) -> float:
    """Return how wide the widest line or spot of ``mask`` (h, w) is, in pixels: that of the largest square in it."""
    left = framed(mask)
    width = 0
    while left.any():  # every round takes one pixel off all around
        inner = left.copy()
        inner[1:] &= left[:-1]
        inner[:-1] &= left[1:]
        inner[:, 1:] &= left[:, :-1]
        inner[:, :-1] &= left[:, 1:]
        width += 2
        left = inner
    return width - 1.0 if width else 0.0
