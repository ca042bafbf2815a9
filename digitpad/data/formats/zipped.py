"""Zip files of any of the other formats; NumPy's npz is one, with an array a member."""

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from digitpad.data.formats.unpacking import Source, check_ratio
from digitpad.errors import DataError
from digitpad.files.contexts import contextmanager
from digitpad.files.reading import check_wanted

_DEEPEST = 3  # zip files in one another
_LARGEST_DIRECTORY = 16 << 20  # bytes of a zip file that list its members: MNIST as pictures takes 7 MB
_ENCRYPTED = 1  # the bit among a member's flags
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
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


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is of this format."""
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def members(source: Source, until: contextlib.ExitStack) -> list[Source]:
    """Return the files in the zip file, each with its path there for a name, to be read as long as ``until`` is open.

    Raises DataError for damage, and where it lies too deep in others or holds too much with them.
    """
    if source.depth >= _DEEPEST:
        raise DataError(f"{source.where}: zip files lie in one another, more than {_DEEPEST} deep.")
    file = until.enter_context(source.unpacked())
    with _explaining(source):
        # A packed one is taken into memory: it is read from its end, and by leaps.
        leaps = file.seekable() and not isinstance(file, zipfile.ZipExtFile)
        whole = file if leaps else io.BytesIO(source.bounds.hold(source.where, file))
        listed, size = _Listed(source.where, whole), source.size()
        archive = until.enter_context(zipfile.ZipFile(cast("BinaryIO", listed)))
        listed.done = True
        unpacked = sum(info.file_size for info in archive.infolist())  # they may lie on one another
        check_ratio(source.where, unpacked, size)
        source.bounds.add(source.where, len(archive.infolist()), unpacked, 0 if source.depth else size)
        return [_member(source, archive, info, size) for info in archive.infolist() if _is_file(info)]


class _Listed:
    """A zip file whose list of members is read in one go, and refused where that takes memory without end.

    46 bytes may stand for each, a thousand times as many when they are packed, and Python makes 700 of them. Once the
    list is ``done`` it is a file as any other.
    """

    def __init__(self, where: str, file: BinaryIO) -> None:
        self._where, self._file, self.done = where, file, False

    def read(self, n: int = -1) -> bytes:
        if n > _LARGEST_DIRECTORY and not self.done:
            raise DataError(f"{self._where}: holds too many files.")
        return self._file.read(n)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _is_file(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not info.is_dir() and kind in (0, stat.S_IFREG)


def _member(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> Source:
    """Return a file of the zip file, which itself takes ``size`` bytes on the disk."""
    check_wanted()  # which takes seconds where they are very many
    packed = min(info.compress_size, size)
    name = info.filename.replace("\\", "/")
    where = f"{source.where}, {name.removesuffix('.npy')}"

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        if info.flag_bits & _ENCRYPTED:
            raise DataError(f"{where}: is locked with a password.")
        if info.compress_type not in _PACKINGS:
            raise DataError(f"{where}: is packed in a way that is not read here; deflate is.")
        check_ratio(where, info.file_size, packed)
        with _explaining(source), archive.open(info) as file:
            yield file  # type: ignore[misc]  # it reads and seeks as any binary file

    return Source(where, name, opened, source.bounds, packed, source.depth + 1)


@contextmanager
def _explaining(source: Source) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise DataError(f"{source.where}: the zip file is damaged or cut off.") from error
