"""Pictures of digits become pen strokes: thinned to lines one pixel wide, and these followed.

So that scanned digits, too, can be drawn: by an unsteady or a hurried hand, or with another pen.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.ink import Path
from digitpad.draw.preprocess import SIDE
from digitpad.draw.thinning import NEIGHBOURS, Mask, thin

Pixel = tuple[int, int]  # row, column

_FINER = 3  # thinned at this many times the resolution: lines between pixels are found, and small loops stay open
_SPUR = 5  # finer pixels: a shorter side branch is a bump on the edge of the line
_SMOOTH = 3  # times that a path is smoothed: it comes in steps of whole pixels


def traced(images: NDArray[np.uint8]) -> list[list[Path]]:
    """Return for each of the images (m, 784), 255 = ink, the pen's paths, (n, 2) each: x and y down.

    In pixels, all a third of one too far right and down, which whoever draws them need not care about.
    """
    paths = []
    for start in range(0, len(images), 500):  # few enough at once for the processor's own memory
        paths += [paths_along(line) for line in thin(_finer(images[start : start + 500]))]
    return paths


def _finer(images: NDArray[np.uint8]) -> Mask:
    """Return where the ink is, (m, 84, 84), at three times the resolution."""
    greys = np.pad(images.reshape(-1, SIDE, SIDE).astype(np.float32) / 255, ((0, 0), (1, 1), (1, 1)))
    for axis in (1, 2):
        here = np.moveaxis(greys, axis, 0)
        third = [(2 * here[1:-1] + here[:-2]) / 3, here[1:-1], (2 * here[1:-1] + here[2:]) / 3]
        between = np.stack(third, axis=1).reshape(-1, *here.shape[1:])
        greys = np.moveaxis(between, 0, axis)
    return np.asarray(greys > 0.4)


def paths_along(line: Mask) -> list[Path]:
    """Return the paths along a line (h, w) one pixel wide, from end or crossing to end or crossing."""
    pixels = {(int(row), int(column)) for row, column in np.argwhere(line)}
    if not pixels:
        return []
    joined = {pixel: _joined(pixel, pixels) for pixel in pixels}
    paths = _followed(joined)
    ends = {pixel for pixel in pixels if len(joined[pixel]) == 1}
    kept = [
        path
        for path in paths
        if len(path) > _SPUR or not (path[0] in ends) ^ (path[-1] in ends)  # a spur hangs by one end
    ]
    return [_smoothed(np.array(path, dtype=float)[:, ::-1] / _FINER) for path in kept or paths]


def _joined(pixel: Pixel, pixels: set[Pixel]) -> list[Pixel]:
    """Return the neighbours that ``pixel`` is joined to: across a corner only where no way round leads there."""
    row, column = pixel
    straight = [(row + dr, column + dc) for dr, dc in NEIGHBOURS[::2] if (row + dr, column + dc) in pixels]
    across = [
        (row + dr, column + dc)
        for dr, dc in NEIGHBOURS[1::2]
        if (row + dr, column + dc) in pixels and (row + dr, column) not in pixels and (row, column + dc) not in pixels
    ]
    return straight + across


def _followed(joined: dict[Pixel, list[Pixel]]) -> list[list[Pixel]]:
    paths, used = [], set()
    knots = [pixel for pixel, others in joined.items() if len(others) != 2]
    for knot in sorted(knots) + sorted(joined):  # what no end or crossing leads to is a ring
        if knot not in knots and any((knot, other) in used for other in joined[knot]):
            continue
        if not joined[knot]:
            paths.append([knot])
        for step in joined[knot]:
            if (knot, step) in used:
                continue
            path = [knot, step]
            while len(joined[path[-1]]) == 2 and path[-1] != knot:
                first, second = joined[path[-1]]
                path.append(second if first == path[-2] else first)
            for before, after in pairwise(path):
                used |= {(before, after), (after, before)}
            paths.append(path)
    return paths


def _smoothed(path: Path) -> Path:
    for _ in range(_SMOOTH):
        if len(path) > 2:
            path = np.concatenate([path[:1], (path[:-2] + 2 * path[1:-1] + path[2:]) / 4, path[-1:]])
    return path
