"""Files that are opened for reading, and the sentences for those that cannot be."""

import errno
import io
import os
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from digitpad.errors import Cancelled, DigitpadError, reason
from digitpad.files.contexts import contextmanager

T = TypeVar("T")

_reader = threading.local()


@contextmanager
def opened(path: Path, kind: type[DigitpadError]) -> Iterator[BinaryIO]:
    """Yield the file for reading.

    Raises ``kind`` with a sentence where it is missing, cannot be read, or is no file but a folder, a pipe or a device:
    one would wait for ever for what another program writes into a pipe, and a device may have no end.
    """
    with reading(path, kind):
        try:
            mode = os.stat(path).st_mode
        except ValueError:  # of a name with half a letter in it, or with a zero
            raise kind(f"{path}: no file can have this name.") from None
        if not stat.S_ISREG(mode):
            raise kind(f"{path}: it is not a file.")
        with io.BufferedReader(_Ready(path, opener=_without_waiting)) as file:
            yield file


def content_of(path: Path, kind: type[DigitpadError], most_bytes: int, too_large: str = "") -> bytes:
    """Return what is in a file: not a map of it, which would be torn if the file became shorter.

    Raises ``kind`` as ``opened`` does, and where there are more than ``most_bytes``, which ``too_large`` may say.
    """
    with opened(path, kind) as file:
        size = os.fstat(file.fileno()).st_size  # before they are all read, and yet more may come meanwhile
        # Python takes memory for all that it is asked to read before it reads: a small file needs little.
        content = b"" if size > most_bytes else file.read(size + 1)
        if size < len(content) <= most_bytes:
            content += file.read(most_bytes + 1 - len(content))
    if max(size, len(content)) > most_bytes:
        raise kind(f"{path}: {too_large or f'larger than {most_bytes >> 20} MiB'}.")
    return content


class _Ready(io.FileIO):
    """A file that has to be there: what would wait for more, as some that a system shows do, raises OSError."""

    def readinto(self, buffer: Any) -> int:
        check_wanted()
        read: int | None = super().readinto(buffer)  # Python's own types do not know of None
        return self._there(read)

    def readall(self) -> bytes:
        check_wanted()
        return self._there(super().readall())

    @staticmethod
    def _there(read: T | None) -> T:
        if read is None:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return read


@contextmanager
def left_unless(wanted: Callable[[], bool]) -> Iterator[None]:
    """Within, have this thread leave what it reads from files as soon as that is not ``wanted`` any more."""
    _reader.wanted = wanted
    try:
        yield
    finally:
        del _reader.wanted


def check_wanted() -> None:
    """Raise Cancelled where nobody wants what this thread reads."""
    wanted: Callable[[], bool] | None = getattr(_reader, "wanted", None)
    if wanted is not None and not wanted():
        raise Cancelled("It was left before it was read to its end.")


def _without_waiting(path: str, flags: int) -> int:
    """Open a file that may have become a pipe since it was looked at."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def reading(path: Path, kind: type[DigitpadError]) -> Iterator[None]:
    """Raise ``kind`` with a sentence about ``path`` where what is done with it raises an OSError."""
    try:
        yield
    except FileNotFoundError:
        raise kind(f"{path}: there is no such file.") from None
    except OSError as error:
        raise kind(f"{path}: cannot be read ({reason(error)}).") from error


def refuse_others(path: Path) -> None:
    """Raise OSError where something is at ``path`` and is no file: whoever opens a pipe may wait for ever."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "it is not a file")
