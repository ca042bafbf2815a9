"""A database that cannot be written, on a full disk or in a folder that is only to be read: looked at, and why."""

import contextlib
import errno
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

from digitpad.errors import reason
from digitpad.files.temporary import temporary_in

_LEAST_BYTES = 1 << 16  # a disk with less than that is full: so much SQLite needs before it begins
_FULL = errno.ENOSPC, errno.EDQUOT

_UNWRITABLE = (
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
)  # fmt: skip


_VIEWS = "select name from sqlite_master where type = 'view' and lower(name) in ('samples', 'counts', 'writers')"


def check_tables(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError where a table of the drawings is a view: one may go on without end."""
    for (name,) in database.execute(_VIEWS):
        raise sqlite3.DatabaseError(f"{name} is no table in it")


def code(error: sqlite3.Error) -> int:
    """Return SQLite's number for the kind of error; 0 for one of Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # above that is the finer kind


def is_unwritable(error: BaseException | None) -> bool:
    """Whether it may say that the database cannot be written, though it could be read."""
    return isinstance(error, sqlite3.Error) and code(error) in _UNWRITABLE


def why_unwritable(path: Path) -> str | None:
    """Return what keeps ``path`` from being written, such as "the disk is full"; None where that is not known."""
    folder = path.absolute().parent
    refused = _refused_in(folder)
    if refused and refused.errno == errno.EROFS:
        return "the disk is read-only"
    with contextlib.suppress(OSError):
        if not os.access(folder, os.W_OK | os.X_OK):
            return f"the folder {folder} may not be written"
        if path.exists() and not os.access(path, os.W_OK):
            return "the file may not be written"
        full = refused is None or refused.errno in _FULL  # some systems say that nothing is free, whatever is
        if full and shutil.disk_usage(folder).free < _LEAST_BYTES:
            return "the disk is full"
    return f"the folder {folder} cannot be written ({reason(refused)})" if refused else None


def _refused_in(folder: Path) -> OSError | None:
    """Return what the system says of writing there, of which nothing stays; None where it takes it.

    SQLite only knows of "disk I/O error" where a disk became read-only under it, or has no more for this person.
    """
    trial = temporary_in(folder)
    try:
        with trial.open("xb") as file:
            file.write(bytes(_LEAST_BYTES))
    except OSError as error:
        return error
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
    return None


class Frozen:
    """What is in a database that cannot be written, at one moment. SQLite by itself wants to write to look at it.

    Raises OSError or sqlite3.Error when it cannot be looked at either.
    """

    def __init__(self, path: Path) -> None:
        """Open the database ``path``, with the log that a program which was killed may have left."""
        self.moment = _moment(path)
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        if self.moment[1]:  # a log is read only with memory beside it, which is written: so both are copied
            self._copy = tempfile.TemporaryDirectory(prefix="digitpad-")
            copied = Path(self._copy.name, "drawings.sqlite")
            try:
                shutil.copyfile(path, copied)
                shutil.copyfile(f"{path}-wal", f"{copied}-wal")
            except OSError:
                self._copy.cleanup()
                raise
            self.database = sqlite3.connect(copied, check_same_thread=False)
        else:
            self.database = sqlite3.connect(
                f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False
            )
        try:
            check_tables(self.database)
        except sqlite3.Error:
            self.close()
            raise

    def is_of(self, path: Path) -> bool:
        """Whether the database ``path`` is as it was at that moment."""
        return self.moment == _moment(path)

    def close(self) -> None:
        """Let go of it."""
        self.database.close()
        if self._copy:
            self._copy.cleanup()


def _moment(path: Path) -> tuple[tuple[int, int, int, int], tuple[int, int] | None]:
    """Return what tells the database's file, and its log where that holds something, from those of other moments."""
    file = path.stat()
    log = None
    with contextlib.suppress(FileNotFoundError):
        status = os.stat(f"{path}-wal")
        log = (status.st_mtime_ns, status.st_size) if status.st_size else None
    return (file.st_dev, file.st_ino, file.st_mtime_ns, file.st_size), log
