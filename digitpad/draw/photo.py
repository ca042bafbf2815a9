"""A picture of a digit, drawn or photographed, becomes ink.

What counts as ink is what is darker than the paper around it (or lighter, on a blackboard), in pieces that could be
a digit: not the table beside the sheet, not a shadow's edge, not a speck.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink as pen
from digitpad.draw.preprocess import Greys, area_mean, crop
from digitpad.draw.thinning import Mask, thin
from digitpad.errors import PictureError

_WORKING = 240  # pixels: larger pictures are averaged down to this longer side
_FAINTEST = 0.1  # ink differs from the paper at least by this, paper being 1
_FIT = (0.09, 0.19)  # line widths, relative to the longer side, that the network reads as they are
_THINNED = 72  # pixels: longer side at which lines are thinned to find their middle


def read_ink(picture: NDArray[np.generic]) -> Greys:
    """Return the ink of a digit in a picture (h, w), uint8 or float in [0, 1], 0 = black: greys in [0, 1], 1 = ink.

    The result is cropped to the digit. Lines far thinner or thicker than those of MNIST are drawn anew at its width.
    Raises PictureError, one sentence without a file's name, when there is nothing that could be a digit.
    """
    if picture.ndim != 2 or min(picture.shape) < 3:
        raise PictureError("The picture is too small to hold a digit.")
    light = picture.astype(np.float32)
    if picture.dtype == np.uint8:
        light /= 255
    if max(light.shape) > _WORKING:
        light = _averaged(light, max(light.shape) / _WORKING)
    greys = _digit(_contrast(light))
    mask = greys > 0.5
    small = _averaged(mask.astype(np.float32), max(mask.shape) / _THINNED) > 0.5
    if not small.any():
        return greys
    middle = thin(small)
    line = small.sum() / max(middle.sum(), 1) / max(small.shape)
    return greys if _FIT[0] <= line <= _FIT[1] else crop(pen.render(_paths(middle)))


def _averaged(greys: Greys, step: float) -> Greys:
    """Return the greys with pixels ``step`` times as large, without the outermost that are partly nothing."""
    result = area_mean(greys, step)
    rows, columns = (int(side / step) for side in greys.shape)
    top, left = (result.shape[0] - rows) // 2, (result.shape[1] - columns) // 2
    return result[top : top + max(rows, 1), left : left + max(columns, 1)]


def _contrast(light: Greys) -> Greys:
    """Return how far each pixel is from the paper around it, (h, w) in [0, 1], whichever of them is darker."""
    darkest, lightest = float(light.min()), float(light.max())
    if lightest - darkest < _FAINTEST:
        raise PictureError("The picture is blank.")
    if _leaning(light) > 0:
        light = darkest + lightest - light  # light ink on dark: a blackboard, or MNIST
    paper = _paper(light)
    return np.clip((paper - light) / np.maximum(paper, 0.05), 0, 1)


def _leaning(light: Greys) -> float:
    """Return the third moment of the brightness about its mean nearby: below 0 when what is rare is dark."""
    total = 0.0
    for rows in np.array_split(light, 3):
        for part in np.array_split(rows, 3, axis=1):
            total += float(((part - part.mean()) ** 3).sum())
    return total


def _paper(light: Greys) -> Greys:
    """Return the brightness of the paper under each pixel: ``light`` with all that is dark and narrow filled in.

    A closing, which keeps the edge of a shadow where it is (J. Serra, "Image Analysis and Mathematical Morphology").
    """
    size = max(light.shape) // 3  # wider than any line of a digit that fills the picture
    return _widest(_widest(light, size, np.maximum, -np.inf), size, np.minimum, np.inf)


def _widest(values: Greys, size: int, extreme: np.ufunc, outside: float) -> Greys:
    """Return the maximum, or minimum, of ``values`` (h, w) in the square of ``size`` pixels around each."""
    for _ in range(2):
        before = size // 2
        values = np.pad(values, ((before, size - 1 - before), (0, 0)), constant_values=outside)
        span = 1
        while span < size:  # the extreme of twice as many, again and again
            step = min(span, size - span)
            values = extreme(values[:-step], values[step:])
            span += step
        values = values.T
    return values


def _digit(contrast: Greys) -> Greys:
    """Return the greys of the pieces that could be a digit, cropped to them."""
    between = _threshold(contrast)
    dark = float(np.percentile(contrast[contrast >= between], 75)) if (contrast >= between).any() else 0.0
    if dark < _FAINTEST:
        raise PictureError("The picture is blank.")
    # Faint lines on the paper or the edge of a shadow can tie the digit to the border: a higher threshold frees it.
    chosen: list[Piece] = []
    for level in (between, (2 * between + dark) / 3, (between + 2 * dark) / 3):
        pieces = find_pieces(contrast >= level)
        chosen = _belonging([piece for piece in pieces if not piece.at_border], max(contrast.shape))
        if chosen:
            break
    if not chosen:
        chosen = _belonging(find_pieces(contrast >= between), max(contrast.shape))
    if not chosen:
        raise PictureError("There is nothing in the picture that could be a digit.")
    keep = np.zeros(contrast.shape, dtype=bool)
    height, width = contrast.shape
    for piece in chosen:
        keep[piece.rows, piece.columns] = True
    padded = np.pad(keep, 2)  # with the half-covered pixels around
    near = np.any([padded[i : i + height, j : j + width] for i in range(5) for j in range(5)], axis=0)
    paper = contrast[~near]
    noise = float(np.percentile(paper, 90)) if paper.size else 0.0
    noise = min(noise, 0.6 * between)
    return crop(np.where(near, np.clip((contrast - noise) / max(dark - noise, 0.05), 0, 1), 0).astype(np.float32))


def _threshold(contrast: Greys) -> float:
    """Return the contrast that best parts paper from ink (N. Otsu, "A threshold selection method", 1979)."""
    counts, edges = np.histogram(contrast, bins=128, range=(0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below, weighted = np.cumsum(counts), np.cumsum(counts * middles)
    above = below[-1] - below
    parted = (below > 0) & (above > 0)
    if not parted.any():
        return _FAINTEST
    means = weighted[parted] / below[parted], (weighted[-1] - weighted[parted]) / above[parted]
    apart = below[parted] * above[parted] * (means[0] - means[1]) ** 2
    return max(float(edges[1:][parted][apart.argmax()]), _FAINTEST)


@dataclass(frozen=True)
class Piece:
    """Pixels that hang together: ``rows`` and ``columns``, (n,) each, and whether any lies at the border."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    at_border: bool

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Top, left, bottom and right, the last two beyond the piece."""
        return (
            int(self.rows.min()),
            int(self.columns.min()),
            int(self.rows.max()) + 1,
            int(self.columns.max()) + 1,
        )

    @property
    def longer(self) -> int:
        """The longer side of its box, in pixels."""
        top, left, bottom, right = self.box
        return max(bottom - top, right - left)


def find_pieces(mask: Mask) -> list[Piece]:
    """Return the pieces of ``mask`` (h, w) whose pixels touch at a side or a corner, the largest first."""
    runs: list[tuple[int, int, int]] = []  # row, first column, column beyond
    parent: list[int] = []

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    above: list[int] = []
    for row, line in enumerate(np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)):
        here: list[int] = []
        for first, beyond in zip(np.flatnonzero(line == 1), np.flatnonzero(line == -1), strict=True):
            here.append(len(runs))
            parent.append(len(runs))
            runs.append((row, int(first), int(beyond)))
            for other in above:
                if runs[other][1] <= beyond and first <= runs[other][2]:
                    parent[root(other)] = root(here[-1])
        above = here
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for i, run in enumerate(runs):
        groups.setdefault(root(i), []).append(run)
    pieces = []
    height, width = mask.shape
    for group in groups.values():
        rows = np.concatenate([np.full(beyond - first, row) for row, first, beyond in group])
        columns = np.concatenate([np.arange(first, beyond) for _, first, beyond in group])
        border = bool((rows == 0).any() or (columns == 0).any())
        border = border or bool((rows == height - 1).any() or (columns == width - 1).any())
        pieces.append(Piece(rows, columns, border))
    return sorted(pieces, key=lambda piece: -len(piece.rows))


def _belonging(pieces: list[Piece], side: int) -> list[Piece]:
    """Return the piece most like a digit, none if all are specks, and those that lie close enough to be part of it."""
    tall = [piece for piece in pieces if piece.longer >= 0.08 * side]
    if not tall:
        return []
    main = max(tall, key=lambda piece: piece.longer)
    reach = 0.3 * main.longer
    chosen = []
    for piece in pieces:
        if piece.longer < 0.06 * main.longer:
            continue
        a, b = main.box, piece.box
        apart = max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3], 0)
        if apart <= reach:
            chosen.append(piece)
    return chosen


def _paths(middle: Mask) -> list[pen.Path]:
    """Return a pen's path for each two neighbouring pixels of thinned lines, and for each pixel alone."""
    padded = np.pad(middle, 1)
    height, width = middle.shape
    paths: list[pen.Path] = []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        neighbour = padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        for y, x in np.argwhere(middle & neighbour):
            paths.append(np.array([[x, y], [x + right, y + down]], dtype=float))
    lonely = middle & (sum(padded[i : i + height, j : j + width].astype(int) for i in range(3) for j in range(3)) == 1)
    return paths + [np.array([[x, y]], dtype=float) for y, x in np.argwhere(lonely)]
