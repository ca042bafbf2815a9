"""Files of digits as bytes: opened, unpacked where they are gzipped, with every failure put into one sentence."""

import contextlib
import gzip
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

from digitpad.errors import DataError
from digitpad.files import reading

LARGEST = 1 << 30  # bytes; EMNIST's largest file is 0.6 GB unpacked. Beyond it a packed file is a bomb, not digits.
_GZIP_MAGIC = b"\x1f\x8b"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BufferedIOBase]:
    """Yield the file for reading. Raises DataError when it is missing, cannot be read, or outgrows the memory."""
    try:
        with reading(path, DataError), path.open("rb") as file:
            yield file
    except MemoryError as error:
        raise DataError(f"{path}: too large for the memory there is.") from error


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[BufferedIOBase]:
    """Yield the file's bytes for reading, unpacked if they are gzipped. Raises DataError as ``opened``, or for damage.

    Whoever reads says how much at most: a few packed bytes can hold any number of others.
    """
    with opened(path) as file:
        zipped = file.read(2) == _GZIP_MAGIC
        file.seek(0)
        try:
            yield gzip.GzipFile(fileobj=file) if zipped else file
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DataError(f"{path}: the gzip data is damaged or cut off ({error}).") from error
