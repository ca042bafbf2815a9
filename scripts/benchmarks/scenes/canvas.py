"""What scenes are painted on and written as: pages, colours, and files of each format."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageWriter, QPainter

Generator = np.random.Generator


@dataclass(frozen=True)
class Scene:
    """A picture's file: its ``content``, and the ``suffix`` of its name."""

    content: bytes
    suffix: str


def png(image: QImage) -> Scene:
    """Return the picture as a PNG."""
    return _written(image, "png")


def bmp(image: QImage) -> Scene:
    """Return the picture as a BMP."""
    return _written(image, "bmp")


def tiff(image: QImage) -> Scene:
    """Return the picture as a TIFF."""
    return _written(image, "tiff")


def webp(image: QImage) -> Scene:
    """Return the picture as a WebP."""
    return _written(image, "webp", 90)


def jpeg(
    image: QImage, quality: int,
    turned: QImageIOHandler.Transformation = QImageIOHandler.Transformation.TransformationNone,
) -> Scene:  # fmt: skip
    """Return the picture as a JPEG; ``turned`` is what EXIF asks a viewer to do to it."""
    return _written(image, "jpg", quality, turned)


def _written(
    image: QImage, suffix: str, quality: int = -1,
    turned: QImageIOHandler.Transformation = QImageIOHandler.Transformation.TransformationNone,
) -> Scene:  # fmt: skip
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, suffix.encode())
    writer.setQuality(quality)
    writer.setTransformation(turned)
    if not writer.write(image):
        raise RuntimeError(f"The scene was not written: {writer.errorString()}.")
    return Scene(bytes(buffer.data().data()), suffix)


def page(width: int, height: int, colour: QColor | str) -> QImage:
    """Return a picture all of one colour, which may be transparent."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    return image if QColor(colour).alpha() < 255 else image.convertToFormat(QImage.Format.Format_RGB32)


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """Paint on ``image``, with soft edges."""
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    try:
        yield painter
    finally:
        painter.end()


def grey(value: float) -> QColor:
    """Return the grey of ``value`` in [0, 1]."""
    return QColor.fromRgbF(value, value, value)


def hue_of_luminance(hue: float, luminance: float, vividness: float = 1.0) -> QColor:
    """Return the most vivid colour of that ``hue``, in [0, 1), whose grey is ``luminance``, in (0, 1).

    The greys of ITU-R BT.601, by which pictures are made black and white. A ``vividness`` below 1 mixes that grey in.
    """
    vivid = QColor.fromHsvF(hue, 1, 1)
    pure = np.array([vivid.redF(), vivid.greenF(), vivid.blueF()])
    light = float(pure @ (0.299, 0.587, 0.114))
    colour = pure * luminance / light if light >= luminance else pure + (1 - pure) * (luminance - light) / (1 - light)
    return QColor.fromRgbF(*(luminance + vividness * (colour - luminance)))


def near(colour: str, generator: Generator, spread: int = 14) -> QColor:
    """Return a colour like ``colour``."""
    base = QColor(colour)
    moved = np.array([base.red(), base.green(), base.blue()]) + generator.integers(-spread, spread + 1, 3)
    return QColor(*(int(part) for part in np.clip(moved, 0, 255)))


def pen(generator: Generator) -> QColor:
    """Return an ink as most pens have it: black, grey-black, dark blue."""
    return near(str(generator.choice(["#101010", "#20242c", "#15246e", "#1d2f9a", "#2b2b2b"])), generator, 10)
