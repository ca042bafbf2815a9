"""Digits in a NumPy archive, as Keras keeps MNIST: x_train, y_train, x_test and y_test.

``numpy.load`` sets aside whatever memory an array's header asks for, however short the file. Here the header is read
first, and only what the archive can truly hold is read after it.

Source: the NPY format, version 1.0, in the documentation of ``numpy.lib.format``.
"""

import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.data.formats.arrays import Layout, dataset_of
from digitpad.data.formats.unpacking import LARGEST, opened
from digitpad.errors import DataError

_NAMES = ("x_train", "y_train", "x_test", "y_test")
_MAGIC = b"\x93NUMPY\x01\x00"
# The header is a Python dictionary, its keys in any order; "L" ends the whole numbers of Python 2.
_HEADER = re.compile(
    r"\{(?=.*'descr': *'(?P<descr>[^']*)')"
    r"(?=.*'fortran_order': *(?P<fortran>True|False))"
    r"(?=.*'shape': *\((?P<shape>[\d, L]*)\))"
)
_ENCRYPTED = 1  # the bit among a member's flags
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


def load(path: Path) -> tuple[Dataset, Dataset]:
    """Return the training set and the test set in the archive.

    Raises DataError when the file is missing, damaged, a bomb, or holds something else than these four arrays.
    """
    with opened(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                left = LARGEST
                arrays: list[NDArray[Any]] = []
                for name in _NAMES:
                    arrays.append(_read(path, archive, name, left))
                    left -= arrays[-1].nbytes
        except _DAMAGE as error:
            raise DataError(f"{path}: the npz file is damaged or cut off.") from error
    wheres = [f"{path}, {name}" for name in _NAMES]
    return dataset_of(*arrays[:2], *wheres[:2]), dataset_of(*arrays[2:], *wheres[2:])


def _read(path: Path, archive: zipfile.ZipFile, name: str, left: int) -> NDArray[Any]:
    """Return one array of at most ``left`` bytes."""
    if f"{name}.npy" not in archive.namelist():
        raise DataError(f"{path}: holds no {name}; a set of digits has {', '.join(_NAMES[:3])} and {_NAMES[3]}.")
    member = archive.getinfo(f"{name}.npy")
    where = f"{path}, {name}"
    if member.flag_bits & _ENCRYPTED:
        raise DataError(f"{where}: is locked with a password.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError(f"{where}: is packed in a way that NumPy does not use.")
    with archive.open(member) as stream:
        head = stream.read(len(_MAGIC) + 2)
        length = int.from_bytes(head[len(_MAGIC) :], "little")
        header = _HEADER.match(stream.read(length).decode("latin-1"))
        if not head.startswith(_MAGIC) or not header:
            raise DataError(f"{where}: is not an array that NumPy wrote.")
        shape = tuple(int(size) for size in re.findall(r"\d+", header["shape"]))
        layout = Layout(where, header["descr"], shape, header["fortran"] == "True")
        size, held = layout.size(left), member.file_size - len(head) - length
        if size != held:
            raise DataError(f"{where}: the header promises {size} bytes, and {held} follow.")
        return layout.array(stream.read(size + 1))  # one more, so that the end is reached and the checksum tested
