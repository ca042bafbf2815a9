"""Thousands of points painted at once: ``points_image``."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

_EDGE = 1.0  # pixels over which a point fades: so its rim is smooth


def points_image(
    places: NDArray[np.float64], groups: NDArray[np.uint8], colours: list[QColor], radius: float, size: tuple[int, int]
) -> QImage:
    """Return an image of ``size`` (width, height) with a disc at each of ``places`` (n, 2), transparent elsewhere.

    All is in pixels. Disc i has the colour ``colours[groups[i]]``. Qt would paint them one by one; here each of the few
    pixels of a disc is set for all discs together, first the rims, then what lies within.
    """
    width, height = size
    reach = ceil(radius + _EDGE)
    wide = width + 2 * reach
    pixels = np.zeros((height + 2 * reach, wide), dtype=np.uint32)
    corners = np.floor(places).astype(np.int64)
    inside = ((corners >= 0) & (corners < [width, height])).all(axis=1)
    at = (corners[inside, 1] + reach) * wide + corners[inside, 0] + reach
    groups = groups[inside]
    for cover, offset in sorted(_disc(radius, wide)):
        shades = np.array([_premultiplied(colour, cover) for colour in colours], dtype=np.uint32)
        pixels.reshape(-1)[at + offset] = shades[groups]
    shown = np.ascontiguousarray(pixels[reach : reach + height, reach : reach + width])
    return QImage(shown.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _disc(radius: float, wide: int) -> list[tuple[float, int]]:
    """Return how much of each pixel of a disc is covered, and where it lies in an image so ``wide`` from the middle."""
    reach = ceil(radius + _EDGE)
    covers = []
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            cover = min(max((radius + _EDGE / 2 - float(np.hypot(dx, dy))) / _EDGE, 0.0), 1.0)
            if cover > 0:
                covers.append((cover, dy * wide + dx))
    return covers


def _premultiplied(colour: QColor, cover: float) -> int:
    red, green, blue = (round(cover * part) for part in (colour.red(), colour.green(), colour.blue()))
    return (round(255 * cover) << 24) | (red << 16) | (green << 8) | blue
