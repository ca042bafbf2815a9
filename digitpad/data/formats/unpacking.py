"""Files of digits as bytes: opened, unpacked where they are gzipped, with every failure put into one sentence.

What lies packed in one another is bounded together, as ``Bounds``: each file may keep to its own, and all be endless.
"""

import io
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from digitpad.errors import DataError
from digitpad.files import reading
from digitpad.files.contexts import contextmanager

LARGEST = 1 << 30  # bytes; EMNIST's largest file is 0.6 GB unpacked. Beyond it a packed file is a bomb, not digits.
_RATIO = 200  # of unpacked to packed bytes: MNIST has 5, blank pages 1000
_MOST_FILES = 200_000  # in one folder, or in the zip files of one import
_SMALL = 16 << 20  # bytes that do no harm, however well they were packed
_MOST_PARTS, _SMALLEST_PART = 1000, 100  # a gzip file may have parts; more than so many hold so many bytes on average
_PIECE = 64 << 10  # bytes read at a time
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's number for the largest window with gzip's header and checksum


class TooMuch(DataError):
    """More than one import may hold: nothing of it is read."""


class Bounds:
    """What the zip files of one import may hold together, however they lie in one another."""

    def __init__(self) -> None:
        """Begin with none."""
        self._packed = self._unpacked = self._held = self._files = 0

    def add(self, where: str, files: int, unpacked: int, packed: int) -> None:
        """Take in a zip file of so many ``files``, bytes and, unless it is in another, bytes on the disk.

        Raises TooMuch where all of them are too many.
        """
        self._files += files
        self._unpacked += unpacked
        self._packed += packed
        check_number(where, self._files)
        check_ratio(where, self._unpacked, self._packed, TooMuch)

    def hold(self, where: str, file: BinaryIO) -> bytearray:
        """Return what is in a zip file that has to be in memory. Raises TooMuch where all such are too large."""
        content = read_at_most(file, LARGEST - self._held + 1)
        self._held += len(content)
        if self._held > LARGEST:
            raise TooMuch(f"{where}: holds more than {LARGEST >> 20} MiB, too much for a set of digits.")
        return content


@dataclass(frozen=True)
class Source:
    """A file, on the disk or in a zip file: ``where`` names it in errors, ``name`` is its path in what was opened.

    ``inside`` is how many bytes it takes in the file on the disk, where it is within another, packed perhaps twice, and
    ``depth`` how many zip files it is in. ``bounds`` are those of the import that it belongs to.
    """

    where: str
    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    bounds: Bounds = field(default_factory=Bounds)
    inside: int | None = None
    depth: int = 0

    def size(self) -> int:
        """Return how many bytes it takes on the disk. Raises DataError as ``opened``."""
        if self.inside is not None:
            return self.inside
        with self.open() as file:
            return file.seek(0, os.SEEK_END)

    @contextmanager
    def unpacked(self) -> Iterator[BinaryIO]:
        """Yield the bytes for reading, unpacked if they are gzipped. Raises DataError as ``opened``, or for damage.

        Whoever reads says how much at most: a few packed bytes can hold any number of others.
        """
        zipped = self.is_gzipped()
        with self.open() as file:
            if not zipped:
                yield file
                return
            try:
                yield io.BufferedReader(_Unzipped(file, self.where, self.size()))
            except (EOFError, zlib.error) as error:
                raise DataError(f"{self.where}: the gzip data is damaged or cut off ({error}).") from error

    def is_gzipped(self) -> bool:
        """Whether the bytes are gzipped, whatever the file is called. Raises DataError as ``opened``."""
        with self.open() as file:
            return file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC

    def head(self, n: int) -> bytes:
        """Return the first ``n`` bytes at most, unpacked. Raises DataError as ``unpacked``."""
        with self.unpacked() as stream:
            return stream.read(n)


def source_of(path: Path, name: str = "", bounds: Bounds | None = None) -> Source:
    """Return the file at ``path`` as a source, named as in its folder unless ``name`` says otherwise.

    It is an import by itself, unless there are ``bounds`` of one that it belongs to.
    """
    return Source(str(path), name or path.name, lambda: opened(path), bounds or Bounds())


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Yield the file for reading.

    Raises DataError when it is missing, cannot be read, is no file but a pipe or a device, or outgrows the memory.
    """
    try:
        with reading.opened(path, DataError) as file:
            yield file
    except MemoryError as error:
        raise DataError(f"{path}: too large for the memory there is.") from error


def read_at_most(stream: BinaryIO, n: int) -> bytearray:
    """Return the next ``n`` bytes, or as many as there are; memory is taken for what comes alone."""
    content = bytearray()
    while len(content) < n and (piece := stream.read(min(_PIECE, n - len(content)))):
        content += piece
    return content


def check_number(where: object, files: int) -> None:
    """Raise TooMuch where so many files lie in one place that they are no set of digits."""
    if files > _MOST_FILES:
        raise TooMuch(f"{where}: holds more than {_MOST_FILES:,} files.")


def check_ratio(where: str, unpacked: int, packed: int, kind: type[DataError] = DataError) -> None:
    """Raise an error of that ``kind`` where so few packed bytes hold so many others that they are no digits."""
    if unpacked > _SMALL and unpacked > _RATIO * packed:
        raise kind(f"{where}: unpacks to more than {_RATIO} times its size, as no set of digits does.")


class _Unzipped(io.RawIOBase):
    """The content of a gzip file. What follows its end and is no further gzip data is passed over, as gzip does."""

    def __init__(self, packed: BinaryIO, where: str, size: int) -> None:
        self._file, self._where, self._size = packed, where, size
        self._inflater = zlib.decompressobj(_GZIP)
        self._packed = self._unpacked = self._parts = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self._next(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self, n: int) -> bytes:
        while True:
            if self._inflater.eof:
                packed = self._behind()
                if not packed.startswith(_GZIP_MAGIC):
                    return b""
                self._parts += 1
                if self._parts > _MOST_PARTS + self._unpacked // _SMALLEST_PART:
                    raise DataError(f"{self._where}: the gzip data is in too many parts.")
                self._inflater = zlib.decompressobj(_GZIP)
            else:
                packed = self._inflater.unconsumed_tail or self._read()
            piece = self._inflater.decompress(packed, n)
            if piece:
                self._unpacked += len(piece)
                check_ratio(self._where, self._unpacked, min(self._packed, self._size))
                return piece
            if not packed and not self._inflater.eof:
                raise EOFError("it ends too early")

    def _behind(self) -> bytes:
        """Return what follows the end, without the zeros that some systems fill up with."""
        rest = self._inflater.unused_data.lstrip(b"\0")
        while len(rest) < len(_GZIP_MAGIC) and (more := self._read()):
            rest = (rest + more).lstrip(b"\0")
        return rest

    def _read(self) -> bytes:
        piece = self._file.read(_PIECE)
        self._packed += len(piece)
        return piece
