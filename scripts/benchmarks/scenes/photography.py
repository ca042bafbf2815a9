"""What a camera adds to a picture (h, w, 3) of greys in [0, 1]: light, shadow, blur and noise; and what it is put into.

``photograph`` does all a telephone does. Surfaces are made here, too, as they are noise with a grain.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

Generator = np.random.Generator
Pixels = NDArray[np.float32]


def pixels_of(image: QImage) -> Pixels:
    """Return an opaque picture as (h, w, 3) in [0, 1]: red, green, blue."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    flat = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    return np.asarray(flat / np.float32(255), np.float32)


def image_of(pixels: Pixels) -> QImage:
    """Return the picture of ``pixels`` (h, w, 3), cut off at 0 and 1."""
    height, width = pixels.shape[:2]
    content = np.round(np.clip(pixels, 0, 1) * 255).astype(np.uint8).tobytes()
    return QImage(content, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def photograph(
    image: QImage, generator: Generator, *, uneven: float = 0.25, shadow: float = 0.0, blur: float = 1.0,
    noise: float = 0.015,
) -> QImage:  # fmt: skip
    """Return the picture as a telephone sees it.

    The light falls off by up to the share ``uneven`` from one side to the other; a hand's ``shadow`` takes that share
    of it; ``blur`` is the standard deviation in pixels, ``noise`` in greys.
    """
    pixels = pixels_of(image)
    height, width = pixels.shape[:2]
    light = np.float32(1) - uneven * _slope(height, width, generator)
    if shadow:
        edge, soft = generator.uniform(0.25, 0.75), generator.uniform(0.01, 0.06)
        light = light * (1 - shadow * np.clip((_slope(height, width, generator) - edge) / soft + 0.5, 0, 1))
    tint = 1 + generator.uniform(-0.04, 0.04, 3).astype(np.float32)
    pixels = blurred(pixels * light[..., None] * tint, blur)
    grain = generator.standard_normal((height, width, 1), np.float32)
    return image_of(pixels + np.float32(noise) * grain)


def blurred(values: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """Return ``values`` (h, w) or (h, w, 3) under a Gaussian of that standard deviation, in pixels."""
    reach = max(round(2 * radius), 1)
    weights = np.exp(-0.5 * (np.arange(reach + 1) / radius) ** 2).astype(np.float32)
    weights /= weights[0] + 2 * weights[1:].sum()
    for axis in (0, 1):
        ahead = np.moveaxis(values, axis, 0)
        padded = np.pad(ahead, [(reach, reach), *[(0, 0)] * (values.ndim - 1)], mode="edge")
        result = weights[0] * ahead
        both = np.empty_like(result)
        for far in range(1, reach + 1):
            np.add(padded[reach - far :][: len(ahead)], padded[reach + far :][: len(ahead)], out=both)
            both *= weights[far]
            result += both
        values = np.moveaxis(result, 0, axis)
    return values


def clouds(height: int, width: int, cells: tuple[int, int], generator: Generator) -> Pixels:
    """Return smooth noise (h, w) in [0, 1] with so many humps down and across."""
    small = generator.integers(0, 256, cells, dtype=np.uint8)
    image = QImage(small.tobytes(), cells[1], cells[0], cells[1], QImage.Format.Format_Grayscale8)
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    large = image.scaled(width, height, ignore, smooth)
    rows = np.frombuffer(large.constBits(), np.uint8).reshape(height, large.bytesPerLine())
    return np.asarray(rows[:, :width] / np.float32(255), np.float32)


def surface(height: int, width: int, colour: tuple[float, float, float], generator: Generator) -> QImage:
    """Return a smooth table top, which is never quite even."""
    uneven = 0.9 + 0.2 * clouds(height, width, (3, 4), generator)
    return image_of(uneven[..., None] * np.array(colour, np.float32))


def wood(height: int, width: int, colour: tuple[float, float, float], generator: Generator) -> QImage:
    """Return a board of that colour: wavy rings and fine streaks along its length."""
    wave = 0.08 * clouds(height, width, (4, 6), generator) + 0.02 * clouds(height, width, (12, 9), generator)
    rings = np.sin(2 * np.pi * generator.uniform(6, 14) * (np.linspace(0, 1, height, dtype=np.float32)[:, None] + wave))
    streaks = clouds(height, width, (height // 3, 12), generator) - 0.5
    boards = np.floor(np.linspace(0, generator.uniform(1, 4), height, dtype=np.float32))[:, None] % 2
    tone = 1 + 0.16 * rings + 0.35 * streaks + 0.08 * boards
    return image_of(tone[..., None] * np.array(colour, np.float32))


def _slope(height: int, width: int, generator: Generator) -> Pixels:
    """Return (h, w) from 0 at one side to 1 at the other, in any direction, a little bent."""
    angle = generator.uniform(0, 2 * np.pi)
    y, x = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None]
    along = (x * np.cos(angle) + y * np.sin(angle) + 0.15 * (x**2 + y**2)).astype(np.float32)
    return np.asarray((along - along.min()) / (along.max() - along.min()), np.float32)
