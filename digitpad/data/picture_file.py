"""Files of pictures of digits: as ink to be looked at, or as greys to learn from."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from digitpad.data.formats.levels import DIM
from digitpad.draw.drawing import IsNumber, Picture
from digitpad.draw.photo.decoding import MAX_FILE_BYTES, pixels_in
from digitpad.draw.photo.ink import read_picture
from digitpad.draw.photo.shrinking import Pixels
from digitpad.draw.preprocess import SIDE, Greys, centre, crop, preprocess
from digitpad.errors import PictureError
from digitpad.files.contexts import contextmanager
from digitpad.files.reading import opened

_OFF_CENTRE = 1.5  # pixels: rounding alone moves MNIST's digits by up to one
_EDGE = np.pad(np.zeros((SIDE - 2, SIDE - 2), dtype=bool), 1, constant_values=True)
_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114  # of brightness (ITU-R BT.601)


def picture_of_file(path: str | PathLike[str], is_number: IsNumber | None = None) -> Picture:
    """Return the ink in the picture at ``path``, as ``read_picture`` does. Raises PictureError, naming the file."""
    with opened(Path(path), PictureError) as file:
        return picture_in(file, path, is_number=is_number)


def picture_in(
    file: BinaryIO, where: str | PathLike[str], head: bytes = b"", is_number: IsNumber | None = None
) -> Picture:
    """Return the ink in the picture whose file goes on after ``head``. Raises PictureError, naming ``where`` it is."""
    content = _content(file, where, head)
    with _naming(where):
        return read_picture(pixels_in(content), is_number)


def content_of(path: str | PathLike[str]) -> bytes:
    """Return what is in the file of a picture. Raises PictureError, naming the file."""
    with opened(Path(path), PictureError) as file:
        return _content(file, path)


def _content(file: BinaryIO, where: str | PathLike[str], head: bytes = b"") -> bytes:
    content = head + file.read(MAX_FILE_BYTES + 1 - len(head))
    if len(content) > MAX_FILE_BYTES:
        raise PictureError(f"{where}: the file is larger than {MAX_FILE_BYTES >> 20} MiB.")
    return content


def digit_in(content: bytes, where: str | PathLike[str], white: int = 255) -> Greys:
    """Return the picture whose file has this ``content`` as a network reads it, greys (784,) in [0, 1].

    One of 28 x 28 pixels in white on black was written as MNIST is, and is taken as it stands, ``white`` being full
    ink, but for its place: a digit whose centre of mass is not where MNIST's are is moved there. Raises PictureError,
    which names ``where`` it is.
    """
    with _naming(where):
        found = pixels_in(content)
        greys = _as_mnist(found)
        if greys is not None:
            ink = np.asarray(np.minimum(greys / white, 1), dtype=np.float32)
            return _in_place(ink).reshape(SIDE * SIDE)
        return preprocess(read_picture(found).ink).image


def white_in(content: bytes) -> int:
    """Return the grey of full ink in a picture: less than 255 where it was written as MNIST is and has none so bright.

    It is 255 also for what is no picture.
    """
    try:
        greys = _as_mnist(pixels_in(content))
    except PictureError:
        return 255
    brightest = 255 if greys is None else int(greys.max())
    return brightest if brightest < DIM else 255


def _as_mnist(found: Pixels) -> NDArray[np.uint8] | None:
    """Return the greys (28, 28) of a picture that was written as MNIST is, in white on black; None for any other."""
    if found.shape[:2] != (SIDE, SIDE):
        return None
    bright = found // 257 if found.dtype == np.uint16 else found
    greys = np.rint(bright if bright.ndim == 2 else bright @ (_RED, _GREEN, _BLUE)).astype(np.uint8)
    return greys if greys.any() and not greys[_EDGE].any() else None


def _in_place(greys: Greys) -> Greys:
    """Return the digit in (28, 28) greys with its centre of mass where MNIST has it."""
    moved = centre(crop(greys))
    apart = [abs(float(np.subtract(*(np.arange(SIDE) @ each.sum(axis=axis) / each.sum() for each in (moved, greys)))))
             for axis in (0, 1)]  # fmt: skip
    return moved if max(apart) > _OFF_CENTRE else greys


@contextmanager
def _naming(where: str | PathLike[str]) -> Iterator[None]:
    """Put the name of the file before what is wrong with it."""
    try:
        yield
    except PictureError as error:
        raise type(error)(f"{where}: {str(error)[0].lower()}{str(error)[1:]}") from error
