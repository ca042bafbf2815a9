"""Lines far thinner or thicker than those the network knows are drawn anew at their width."""

import numpy as np

from digitpad.draw import ink as pen
from digitpad.draw.framing import framed
from digitpad.draw.photo.areas import closed, widened
from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.preprocess import Greys, area_mean, crop
from digitpad.draw.thinning import Mask, thin

_SEGMENTS = 3  # so many pieces at least are joined
_GAP = 7  # pixels of _THINNED: the widest gap between them
_ROUND = 12  # pixels of _THINNED: within which the corners of a display's loops are evened out, as a hand draws loops
_ROUNDEST = 24  # the same where it is asked what else they might be
_STRAIGHT, _DISPLAY = 0.36, 0.65  # slopes of up to 20 degrees; so much of a display's edges has them, a hand's has less
_AT_ONCE = 1000  # points
_FIT = (0.09, 0.19)  # line widths, relative to the longer side, that the network reads as they are
_THINNED = 72  # pixels: longer side at which lines are thinned to find their middle


def at_one_width(greys: Greys) -> Greys:
    """Return ``greys`` (h, w), drawn anew if their lines are far thinner or thicker than the network knows.

    So are the segments of a display: the gaps between its parts are not the digit's.
    """
    fits = _FIT[0] <= line_of(greys) <= _FIT[1] and len(find_pieces(_small(greys))) < _SEGMENTS
    return greys if fits else drawn_anew(greys)


def row_at_one_width(greys: Greys, high: int) -> Greys:
    """Do the same to several digits beside each other, the highest of which is so many pixels ``high``."""
    step = high / _THINNED
    small = area_mean((greys > 0.5).astype(np.float32), step) > 0.5
    line = float(small.sum() / max(thin(small).sum(), 1) / _THINNED)
    if _FIT[0] <= line <= _FIT[1]:
        return greys
    if line < _FIT[0]:
        small = area_mean(widened(greys > 0.25, int(step)).astype(np.float32), step) > 0.5
    middle = thin(small)
    if not middle.any():
        return greys
    origin, scale, _ = pen.frame([np.array([[0.0, 0.0], [_THINNED, _THINNED]])])  # of one digit, and as fine for all
    tall, wide = np.ceil((np.array(middle.shape) - 2 * origin[::-1]) * scale).astype(int)
    return crop(pen.render_in((origin, scale, (int(tall), int(wide))), _paths(middle)))


def line_of(greys: Greys) -> float:
    """Return how wide the lines of ``greys`` (h, w) are, relative to the longer side; 0 when there are none."""
    small = _small(greys)
    return float(small.sum() / max(thin(small).sum(), 1) / max(small.shape))


def drawn_anew(greys: Greys) -> Greys:
    """Return the lines of ``greys`` (h, w) drawn with a pen of MNIST's width, or ``greys`` where there are none."""
    small = _small(greys)
    if line_of(greys) < _FIT[0]:  # too thin to be followed as it is
        step = max(greys.shape) / _THINNED
        small = area_mean(widened(greys > 0.25, int(step)).astype(np.float32), step) > 0.5
    joined = len(find_pieces(small)) >= _SEGMENTS
    if joined:
        small = closed(framed(small, _GAP, _GAP).astype(np.float32), _GAP) > 0.5
    middle = thin(small)
    if not middle.any():
        return greys
    paths = _paths(middle)
    return crop(pen.render(_rounded(paths, _ROUND) if joined and _has_loops(middle) else paths))


def rounded(greys: Greys) -> Greys | None:
    """Return ``greys`` (h, w) with loops as round as a hand's, where they are a display's; else None.

    Those have straight lines, level and upright or leaning a little.
    """
    small = area_mean(greys, max(max(greys.shape) / _THINNED, 1.0))  # pixels made smaller would be all straight edges
    down, right = (np.abs(steps) for steps in np.gradient(framed(small)))
    edges = down * down + right * right
    straight = edges[(right < _STRAIGHT * down) | (down < _STRAIGHT * right)].sum() > _DISPLAY * edges.sum()
    if not straight:
        return None
    middle = thin(closed(framed(_small(greys), _GAP, _GAP).astype(np.float32), _GAP) > 0.5)
    return crop(pen.render(_rounded(_paths(middle), _ROUNDEST))) if _has_loops(middle) else None


def _has_loops(middle: Mask) -> bool:
    return len(find_pieces(~framed(middle), corners=False)) > 1


def _small(greys: Greys) -> Mask:
    return area_mean((greys > 0.5).astype(np.float32), max(greys.shape) / _THINNED) > 0.5


def _rounded(paths: list[pen.Path], within: float) -> list[pen.Path]:
    """Return the paths with each point moved to the middle of all that are ``within`` so many pixels of it."""
    points = np.concatenate(paths)
    moved = np.empty_like(points)
    for begin in range(0, len(points), _AT_ONCE):  # all at once would take a gigabyte for a mesh
        some = points[begin : begin + _AT_ONCE]
        distances = np.hypot(*(some[:, None] - points[None]).transpose(2, 0, 1))
        near = (distances <= within).astype(np.float64)
        moved[begin : begin + _AT_ONCE] = near @ points / near.sum(axis=1, keepdims=True)
    return np.split(moved, np.cumsum([len(path) for path in paths])[:-1])


def _paths(middle: Mask) -> list[pen.Path]:
    """Return a pen's path for each two neighbouring pixels of thinned lines, and for each pixel alone."""
    padded = framed(middle)
    height, width = middle.shape
    paths: list[pen.Path] = []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        neighbour = padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        for y, x in np.argwhere(middle & neighbour):
            paths.append(np.array([[x, y], [x + right, y + down]], dtype=float))
    lonely = middle & (sum(padded[i : i + height, j : j + width].astype(int) for i in range(3) for j in range(3)) == 1)
    return paths + [np.array([[x, y]], dtype=float) for y, x in np.argwhere(lonely)]
