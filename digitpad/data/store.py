"""The person's own labelled drawings, in an SQLite database.

One row a drawing: its label, what the network answered, when it was made, the 784 greys the network saw as bytes, and
the pen's strokes as JSON (a list of strokes, each a list of [x, y, pressure] in sides of the canvas), last because it
is the longest and the least asked for. How many there are of each label is counted as they come and go.
``user_version`` is the version of this layout.
"""

import contextlib
import itertools
import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.data.frozen import Frozen, code, is_unwritable, why_unwritable
from digitpad.draw.drawing import Points
from digitpad.draw.preprocess import SIDE, Greys, to_bytes
from digitpad.errors import StoreError
from digitpad.files import reason

T = TypeVar("T")
Row = tuple[Any, ...]

_VERSION = 2
_PIXELS = SIDE * SIDE
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
_COLUMNS = "id, label, answer, made, image, strokes"
_INSERT = f"insert into samples ({_COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing"
_MIGRATE = (
    "alter table samples rename to samples_1",
    *_LAYOUT,
    f"insert into samples ({_COLUMNS}) select {_COLUMNS} from samples_1 order by id",
    "drop table samples_1",
)
_ENDS = ("-wal", "-shm", "")  # of the names of a database's files: its log, what its users share, itself
# What SQLite says where a log cannot be had: it needs shared memory, which folders of some networks do not give.
_NO_LOG = sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL
_STRICT = json.JSONEncoder(allow_nan=False)  # made once: that takes as long as a digit's strokes
_CHOSEN = "id in (select value from json_each(?))"


@dataclass(frozen=True, eq=False)
class Drawn:
    """A drawing and what it is; ``drawn_now`` makes one.

    ``label`` is from 0 to 9. ``strokes`` are (n, 3) each, n at least 1: x, y and pressure in sides of the canvas;
    there are none for what came as a picture. ``image`` (784,) with 255 = ink is what the network saw, and
    ``prediction`` what it said when the drawing was kept, None where it was not asked. ``created_at`` is when, in UTC,
    as ISO 8601 writes it down to seconds.
    """

    label: int
    strokes: tuple[Points, ...]
    image: NDArray[np.uint8]
    prediction: int | None
    created_at: str


@dataclass(frozen=True, eq=False)
class Sample(Drawn):
    """A drawing that is in the store, under the number ``id``."""

    id: int


def drawn_now(label: int, strokes: Sequence[Points], greys: Greys, prediction: int | None = None) -> Drawn:
    """Return a drawing made at this moment, whose ``greys`` (784,) in [0, 1] are what the network sees of it."""
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Drawn(label, tuple(strokes), to_bytes(greys), prediction, created_at)


class Store:
    """The drawings kept so far. Every call is a transaction of its own, from any thread, beside other windows.

    All raise StoreError, one sentence, when the database cannot be used. One that is damaged is set aside, and what
    can be read of it goes on in a new one.
    """

    def __init__(self, path: Path | None = None, warn: Callable[[str], None] = lambda _sentence: None) -> None:
        """Use the database ``path``, made when the first drawing comes; without one, memory.

        ``warn`` is called, from the thread that met it, with one sentence when a damaged database was set aside.
        """
        self._path = path
        self._warn = warn
        self._lock = threading.RLock()  # entered again when ``warn`` looks at what is left
        self._database: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None  # which file the database is open on
        self._frozen: Frozen | None = None  # for looking, while it cannot be written

    def add(self, drawn: Drawn) -> int:
        """Keep a drawing and return the number it has from now on."""
        return self.add_many([drawn])[0]

    def add_many(self, drawn: Iterable[Drawn]) -> list[int]:
        """Keep drawings, 200 in a transaction so that another window never waits long, and return their numbers.

        After an error the transactions before it stay.
        """
        numbers: list[int] = []
        for batch in _batches(drawn):
            numbers += self._change(partial(_insert, rows=[(None, *_values(one)) for one in batch]))
        return numbers

    def relabel(self, numbers: Sequence[int], label: int) -> dict[int, int]:
        """Give the drawings with these numbers another label and return the one each had, by number.

        Numbers that are gone are passed over.
        """
        chosen = json.dumps(list(numbers))

        def change(database: sqlite3.Connection) -> dict[int, int]:
            before = dict(database.execute(f"select id, label from samples where {_CHOSEN}", (chosen,)).fetchall())
            database.execute(f"update samples set label = ? where {_CHOSEN}", (label, chosen))
            return before

        return self._change(change)

    def remove(self, numbers: Sequence[int]) -> list[Sample]:
        """Forget the drawings with these numbers and return those that were there, for ``restore``."""
        chosen = (json.dumps(list(numbers)),)

        def take_out(database: sqlite3.Connection) -> list[Sample]:
            rows = database.execute(f"select {_COLUMNS} from samples where {_CHOSEN} order by id", chosen).fetchall()
            database.execute(f"delete from samples where {_CHOSEN}", chosen)
            return [self._sample(row) for row in rows]

        return self._change(take_out)

    def restore(self, samples: Sequence[Sample]) -> None:
        """Put drawings that were removed back under their own numbers; those that are there already stay."""
        rows = [(sample.id, *_values(sample)) for sample in samples]
        self._change(lambda database: database.executemany(_INSERT, rows))

    def counts(self) -> list[int]:
        """Return how many drawings there are of each of the ten labels."""
        counted: dict[int, int] = dict(self._look("select label, n from counts"))
        return [counted.get(label, 0) for label in range(10)]

    def __len__(self) -> int:
        return sum(self.counts())

    def page(self, label: int | None, first: int, n: int) -> list[Sample]:
        """Return ``n`` drawings, fewer at the end, from the ``first`` on, 0 being the newest.

        They are those of one ``label``, or of all for None.
        """
        which, labels = ("", ()) if label is None else ("where label = ?", (label,))
        numbers = f"select id from samples {which} order by id desc limit ? offset ?"
        query = f"select {_COLUMNS} from samples where id in ({numbers}) order by id desc"
        return [self._sample(row) for row in self._look(query, (*labels, n, first))]

    def each(self) -> Iterator[Sample]:
        """Go through all drawings, oldest first, a few in memory at a time."""
        return map(self._sample, self._rows(_COLUMNS))

    def dataset(self, at_most: int = 60_000) -> Dataset:
        """Return the newest drawings, so many at most, as a network learns from them: oldest first."""
        first = self._look("select id from samples order by id desc limit 1 offset ?", (at_most - 1,))
        # Read forwards, as the system reads ahead: backwards takes many times as long from a disk.
        rows = list(itertools.islice(self._rows("id, label, image", first[0][0] if first else 0), at_most))
        for number, label, image in rows:
            self._check(number, label, image)
        images = np.frombuffer(b"".join(image for _, _, image in rows), dtype=np.uint8).reshape(-1, _PIXELS)
        return Dataset(images, np.array([label for _, label, _ in rows], dtype=np.uint8))

    def close(self) -> None:
        """Let go of the file until it is used again; what was only in memory is gone."""
        with self._lock:
            self._thaw()
            if self._database is not None:
                self._database.close()
                self._database = None

    # Looking and changing

    def _rows(self, columns: str, first: int = 0) -> Iterator[Row]:
        """Go through the rows by number, the first of ``columns``; others get their turn after every few."""
        query = f"select {columns} from samples where id >= ? order by id limit {BATCH}"
        while rows := self._look(query, (first,)):
            yield from rows
            first = rows[-1][0] + 1

    def _look(self, query: str, parameters: tuple[object, ...] = ()) -> list[Row]:
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

    def _change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what ``work`` does in a transaction."""

        def transaction(database: sqlite3.Connection) -> T:
            with database:
                database.execute("begin immediate")  # waits its turn; a lock taken later, after reading, could not
                return work(database)

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
            self._database, self._file = database, _identity(self._path)
        return self._database

    def _prepare(self, database: sqlite3.Connection, *, log: bool = True) -> None:
        """Bring the database to the present layout, unless it is of a newer version."""
        if not 0 <= _version(database) <= _VERSION:
            raise StoreError(f"{self._path}: the database of your drawings was written by a newer version of digitpad.")
        # With its log ahead of it the database is never half written, readers and a writer do not wait for each other,
        # and a change need not wait for the disk.
        if log and _use_log(database):
            database.execute("pragma synchronous = normal")  # without a log a loss of power could damage it so
        if _version(database) < _VERSION:
            with database:
                database.execute("begin immediate")
                version = _version(database)  # another window may have been quicker
                if version < _VERSION:
                    for statement in _MIGRATE if version else _LAYOUT:
                        database.execute(statement)
                    database.execute(f"pragma user_version = {_VERSION}")

    # A damaged database

    def _set_aside(self, path: Path) -> None:
        """Rename the damaged database and begin a new one with what can still be read of it."""
        self.close()
        if _identity(path) != self._file:
            return  # another window has done it
        aside = _free_name(path)
        try:
            for end in _ENDS:
                if os.path.exists(f"{path}{end}"):
                    os.rename(f"{path}{end}", f"{aside}{end}")
        except OSError as error:
            raise StoreError(
                f"{path}: the database of your drawings is damaged and cannot be set aside ({reason(error)})."
            ) from error
        saved = 0
        with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(self._readable(aside)) as rows:
            for batch in _batches(rows):
                database = self._connected()
                with database:
                    database.execute("begin immediate")
                    database.executemany(_INSERT, batch)
                saved += len(batch)
        self._warn(
            f"{path}: the database of your drawings was damaged; {saved:,} of them could be saved, and the damaged "
            f"file is now {aside}."
        )

    def _readable(self, file: Path) -> Generator[Row, None, None]:
        """Go through the rows of a damaged database up to the first place that cannot be read."""
        damage = sqlite3.Error, UnicodeDecodeError
        with contextlib.suppress(*damage), contextlib.closing(_connect(file)) as database:
            for row in database.execute(f"select {_COLUMNS} from samples order by id"):
                with contextlib.suppress(StoreError):
                    self._sample(row)
                    yield row

    # Rows

    def _sample(self, row: Row) -> Sample:
        number, label, answer, made, image, written = row
        self._check(number, label, image)
        try:
            strokes = tuple(np.array(stroke, dtype=np.float64) for stroke in json.loads(written))
            if any(stroke.ndim != 2 or stroke.shape[1] != 3 or not np.isfinite(stroke).all() for stroke in strokes):
                raise ValueError
        except (ValueError, TypeError, OverflowError, RecursionError):
            strokes = ()  # what the network saw is left, as of a picture: one drawing must not hide all others
        return Sample(label, strokes, np.frombuffer(image, dtype=np.uint8), answer, made, number)

    def _check(self, number: int, label: object, image: object) -> None:
        if label not in range(10) or not isinstance(image, bytes) or len(image) != _PIXELS:
            raise StoreError(f"{self._path}: the image of drawing {number} cannot be read back.")


def _values(drawn: Drawn) -> Row:
    """Return what is in a drawing's columns, but for its number."""
    written = _STRICT.encode([np.round(stroke, 5).tolist() for stroke in drawn.strokes])
    return drawn.label, drawn.prediction, drawn.created_at, drawn.image.tobytes(), written


def _insert(database: sqlite3.Connection, rows: list[Row]) -> list[int]:
    return [int(database.execute(_INSERT, row).lastrowid or 0) for row in rows]


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
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


def _use_log(database: sqlite3.Connection) -> bool:
    """Have changes written to a log first, and return whether they are.

    SQLite does not wait for other windows here, so this does.
    """
    end = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            return bool(database.execute("pragma journal_mode = wal").fetchone()[0] == "wal")
        except sqlite3.OperationalError as error:
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.01)


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


def _free_name(path: Path) -> Path:
    """Return a name for a damaged database that none of an older one's files has."""
    now = time.strftime("%Y%m%d-%H%M%S")
    aside, again = path.with_name(f"{path.stem}.broken-{now}.sqlite"), 1
    while any(os.path.exists(f"{aside}{end}") for end in _ENDS):
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
