"""From arrays, as files of several formats hold them, to sets of digits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError

_NUMBERS = ("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8")
_BLOCK = 256  # images turned into bytes at a time, so that the floats on the way stay in the processor's cache


@dataclass(frozen=True)
class Layout:
    """How the bytes of an array lie in a file, as the file itself says and so to be checked.

    ``where`` names the file and the array in errors. ``descr`` is NumPy's name for the type of number, such as
    "<f4"; with ``fortran`` the first index runs fastest.
    """

    where: str
    descr: str
    shape: tuple[int, ...]
    fortran: bool

    def size(self, largest: int) -> int:
        """Return how many bytes the array takes.

        Raises DataError if they are more than ``largest`` or hold something else than plain numbers, say Python's
        objects.
        """
        if self.descr.lstrip("<>|=") not in _NUMBERS:
            raise DataError(f"{self.where}: holds something else than plain numbers.")
        size = int(self.descr[-1]) * prod(self.shape)
        if size > largest:
            raise DataError(f"{self.where}: promises more than the file can hold or a set of digits needs.")
        return size

    def array(self, data: bytes | bytearray) -> NDArray[Any]:
        """Return the array in ``data``. Raises DataError if that is not what the layout says."""
        try:
            return np.frombuffer(data, dtype=self.descr).reshape(self.shape, order="F" if self.fortran else "C")
        except (ValueError, TypeError, OverflowError) as error:
            raise DataError(f"{self.where}: the array is damaged or cut off.") from error


def dataset_of(images: NDArray[Any], labels: NDArray[Any], images_in: object, labels_in: object) -> Dataset:
    """Return ``images`` (n, 28, 28) or (n, 784) with ``labels`` (n,), whole numbers 0 to 9, as a set of digits.

    Images of floats may have greys up to 1 or up to 255. Raises DataError for all else; it names ``images_in`` or
    ``labels_in``, where they are from.
    """
    if images.ndim == 3 and images.shape[1:] != (SIDE, SIDE):
        height, width = images.shape[1:]
        raise DataError(f"{images_in}: the images are {width} x {height} pixels, not {SIDE} x {SIDE}.")
    if images.ndim != 3 and images.shape[1:] != (SIDE * SIDE,):
        raise DataError(f"{images_in}: holds {images.ndim} dimensions that are not a list of {SIDE} x {SIDE} images.")
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise DataError(f"{labels_in}: holds something else than a list of labels.")
    if len(images) != len(labels):
        raise DataError(f"{labels_in}: {len(labels)} labels for the {len(images)} images.")
    if len(labels) == 0:
        raise DataError(f"{labels_in}: holds no digits.")
    for label in (labels.max(), labels.min()):
        if not 0 <= label <= 9:
            raise DataError(f"{labels_in}: holds the label {label}; digits have labels 0 to 9.")
    images = images.reshape(len(images), SIDE * SIDE)
    return Dataset(images if images.dtype == np.uint8 else _greys(images, images_in), labels.astype(np.uint8))


def _greys(images: NDArray[Any], images_in: object) -> NDArray[np.uint8]:
    low, high = images.min(), images.max()
    if not (low >= 0 and high <= 255):  # so that a NaN is refused too
        raise DataError(f"{images_in}: holds greys that are neither from 0 to 1 nor from 0 to 255.")
    scale = 255
    if high > 1:
        scale = 1
    elif high < 1 and all(np.array_equal(256 * block, np.rint(256 * block)) for block in _blocks(images)):
        scale = 256  # The book's file divides MNIST's greys by 256; by 255 they would not come back as they were.
    return np.concatenate([np.rint(scale * block).astype(np.uint8) for block in _blocks(images)])


def _blocks(images: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(images), _BLOCK):
        yield images[start : start + _BLOCK].astype(np.float64)
