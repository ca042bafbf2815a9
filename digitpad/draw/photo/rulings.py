"""Takes the lines of ruled and squared paper out of a picture, and mends the strokes that crossed them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.photo.areas import extreme_along
from digitpad.draw.preprocess import Greys
from digitpad.draw.thinning import Mask

_SLOPES = np.linspace(-0.1, 0.1, 21)  # of lines: up to six degrees
_RUN = 0.2  # of the width: so long a piece of a line at least has no gap
_COVERED = 0.8  # of the width that the pieces of a line cover at least
_END = 0.06  # of the width
_THICKEST = 0.035  # of the height


def without_rulings(contrast: Greys, inside: Mask, faintest: float) -> tuple[Greys, int]:
    """Return the ``contrast`` (h, w) of ink without lines that run straight across the area ``inside``, and how many.

    They are counted in the direction in which there are more. What is fainter than ``faintest`` is no line. What is
    notably darker than a line it lies on stays. Where there are no lines, ``contrast`` itself is returned.
    """
    # Both are looked for before any is taken out: the upright lines of a table end at its level ones.
    level, upright = (_Lines.found(*seen, faintest) for seen in ((contrast, inside), (contrast.T, inside.T)))
    clean = level.erased(contrast, faintest)
    return upright.erased(clean.T, faintest).T if upright.many else clean, max(level.many, upright.many)


@dataclass(frozen=True, eq=False)
class _Lines:
    """Lines that are almost level: they cover ``band`` (h',) of the rows of a picture (h, w) that is straightened.

    ``rows`` (h', w) is the row of the picture that each pixel was taken from; not all are ``within`` (h', w).
    """

    rows: NDArray[np.intp]
    within: Mask
    band: NDArray[np.bool_]

    @classmethod
    def found(cls, contrast: Greys, inside: Mask, faintest: float) -> "_Lines":
        """Find those of the ``contrast`` (h, w) in the area ``inside``."""
        height, width = contrast.shape
        slope = _slope(np.where(inside, contrast, 0))
        shift = np.round((np.arange(width) - width / 2) * slope).astype(int)
        room = int(np.abs(shift).max())
        rows = np.arange(height + 2 * room)[:, None] - room + shift[None, :]
        within = (rows >= 0) & (rows < height)
        rows = np.clip(rows, 0, height - 1)
        straight = np.where(within, np.take_along_axis(contrast, rows, axis=0), 0)
        there = within & np.take_along_axis(inside, rows, axis=0)
        return cls(rows, within, _rulings(straight, there, faintest))

    @property
    def many(self) -> int:
        """How many there are."""
        return int(np.diff(self.band.astype(np.int8), prepend=0).clip(min=0).sum())

    def erased(self, contrast: Greys, faintest: float) -> Greys:
        """Return the ``contrast`` (h, w) without them."""
        if not self.many:
            return contrast
        clean = _erased(np.where(self.within, np.take_along_axis(contrast, self.rows, axis=0), 0), self.band, faintest)
        result = contrast.copy()
        columns = np.broadcast_to(np.arange(contrast.shape[1]), self.rows.shape)
        result[self.rows[self.within], columns[self.within]] = clean[self.within]
        return result


def _slope(contrast: Greys) -> float:
    """Return the slope along which the rows of ``contrast`` (h, w) differ most from those beside them."""
    height, width = contrast.shape
    columns = np.arange(0, width, max(width // 100, 1))
    values = contrast[:, columns].astype(np.float64).ravel()
    best, steepest = 0.0, -1.0
    for slope in _SLOPES:
        shift = np.round((columns - width / 2) * slope).astype(int)
        rows = np.arange(height)[:, None] - shift[None, :] + width
        profile = np.bincount(rows.ravel(), weights=values, minlength=height + 2 * width)
        sharp = float((np.diff(profile) ** 2).sum())
        if sharp > steepest:
            best, steepest = float(slope), sharp
    return best


def _rulings(straight: Greys, there: Mask, faintest: float) -> NDArray[np.bool_]:
    """Return which rows hold a ruling (h,)."""
    height, width = straight.shape
    thick = extreme_along(straight, 3, np.maximum, -np.inf)  # bridges the steps of a line not quite level
    run = max(int(_RUN * width), 3)
    opened = extreme_along(extreme_along(thick.T, run, np.minimum, np.inf), run, np.maximum, -np.inf).T
    line = (opened > faintest) & (straight > 0.6 * opened)
    near = np.logical_or.reduce([np.roll(line, k, axis=0) for k in (-2, -1, 0, 1, 2)])
    possible = there.sum(axis=1)
    covered = (near & there).sum(axis=1) >= _COVERED * np.maximum(possible, 0.3 * width)
    across = np.cumsum(there, axis=1)
    reaches = np.ones(height, dtype=bool)  # to both ends, as no stroke of a digit does
    for end in (across <= _END * possible[:, None], across > (1 - _END) * possible[:, None]):
        end &= there
        reaches &= 2 * (near & end).sum(axis=1) > end.sum(axis=1)
    marked = covered & reaches & (line.sum(axis=1) > 0.1 * possible)
    band = np.zeros(height, dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    for first, beyond in zip(edges[::2], edges[1::2], strict=True):
        if beyond - first <= max(_THICKEST * height, 5):
            band[max(first - 1, 0) : beyond + 1] = True
    return band


def _erased(straight: Greys, band: NDArray[np.bool_], faintest: float) -> Greys:
    """Return ``straight`` with the rows of ``band`` empty but for ink that is darker than the line or crosses it."""
    clean = straight.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], band, [False]]).astype(np.int8)))
    for first, beyond in zip(edges[::2], edges[1::2], strict=True):
        rows = straight[first:beyond]
        typical = np.median(rows, axis=1)[:, None]  # along most of the line nothing is written on it
        level = float(typical.max())
        darker = np.clip((rows - 1.4 * level - faintest) / max(1 - 1.4 * level, 0.2), 0, 1)
        clean[first:beyond] = np.where(rows > 1.4 * level + faintest, np.maximum(rows * (darker > 0.1), 0), 0)
    size = 1 + int(max(np.diff(edges)[::2].max(), 1)) + 2
    gone = np.broadcast_to(band[:, None], clean.shape)
    mended = clean
    for lean in (-1, 0, 1):
        mended = np.maximum(mended, np.where(gone, _bridged(clean, size, lean), 0))
    return mended


def _bridged(values: Greys, size: int, lean: int) -> Greys:
    """Return ``values`` with gaps of fewer than ``size`` pixels filled along columns that ``lean`` by so many a row."""
    height, width = values.shape
    columns = (np.arange(width)[None, :] + lean * np.arange(height)[:, None]) % width
    rows = np.arange(height)[:, None]
    leaning = values[rows, columns] if lean else values
    filled = extreme_along(extreme_along(leaning, size, np.maximum, -np.inf), size, np.minimum, np.inf)
    if not lean:
        return filled
    result = np.empty_like(values)
    result[rows, columns] = filled
    return result
