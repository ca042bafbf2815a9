"""Logs of another database that lie beside this one, as in a folder that was copied: SQLite would replay them."""

import contextlib
import os
import sqlite3
from pathlib import Path

from digitpad.data.frozen import check_tables, code
from digitpad.data.salvage import DAMAGE

_FORMAT_AT, _WITH_LOG = 18, 2  # in a database's file: how it is written, and that it has a log ahead of it
_WHOLE = """select
    cast(ifnull((select max(seq) from sqlite_sequence where name = 'samples'), 0) as integer),
    (select sum(n) from counts) is (select count(*) from samples)
"""  # the highest number that was given, and whether what is counted is there
# Not their images, which may lie in places that are used anew while a log is on its way into the file.
_NEWEST = "select id, made from samples order by id desc limit 3"
_SAME = "select id, made from samples where id = ?"


def set_foreign_aside(path: Path) -> list[str]:
    """Rename what would be replayed over the database ``path`` and is not of it; return a sentence for each.

    To be called before the database is opened. Raises OSError where one cannot be renamed.
    """
    found = [end for end, is_foreign in (("-journal", _undoes_another), ("-wal", _adds_to_another)) if is_foreign(path)]
    return [_renamed(path, end) for end in found]


def _undoes_another(path: Path) -> bool:
    """Whether changes would be undone that were never made here: who has a log ahead saves nothing for that."""
    if not os.path.isfile(f"{path}-journal"):
        return False
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(_FORMAT_AT + 1)[_FORMAT_AT:] == bytes([_WITH_LOG])
    return False


def _adds_to_another(path: Path) -> bool:
    """Whether with the log they are not the drawings that are there without it.

    No number is given twice, none goes back, and as many are there as are counted.
    """
    if not os.path.isfile(f"{path}-wal"):
        return False
    # Neither writes: what is only to be read is not brought up to date from its log either.
    with contextlib.suppress(*DAMAGE), _reading(path, "immutable=1") as alone, _reading(path, "mode=ro") as both:
        check_tables(alone)
        (highest, fits), newest = alone.execute(_WHOLE).fetchone(), alone.execute(_NEWEST).fetchall()
        try:
            check_tables(both)
            highest_of_both, fits_both = both.execute(_WHOLE).fetchone()
            same = [both.execute(_SAME, row[:1]).fetchone() or row for row in newest]
        except sqlite3.DatabaseError as error:
            return bool(fits) and code(error) == sqlite3.SQLITE_CORRUPT  # though it can be read without its log
        return highest_of_both < highest or fits_both < fits or same != newest
    return False


def _reading(path: Path, how: str) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", timeout=0, uri=True))


def _renamed(path: Path, end: str) -> str:
    again = 1
    while os.path.lexists(aside := path.with_name(f"{path.stem}.other-{again}.sqlite{end}")):
        again += 1
    os.rename(f"{path}{end}", aside)
    return f"{path}: a log of another database lay beside your drawings; it was not used, and is now {aside}."
