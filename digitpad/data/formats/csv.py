"""Digits in a table of text, a digit a line: its label and 784 greys, as Kaggle and many courses have MNIST.

Lines begin with the label or end with it; the first may name the columns. Commas, semicolons, tabs or spaces part the
values.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

from digitpad.data.formats.arrays import Array, Labelled
from digitpad.data.formats.names import Name, Role, parsed
from digitpad.data.formats.unpacking import LARGEST, Source
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError

_PIXELS = SIDE * SIDE
_SEPARATORS = "\t;, "  # the first of them that there is: a comma may also stand before decimals
_LARGEST_TEXT = 2 * LARGEST  # bytes: numbers are longer as text
_LONGEST_LINE = 64 << 10  # bytes
_PIECE = 8 << 20  # bytes of text turned into numbers at a time
_LABEL_NAMES = {"label", "labels", "class", "y", "target", "digit"}
_INDEX_NAMES = {"", "id", "index", "imageid", "unnamed: 0"}
_BOM = b"\xef\xbb\xbf"
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_ROW = re.compile(r"(could not convert .*)?at row (\d+)", re.DOTALL)  # in what NumPy says of a bad table


@dataclass(frozen=True)
class _Columns:
    """What the first line says: what parts the values, how many there are, and the names of the columns, if any."""

    separator: str
    n: int
    names: tuple[str, ...]
    ends: bool  # whether a separator ends each line, too

    @property
    def used(self) -> range:
        """All columns but one that only counts the lines."""
        counts = self.n > _PIXELS and bool(self.names) and self.names[0] in _INDEX_NAMES
        return range(counts, self.n)

    @property
    def label(self) -> int | None:
        """Which of those that are used is called a label."""
        names = self.names[self.used.start :]
        return next((i for i, name in enumerate(names) if name in _LABEL_NAMES), None)


class _Unfit(Exception):
    """A line that is not as many numbers, of the kind wanted."""


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is of this format."""
    return _columns(head) is not None


def contents(source: Source) -> list[Array | Labelled]:
    """Return the digits in the file, not read yet; only images if its lines have no place for a label.

    Raises DataError for a table of something else.
    """
    columns, name = _columns(source.head(_LONGEST_LINE)), parsed(source.name)
    if columns is None:
        raise DataError(f"{source.where}: is no table of numbers.")
    if len(columns.used) == _PIXELS and columns.label is None:
        images = Name(name.set, name.part, Role.IMAGES, name.rest)
        return [Array(source.where, images, (-1, _PIXELS), lambda left: _table(source, columns, left))]
    if len(columns.used) != _PIXELS + 1:
        raise DataError(
            f"{source.where}: a line of this table has {columns.n:,} values; a digit's has {_PIXELS + 1}, its label and"
            f" {SIDE} x {SIDE} greys."
        )
    return [Labelled(source.where, name, lambda left: [(name.part, *_parted(source, columns, left))])]


def _columns(head: bytes) -> _Columns | None:
    """Return what the first lines say; None if they are none of a table."""
    text = head.removeprefix(_BOM).replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    lines = text.split(b"\n")
    if b"\0" in lines[0] or len(lines[0]) >= _LONGEST_LINE:
        return None
    first = lines[0].decode("latin-1").rstrip(" ")
    separator = next((each for each in _SEPARATORS if each in first), ",")
    values = _values(first, separator)
    ends = len(values) > 1 and not values[-1]
    values = values[:-1] if ends else values
    if len(values) < 2:
        return None
    if not _are_names(values):
        return _Columns(separator, len(values), (), ends)
    second = _values(lines[1].decode("latin-1"), separator) if len(lines) > 1 else []
    if len(values) < _PIXELS and not (len(second) == len(values) and all(map(_NUMBER.fullmatch, second))):
        return None
    return _Columns(separator, len(values), tuple(value.lower() for value in values), ends)


def _are_names(values: list[str]) -> bool:
    """Whether these are names of columns rather than a digit, in which a value may be damaged or missing.

    Names are words, or as pandas writes them 0, 1, 2, ..., or a digit that it took for names: 5, 0, 0.1, 0.2, ... Those
    all differ, as the greys of no digit do.
    """
    if len(set(values)) == len(values) >= _PIXELS:
        return True
    names = values[1:] if values[0].lower() in _INDEX_NAMES else values
    words = [name.lower() for name in names if name and not _NUMBER.fullmatch(name)]
    return 2 * len(words) > len(names) or not _LABEL_NAMES.isdisjoint(words)


def _values(line: str, separator: str) -> list[str]:
    return [value.strip(" \"'") for value in (line.split() if separator == " " else line.split(separator))]


def _parted(source: Source, columns: _Columns, left: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return images (n, 784) and labels (n,)."""
    table = _table(source, columns, left)
    at = columns.label
    if at is None:
        at = 0 if _like_labels(table[:, 0]) >= _like_labels(table[:, -1]) else _PIXELS
    if at not in (0, _PIXELS):
        raise DataError(f"{source.where}: the label is neither the first nor the last value of a line.")
    return (table[:, 1:], table[:, 0]) if at == 0 else (table[:, :-1], table[:, -1])


def _like_labels(column: NDArray[Any]) -> tuple[int, float]:
    """Return how much a column looks like labels: these differ, and a pixel in the corner is always paper."""
    values = np.unique(column)
    digits = len(values) > 0 and bool(np.isin(values, range(10)).all())
    return (len(values), float(values[-1])) if digits and len(values) > 1 else (1, float(values[-1] if digits else 0))


def _table(source: Source, columns: _Columns, left: int) -> NDArray[Any]:
    """Return the values that are used, as bytes if they are whole numbers to 255, or else as floats."""
    try:
        return _numbers(source, columns, left, np.uint8)
    except _Unfit:
        try:
            return _numbers(source, columns, left, np.float32)
        except _Unfit as error:
            raise DataError(f"{source.where}: {error}.") from error


def _numbers(source: Source, columns: _Columns, left: int, kind: DTypeLike) -> NDArray[Any]:
    """Return the values that are used, as numbers of one kind; _Unfit says which line is something else."""
    blocks: list[NDArray[Any]] = []
    only = columns.used if columns.ends or columns.used.start else None
    separator = None if columns.separator == " " else columns.separator  # None: any number of them
    before = len(columns.names[:1])  # lines
    with source.unpacked() as stream:
        for lines in _whole_lines(source.where, stream, skip_first=bool(columns.names)):
            if columns.separator in "\t;":
                lines = lines.replace(b",", b".")  # of decimals
            text = io.BytesIO(lines if b"\n" in lines else lines.replace(b"\r", b"\n"))
            try:
                block = np.loadtxt(text, kind, None, separator, usecols=only, ndmin=2, quotechar='"')
            except ValueError as error:
                row = _ROW.search(str(error))
                n = before + (int(row[2]) + bool(row[1]) if row else 1)
                raise _Unfit(f"line {n:,} is not {columns.n} numbers") from None
            if block.shape[1] != len(columns.used):
                raise _Unfit(f"line {before + 1:,} is not {columns.n} numbers")
            before += len(block)
            left -= block.nbytes
            if left < 0:
                raise DataError(f"{source.where}: holds more than a set of digits needs.")
            blocks.append(block)
    return np.concatenate(blocks) if blocks else np.empty((0, len(columns.used)), kind)


def _whole_lines(where: str, stream: BinaryIO, *, skip_first: bool) -> Iterator[bytes]:
    """Yield the text in pieces that end where lines end, without its first line if that is to be skipped."""
    length, rest = 0, b""
    while piece := stream.read(_PIECE):
        length += len(piece)
        lines, end, after = (rest + piece).rpartition(b"\n")
        if not end:  # as computers wrote once
            lines, end, after = (rest + piece).rpartition(b"\r")
        if length > _LARGEST_TEXT or len(after) > _LONGEST_LINE:
            raise DataError(f"{where}: holds more than a set of digits needs.")
        rest = after
        if skip_first and end:
            lines, skip_first = _without_first(lines + end), False
        if lines.strip():
            yield lines.removeprefix(_BOM)
    rest = _without_first(rest) if skip_first else rest
    if rest.strip():
        yield rest.removeprefix(_BOM)


def _without_first(lines: bytes) -> bytes:
    return re.sub(rb"^[^\r\n]*(\r\n|\r|\n)?", b"", lines.removeprefix(_BOM).lstrip(b"\r\n"))
