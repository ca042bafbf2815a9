"""Strokes become ink: the greys of a drawing with every line at one width relative to the digit's own size.

Networks read digits of MNIST's proportions: a line is about an eighth of the digit's longer side. A brush of fixed
width on the canvas makes small digits fat and large ones thin, so what the network sees is drawn anew from the pen's
path, whatever brush and size it was drawn with.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.preprocess import BOX, Greys, area_mean

Path = NDArray[np.float64]
Picture = tuple[Greys, tuple[float, float, float, float]]
Frame = tuple[Path, float, tuple[int, int]]  # the first pixel's place (2,), the pixels a unit, and the shape (h, w)

LINE = 2.4  # pixels: the width of a line once the longer side of the digit is BOX pixels
_FINE = 4  # rendered at this many times the final resolution, then averaged down by the preprocessing
_STEP = 2.0  # rendered pixels: the longest piece of a path handled at once
_MANY = 400  # pieces: a digit has 20 to 150


def render(paths: Sequence[Path], picture: Picture | None = None, smallest: float = 0.0, line: float = LINE) -> Greys:
    """Return greys (h, w) in [0, 1], longer side 80 pixels and a little margin, of the pen's ``paths``.

    Each path has shape (n, 2), n at least 1: x to the right and y down, in any unit. A single point, or several at
    one place, is a dot. ``picture`` is ink to go with them: greys (h, w) and where they lie in the same unit, as
    left, top, width and height. What is smaller than ``smallest`` is not enlarged to full size: it is the trembling
    of a dot. ``line`` is another width, for digits that are made to be learned from. No paths and no picture give an
    empty (0, 0) array.
    """
    if not paths and picture is None:
        return np.zeros((0, 0), dtype=np.float32)
    return render_in(frame(paths, picture, smallest, line), paths, picture, line)


def render_in(where: Frame, paths: Sequence[Path], picture: Picture | None = None, line: float = LINE) -> Greys:
    """Do what ``render`` does; ``where`` is what ``frame`` returns for the same."""
    origin, scale, shape = where
    greys = np.zeros(shape, dtype=np.float32)
    if paths:
        _draw(greys, [(path - origin) * scale for path in paths], line * _FINE / 2)
    if picture:
        pixels, (left, top, width, _) = picture
        pasted = area_mean(pixels, pixels.shape[1] / (width * scale))
        x, y = np.round((np.array([left, top]) - origin) * scale).astype(int)
        place = greys[y : y + pasted.shape[0], x : x + pasted.shape[1]]
        np.maximum(place, pasted, out=place)
    return greys


def frame(paths: Sequence[Path], picture: Picture | None = None, smallest: float = 0.0, line: float = LINE) -> Frame:
    """Return where ``render`` draws."""
    low, high = _bounds(paths, picture)
    longer = max(float((high - low).max()), smallest)
    scale = (BOX - line) * _FINE / longer if longer > 0 else 1.0  # the line itself takes its width
    margin = _reach(line * _FINE / 2) + 1
    width, height = np.ceil((high - low) * scale + 2 * margin).astype(int) + 1
    return low - margin / scale, scale, (int(height), int(width))


def _bounds(paths: Sequence[Path], picture: Picture | None = None) -> tuple[Path, Path]:
    """Return the corners, (2,) each, of the upright rectangle around all ``paths`` and the ``picture``'s place."""
    points = list(paths)
    if picture:
        left, top, width, height = picture[1]
        points.append(np.array([[left, top], [left + width, top + height]]))
    together = np.concatenate(points) if points else np.zeros((1, 2))
    return together.min(axis=0), together.max(axis=0)


def resampled(path: Path, step: float) -> Path:
    """Return the path (n, k), x and y first, with points added so that none lie farther than ``step`` apart."""
    if len(path) == 1:
        return path
    parts = np.maximum(np.ceil(np.hypot(*np.diff(path[:, :2], axis=0).T) / step), 1).astype(int)
    index = np.repeat(np.arange(len(parts)), parts)
    fraction = (np.arange(len(index)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[index]
    return np.concatenate([path[index] + fraction[:, None] * (path[index + 1] - path[index]), path[-1:]])


def _reach(radius: float) -> int:
    """Return how many rendered pixels lie between a piece's middle and the last it can touch."""
    return int(np.ceil(radius + _STEP / 2 + 1))


def _draw(greys: Greys, paths: Sequence[Path], radius: float) -> None:
    """Draw the paths, in pixels of ``greys``, with lines ``2 * radius`` wide."""
    pieces = [resampled(_thinned(path), _STEP) for path in paths]
    starts = np.concatenate([piece[:-1] if len(piece) > 1 else piece for piece in pieces])
    ends = np.concatenate([piece[1:] if len(piece) > 1 else piece for piece in pieces])
    middles = np.round((starts + ends) / 2).astype(int)
    if len(middles) > _MANY:
        # A dense scribble: of the pieces with their middle in the same three by three pixels, one is enough.
        _, first = np.unique(middles // 3 @ (1, greys.shape[1]), return_index=True)
        starts, ends, middles = starts[first], ends[first], middles[first]
    # Each piece touches only the square of pixels around its middle: the distance to it is computed there.
    near = np.arange(-_reach(radius), _reach(radius) + 1)
    x, y = middles[:, 0, None, None] + near[None, None, :], middles[:, 1, None, None] + near[None, :, None]
    fx, fy = (x - starts[:, 0, None, None]).astype(np.float32), (y - starts[:, 1, None, None]).astype(np.float32)
    dx, dy = (ends - starts).astype(np.float32).T[:, :, None, None]
    along = np.clip((fx * dx + fy * dy) / np.maximum(dx * dx + dy * dy, np.float32(1e-12)), 0, 1)
    distance = np.sqrt((fx - along * dx) ** 2 + (fy - along * dy) ** 2)
    np.maximum.at(greys.reshape(-1), y * greys.shape[1] + x, np.clip(np.float32(radius + 0.5) - distance, 0, 1))


def _thinned(path: Path) -> Path:
    """Return the path without points that lie closer than half a pixel to the one before, ends kept."""
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    keep = np.concatenate([[True], np.floor(travelled[1:] * 2) > np.floor(travelled[:-1] * 2)])
    keep[-1] = True
    thinned: Path = path[keep]
    return thinned
