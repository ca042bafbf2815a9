"""What a file of digits is, told by how it begins: the formats that are read, and those that are only known by name."""

import re
from collections.abc import Callable
from typing import NamedTuple

from digitpad.data.formats import csv, idx, npy, pickled
from digitpad.data.formats.arrays import Array, Labelled
from digitpad.data.formats.unpacking import Source
from digitpad.errors import DataError

READ = "IDX files like MNIST's, NumPy's npz and npy, CSV tables, the book's pickle, and zip files or folders of these"

_HEAD = 64 << 10  # bytes; the longest first line of a table


class _Form(NamedTuple):
    """A format: whether a file that begins so is of it, and what is in such a file."""

    recognises: Callable[[bytes], bool]
    contents: Callable[[Source], list[Array] | list[Labelled] | list[Array | Labelled]]


_FORMS = tuple(_Form(form.recognises, form.contents) for form in (idx, npy, pickled, csv))

# Not read; the pattern is what such a file begins with.
_OTHERS = {
    "a web page": rb"(?i)(\xef\xbb\xbf)?\s*(<!--((?!-->).){0,500}-->\s*)*<(!doctype html|html|head|body)\b",
    "an XML file": rb"(\xef\xbb\xbf)?\s*<\?xml",
    "a picture": rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|RIFF.{4}WEBP|II\*\0|MM\0\*",
    "a MATLAB file": rb"MATLAB \d",
    "an HDF5 file": rb"\x89HDF\r\n\x1a\n",
    "a Parquet file": rb"PAR1",
    "an Arrow or Feather file": rb"ARROW1|FEA1",
    "an ARFF file": rb"(?i)\s*(%[^\n]*\n\s*)*@relation",
    "an xz file": rb"\xfd7zXZ\0",
    "a bzip2 file": rb"BZh[1-9]",
    "a 7z file": rb"7z\xbc\xaf\x27\x1c",
    "a RAR file": rb"Rar!\x1a\x07",
    "a zstd file": rb"\x28\xb5\x2f\xfd",
    "a tar file": rb".{257}ustar",
    "a gzip file inside a gzip file": rb"\x1f\x8b",
    "what macOS keeps beside a file": rb"\x00\x05\x16\x07",
    "a PDF file": rb"%PDF",
    "an SQLite database": rb"SQLite format 3\0",
    "a PyTorch file": rb"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19",
    "a network, not digits": rb".{8}\{\"",
    "a file of strokes or other JSON": rb"(\xef\xbb\xbf)?\s*[\[{][\s\"{\[]",
}
_OTHER = {what: re.compile(pattern, re.DOTALL) for what, pattern in _OTHERS.items()}
_TELL_FIRST = ("a PyTorch file",)  # what a form would take for its own


def is_picture(source: Source) -> bool:
    """Whether the file is a picture, by its content. Raises DataError when it cannot be read."""
    return _OTHER["a picture"].match(source.head(_HEAD)) is not None


def contents(source: Source) -> list[Array | Labelled] | None:
    """Return the arrays and sets in a file, not read yet; None for one of another format than those that are read.

    Raises DataError for a file that cannot be read or is damaged.
    """
    head = source.head(_HEAD)
    if any(_OTHER[what].match(head) for what in _TELL_FIRST):
        return None
    for form in _FORMS:
        if form.recognises(head):
            return [*form.contents(source)]
    return None


def refusal(source: Source) -> DataError:
    """Return the error for a file of another format: it says what the file is, if that can be told, and what is read.

    Raises DataError for a file that cannot be read.
    """
    head = source.head(_HEAD)
    what = next((what for what, pattern in _OTHER.items() if pattern.match(head)), "")
    if not head:
        what = "empty"
    if what and source.name.lower().endswith(".gz") and not source.is_gzipped():
        what += " and not a gzip file"
    return DataError(f"{source.where}: this is {what or 'not a set of digits'}; digits are read from {READ}.")
