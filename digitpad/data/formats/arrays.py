"""From arrays, as files of several formats hold them, to sets of digits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.data.formats.names import Name, Part
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError

_NUMBERS = ("b1", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8")
_OF_255 = 2  # as bright is some grey from 0 to 255; of those from 0 to 1 none, though one made brighter may be above 1
_BLOCK = 256  # images turned into bytes at a time, so that the floats on the way stay in the processor's cache


@dataclass(frozen=True)
class Array:
    """An array in a file: images or labels, by its name or its shape.

    ``where`` names it in errors. ``load`` reads it, of so many bytes at most, and raises DataError.
    """

    where: str
    name: Name
    shape: tuple[int, ...]
    load: Callable[[int], NDArray[Any]]


@dataclass(frozen=True)
class Labelled:
    """A file that has images with their labels. ``load`` reads part, images and labels of each set in it."""

    where: str
    name: Name
    load: Callable[[int], Sequence[tuple[Part | None, NDArray[Any], NDArray[Any]]]]


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
    """Return images with their labels, whole numbers 0 to 9, as a set of digits.

    ``images`` are (n, 28, 28) or (n, 784), with a further axis of length 1 or not, and greys up to 1 or up to 255; what
    is a little above 1 is 1. ``labels`` are (n,) or (n, 1), of any type of number, or one-hot (n, 10). Raises DataError
    for all else; it names ``images_in`` or ``labels_in``, where they are from.
    """
    n, *sizes = images.shape or (0,)
    sides = tuple(size for size in sizes if size != 1)  # a channel, first or last, says nothing
    if len(sides) == 2 and sides != (SIDE, SIDE):
        raise DataError(f"{images_in}: the images are {sides[1]} x {sides[0]} pixels, not {SIDE} x {SIDE}.")
    if sides not in ((SIDE, SIDE), (SIDE * SIDE,)):
        shape = " x ".join(map(str, images.shape)) or "a number"
        raise DataError(f"{images_in}: holds {shape}, not a list of {SIDE} x {SIDE} images.")
    labels = _digits(labels, labels_in)
    if n != len(labels):
        raise DataError(f"{labels_in}: {len(labels)} labels for the {n} images.")
    if n == 0:
        raise DataError(f"{labels_in}: holds no digits.")
    for label in (labels.max(), labels.min()):
        if not 0 <= label <= 9:
            raise DataError(f"{labels_in}: holds the label {label:g}; digits have labels 0 to 9.")
    if not np.array_equal(labels, np.rint(labels)):
        raise DataError(f"{labels_in}: holds labels that are no whole numbers.")
    images = images.reshape(n, SIDE * SIDE)
    as_they_are = images.dtype == np.uint8 and images.max() > 1  # or else there is ink or none, 1 or 0
    return Dataset(images if as_they_are else _greys(images, images_in), labels.astype(np.uint8))


def _digits(labels: NDArray[Any], labels_in: object) -> NDArray[Any]:
    """Return labels as a list, if they are a list, a column, or one-hot."""
    if labels.ndim == 2 and labels.shape[1] == 10:
        if ((labels == 0) | (labels == 1)).all() and (labels.sum(axis=1) == 1).all():
            return np.asarray(labels.argmax(axis=1))
    elif labels.ndim == 1 or (labels.ndim == 2 and labels.shape[1] == 1):
        labels = labels.reshape(len(labels))
        if labels.dtype.kind in "iu" or (labels.dtype.kind == "f" and np.isfinite(labels).all()):
            return labels
    raise DataError(f"{labels_in}: holds something else than a list of labels.")


def _greys(images: NDArray[Any], images_in: object) -> NDArray[np.uint8]:
    low, high = images.min(), images.max()
    if not (low >= 0 and high <= 255):  # so that a NaN is refused too
        raise DataError(f"{images_in}: holds greys that are neither from 0 to 1 nor from 0 to 255.")
    scale = 255
    if high >= _OF_255:
        scale = 1
    elif high < 1 and all(np.array_equal(256 * block, np.rint(256 * block)) for block in _blocks(images)):
        scale = 256  # The book's file divides MNIST's greys by 256; by 255 they would not come back as they were.
    return np.concatenate([np.rint(np.minimum(scale * block, 255)).astype(np.uint8) for block in _blocks(images)])


def _blocks(images: NDArray[Any]) -> Iterator[NDArray[np.float64]]:
    for start in range(0, len(images), _BLOCK):
        yield images[start : start + _BLOCK].astype(np.float64)
