"""What another database has left beside that of the drawings: its log, which SQLite would replay over them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from digitpad.data.store import Store
from tests.data.drawings import ROOT, drawing, shades

KILLED = """
import os, sys
from pathlib import Path
from digitpad.data.store import Store
from tests.data.drawings import drawing
samples = Store(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    samples.add(drawing(2, 70_000))
os._exit(9)
"""
UNDONE = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("create table things (thing)")
database.executemany("insert into things values (?)", [("a" * 900,)] * 50)
database.execute("pragma cache_size = 1")
database.execute("begin")
database.execute("update things set thing = 'b' || thing")
os._exit(9)
"""


def left_by(code: str, *given: object) -> None:
    """Have a program of its own be ended in the midst of this."""
    killed = [sys.executable, "-c", code, *map(str, given)]
    assert subprocess.run(killed, timeout=120, check=False, cwd=ROOT).returncode == 9


@pytest.mark.parametrize(("before", "n"), [(0, 1), (0, 30), (700, 3), (0, 1500)])
def test_another_database_s_log_is_not_replayed_over_the_drawings(
    file: Path, tmp_path: Path, before: int, n: int
) -> None:
    other = tmp_path / "other" / "drawings.sqlite"
    with closing(Store(other)) as samples:
        samples.add_many(drawing(1, 80_000 + i) for i in range(before))
    left_by(KILLED, other, n)
    told: list[str] = []
    with closing(Store(file, told.append)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(400))
        samples.close()
        shutil.copy(f"{other}-wal", f"{file}-wal")
        log = Path(f"{file}-wal").read_bytes()
        assert len(samples) == 400
        assert shades(samples) == list(range(400))
        samples.add(drawing(3, 400))
    with closing(Store(file, told.append)) as samples:
        assert shades(samples) == list(range(401))
    aside = file.with_name("drawings.other-1.sqlite-wal")
    assert aside.read_bytes() == log
    assert told == [f"{file}: a log of another database lay beside your drawings; it was not used, and is now {aside}."]


def test_another_database_s_changes_are_not_undone_in_the_drawings(file: Path, tmp_path: Path) -> None:
    left_by(UNDONE, tmp_path / "other")
    told: list[str] = []
    with closing(Store(file, told.append)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(400))
        samples.close()
        for again in (1, 2):
            shutil.copy(tmp_path / "other-journal", f"{file}-journal")
            assert shades(samples) == list(range(400))
            assert file.with_name(f"drawings.other-{again}.sqlite-journal").exists()
            samples.close()
    assert len(told) == 2


@pytest.mark.parametrize("removed", [0, 5, 20])
def test_one_s_own_log_is_used(file: Path, removed: int) -> None:
    told: list[str] = []
    with closing(Store(file)) as samples:
        samples.add_many(drawing(2, i) for i in range(20))
    left_by(KILLED, file, 3)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("delete from samples where id > ? and id <= 20", (20 - removed,))
        other.commit()
        shutil.copy(f"{file}-wal", f"{file}-kept")
        shutil.copy(file, f"{file}-it")
    os.replace(f"{file}-kept", f"{file}-wal")
    os.replace(f"{file}-it", file)
    with closing(Store(file, told.append)) as samples:
        assert len(samples) == 23 - removed
    assert not told
