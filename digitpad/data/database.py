"""The SQLite file of the person's own drawings: its layout, its lock and log, and what is done when it is damaged.

``user_version`` is the version of the layout. Here a drawing is a row of ``COLUMNS``; ``store`` says what stands there.
"""

import contextlib
import itertools
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from digitpad.data.frozen import Frozen, check_tables, code, is_unwritable, why_unwritable
from digitpad.data.salvage import DAMAGE, readable
from digitpad.errors import StoreError, reason
from digitpad.files.contexts import contextmanager
from digitpad.files.temporary import sweep_once, temporary_in
from digitpad.files.writing import replace, sync_folder, write_atomically

T = TypeVar("T")
Row = tuple[Any, ...]

_VERSION = 2
LOCK_TIMEOUT_S = 2.0  # to wait for another window that is writing
BATCH = 200  # drawings read or written at once: a few milliseconds in which nobody else gets a turn
_LAYOUT = (
    # Autoincrement, so that no number is given anew while its drawing may still be restored.
    """create table samples (
        id integer primary key autoincrement,
        label integer not null check (label between 0 and 9),
        answer integer,
        made text not null,
        image blob not null check (length(image) = 784),
        strokes text not null
    )""",
    # A page is looked for here, among rows of a few bytes, not among the drawings. Every index ends with the row's
    # number, so that the first lists the numbers of each label in order.
    "create index samples_by_label on samples (label)",
    "create index samples_by_number on samples (id)",
    "create table counts (label integer primary key, n integer not null)",
    f"insert into counts values {', '.join(f'({label}, 0)' for label in range(10))}",
    """create trigger sample_added after insert on samples begin
        update counts set n = n + 1 where label = new.label;
    end""",
    """create trigger sample_removed after delete on samples begin
        update counts set n = n - 1 where label = old.label;
    end""",
    """create trigger sample_relabelled after update of label on samples begin
        update counts set n = n - 1 where label = old.label;
        update counts set n = n + 1 where label = new.label;
    end""",
)
COLUMNS = "id, label, answer, made, image, strokes"
WRITERS = "create table if not exists writers (id integer primary key, writer text not null)"
INSERT = f"insert into samples ({COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing"
_SAVE = f"insert or ignore into samples ({COLUMNS}) values (?, ?, ?, ?, ?, ?)"  # a damaged row may break any rule
_INSERT_WRITER = (  # of drawings that are there
    "insert or ignore into writers select ?1, ?2 where exists (select 1 from samples where id = ?1)"
)
_MIGRATE = (
    "alter table samples rename to samples_1",
    *_LAYOUT,
    f"insert into samples ({COLUMNS}) select {COLUMNS} from samples_1 order by id",
    "drop table samples_1",
)
_BESIDE = ("-wal", "-shm", "-journal")  # ends of names: its log, what its users share, what a change overwrites
_FARTHEST = 1 << 40  # that numbers ever get: behind the last that SQLite has none is given
_PIECE = 1 << 20  # bytes copied at once
# What SQLite says where a log cannot be had: it needs shared memory, which folders of some networks do not give.
_NO_LOG = sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL


class Database:
    """The file, for any thread and beside other windows. All raise StoreError, one sentence, when it cannot be used.

    One that is damaged is set aside, and what can be read of it goes on in a new one.
    """

    def __init__(self, path: Path | None, warn: Callable[[str], None], is_whole: Callable[[Row], bool]) -> None:
        """Use the file ``path``, made when the first row comes; for None, memory.

        ``warn`` is called, from the thread that met it, with one sentence when a damaged file was set aside; of that
        one the rows that are ``is_whole`` are saved.
        """
        self._path, self._warn, self._is_whole = path, warn, is_whole
        self._lock = threading.RLock()  # entered again when ``warn`` looks at what is left
        self._database: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None  # which file the database is open on
        self._frozen: Frozen | None = None  # for looking, while it cannot be written

    def close(self) -> None:
        """Let go of the file until it is used again; what was only in memory is gone."""
        with self._lock:
            self._thaw()
            if self._database is not None:
                self._database.close()
                self._database = None

    def look(self, query: str, parameters: tuple[object, ...] = ()) -> list[Row]:
        """Return the rows a query finds: none, and no file is made, where there is no database."""
        if self._database is None if self._path is None else not os.path.exists(self._path):
            return []
        try:
            return self._do(lambda database: database.execute(query, parameters).fetchall())
        except StoreError as error:
            if self._path is None or not is_unwritable(error.__cause__):
                raise
            with self._lock, contextlib.suppress(OSError, sqlite3.Error, UnicodeDecodeError):
                return self._frozen_at(self._path).execute(query, parameters).fetchall()
            raise

    def _frozen_at(self, path: Path) -> sqlite3.Connection:
        """Return a connection for looking at a database that cannot be written."""
        if self._frozen is None or not self._frozen.is_of(path):
            self._thaw()
            self._frozen = Frozen(path)
            self._frozen.database.text_factory = _lenient
        return self._frozen.database

    def _thaw(self) -> None:
        if self._frozen is not None:
            self._frozen.close()
            self._frozen = None

    def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` does in a transaction."""

        def transaction(database: sqlite3.Connection) -> T:
            while True:
                with _writing(database):
                    if self._file == _identity(self._path):
                        return work(database)
                database = self._connected()  # while this one waited, another window set the file aside

        return self._do(transaction)

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` does with the database, or with the new one should this one be found damaged."""
        with self._lock:
            try:
                try:
                    return work(self._connected())
                except (sqlite3.Error, UnicodeDecodeError) as error:
                    if self._path is None or not _is_damage(error):
                        raise
                    self._set_aside(self._path)
                    return work(self._connected())
            except OSError as error:
                raise StoreError(f"{self._path}: your drawings cannot be kept there ({reason(error)}).") from error
            except sqlite3.Error as error:
                raise StoreError(f"{self._path or 'memory'}: {_sentence(self._path, error)}.") from error

    # The connection

    def _connected(self) -> sqlite3.Connection:
        # Another window may have set the file aside, or the person removed it: what is added must not end there.
        if self._database is not None and self._file != _identity(self._path):
            self.close()
        if self._database is None:
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _identity(self._path)
            database = _connect(self._path or ":memory:")
            try:
                try:
                    self._prepare(database)
                except sqlite3.OperationalError as error:
                    if code(error) not in _NO_LOG:
                        raise
                    _leave_log(database)
                    self._prepare(database, log=False)
            except BaseException:
                database.close()
                raise
            self._database = database
            self._file = self._file or _identity(self._path)  # it may be made now; another may have its name meanwhile
        return self._database

    def _prepare(self, database: sqlite3.Connection, *, log: bool = True) -> None:
        """Bring the database to the present layout, unless it is of a newer version."""
        if not 0 <= _version(database) <= _VERSION:
            raise StoreError(f"{self._path}: the database of your drawings was written by a newer version of digitpad.")
        check_tables(database)
        # With its log ahead of it the database is never half written, readers and a writer do not wait for each other,
        # and a change need not wait for the disk.
        if log and _use_log(database):
            database.execute("pragma synchronous = normal")  # without a log a loss of power could damage it so
        if _version(database) < _VERSION:
            with _writing(database):
                version = _version(database)  # another window may have been quicker
                if version < _VERSION:
                    for statement in _MIGRATE if version else _LAYOUT:
                        database.execute(statement)
                    database.execute(f"pragma user_version = {_VERSION}")

    # A damaged database

    def _set_aside(self, path: Path) -> None:
        """Let a new database, with what can still be read, take the place of the damaged one, which is kept beside it.

        Until the new one is whole nothing changes, so that the next start does it again if this program is killed.
        """
        self.close()
        sweep_once(path.parent)
        new = temporary_in(path.parent)
        try:
            with contextlib.closing(_connect(path)) as damaged:
                _keep_others_out(damaged)
                if _identity(path) != self._file:
                    return  # another window has done it
                try:
                    saved = self._save(damaged, new)
                except sqlite3.Error as error:
                    raise StoreError(
                        f"{path}: the database of your drawings is damaged and stays as it is, as what can be read of "
                        f"it cannot be saved: {_sentence(path, error)}."
                    ) from error
                if _identity(path) != self._file:  # of what is no database at all nobody could be kept out
                    return
                if os.name == "nt":  # which lets no open file have another name
                    damaged.close()
                aside = _exchange(new, path)
        finally:
            with contextlib.suppress(OSError):
                new.unlink()
        with contextlib.suppress(*DAMAGE), contextlib.closing(_connect(aside)) as damaged:
            _version(damaged)  # with the last who looks at it, an empty log goes
        self._warn(
            f"{path}: the database of your drawings was damaged; {saved:,} of them could be saved, and the damaged "
            f"file is now {aside}."
        )

    def _save(self, damaged: sqlite3.Connection, new: Path) -> int:
        """Write what can be read of a damaged database into the file ``new``; return how many drawings that are.

        Raises sqlite3.Error only where it cannot be written.
        """
        with contextlib.closing(_connect(new)) as database:
            database.execute("pragma journal_mode = memory")  # nobody would sweep a second file
            self._prepare(database, log=False)
            with _writing(database):
                rows = filter(self._is_whole, readable(damaged, "samples", COLUMNS))
                saved = database.executemany(_SAVE, rows).rowcount
                for batch in batches(readable(damaged, "writers", "id, writer")):
                    database.execute(WRITERS)
                    database.executemany(_INSERT_WRITER, batch)
                _go_on_counting(damaged, database)
        return saved


def _go_on_counting(damaged: sqlite3.Connection, database: sqlite3.Connection) -> None:
    """Have no number given again that a drawing had which could not be read: windows may still know it by that."""
    last = None
    with contextlib.suppress(*DAMAGE):
        last = damaged.execute("select max(seq) from sqlite_sequence where name = 'samples'").fetchone()[0]
    if type(last) is int and 0 < last < _FARTHEST:
        there = database.execute("select max(id) from samples").fetchone()[0] or 0
        database.execute("delete from sqlite_sequence where name = 'samples'")
        database.execute("insert into sqlite_sequence values ('samples', ?)", (max(last, there),))


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield ``things``, so many at once as are read or written in a transaction."""
    iterator = iter(things)
    while batch := list(itertools.islice(iterator, BATCH)):
        yield batch


def _connect(path: Path | str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    database.text_factory = _lenient
    return database


def _lenient(text: bytes) -> str:
    return text.decode(errors="replace")  # one letter lost is not the whole drawing


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("pragma user_version").fetchone()[0])


@contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    """Open a transaction that may write from its beginning: a lock taken after reading could not be waited for.

    SQLite would ask for the lock after longer and longer pauses, and a window that writes one batch after the other
    could keep this one out by chance for all its patience.
    """
    with database:
        database.execute("pragma busy_timeout = 0")
        try:
            _patiently(database, "begin immediate")
        finally:
            database.execute(f"pragma busy_timeout = {LOCK_TIMEOUT_S * 1000:.0f}")
        yield


def _use_log(database: sqlite3.Connection) -> bool:
    """Have changes written to a log first, and return whether they are."""
    # SQLite does not wait for other windows here.
    return bool(_patiently(database, "pragma journal_mode = wal").fetchone()[0] == "wal")


def _patiently(database: sqlite3.Connection, statement: str) -> sqlite3.Cursor:
    """Execute a statement as soon as other windows let it be."""
    end = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            return database.execute(statement)
        except sqlite3.OperationalError as error:
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.001)


def _leave_log(database: sqlite3.Connection) -> None:
    """Have what is about to be overwritten saved first instead, which needs no memory shared between programs."""
    database.execute("pragma locking_mode = exclusive")  # or a log that is there already could not be read
    database.execute("pragma journal_mode = delete")
    database.execute("pragma locking_mode = normal")
    _version(database)  # with the next reading the lock is given up


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from another that takes its name; None where there is none."""
    try:
        status = os.stat(path) if path else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_dev, status.st_ino) if status else None


def _keep_others_out(damaged: sqlite3.Connection) -> None:
    """Let no other window write into a damaged database, unless it is so damaged that none can.

    Raises sqlite3.OperationalError where one keeps this one out.
    """
    damaged.execute("pragma writable_schema = on")  # or one that is cut off would be refused, and not locked
    with contextlib.suppress(*DAMAGE):
        damaged.execute("pragma wal_checkpoint(full)")  # for a moment it will be without its log
    try:
        damaged.execute("begin immediate")
    except DAMAGE as error:
        if isinstance(error, sqlite3.Error) and code(error) == sqlite3.SQLITE_BUSY:
            raise


def _exchange(new: Path, path: Path) -> Path:
    """Let ``new`` take the place of the damaged database ``path``, and return the name that this one has now.

    At any moment the one or the other is at ``path``. A log that stayed there would be taken for that of the new one.
    """
    aside = _free_name(path)
    try:
        _name_too(path, aside)
        for end in _BESIDE:
            if os.path.exists(f"{path}{end}"):
                os.rename(f"{path}{end}", f"{aside}{end}")
        replace(new, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            for end in _BESIDE:
                if os.path.exists(f"{aside}{end}"):
                    os.rename(f"{aside}{end}", f"{path}{end}")
            aside.unlink()
        raise StoreError(
            f"{path}: the database of your drawings is damaged and cannot be set aside ({reason(error)})."
        ) from error
    sync_folder(path.parent)
    return aside


def _name_too(path: Path, other: Path) -> None:
    """Have a file under an ``other`` name, too."""
    try:
        os.link(path, other)  # which takes no room and no time, but not every disk can
    except OSError:
        with path.open("rb") as file:
            write_atomically(other, iter(partial(file.read, _PIECE), b""))


def _free_name(path: Path) -> Path:
    """Return a name for a damaged database that none of an older one's files has."""
    now = time.strftime("%Y%m%d-%H%M%S")
    aside, again = path.with_name(f"{path.stem}.broken-{now}.sqlite"), 1
    while any(os.path.exists(f"{aside}{end}") for end in ("", *_BESIDE)):
        again += 1
        aside = path.with_name(f"{path.stem}.broken-{now}-{again}.sqlite")
    return aside


def _is_damage(error: Exception) -> bool:
    """Whether it says that the file is no database, or not a whole one.

    SQLite quotes what it could not understand, and where that is not even text Python fails at the quotation. Too big
    is what a row whose length was overwritten seems to be.
    """
    damages = sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_TOOBIG
    return not isinstance(error, sqlite3.Error) or code(error) in damages


def _sentence(path: Path | None, error: sqlite3.Error) -> str:
    if is_unwritable(error) and path and (why := why_unwritable(path)):
        return f"{why}, and nothing more can be kept there"
    match code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"another program has kept your drawings locked for more than {LOCK_TIMEOUT_S:g} seconds"
        case sqlite3.SQLITE_FULL:
            return "the disk is full, and nothing more can be kept there"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return f"your drawings cannot be kept there ({error})"
    return f"the database of your drawings cannot be used ({error})"
