"""Digits in a Python pickle, as the book "Neural Networks and Deep Learning" keeps MNIST in mnist.pkl.gz.

It holds pairs of images and labels: three, for training, validation and test, or two without the validation.

A pickle is a program: it may name any function and have it called. Here none is. The few names that NumPy's arrays
need stand for records of what they were given, from which the arrays are built afterwards; all other names are
refused. Before that, the program's instructions are looked through, since some can use up the memory or the time by
themselves.

Sources: PEP 307 and ``pickletools`` for the instructions; ``numpy.ndarray.__reduce__`` for what arrays are made of.
"""

import pickle
import pickletools
import re
from io import BytesIO
from typing import Any

from numpy.typing import NDArray

from digitpad.data.formats.arrays import Labelled, Layout
from digitpad.data.formats.names import Part, parsed
from digitpad.data.formats.unpacking import Source, read_at_most
from digitpad.errors import DataError

_PARTS = {2: (Part.TRAINING, Part.TEST), 3: (Part.TRAINING, Part.VALIDATION, Part.TEST)}  # by the number of pairs
# Protocol 2 and later say so. Before, a pickle of arrays begins with lists or tuples, and names a function soon.
_BEGIN = re.compile(rb"\x80|[(\]]?[^ ]{0,40}?c[a-z_][\w.]*\n[a-z_]\w*\n", re.DOTALL | re.IGNORECASE)
_NAMING = {"GLOBAL", "STACK_GLOBAL", "REDUCE", "BUILD"}
_TUPLES = {"MARK", "EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3", "LIST", "EMPTY_LIST", "APPEND", "APPENDS"}
_MEMO = {"PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE", "GET", "BINGET", "LONG_BINGET"}
_PLAIN = {"NONE", "NEWTRUE", "NEWFALSE", "INT", "LONG", "BININT", "BININT1", "BININT2", "LONG1"}
_TEXTS = {"STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"}
_BYTES = {"BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"}
_INSTRUCTIONS = {"PROTO", "FRAME", "STOP"} | _NAMING | _TUPLES | _MEMO | _PLAIN | _TEXTS | _BYTES
_MAX_INSTRUCTIONS = 1000  # six arrays take about 250
_DAMAGE = (
    pickle.UnpicklingError,
    EOFError,
    AttributeError,
    ImportError,
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    RecursionError,
    DeprecationWarning,  # pickletools of a backslash in a name, where Python was told to make warnings errors
)


class _Record:
    """Stands for something of NumPy's: keeps what the pickle gives to it, and does nothing with it."""

    __slots__ = ("arguments", "state")

    def __init__(self, *arguments: object) -> None:
        self.arguments = arguments
        self.state: object = None

    def __setstate__(self, state: object) -> None:
        self.state = state


class _Array(_Record):
    """An array of protocols up to 4: its state is (version, shape, type, Fortran's order?, bytes)."""


class _Buffer(_Record):
    """An array of protocol 5: made of (bytes, type, shape, "C" or "F")."""


class _Type(_Record):
    """A type of number: made of its name, say "f4"; its state is (version, "<" or ">" or "|", ...)."""


class _Bytes(_Record):
    """Bytes that Python 3 wrote into a pickle for Python 2: made of (text, encoding)."""


_ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
    ("numpy.core.numeric", "_frombuffer"): _Buffer,
    ("numpy._core.numeric", "_frombuffer"): _Buffer,
    ("numpy", "ndarray"): _Record,
    ("numpy", "dtype"): _Type,
    ("_codecs", "encode"): _Bytes,
}


class _Unpickler(pickle.Unpickler):
    """An unpickler that knows these records and nothing else."""

    def __init__(self, where: str, payload: BytesIO) -> None:
        super().__init__(payload, encoding="latin1")  # as NumPy needs it for the strings of Python 2
        self._where = where

    def find_class(self, module: str, name: str) -> type[_Record]:
        """Return the record for a name. Raises DataError for a name that is not admitted."""
        if (module, name) not in _ADMITTED:
            what = "".join(letter if letter.isprintable() else "?" for letter in f"{module:.99}.{name:.99}")
            raise DataError(
                f"{self._where}: this pickle wants to run {what}, which no set of digits needs, so it was not opened."
            )
        return _ADMITTED[module, name]


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is of this format."""
    return _BEGIN.match(head) is not None


def contents(source: Source) -> list[Labelled]:
    """Return the digits in the pickle, of any protocol, not read yet; nothing that it names is ever run."""
    return [Labelled(source.where, parsed(source.name), lambda left: _load(source, left))]


def _load(source: Source, left: int) -> list[tuple[Part, NDArray[Any], NDArray[Any]]]:
    """Return part, images and labels of each pair; raise DataError for damage, a bomb, and anything else."""
    where = source.where
    with source.unpacked() as stream:
        payload = BytesIO(read_at_most(stream, left + 1))
    size = payload.getbuffer().nbytes  # The arrays may not take more together: one text could serve many.
    if size > left:
        raise DataError(f"{where}: holds more than {left >> 20} MiB, too much for a set of digits.")
    try:
        _look_through(where, payload)
        payload.seek(0)
        content = _Unpickler(where, payload).load()
        payload.close()  # to make room
        return _parts(where, content, size)
    except _DAMAGE as error:
        raise DataError(f"{where}: the pickle is damaged or cut off.") from error
    except MemoryError as error:
        raise DataError(f"{where}: too large for the memory there is.") from error


def _look_through(where: str, payload: BytesIO) -> None:
    """Raise DataError for instructions that no arrays need, and ValueError for what is no pickle.

    Those left out can take memory or time without end: dictionaries that hash nested tuples, say. So can a place in
    the memo far beyond the others.
    """
    for count, (instruction, argument, _) in enumerate(pickletools.genops(payload)):
        far = instruction.name in ("PUT", "LONG_BINPUT") and isinstance(argument, int) and argument > _MAX_INSTRUCTIONS
        if instruction.name not in _INSTRUCTIONS or count > _MAX_INSTRUCTIONS or far:
            raise DataError(f"{where}: this pickle holds more than plain arrays, so it was not opened.")


def _parts(where: str, content: object, left: int) -> list[tuple[Part, NDArray[Any], NDArray[Any]]]:
    """Return the pairs, whose arrays take at most ``left`` bytes together."""
    match content:
        case ((_, _), (_, _)) | ((_, _), (_, _), (_, _)) as pairs:
            pass
        case _:
            raise DataError(f"{where}: the pickle holds something else than two or three pairs of images and labels.")
    parts = []
    for part, pair in zip(_PARTS[len(pairs)], pairs, strict=True):
        named = f"{where}, the {part.value} part"
        images = _array(named, pair[0], left)
        left -= images.nbytes
        labels = _array(named, pair[1], left)
        left -= labels.nbytes
        parts.append((part, images, labels))
    return parts


def _array(where: str, record: object, left: int) -> NDArray[Any]:
    """Return the array of at most ``left`` bytes that a record describes. Raises DataError if it describes none."""
    fortran: object
    match record:
        case _Array(state=(int(), tuple(shape), _Type() as number, int(fortran), data)):
            pass
        case _Buffer(arguments=(data, _Type() as number, tuple(shape), "C" | "F" as order)):
            fortran = order == "F"
        case _:
            raise DataError(f"{where}: holds something else than arrays.")
    match number:
        case _Type(arguments=(str(name), *_), state=(int(), str(byte_order), *_)) if len(byte_order) == 1:
            pass
        case _:
            raise DataError(f"{where}: holds something else than plain numbers.")
    if not all(isinstance(size, int) and size >= 0 for size in shape):
        raise DataError(f"{where}: the array is damaged or cut off.")
    layout = Layout(where, byte_order + name, shape, bool(fortran))
    size = layout.size(left)
    match data:
        case str(text) | _Bytes(arguments=(str(text), "latin1")) if len(text) == size:
            data = text.encode("latin-1")
        case bytes() | bytearray():
            pass
        case _:
            raise DataError(f"{where}: the array is damaged or cut off.")
    return layout.array(data)
