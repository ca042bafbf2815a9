"""How far each pixel of a picture is from the paper around it, whatever the colours of both and whichever is darker."""

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.photo.areas import closed
from digitpad.draw.preprocess import Greys
from digitpad.draw.thinning import Mask

_DETAILED = 240  # pixels: longer side at which colours are compared
_SAMPLE = 20_000  # pixels: so many are enough to know the paper by
_DARKEST_PAPER = 0.05  # contrast is relative to the paper's brightness, but what is black has none


def one_channel(picture: NDArray[np.float32]) -> Greys:
    """Return (h, w) in [0, 1] of a picture (h, w, 3) in [0, 1], of the colour in which its details differ most.

    That is black to white for most pens; for yellow on white it is blue alone, which is all that differs.
    """
    if picture.ndim == 2:
        return picture
    coarse = picture[:: max(picture.shape) // _DETAILED + 1, :: max(picture.shape) // _DETAILED + 1]
    details = coarse - _smooth(coarse, max(coarse.shape) // 10)
    strength = (details**2).sum(axis=2)
    strong = details[strength >= max(float(strength.max()) / 9, 1e-9)]
    if len(strong) == 0:
        return np.asarray(picture.mean(axis=2), dtype=np.float32)
    direction = np.linalg.eigh((strong.T @ strong).astype(np.float64))[1][:, -1]
    if direction.sum() < 0:
        direction = -direction
    direction /= np.abs(direction).sum()
    return np.asarray(picture @ direction.astype(np.float32) - min(direction[direction < 0].sum(), 0), np.float32)


def _smooth(picture: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Return the means (h, w, 3) of the squares of about ``size`` pixels around each."""
    for _ in range(2):
        half = min(size // 2, len(picture) - 1)
        sums = np.cumsum(np.pad(picture, ((half + 1, half), (0, 0), (0, 0)), mode="edge"), axis=0, dtype=np.float64)
        means = (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)
        picture = means.astype(np.float32).swapaxes(0, 1)
    return picture


def contrast(light: Greys) -> Greys:
    """Return how far each pixel of ``light`` (h, w) in [0, 1] is from the paper around it, in [0, 1].

    What is rare is ink. Relative to the brightness of the paper: light falling from one side does not matter.
    """
    if leaning(light) > 0:
        light = light.max() + light.min() - light  # light ink on dark: a blackboard, or MNIST
    paper = closed(light, max(light.shape) // 3)  # wider than any line of a digit that fills the picture
    return np.clip((paper - light) / np.maximum(paper, _DARKEST_PAPER), 0, 1)


def leaning(light: Greys) -> float:
    """Return the third moment of the brightness about its mean nearby: below 0 when what is rare is dark."""
    total = 0.0
    for rows in np.array_split(light, 3):
        for part in np.array_split(rows, 3, axis=1):
            apart = part - part.mean()
            total += float((apart * apart * apart).sum())
    return total


def noise(contrast: Greys, inside: Mask) -> float:
    """Return the contrast that hardly a pixel of mere paper has, two in three pixels being paper."""
    values = contrast[inside]
    low, middle = np.percentile(values[:: len(values) // _SAMPLE + 1], (10, 40))  # a third may be rulings
    return float(middle + 6 * (middle - low))
