"""The person's own labelled drawings: what each is, kept, looked for, relabelled and removed in an SQLite database.

One row a drawing: its label, what the network answered, when it was made, the 784 greys the network saw as bytes, and
the pen's strokes as JSON (a list of strokes, each a list of [x, y, pressure] in sides of the canvas), last because it
is the longest and the least asked for. Who drew those that are not the person's own stands in a table that is made with
the first of them: a version that does not know it reads all else. How many there are of each label is counted as they
come and go. ``database`` has the layout.
"""

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.data.database import BATCH, COLUMNS, INSERT, WRITERS, Database, Row, batches
from digitpad.data.dataset import Dataset
from digitpad.draw.drawing import Points
from digitpad.draw.preprocess import SIDE, Greys, to_bytes
from digitpad.errors import StoreError
from digitpad.files.reading import check_wanted

_PIXELS = SIDE * SIDE
_MOST = 1 << 40  # drawings: no disk holds as many
_LAST = (1 << 63) - 1  # number of a drawing that SQLite has
_FARTHEST = 100  # sides of the canvas from its corner: no pen gets there
_UNKNOWN = "unknown"  # who drew it, where somebody else did and what stands there is no name
_STRICT = json.JSONEncoder(allow_nan=False)  # made once: that takes as long as a digit's strokes
_NO_STROKES = _STRICT.encode([])
_HAS_WRITERS = "select 1 from sqlite_master where type = 'table' and name = 'writers'"
_CHOSEN = "id in (select value from json_each(?))"


@dataclass(frozen=True, eq=False)
class Drawn:
    """A drawing and what it is; ``drawn_now`` makes one.

    ``label`` is from 0 to 9. ``strokes`` are (n, 3) each, n at least 1: x, y and pressure in sides of the canvas;
    there are none for what came as a picture. ``image`` (784,) with 255 = ink is what the network saw, and
    ``prediction`` what it said when the drawing was kept, None where it was not asked. ``created_at`` is when, in UTC,
    as ISO 8601 writes it down to seconds. ``writer`` says who drew it where that was somebody else, "" otherwise.
    """

    label: int
    strokes: tuple[Points, ...]
    image: NDArray[np.uint8]
    prediction: int | None
    created_at: str
    writer: str = field(default="", kw_only=True)


@dataclass(frozen=True, eq=False)
class Sample(Drawn):
    """A drawing that is in the store, under the number ``id``."""

    id: int


def drawn_now(
    label: int, strokes: Sequence[Points], greys: Greys, prediction: int | None = None, writer: str = ""
) -> Drawn:
    """Return a drawing made at this moment, whose ``greys`` (784,) in [0, 1] are what the network sees of it."""
    return Drawn(label, tuple(strokes), to_bytes(greys), prediction, now(), writer=writer)


def now() -> str:
    """Return this moment as ``created_at`` has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


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
        self._database = Database(path, warn, self._is_whole)

    def add(self, drawn: Drawn) -> int:
        """Keep a drawing and return the number it has from now on."""
        return self.add_many([drawn])[0]

    def add_many(self, drawn: Iterable[Drawn]) -> list[int]:
        """Keep drawings, 200 in a transaction so that another window never waits long, and return their numbers.

        After an error the transactions before it stay.
        """
        numbers: list[int] = []
        for batch in batches(drawn):
            numbers += self._database.change(partial(_insert, drawn=batch))
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

        return self._database.change(change)

    def remove(self, numbers: Sequence[int]) -> list[Sample]:
        """Forget the drawings with these numbers and return those that were there, for ``restore``."""
        chosen = (json.dumps(list(numbers)),)

        def take_out(database: sqlite3.Connection) -> list[Sample]:
            rows = database.execute(f"select {COLUMNS} from samples where {_CHOSEN} order by id", chosen).fetchall()
            writers: list[Row] = []
            if database.execute(_HAS_WRITERS).fetchone():
                writers = database.execute(f"select id, writer from writers where {_CHOSEN}", chosen).fetchall()
            _delete(database, numbers)
            return self._samples(rows, writers)

        return self._database.change(take_out)

    def remove_for_good(self, numbers: Sequence[int]) -> None:
        """Forget the drawings with these numbers, 200 in a transaction, without reading them first as ``remove`` does.

        After an error the transactions before it stay.
        """
        for batch in batches(numbers):
            self._database.change(partial(_delete, numbers=batch))

    def restore(self, samples: Sequence[Sample]) -> None:
        """Put drawings that were removed back under their own numbers; those that are there already stay."""
        rows = [(sample.id, *_values(sample)) for sample in samples]

        def put_back(database: sqlite3.Connection) -> None:
            database.executemany(INSERT, rows)
            _note_writers(database, [(sample.id, sample.writer) for sample in samples])

        self._database.change(put_back)

    def counts(self) -> list[int]:
        """Return how many drawings there are of each of the ten labels."""
        counted: dict[int, int] = dict(self._database.look("select label, n from counts"))
        numbers = [counted.get(label) for label in range(10)]
        if not all(type(n) is int and 0 <= n <= _MOST for n in numbers):  # damaged, though SQLite reads it
            counted = dict(self._database.look("select label, count(*) from samples group by label"))
        return [counted.get(label, 0) for label in range(10)]

    def count_of_others(self) -> int:
        """Return how many of the drawings somebody else drew."""
        if not self._database.look(_HAS_WRITERS):
            return 0
        return int(self._database.look("select count(*) from writers")[0][0])

    def __len__(self) -> int:
        return sum(self.counts())

    def page(self, label: int | None, first: int, n: int) -> list[Sample]:
        """Return ``n`` drawings, fewer at the end, from the ``first`` on, 0 being the newest.

        They are those of one ``label``, or of all for None.
        """
        which, labels = ("", ()) if label is None else ("where label = ?", (label,))
        numbers = f"select id from samples {which} order by id desc limit ? offset ?"
        query = f"select {COLUMNS} from samples where id in ({numbers}) order by id desc"
        return self._with_writers(self._database.look(query, (*labels, n, first)))

    def newest(self, n: int, drawn_by: Callable[[str], bool]) -> list[Sample]:
        """Return the newest ``n`` drawings, fewer where there are no more, of those whose writer is one of these.

        Raises Cancelled as soon as nobody wants them.
        """
        found: list[Sample] = []
        query = f"select {COLUMNS} from samples where {_CHOSEN} order by id desc"
        for numbers in batches(self._numbers_by(n, drawn_by)):
            check_wanted()
            found += self._with_writers(self._database.look(query, (json.dumps(numbers),)))
        return found

    def _numbers_by(self, n: int, drawn_by: Callable[[str], bool]) -> list[int]:
        """Return the numbers of what ``newest`` finds; no drawing is read for that, however many others drew."""
        drawings, writer, everybody = "samples", "''", [("",)]
        if self._database.look(_HAS_WRITERS):
            drawings, writer = "samples left join writers using (id)", "coalesce(writer, '')"
            everybody += self._database.look("select distinct writer from writers")
        chosen = json.dumps([name for (name,) in everybody if drawn_by(name)])
        query = f"select id from {drawings} where {writer} in (select value from json_each(?)) order by id desc limit ?"
        return [number for (number,) in self._database.look(query, (chosen, n))]

    def firsts(self) -> dict[int, int]:
        """Return of which drawing each copy is one, by number: the first that has the same image or the same strokes.

        An image that was exported comes back without strokes, and strokes may give another image. Raises Cancelled as
        soon as nobody wants it.
        """
        known: dict[int, int] = {}  # the first with an image or strokes, by their hash
        firsts: dict[int, int] = {}
        for rows in self._batches("id, image, strokes"):
            check_wanted()
            for number, image, strokes in rows:
                marks = [hash(image), *([hash(strokes)] if strokes != _NO_STROKES else [])]
                first = min((known[mark] for mark in marks if mark in known), default=number)
                if first != number:
                    firsts[number] = first
                for mark in marks:
                    known.setdefault(mark, first)
        return firsts

    def each(self) -> Iterator[Sample]:
        """Go through all drawings, oldest first, a few in memory at a time."""
        for rows in self._batches(COLUMNS):
            yield from self._with_writers(rows)

    def dataset(self, at_most: int = 60_000) -> Dataset:
        """Return the newest drawings, so many at most, as a network learns from them: oldest first."""
        first = self._database.look("select id from samples order by id desc limit 1 offset ?", (at_most - 1,))
        # Read forwards, as the system reads ahead: backwards takes many times as long from a disk.
        rows = list(itertools.islice(self._rows("id, label, image", first[0][0] if first else 0), at_most))
        for number, label, image in rows:
            self._check(number, label, image)
        images = np.frombuffer(b"".join(image for _, _, image in rows), dtype=np.uint8).reshape(-1, _PIXELS)
        return Dataset(images, np.array([label for _, label, _ in rows], dtype=np.uint8))

    def close(self) -> None:
        """Let go of the file until it is used again; what was only in memory is gone."""
        self._database.close()

    # Rows

    def _rows(self, columns: str, first: int = 0) -> Iterator[Row]:
        """Go through the rows by number, the first of ``columns``."""
        return itertools.chain.from_iterable(self._batches(columns, first))

    def _batches(self, columns: str, first: int = 0) -> Iterator[list[Row]]:
        """Yield the rows by number, the first of ``columns``, a few at a time; in between others get their turn."""
        query = f"select {columns} from samples where id >= ? order by id limit {BATCH}"
        while first <= _LAST and (rows := self._database.look(query, (first,))):
            yield rows
            first = rows[-1][0] + 1

    def _with_writers(self, rows: list[Row]) -> list[Sample]:
        """Return what is in these rows of all columns, each with who drew it."""
        writers: list[Row] = []
        if rows and self._database.look(_HAS_WRITERS):
            chosen = (json.dumps([row[0] for row in rows]),)
            writers = self._database.look(f"select id, writer from writers where {_CHOSEN}", chosen)
        return self._samples(rows, writers)

    def _samples(self, rows: list[Row], writers: list[Row]) -> list[Sample]:
        by_number = {number: writer if isinstance(writer, str) else _UNKNOWN for number, writer in writers}
        samples = map(self._sample, rows)
        return [replace(one, writer=by_number[one.id]) if one.id in by_number else one for one in samples]

    def _sample(self, row: Row) -> Sample:
        number, label, answer, made, image, written = row
        self._check(number, label, image)
        try:
            strokes = tuple(np.array(stroke, dtype=np.float64) for stroke in json.loads(written))
            if not all(stroke.ndim == 2 and stroke.shape[1] == 3 and _is_near(stroke) for stroke in strokes):
                raise ValueError
        except (ValueError, TypeError, OverflowError, RecursionError):
            strokes = ()  # what the network saw is left, as of a picture: one drawing must not hide all others
        return Sample(label, strokes, np.frombuffer(image, dtype=np.uint8), answer, made, number)

    def _is_whole(self, row: Row) -> bool:
        try:
            self._sample(row)
        except StoreError:
            return False
        return True

    def _check(self, number: int, label: object, image: object) -> None:
        if label not in range(10) or not isinstance(image, bytes) or len(image) != _PIXELS:
            raise StoreError(f"{self._path}: the image of drawing {number} cannot be read back.")


def _is_near(stroke: Points) -> bool:
    """Whether these are numbers that a drawing may have: of the largest that there are, ink cannot be made."""
    return bool((np.abs(stroke) <= _FARTHEST).all())


def _values(drawn: Drawn) -> Row:
    """Return what is in a drawing's columns, but for its number."""
    written = _STRICT.encode([stroke.round(5).tolist() for stroke in drawn.strokes])
    return drawn.label, drawn.prediction, drawn.created_at, drawn.image.tobytes(), written


def _insert(database: sqlite3.Connection, drawn: list[Drawn]) -> list[int]:
    database.executemany(INSERT, [(None, *_values(one)) for one in drawn])
    # Nobody else writes meanwhile, so that the numbers given are one after the other up to the last.
    last: int = database.execute("select last_insert_rowid()").fetchone()[0]
    numbers = list(range(last + 1 - len(drawn), last + 1))
    _note_writers(database, [(number, one.writer) for number, one in zip(numbers, drawn, strict=True)])
    return numbers


def _delete(database: sqlite3.Connection, numbers: Sequence[int]) -> None:
    chosen = (json.dumps(list(numbers)),)
    if database.execute(_HAS_WRITERS).fetchone():
        database.execute(f"delete from writers where {_CHOSEN}", chosen)
    database.execute(f"delete from samples where {_CHOSEN}", chosen)


def _note_writers(database: sqlite3.Connection, writers: list[tuple[int, str]]) -> None:
    """Note who drew what, by number, of drawings that somebody else did."""
    named = [(number, writer) for number, writer in writers if writer]
    if named:
        database.execute(WRITERS)
        database.executemany("insert or replace into writers values (?, ?)", named)
