"""Finds sheets, cards, notes, pads, windows and boxes in a picture: what a digit is written on, when it is not all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.photo.pieces import Ints, find_pieces
from digitpad.draw.preprocess import Greys
from digitpad.draw.thinning import Mask

_LEVELS = 9  # of brightness, at which a picture is parted into lighter and darker
_SMALLEST, _LARGEST = 0.012, 0.97  # parts of the picture's area
_RECTANGULAR = 0.84  # of the upright or turned rectangle around it that a sheet fills at least; an ellipse fills 0.785
_CONVEX = 0.9
_MARGIN = 0.03  # of the shorter side: the edge of the sheet with its shadow
_EDGE = 0.15  # of all the contrast there is, that a sheet's edge has
_MOST = 8

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A convex area: ``corners`` (n, 2), x and y, in order, in units of the picture's longer side; ``margin`` too.

    ``rectangular`` is the part that it fills of the smallest rectangle around it; a box is ``drawn`` with a line.
    """

    corners: Points
    margin: float
    rectangular: float
    drawn: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        (left, top), (right, bottom) = self.corners.min(axis=0), self.corners.max(axis=0)
        return float(left), float(top), float(right), float(bottom)

    def inside(self, shape: tuple[int, int], origin: tuple[float, float], scale: float) -> Mask:
        """Return which pixels (h, w) lie within it and off its margin; ``scale`` pixels are one unit."""
        height, width = shape
        y = (np.arange(height) + 0.5) / scale + origin[1]
        left, right = np.full(height, -np.inf), np.full(height, np.inf)
        for (ax, ay), (bx, by) in zip(self.corners, np.roll(self.corners, -1, axis=0), strict=True):
            dx, dy = bx - ax, by - ay
            length = np.hypot(dx, dy)
            if abs(dy) < 1e-9 * length:
                beyond = (y - ay) * np.sign(dx) < self.margin
                left[beyond] = np.inf
                continue
            # The interior lies where dx (y - ay) - dy (x - ax) is at least margin * length.
            bound = ax + (dx * (y - ay) - self.margin * length) / dy
            if dy > 0:
                np.minimum(right, bound, out=right)
            else:
                np.maximum(left, bound, out=left)
        x = ((np.arange(width) + 0.5) / scale + origin[0])[None, :]
        return np.asarray((x >= left[:, None]) & (x <= right[:, None]))


def find_sheets(light: Greys) -> list[Sheet]:
    """Return what could be sheets in ``light`` (h, w), the largest first."""
    side = max(light.shape)
    found: list[tuple[float, Sheet]] = []
    low, high = (float(v) for v in np.percentile(light, (0.5, 99.5)))
    for level in np.linspace(low, high, _LEVELS + 2)[1:-1]:
        for mask in (light > level, light <= level):
            pieces = find_pieces(mask, corners=False)
            sides = pieces.boxes[:, 2:] - pieces.boxes[:, :2]
            candidates = np.flatnonzero((sides[:, 0] * sides[:, 1] > _SMALLEST * light.size) & (sides.min(axis=1) > 8))
            for i in candidates:
                made = _sheet(pieces.mask(int(i)), int(pieces.areas[i]))
                if made is None:
                    continue
                corners, area, margin, rectangular = made
                if not _SMALLEST <= area / light.size <= _LARGEST:
                    continue
                corners = corners + pieces.boxes[i, 1::-1]
                found.append(
                    (area, Sheet(corners / side, margin / side, rectangular, drawn=pieces.areas[i] < area / 2))
                )
    found.sort(key=lambda each: -each[0])
    distinct: list[tuple[float, Sheet]] = []
    for area, sheet in found:
        if (
            all(_differ(sheet, other) for _, other in distinct)
            and _has_edge(light, sheet, high - low)
            and _has_content(light, sheet)
        ):
            distinct.append((area, sheet))
    return [sheet for _, sheet in distinct[:_MOST]]


def _sheet(mask: Mask, area: int) -> tuple[Points, float, float, float] | None:
    """Return the corners (n, 2), area and margin, in pixels, of the hull of ``mask`` if that is a sheet's shape."""
    first = mask.argmax(axis=1)
    beyond = mask.shape[1] - mask[:, ::-1].argmax(axis=1)
    filled = float((beyond - first).sum())
    if filled < 0.45 * mask.size:  # even a sheet turned by an eighth fills half of its box
        return None
    corners = _hull(first, beyond)
    x, y = corners.T
    hull_area = 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    if filled < _CONVEX * hull_area:
        return None
    edges = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(*edges.T)
    along = edges / lengths[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    extents = [np.ptp(corners @ axes.T, axis=0) for axes in (along, across)]
    smallest = int((extents[0] * extents[1]).argmin())
    longer, shorter = sorted((float(extents[0][smallest]), float(extents[1][smallest])), reverse=True)
    if hull_area < _RECTANGULAR * longer * shorter or shorter < longer / 6:
        return None
    margin = min(
        max(_MARGIN * shorter, min(1.5 * _thickness(mask), 0.08 * shorter) if area < hull_area / 2 else 0) + 1,
        shorter / 4,
    )
    return corners, hull_area, margin, hull_area / (longer * shorter)


def _thickness(mask: Mask) -> float:
    """Return how thick the line of the frame ``mask`` (h, w) is, in pixels, whatever touches it somewhere."""
    from_left = np.minimum.accumulate(mask | ~np.maximum.accumulate(mask, axis=1), axis=1)
    return float(np.median((from_left & mask).sum(axis=1)))


def _hull(first: Ints, beyond: Ints) -> Points:
    """Return the corners (n, 2) of the convex hull of pixels from ``first`` to those ``beyond`` in each row (h,).

    They begin at the top and go down the right side.
    """
    y = np.arange(len(first) + 1)
    right = np.maximum(np.append(beyond, 0), np.append(0, beyond))
    left = np.minimum(np.append(first, first[-1]), np.append(first[0], first))
    sides = (np.stack([right, y], axis=1), np.stack([left, y], axis=1)[::-1])
    return np.concatenate([_convex(side.astype(np.float64)) for side in sides])


def _convex(chain: Points) -> Points:
    """Return the points of a ``chain`` (n, 2) that are corners of its hull, which lies to the right of it.

    A point that does not stick out between its neighbours is none: such are left out until there are none.
    """
    while True:
        (dx, dy), (further_dx, further_dy) = (np.diff(chain, axis=0)[part].T for part in (slice(-1), slice(1, None)))
        sticks_out = np.pad(dx * further_dy > dy * further_dx, 1, constant_values=True)
        if sticks_out.all():
            return chain
        chain = chain[sticks_out]


def _differ(one: Sheet, other: Sheet) -> bool:
    """Whether the boxes share less than most of their area."""
    a, b = np.array(one.box), np.array(other.box)
    shared = np.prod(np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0))
    both = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared
    return bool(shared < 0.85 * both)


def _has_edge(light: Greys, sheet: Sheet, contrast: float) -> bool:
    """Whether the brightness changes at once along most of the outline, as it does not where light falls off."""
    height, width = light.shape
    corners = sheet.corners * max(light.shape)
    ahead = np.roll(corners, -1, axis=0)
    many = np.maximum(np.hypot(*(ahead - corners).T).astype(int) // 2, 1)
    along = np.concatenate([(np.arange(n) + 0.5) / n for n in many])[:, None]
    start, end = np.repeat(corners, many, axis=0), np.repeat(ahead, many, axis=0)
    outward = np.stack([(end - start)[:, 1], (start - end)[:, 0]], axis=1) / np.hypot(*(end - start).T)[:, None]
    points = (start + along * (end - start))[:, None] + outward[:, None] * np.arange(-3, 4)[None, :, None]
    x, y = np.floor(points).astype(int).transpose(2, 0, 1)
    seen = ((x >= 0) & (x < width) & (y >= 0) & (y < height)).all(axis=1)
    if seen.mean() < 0.3:
        return False
    steps = np.ptp(light[y[seen], x[seen]], axis=1)
    return bool(np.percentile(steps, 30) > _EDGE * contrast)


def _has_content(light: Greys, sheet: Sheet) -> bool:
    inside = sheet.inside(light.shape, (0.0, 0.0), max(light.shape))
    if inside.sum() < 50:
        return False
    values = light[inside]
    low, high = np.percentile(values, (0.2, 99.8))
    return bool(high - low > 0.04)
