"""Files written whole or not at all, and the sentences for those that cannot be."""

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from digitpad.errors import DigitpadError, reason
from digitpad.files.contexts import contextmanager
from digitpad.files.reading import refuse_others
from digitpad.files.temporary import sweep_once, temporary_in

Content = bytes | Iterable[bytes]

_ATTEMPTS, _PAUSE_S = 25, 0.02  # for whoever holds a file open on Windows, such as a virus scanner


def write_atomically(path: Path, content: Content) -> None:
    """Write ``content``, bytes or pieces of them, to ``path``: whole, or not at all.

    A full disk, a crash or an error raised by the pieces leaves the file that was there before. A link is followed: the
    file it leads to is replaced. Raises OSError, also where there is a folder, a pipe or a device.
    """
    target = _target(path)
    temporary = _write_beside(target, content)
    try:
        with contextlib.suppress(OSError):  # a new file has none to keep, and some file systems know none
            temporary.chmod(target.stat().st_mode & 0o777)
        replace(temporary, target)
        sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def write_new_folder(folder: Path, contents: Mapping[str, Content]) -> None:
    """Write files into ``folder``, which is there with all of them or not at all.

    Raises OSError, also where there is something in such a folder already.
    """
    sweep_once(folder.parent)
    temporary = temporary_in(folder.parent)
    temporary.mkdir()
    try:
        for name, content in contents.items():
            with (temporary / name).open("xb") as file:
                _write(file, content)
        sync_folder(temporary)
        replace(temporary, folder)
        sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def check_writable(path: Path, size: int) -> None:
    """Find out whether ``size`` bytes can be written to ``path``, by writing as many beside it; nothing stays of them.

    Raises OSError where they cannot.
    """
    target = _target(path)
    _write_beside(target, bytes(size)).unlink()
    if not os.path.lexists(target):  # a name may be too long, or hold what the system does not allow
        with target.open("xb"):
            pass
        target.unlink()


def _target(path: Path) -> Path:
    """Return the file that is to be replaced or made. Raises OSError for what is there and is no file."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    refuse_others(target)  # a file in the place of /dev/null would be no end of trouble
    return target


def _write_beside(target: Path, content: Content) -> Path:
    """Return a new file in the folder of ``target`` with ``content``, which is on the disk. Raises OSError."""
    sweep_once(target.parent)
    temporary = temporary_in(target.parent)
    file = temporary.open("xb")  # as readable by others as any new file of this person's
    try:
        with file:
            _write(file, content)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _write(file: BinaryIO, content: Content) -> None:
    for piece in (content,) if isinstance(content, bytes) else content:
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())


def encodable(text: str) -> str:
    """Return ``text`` as UTF-8 can hold it: a surrogate alone, as in names that are no text, becomes a "?"."""
    return text.encode("utf-8", "replace").decode()


@contextmanager
def writing(path: Path, kind: type[DigitpadError]) -> Iterator[None]:
    """Raise ``kind`` with a sentence about ``path`` where what is done with it raises an OSError."""
    try:
        yield
    except OSError as error:
        raise kind(f"{path}: cannot be written ({reason(error)}).") from error


def replace(temporary: Path, target: Path) -> None:
    """Let a file take the place of another, which on Windows cannot be done while somebody looks at that one.

    Raises OSError.
    """
    for left in reversed(range(_ATTEMPTS)):  # counted, as a busy machine may sleep for long
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if not left:
                raise
        time.sleep(_PAUSE_S)


def sync_folder(folder: Path) -> None:
    """Have the new names in ``folder`` on the disk, too, as far as the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
