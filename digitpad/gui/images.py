"""From arrays to the images that Qt paints, from these to files, and from Qt's colours to arrays."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBA8888}


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """Return the image of ``pixels``, its own copy of them.

    They are greys (h, w) with 255 = white, or colours (h, w, 3) of red, green and blue, or (h, w, 4) of these and alpha
    with 255 = opaque.
    """
    height, width = pixels.shape[:2]
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    # The copy belongs to Qt: an image made of bytes does not keep them alive.
    image = QImage(pixels.tobytes(), width, height, channels * width, _FORMATS[channels])
    return image.convertToFormat(QImage.Format.Format_RGB32) if channels == 3 else image.copy()


def png_of(image: QImage) -> bytes:
    """Return ``image`` as a PNG file."""
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(content, "PNG")  # type: ignore[call-overload] # the stubs want bytes, PySide wants text
    return bytes(content.data().data())


def rgb(colour: QColor) -> NDArray[np.float32]:
    """Return red, green and blue of a colour, (3,), from 0 to 255."""
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float32)
