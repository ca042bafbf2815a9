"""Writing files whole or not at all, and the sentences for files that cannot be read or written."""

import contextlib
import errno
import os
import secrets
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from digitpad.errors import DigitpadError

Content = bytes | Iterable[bytes]

_PATIENCE_S = 0.5  # for whoever holds a file open on Windows, such as a virus scanner that looks at it


def write_atomically(path: Path, content: Content) -> None:
    """Write ``content``, bytes or pieces of them, to ``path``: whole, or not at all.

    A full disk, a crash or an error raised by the pieces leaves the file that was there before. A link is followed: the
    file it leads to is replaced. Raises OSError.
    """
    write_all_atomically({path: content})


def write_all_atomically(contents: Mapping[Path, Content]) -> None:
    """Write several files, none of which takes its place before all of them are on the disk. Raises OSError."""
    written: dict[Path, Path] = {}  # the file that each leads to, and where its content waits to take that place
    try:
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            written[target] = _write_beside(target, content)
            with contextlib.suppress(OSError):  # a new file has none to keep, and some file systems know none
                written[target].chmod(target.stat().st_mode & 0o777)
        folders = {target.parent for target in written}
        for target in list(written):
            _replace(written[target], target)
            del written[target]
        for folder in folders:
            _sync(folder)
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def check_writable(path: Path, size: int) -> None:
    """Find out whether ``size`` bytes can be written to ``path``, by writing as many beside it; nothing stays of them.

    Raises OSError where they cannot.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    _write_beside(target, bytes(size)).unlink()
    if not os.path.lexists(target):  # a name may be too long, or hold what the system does not allow
        with target.open("xb"):
            pass
        target.unlink()


def _write_beside(target: Path, content: Content) -> Path:
    """Return a new file in the folder of ``target`` with ``content``, which is on the disk. Raises OSError."""
    # A name that says nothing of the target's, which may be as long as a name can be.
    temporary = target.with_name(f".digitpad-{secrets.token_hex(8)}")
    file = temporary.open("xb")  # as readable by others as any new file of this person's
    try:
        with file:
            for piece in (content,) if isinstance(content, bytes) else content:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


@contextlib.contextmanager
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
        with open(path, "rb", opener=_without_waiting) as file:
            yield file


def _without_waiting(path: str, flags: int) -> int:
    """Open a file that may have become a pipe since it was looked at."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextlib.contextmanager
def reading(path: Path, kind: type[DigitpadError]) -> Iterator[None]:
    """Raise ``kind`` with a sentence about ``path`` where what is done with it raises an OSError."""
    try:
        yield
    except FileNotFoundError:
        raise kind(f"{path}: there is no such file.") from None
    except OSError as error:
        raise kind(f"{path}: cannot be read ({reason(error)}).") from error


@contextlib.contextmanager
def writing(path: Path, kind: type[DigitpadError]) -> Iterator[None]:
    """Raise ``kind`` with a sentence about ``path`` where what is done with it raises an OSError."""
    try:
        yield
    except OSError as error:
        raise kind(f"{path}: cannot be written ({reason(error)}).") from error


def reason(error: OSError) -> str:
    """Return why it failed in the system's words, such as "No space left on device"."""
    return error.strerror or str(error) or type(error).__name__


def _replace(temporary: Path, target: Path) -> None:
    """Let a file take the place of another, which on Windows cannot be done while somebody looks at that one."""
    end = time.monotonic() + _PATIENCE_S
    while True:
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if time.monotonic() > end:
                raise
        time.sleep(0.02)


def _sync(folder: Path) -> None:
    """Have the new names in ``folder`` on the disk, too; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
