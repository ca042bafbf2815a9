"""Pictures that have no file, as from the clipboard or a drop, as ink."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from digitpad.draw.drawing import IsNumber, Picture
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.photo.shrinking import pixels
from digitpad.errors import PictureError

_DEEP = (QImage.Format.Format_Grayscale16, QImage.Format.Format_RGBX64, QImage.Format.Format_RGBA64,
         QImage.Format.Format_RGBA64_Premultiplied)  # fmt: skip
_GREY = (QImage.Format.Format_Grayscale8, QImage.Format.Format_Grayscale16)


def picture_of_image(image: QImage, is_number: IsNumber | None = None) -> Picture:
    """Return the ink in ``image``, as ``read_picture`` does. Raises PictureError, also if it is empty."""
    if image.isNull():
        raise PictureError("There is no picture.")
    deep = image.format() in _DEEP
    if image.format() in _GREY:
        form = QImage.Format.Format_Grayscale16 if deep else QImage.Format.Format_Grayscale8
    else:
        form = QImage.Format.Format_RGBA64 if deep else QImage.Format.Format_RGBA8888
    channels = None if image.hasAlphaChannel() else 3

    def strip(top: int, rows: int) -> NDArray[Any]:
        part = image if rows == image.height() else image.copy(0, top, image.width(), rows)
        values = _array(part, form)
        return values if values.ndim == 2 else values[..., :channels]

    return read_picture(pixels(image.width(), image.height(), strip), is_number)


def _array(image: QImage, form: QImage.Format) -> NDArray[np.uint8 | np.uint16]:
    """Return the pixels in that format, (h, w) or (h, w, 4)."""
    image = image.convertToFormat(form)
    channels = 1 if form in _GREY else 4
    kind: type = np.uint16 if image.depth() == 16 * channels else np.uint8
    rows: NDArray[Any] = np.frombuffer(image.constBits(), dtype=kind).reshape(image.height(), -1)[
        :, : image.width() * channels
    ]
    values: NDArray[np.uint8 | np.uint16] = rows.copy()
    return values.reshape(image.height(), image.width(), channels) if channels > 1 else values
