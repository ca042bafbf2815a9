"""What can still be read of a damaged database."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from digitpad.data.frozen import code

DAMAGE = sqlite3.Error, UnicodeDecodeError
"""What is raised where something cannot be read."""

_FIRST, _LAST = -(1 << 63), (1 << 63) - 1  # of a row
_ALL = -1  # rows, where SQLite is told how many
# So many rows are tried by themselves, the more lightly the longer none can be read.
_MOST_FAILURES, _CLOSELY = 20_000, 100
_HOPELESS = sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB  # there is no such table, or no database at all


def readable(database: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Go through the rows that can be read, of whose ``columns`` the first, ``id``, is their number.

    None come twice but where the numbers themselves are wrong.
    """
    database.execute("pragma writable_schema = on")  # or nothing is read of one that is cut off
    query = f"select {columns} from {table} where id >= ? order by id limit ?"
    first, failures, in_a_row, most = _FIRST, 0, 0, _ALL
    while first <= _LAST and failures < _MOST_FAILURES:
        begun = sure = first
        came = damaged = False
        try:
            for row in database.execute(query, (first, most)):
                came = True
                if row[0] >= first:
                    sure, first, in_a_row = first, row[0] + 1, 0
                elif row[0] >= sure:  # not this one has lost its number, but the one before it
                    first = row[0] + 1
                yield row
        except DAMAGE as error:  # but what is behind may lie in a place that can be read
            if isinstance(error, sqlite3.Error) and code(error) in _HOPELESS:
                return
            damaged = True
        if damaged and most == _ALL:
            most = 1  # Python up to 3.11 does not give the row before the damage, which can be read
        elif first > begun and most == 1:
            most = _ALL
        elif damaged or (most == 1 and came):
            failures, in_a_row = failures + 1, in_a_row + 1
            first = max(first, 0) + 1 + in_a_row // _CLOSELY
        else:
            return
