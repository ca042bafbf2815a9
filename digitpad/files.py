"""Writing files whole or not at all, and the sentences for files that cannot be read or written."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digitpad.errors import DigitpadError

Content = bytes | Iterable[bytes]


def write_atomically(path: Path, content: Content) -> None:
    """Write ``content``, bytes or pieces of them, to ``path``: whole, or not at all.

    A full disk, a crash or an error raised by the pieces leaves the file that was there before. A link is followed: the
    file it leads to is replaced. Raises OSError.
    """
    write_all_atomically({path: content})


def write_all_atomically(contents: Mapping[Path, Content]) -> None:
    """Write several files, none of which takes its place before all of them are on the disk. Raises OSError."""
    written: dict[Path, str] = {}
    try:
        for path, content in contents.items():
            target = path.resolve()
            # A name that says nothing of the target's, which may be as long as a name can be.
            descriptor, written[target] = tempfile.mkstemp(dir=target.parent, prefix=".digitpad-")
            with open(descriptor, "wb") as file:
                for piece in (content,) if isinstance(content, bytes) else content:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(written[target], _mode(target))
        for target in list(written):
            os.replace(written[target], target)
            del written[target]
        for folder in {path.resolve().parent for path in contents}:
            _sync(folder)
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                os.unlink(temporary)


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


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of any new file: a temporary one is private."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0o022)
        os.umask(umask)
        return 0o666 & ~umask


def _sync(folder: Path) -> None:
    """Have the new names in ``folder`` on the disk, too; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
