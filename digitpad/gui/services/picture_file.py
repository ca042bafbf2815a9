"""Pictures from files, the clipboard or a drop, as colours and as ink."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from digitpad.data.formats.levels import DIM
from digitpad.draw.drawing import Picture
from digitpad.draw.photo.areas import block_mean
from digitpad.draw.photo.file_kinds import READ, READABLE, is_cut_off, kind_of
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.preprocess import SIDE, Greys, centre, crop, preprocess
from digitpad.errors import PictureError
from digitpad.files import opened

MAX_FILE_BYTES = 64 << 20
_MAX_PIXELS = 100_000_000  # a 100-megapixel photograph; beyond it is no picture of a digit
_MAX_BYTES = 4 * _MAX_PIXELS  # of a picture in memory
_MAX_SIDE = 1600  # pixels: larger ones are read so that their longer side is shorter
_STRIP = 256  # rows: large pictures are made smaller piece by piece, to need no second one of their size
_NARROWEST = 3  # pixels: nothing narrower is a digit
_OFF_CENTRE = 1.5  # pixels: rounding alone moves MNIST's digits by up to one
_EDGE = np.pad(np.zeros((SIDE - 2, SIDE - 2), dtype=bool), 1, constant_values=True)
_DEEP = (QImage.Format.Format_Grayscale16, QImage.Format.Format_RGBX64, QImage.Format.Format_RGBA64,
         QImage.Format.Format_RGBA64_Premultiplied)  # fmt: skip
_GREY = (QImage.Format.Format_Grayscale8, QImage.Format.Format_Grayscale16)
_SMALL_TOO = "The picture is too small to hold a digit."

# Qt's own limit is less than a picture of so many pixels needs. It is one for all readers.
QImageReader.setAllocationLimit(_MAX_BYTES // 2**20 + 1)


def picture_of_file(path: Path) -> Picture:
    """Return the ink in the picture at ``path``. Raises PictureError, naming the file."""
    content = content_of(path)
    with _naming(path):
        return read_picture(pixels(decoded(content)))


def digit_in(content: bytes, where: Path | str, white: int = 255) -> Greys:
    """Return the picture whose file has this ``content`` as a network reads it, greys (784,) in [0, 1].

    One of 28 x 28 pixels in white on black was written as MNIST is, and is taken as it stands, ``white`` being full
    ink, but for its place: a digit whose centre of mass is not where MNIST's are is moved there. Raises PictureError,
    which names ``where`` it is.
    """
    with _naming(where):
        image = decoded(content)
        greys = _as_mnist(image)
        if greys is not None:
            ink = np.asarray(np.minimum(greys / white, 1), dtype=np.float32)
            return _in_place(ink).reshape(SIDE * SIDE)
        return preprocess(read_picture(pixels(image)).ink).image


def white_in(content: bytes) -> int:
    """Return the grey of full ink in a picture: less than 255 where it was written as MNIST is and has none so bright.

    It is 255 also for what is no picture.
    """
    try:
        greys = _as_mnist(decoded(content))
    except PictureError:
        return 255
    brightest = 255 if greys is None else int(greys.max())
    return brightest if brightest < DIM else 255


def _as_mnist(image: QImage) -> NDArray[np.uint8] | None:
    """Return the greys (28, 28) of a picture that was written as MNIST is, in white on black; None for any other."""
    if image.size() != QSize(SIDE, SIDE):
        return None
    greys = brightness(image)
    return greys if greys.any() and not greys[_EDGE].any() else None


def picture_of_image(image: QImage) -> Picture:
    """Return the ink in a picture that has no file. Raises PictureError."""
    return read_picture(pixels(image))


def _in_place(greys: Greys) -> Greys:
    """Return the digit in (28, 28) greys with its centre of mass where MNIST has it."""
    moved = centre(crop(greys))
    apart = [abs(float(np.subtract(*(np.arange(SIDE) @ each.sum(axis=axis) / each.sum() for each in (moved, greys)))))
             for axis in (0, 1)]  # fmt: skip
    return moved if max(apart) > _OFF_CENTRE else greys


def brightness(image: QImage) -> NDArray[np.uint8]:
    """Return the brightness (h, w) of ``image``, which has no transparent parts, 255 = white."""
    return np.asarray(_array(image, QImage.Format.Format_Grayscale8))


def pixels(image: QImage) -> NDArray[np.uint8 | np.uint16 | np.float32]:
    """Return ``image`` as greys (h, w) or as red, green and blue (h, w, 3), transparent parts as paper, 0 = black.

    It is made smaller if it is large. Raises PictureError if it is empty.
    """
    if image.isNull():
        raise PictureError("There is no picture.")
    step = -(-max(image.width(), image.height()) // _MAX_SIDE)
    if min(image.width(), image.height()) // step < _NARROWEST:
        raise PictureError(_SMALL_TOO)
    deep = image.format() in _DEEP
    if image.format() in _GREY:
        form = QImage.Format.Format_Grayscale16 if deep else QImage.Format.Format_Grayscale8
    else:
        form = QImage.Format.Format_RGBA64 if deep else QImage.Format.Format_RGBA8888
    if step == 1:
        values = _array(image, form)
    else:
        rows = _STRIP // step * step
        strips = (
            image.copy(0, y, image.width(), min(rows, image.height() - y)) for y in range(0, image.height(), rows)
        )
        values = np.concatenate([block_mean(_array(strip, form), step) for strip in strips])
    if values.ndim == 2:
        return values
    return _on_paper(values, 65535 if deep else 255) if image.hasAlphaChannel() else values[..., :3]


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


def _on_paper(values: NDArray[Any], most: int) -> NDArray[np.float32]:
    """Return (h, w, 3) on white, or on black if what is visible of it is white."""
    colours, alpha = values[..., :3], values[..., 3:] / np.float32(most)
    visible = colours[alpha[..., 0] > 0.5]
    white_ink = visible.size > 0 and float(visible.mean()) > 0.78 * most
    paper = np.float32(0 if white_ink else most)
    return np.asarray(colours * alpha + paper * (1 - alpha), dtype=np.float32)


@contextmanager
def _naming(path: Path | str) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except PictureError as error:
        raise type(error)(f"{path}: {str(error)[0].lower()}{str(error)[1:]}") from error


def content_of(path: Path) -> bytes:
    """Return what is in the file of a picture. Raises PictureError, naming the file."""
    with opened(path, PictureError) as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise PictureError(f"{path}: the file is larger than {MAX_FILE_BYTES >> 20} MiB.")
    return content


def decoded(content: bytes) -> QImage:
    """Return the picture whose file has this ``content``. Raises PictureError for what is none, or too large."""
    if not content:
        raise PictureError("The file is empty.")
    kind = kind_of(content)
    if kind is None:
        raise PictureError(f"This is not a {READ} picture.")
    if kind not in READABLE:
        article = "an" if kind in ("HEIC", "AVIF", "SVG", "icon") else "a"
        raise PictureError(f"This is {article} {kind} file, which cannot be read: save it as JPEG or PNG first.")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.lower().encode()))
    try:
        reader.setAutoTransform(True)  # a telephone's photograph says which way up it is
        _check_size(reader, kind)
        if is_cut_off(content):
            raise PictureError("The picture is cut off: the end of the file is missing.")
        image = reader.read()
        if image.isNull():
            raise PictureError(f"The picture is damaged or cut off ({reader.errorString()}).")
        return image
    finally:
        reader.setDevice(None)  # type: ignore[arg-type]  # a reader of TIFF that outlives its device crashes


def _check_size(reader: QImageReader, kind: str) -> None:
    """Have a large photograph decoded smaller, and refuse what is too large or too narrow. Raises PictureError."""
    size = reader.size()
    if not size.isValid():
        return  # Qt's limit holds, or the picture is damaged
    width, height = size.width(), size.height()
    if min(width, height) < _NARROWEST:
        raise PictureError(_SMALL_TOO)
    if width * height > _MAX_PIXELS:
        raise PictureError(f"The picture has {width} x {height} pixels, more than {_MAX_PIXELS // 10**6} million.")
    if kind == "JPEG" and max(width, height) > _MAX_SIDE:  # the only kind that this makes faster
        wanted = size.scaled(QSize(_MAX_SIDE, _MAX_SIDE), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(wanted.expandedTo(QSize(1, 1)))
    elif width * height * QImage(1, 1, reader.imageFormat()).depth() // 8 > _MAX_BYTES:
        raise PictureError(f"The picture has {width} x {height} pixels of 16 bits and more, which is too much.")
