"""Pictures from files, the clipboard or a drop, as brightness."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from digitpad.draw.photo import read_ink
from digitpad.draw.preprocess import SIDE, Greys, preprocess
from digitpad.errors import PictureError
from digitpad.files import reading

_FORMATS = (b"png", b"jpeg", b"jpg", b"bmp")
MAX_FILE_BYTES = 64 << 20
_MAX_PIXELS = 100_000_000  # a 100-megapixel photograph; beyond it is no picture of a digit
_MAX_SIDE = 960  # pixels: photographs are read no larger than this
_EDGE = np.pad(np.zeros((SIDE - 2, SIDE - 2), dtype=bool), 1, constant_values=True)


def ink_of_file(path: Path) -> Greys:
    """Return the ink in the picture at ``path``: greys (h, w) in [0, 1]. Raises PictureError, naming the file."""
    content = _content(path)
    with _naming(path):
        return read_ink(brightness(_decoded(content)))


def digit_of_file(path: Path) -> Greys:
    """Return the picture at ``path`` as a network reads it, greys (784,) in [0, 1]. Raises PictureError, naming it.

    One of 28 x 28 pixels in white on black was written as MNIST is, and is taken as it stands.
    """
    return digit_in(_content(path), path)


def digit_in(content: bytes, where: Path | str) -> Greys:
    """Return the picture whose file has this ``content``, as ``digit_of_file`` does; ``where`` names it in errors."""
    with _naming(where):
        pixels = brightness(_decoded(content))
        if pixels.shape == (SIDE, SIDE) and not pixels[_EDGE].any():
            return np.asarray(pixels.reshape(SIDE * SIDE) / 255, dtype=np.float32)
        return preprocess(read_ink(pixels)).image


def ink_of_image(image: QImage) -> Greys:
    """Return the ink in a picture that has no file: greys (h, w) in [0, 1]. Raises PictureError."""
    return read_ink(brightness(image))


def brightness(image: QImage) -> NDArray[np.uint8]:
    """Return the brightness (h, w) of ``image``, transparent parts as paper. Raises PictureError if it is empty."""
    if image.isNull():
        raise PictureError("There is no picture.")
    if max(image.width(), image.height()) > _MAX_SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(_MAX_SIDE, _MAX_SIDE), keep, smooth)
    if image.hasAlphaChannel():
        image = _on_paper(image)
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def _on_paper(image: QImage) -> QImage:
    """Return the picture on white, or on black if what is visible of it is white."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    visible = pixels[pixels[..., 3] > 127]
    white_ink = visible.size > 0 and float(visible[:, :3].mean()) > 200
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor("black" if white_ink else "white"))
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


@contextmanager
def _naming(path: Path | str) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except PictureError as error:
        raise PictureError(f"{path}: {str(error)[0].lower()}{str(error)[1:]}") from error


def _content(path: Path) -> bytes:
    with reading(path, PictureError):
        if path.exists() and not path.is_file():
            raise PictureError(f"{path}: it is not a file.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise PictureError(f"{path}: the file is larger than {MAX_FILE_BYTES >> 20} MiB.")
        return path.read_bytes()


def _decoded(content: bytes) -> QImage:
    if not content:
        raise PictureError("The file is empty.")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    kind = bytes(QImageReader.imageFormat(buffer).data())
    if kind not in _FORMATS:
        raise PictureError("This is not a PNG, JPEG or BMP picture.")
    buffer.seek(0)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoTransform(True)  # a telephone's photograph says which way up it is
    whole = reader.size()
    if whole.isValid() and whole.width() * whole.height() > _MAX_PIXELS:
        raise PictureError(
            f"The picture has {whole.width()} x {whole.height()} pixels, more than {_MAX_PIXELS // 10**6} million."
        )
    if whole.isValid() and max(whole.width(), whole.height()) > _MAX_SIDE:
        reader.setScaledSize(whole.scaled(QSize(_MAX_SIDE, _MAX_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureError(f"The picture is damaged or cut off ({reader.errorString()}).")
    return image
