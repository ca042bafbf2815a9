"""The person's own labelled drawings, in an SQLite database.

One row a drawing: its label, the pen's strokes as JSON (a list of strokes, each a list of [x, y, pressure] in sides of
the canvas), the 784 greys the network saw as bytes, what it answered, and when. ``user_version`` is the version of
this layout.
"""

import contextlib
import itertools
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.errors import DataError

_VERSION = 1
_PIXELS = 784
_PATIENCE = 2.0  # s to wait for another window that is writing
_LAYOUT = """
    create table samples (
        id integer primary key,
        label integer not null check (label between 0 and 9),
        strokes text not null,
        image blob not null check (length(image) = 784),
        answer integer not null,
        made text not null
    );
"""
_names = itertools.count()


class Samples:
    """The drawings kept so far. Every call is a transaction of its own, from any thread, beside other windows.

    All raise DataError, one sentence, when the database cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Use the database ``path``, made when the first drawing comes; without one, memory."""
        self._path = path
        self._memory = None
        if path is None:
            self._name = f"file:samples-{os.getpid()}-{next(_names)}?mode=memory&cache=shared"
            self._memory = sqlite3.connect(self._name, uri=True, check_same_thread=False)  # keeps it alive

    def add(self, label: int, strokes: Sequence[NDArray[np.float64]], image: NDArray[np.floating], answer: int) -> int:
        """Keep a drawing: ``strokes`` (n, 3) each, ``image`` (784,) greys in [0, 1]. Return its number."""
        written = json.dumps([np.round(stroke, 5).tolist() for stroke in strokes])
        greys = np.round(255 * image).astype(np.uint8).tobytes()
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open() as database:
            row = (label, written, greys, answer, made)
            cursor = database.execute(
                "insert into samples (label, strokes, image, answer, made) values (?,?,?,?,?)", row
            )
            return int(cursor.lastrowid or 0)

    def remove(self, number: int) -> None:
        """Forget a drawing."""
        with self._open() as database:
            database.execute("delete from samples where id = ?", (number,))

    def __len__(self) -> int:
        if self._path is not None and not self._path.exists():
            return 0
        with self._open() as database:
            return int(database.execute("select count(*) from samples").fetchone()[0])

    def dataset(self) -> Dataset:
        """Return all drawings as a network learns from them."""
        with self._open() as database:
            rows = database.execute("select image, label from samples order by id").fetchall()
        images = np.frombuffer(b"".join(image for image, _ in rows), dtype=np.uint8).reshape(-1, _PIXELS)
        return Dataset(images, np.array([label for _, label in rows], dtype=np.uint8))

    def close(self) -> None:
        """Let go of the memory, where that is all there is."""
        if self._memory is not None:
            self._memory.close()

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        where = self._path or "memory"
        try:
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                database = sqlite3.connect(self._path, timeout=_PATIENCE)
            else:
                database = sqlite3.connect(self._name, uri=True, timeout=_PATIENCE)
            with contextlib.closing(database), database:
                self._lay_out(database)
                yield database
        except OSError as error:
            raise DataError(f"{where}: your drawings cannot be kept there ({error.strerror or error}).") from error
        except sqlite3.DatabaseError as error:
            raise DataError(f"{where}: the database of your drawings cannot be used ({error}).") from error

    def _lay_out(self, database: sqlite3.Connection) -> None:
        version = int(database.execute("pragma user_version").fetchone()[0])
        if version > _VERSION:
            raise DataError(f"{self._path}: the database of your drawings was written by a newer version of digitpad.")
        if version == 0:
            database.execute("begin immediate")
            if int(database.execute("pragma user_version").fetchone()[0]) == 0:  # no other window was quicker
                database.execute(_LAYOUT)
                database.execute(f"pragma user_version = {_VERSION}")
            database.commit()
