"""The IDX format of the MNIST files, read strictly.

Source: the format's description by Y. LeCun, C. Cortes and C. Burges on the MNIST page: a big-endian header of
magic number (two zero bytes, type 8 = unsigned byte, number of dimensions) and sizes, then the bytes.
"""

import gzip
import struct
import zlib
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import DataError

_UNSIGNED_BYTE = 8
_GZIP_MAGIC = b"\x1f\x8b"
_LARGEST_PAYLOAD = 1 << 30  # bytes; EMNIST's largest file is 0.6 GB. Beyond it a gzip file is a bomb, not digits.


def read_idx(path: Path, dimensions: int) -> NDArray[np.uint8]:
    """Return the array of unsigned bytes in the IDX file at ``path``, gzipped or not, with so many dimensions.

    Raises DataError when the file is missing, truncated, longer than its header says, or not of this format.
    """
    payload = _payload(path)
    header = 4 + 4 * dimensions
    if len(payload) < header:
        raise DataError(f"{path}: only {len(payload)} bytes long, too short for an IDX header.")
    magic = payload[:4]
    if magic[:2] != b"\0\0" or magic[2] != _UNSIGNED_BYTE or magic[3] != dimensions:
        wanted = bytes((0, 0, _UNSIGNED_BYTE, dimensions)).hex()
        raise DataError(f"{path}: not the IDX file expected (it begins with {magic.hex()} instead of {wanted}).")
    shape = struct.unpack(f">{dimensions}I", payload[4:header])
    if len(payload) - header != prod(shape):
        sizes = " x ".join(map(str, shape))
        raise DataError(
            f"{path}: the header promises {sizes} = {prod(shape)} bytes, and {len(payload) - header} follow."
        )
    return np.frombuffer(payload, dtype=np.uint8, offset=header).reshape(shape)


def _payload(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == _GZIP_MAGIC
            file.seek(0)
            stream = gzip.GzipFile(fileobj=file) if zipped else file
            payload = stream.read(_LARGEST_PAYLOAD + 1)
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: the gzip data is damaged or cut off ({error}).") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error}).") from error
    if len(payload) > _LARGEST_PAYLOAD:
        raise DataError(f"{path}: holds more than {_LARGEST_PAYLOAD >> 20} MiB, too much for a set of digits.")
    return payload
