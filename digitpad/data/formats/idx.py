"""The IDX format of the MNIST files, read strictly.

Source: the format's description by Y. LeCun, C. Cortes and C. Burges on the MNIST page: a big-endian header of
magic number (two zero bytes, type 8 = unsigned byte, number of dimensions) and sizes, then the bytes.
"""

import struct
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.data.formats.unpacking import LARGEST, unpacked
from digitpad.errors import DataError

_UNSIGNED_BYTE = 8


def header(shape: tuple[int, ...]) -> bytes:
    """Return the header of an array of unsigned bytes of this shape, which the array's bytes follow in a file."""
    return _magic(len(shape)) + struct.pack(f">{len(shape)}I", *shape)


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Return the array of unsigned bytes in the IDX file at ``path``, gzipped or not, with so many dimensions.

    No more is read than the header promises. Raises DataError when the file is missing, truncated, longer than its
    header says, empty of digits, or not of this format.
    """
    length = 4 + 4 * dimensions
    with unpacked(path) as stream:
        head = stream.read(length)
        if len(head) < length:
            raise DataError(f"{path}: only {len(head)} bytes long, too short for an IDX header.")
        if head[:4] != (wanted := _magic(dimensions)):
            raise DataError(
                f"{path}: not the IDX file expected (it begins with {head[:4].hex()} instead of {wanted.hex()})."
            )
        shape = struct.unpack(f">{dimensions}I", head[4:])
        promised = prod(shape)
        promise = f"{path}: the header promises {' x '.join(map(str, shape))} = {promised} bytes"
        if promised == 0:  # besides, NumPy refuses some shapes with a 0 in them
            raise DataError(f"{path}: holds no digits.")
        if promised > LARGEST:
            raise DataError(f"{promise}, more than {LARGEST >> 20} MiB and too much for a set of digits.")
        payload = stream.read(promised + 1)
    if len(payload) != promised:
        raise DataError(f"{promise}, and {len(payload) if len(payload) < promised else 'more'} follow.")
    return np.frombuffer(payload, dtype=np.uint8).reshape(shape)


def _magic(dimensions: int) -> bytes:
    return bytes((0, 0, _UNSIGNED_BYTE, dimensions))
