"""Writing files whole or not at all, and the sentences for files that cannot be read or written."""

import contextlib
import errno
import functools
import io
import os
import re
import secrets
import shutil
import stat
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from digitpad.errors import Cancelled, DigitpadError

Content = bytes | Iterable[bytes]
T = TypeVar("T")

_OLD_S = 6 * 3600.0  # nobody writes a file for as long
# Names of temporary files, of earlier versions too.
_LEFT = re.compile(
    r"\.digitpad-(?:(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,9})-)?(?:[0-9a-f]{16}|[a-z0-9_]{8})"
    r"|\.(?:settings\.json|(?:train|t10k)-(?:images-idx3|labels-idx1)-ubyte\.gz)\.[a-z0-9_]{8}"
    r"|\.\d{6,}\.png\.part"
)
_reader = threading.local()
_swept: set[Path] = set()  # folders
_sweeping = threading.Lock()

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
        _sync(target.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def write_new_folder(folder: Path, contents: Mapping[str, Content]) -> None:
    """Write files into ``folder``, which is there with all of them or not at all.

    Raises OSError, also where there is something in such a folder already.
    """
    _sweep(folder.parent)
    temporary = _temporary(folder.parent)
    temporary.mkdir()
    try:
        for name, content in contents.items():
            with (temporary / name).open("xb") as file:
                _write(file, content)
        _sync(temporary)
        replace(temporary, folder)
        _sync(folder.parent)
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


def refuse_others(path: Path) -> None:
    """Raise OSError where something is at ``path`` and is no file: whoever opens a pipe may wait for ever."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "it is not a file")


def _write_beside(target: Path, content: Content) -> Path:
    """Return a new file in the folder of ``target`` with ``content``, which is on the disk. Raises OSError."""
    _sweep(target.parent)
    temporary = _temporary(target.parent)
    file = temporary.open("xb")  # as readable by others as any new file of this person's
    try:
        with file:
            _write(file, content)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _temporary(folder: Path) -> Path:
    """Return a name that says nothing of the target's, which may be as long as a name can be, but whose it is."""
    return folder / f".digitpad-{_machine()}-{os.getpid()}-{secrets.token_hex(8)}"


def _write(file: BinaryIO, content: Content) -> None:
    for piece in (content,) if isinstance(content, bytes) else content:
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())


def encodable(text: str) -> str:
    """Return ``text`` as UTF-8 can hold it: a surrogate alone, as in names that are no text, becomes a "?"."""
    return text.encode("utf-8", "replace").decode()


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
        with io.BufferedReader(_Ready(path, opener=_without_waiting)) as file:
            yield file


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


@contextlib.contextmanager
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


def _sweep(folder: Path) -> None:
    """Remove what killed processes of this program have left in ``folder``, the first time this one writes there."""
    with _sweeping:  # whoever else is about to write there waits, lest it be taken for one of before
        if folder in _swept:
            return
        _swept.add(folder)
        sweep(folder, _LEFT)


def sweep(folder: Path, names: re.Pattern[str]) -> None:
    """Remove this person's files and folders in ``folder`` with such names that nobody writes any more.

    Those are of some hours ago, or of a process that is gone, where the name has its ``machine`` and ``process``.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = names.fullmatch(entry.name)
            if not match or entry.is_symlink():
                continue
            of = match.groupdict()
            with contextlib.suppress(OSError):
                if _is_left(entry.stat(follow_symlinks=False), **of):
                    if entry.is_file():
                        os.unlink(entry)
                    elif of.get("machine"):  # earlier versions made no folders
                        shutil.rmtree(entry)


def _is_left(status: os.stat_result, machine: str | None = None, process: str | None = None) -> bool:
    """Whether a temporary file is this person's, and nobody writes it any more."""
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        return False
    if machine == _machine() and process and not _lives(int(process)):
        return True
    return time.time() - status.st_mtime > _OLD_S


def _lives(process: int) -> bool:
    """Whether another process of this number is there; always where the system cannot be asked without harm."""
    if sys.platform == "win32":
        return True
    if process == os.getpid():  # one of before, as containers count from 1 each time
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


@functools.cache
def _machine() -> str:
    """Return a few letters that tell this machine from others that write into the same folder."""
    from platform import node

    return f"{zlib.crc32(os.fsencode(node())):08x}"


def _sync(folder: Path) -> None:
    """Have the new names in ``folder`` on the disk, too; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
