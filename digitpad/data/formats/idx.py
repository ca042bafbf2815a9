"""The IDX format of the MNIST files, read strictly.

Source: the format's description by Y. LeCun, C. Cortes and C. Burges on the MNIST page: a big-endian header of
magic number (two zero bytes, the type, the number of dimensions) and sizes, then the numbers.
"""

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from digitpad.data.formats.arrays import Array, Layout
from digitpad.data.formats.names import parsed
from digitpad.data.formats.unpacking import LARGEST, Source, read_at_most, source_of
from digitpad.errors import DataError

_UNSIGNED_BYTE = 8
_TYPES = {_UNSIGNED_BYTE: "|u1", 9: "|i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_MOST_DIMENSIONS = 4
_QMNIST = 8  # numbers for each label of QMNIST; the first is the digit, the others say who wrote it


def header(shape: tuple[int, ...]) -> bytes:
    """Return the header of an array of unsigned bytes of this shape, which the array's bytes follow in a file."""
    return _magic(len(shape)) + struct.pack(f">{len(shape)}I", *shape)


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is of this format."""
    return len(head) > 3 and head[:2] == b"\0\0" and head[2] in _TYPES and 0 < head[3] <= _MOST_DIMENSIONS


def contents(source: Source) -> list[Array]:
    """Return the array in the file, not read yet. Raises DataError for a header that is cut off."""
    with source.unpacked() as stream:
        shape = _layout(source.where, stream).shape
    many = len(shape) == 2 and shape[1] == _QMNIST
    return [Array(source.where, parsed(source.name), shape[: -1 if many else None], lambda left: _read(source, left))]


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Return the array of unsigned bytes in the IDX file at ``path``, gzipped or not, with so many dimensions.

    No more is read than the header promises. Raises DataError when the file is missing, truncated, longer than its
    header says, empty of digits, or not of this format.
    """
    source = source_of(path)
    head, wanted = source.head(4 + 4 * dimensions), _magic(dimensions)
    if len(head) >= 4 + 4 * dimensions and head[:4] != wanted:
        raise DataError(
            f"{path}: not the IDX file expected (it begins with {head[:4].hex()} instead of {wanted.hex()})."
        )
    return _read(source, LARGEST)


def _read(source: Source, left: int) -> NDArray[Any]:
    with source.unpacked() as stream:
        layout = _layout(source.where, stream)
        promised = layout.size(1 << 62)
        promise = f"{source.where}: the header promises {' x '.join(map(str, layout.shape))} = {promised} bytes"
        if promised == 0:  # besides, NumPy refuses some shapes with a 0 in them
            raise DataError(f"{source.where}: holds no digits.")
        if promised > left:
            raise DataError(f"{promise}, more than {left >> 20} MiB and too much for a set of digits.")
        payload = read_at_most(stream, promised + 1)
    if len(payload) != promised:
        raise DataError(f"{promise}, and {len(payload) if len(payload) < promised else 'more'} follow.")
    array = layout.array(payload)
    return array[:, 0] if array.ndim == 2 and array.shape[1] == _QMNIST else array


def _layout(where: str, stream: BinaryIO) -> Layout:
    head = stream.read(4)
    sizes = stream.read(4 * head[3]) if recognises(head) else b""
    if len(head) == 4 and not recognises(head):
        raise DataError(f"{where}: not an IDX file (it begins with {head.hex()}).")
    if len(head) < 4 or len(sizes) < 4 * head[3]:
        raise DataError(f"{where}: only {len(head) + len(sizes)} bytes long, too short for an IDX header.")
    return Layout(where, _TYPES[head[2]], struct.unpack(f">{head[3]}I", sizes), False)


def _magic(dimensions: int) -> bytes:
    return bytes((0, 0, _UNSIGNED_BYTE, dimensions))
