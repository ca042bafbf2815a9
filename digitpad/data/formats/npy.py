"""NumPy's arrays in files, by themselves (npy) or, in a zip file, several (npz), as Keras keeps MNIST.

``numpy.load`` sets aside whatever memory an array's header asks for, however short the file. Here the header is read
first, and memory is taken only for what follows it.

Source: the NPY format, version 1.0, in the documentation of ``numpy.lib.format``.
"""

import re
from typing import Any, BinaryIO

from numpy.typing import NDArray

from digitpad.data.formats.arrays import Array, Layout
from digitpad.data.formats.names import parsed
from digitpad.data.formats.unpacking import Source, read_at_most
from digitpad.errors import DataError

_MAGIC = b"\x93NUMPY\x01\x00"
# The header is a Python dictionary, its keys in any order; "L" ends the whole numbers of Python 2.
_HEADER = re.compile(
    r"\{(?=.*'descr': *'(?P<descr>[^']*)')"
    r"(?=.*'fortran_order': *(?P<fortran>True|False))"
    r"(?=.*'shape': *\((?P<shape>[\d, L]*)\))"
)


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is of this format."""
    return head.startswith(_MAGIC[:6])


def contents(source: Source) -> list[Array]:
    """Return the array in the file, not read yet. Raises DataError for a header that NumPy did not write."""
    with source.unpacked() as stream:
        layout = _layout(source.where, stream)
    return [Array(source.where, parsed(source.name), layout.shape, lambda left: _read(source, left))]


def _read(source: Source, left: int) -> NDArray[Any]:
    with source.unpacked() as stream:
        layout = _layout(source.where, stream)
        size = layout.size(left)
        content = read_at_most(stream, size + 1)  # one more, so that the end is reached and the checksum tested
    if len(content) != size:
        follow = len(content) if len(content) < size else "more"
        raise DataError(f"{source.where}: the header promises {size} bytes, and {follow} follow.")
    return layout.array(content)


def _layout(where: str, stream: BinaryIO) -> Layout:
    head = stream.read(len(_MAGIC) + 2)
    header = _HEADER.match(stream.read(int.from_bytes(head[len(_MAGIC) :], "little")).decode("latin-1"))
    if not head.startswith(_MAGIC) or not header:
        raise DataError(f"{where}: is not an array that NumPy wrote.")
    try:
        shape = tuple(int(size) for size in re.findall(r"\d+", header["shape"]))
    except ValueError as error:  # a number of thousands of figures
        raise DataError(f"{where}: the array is damaged or cut off.") from error
    return Layout(where, header["descr"], shape, header["fortran"] == "True")
