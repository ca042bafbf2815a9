"""Drawings in a database that cannot be written."""

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

import numpy as np
import pytest

from digitpad.data.frozen import why_unwritable
from digitpad.data.store import Drawn, Store
from digitpad.errors import StoreError

ROOT = Path(__file__).parents[2]
DRAWN = Drawn(7, (np.ones((4, 3)),), np.arange(784, dtype=np.uint8), 7, "2026-01-31T12:00:00+00:00")

KILLED = """
    import os, sys
    from pathlib import Path
    from tests.data.test_frozen import DRAWN
    from digitpad.data.store import Store

    Store(Path(sys.argv[1])).add_many([DRAWN] * 3)
    os._exit(9)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drawings.sqlite"


def block(file: Path) -> None:
    """Let nothing be written beside ``file`` that SQLite needs for writing into it."""
    for end in ("-shm", "-journal"):
        beside = Path(f"{file}{end}")
        beside.unlink(missing_ok=True)
        beside.mkdir()


def test_drawings_are_read_where_nothing_can_be_written(file: Path) -> None:
    with closing(Store(file)) as samples:
        samples.add_many([DRAWN] * 3)
    block(file)
    before = file.read_bytes()
    with closing(Store(file)) as samples:
        assert samples.counts()[7] == len(list(samples.each())) == len(samples.dataset()) == 3
        (sample,) = samples.page(7, 0, 1)
        np.testing.assert_array_equal(sample.image, DRAWN.image)
        with pytest.raises(StoreError, match=r"drawings\.sqlite: .*cannot be kept there"):
            samples.add(DRAWN)
        assert len(samples) == 3
    assert file.read_bytes() == before


def test_what_a_killed_program_has_left_in_the_log_is_read_there_too(file: Path) -> None:
    code = [sys.executable, "-c", textwrap.dedent(KILLED), str(file)]
    assert subprocess.run(code, timeout=60, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode == 9
    log = Path(f"{file}-wal")
    assert log.stat().st_size > 0
    block(file)
    before = log.read_bytes()
    with closing(Store(file)) as samples:
        assert len(samples) == 3
        assert len(samples.page(None, 0, 10)) == 3
    assert log.read_bytes() == before


def test_it_can_be_written_again_as_soon_as_the_place_can(file: Path) -> None:
    with closing(Store(file)) as samples:
        samples.add(DRAWN)
        samples.close()
        block(file)
        assert len(samples) == 1
        for end in ("-shm", "-journal"):
            Path(f"{file}{end}").rmdir()
        samples.add(DRAWN)
        assert len(samples) == 2


def test_the_sentence_says_which(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.touch()
    assert why_unwritable(file) is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    assert why_unwritable(file) == "the disk is full"
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != file)
    assert why_unwritable(file) == "the file may not be written"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert why_unwritable(file) == f"the folder {file.parent} may not be written"


def refuse_to_open(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Have the system refuse every file, for the reason with this number."""

    def refuse(path: Path, *_: object, **__: object) -> IO[bytes]:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EROFS, "the disk is read-only, and nothing more can be kept there"),
        (errno.EDQUOT, f"the folder {{}} cannot be written ({os.strerror(errno.EDQUOT)}), and nothing more can be"),
    ],
)
def test_a_disk_that_takes_no_more_while_the_database_is_open_is_told_in_its_own_words(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    class Refusing(sqlite3.Connection):
        refuses = False

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if self.refuses and sql == "begin immediate":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
                raise error
            return super().execute(sql, *values)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *what, **how: connect(*what, **how, factory=Refusing))
    with closing(Store(file)) as samples:
        samples.add(DRAWN)
        monkeypatch.setattr(Refusing, "refuses", True)
        refuse_to_open(monkeypatch, number)
        with pytest.raises(StoreError, match=re.escape(sentence.format(file.parent))):
            samples.add(DRAWN)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.ENOENT, f"the folder {{}} cannot be written ({os.strerror(errno.ENOENT)})"),
    ],
)
def test_a_disk_is_full_where_it_says_so_and_not_where_its_system_knows_of_no_room(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    refuse_to_open(monkeypatch, number)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    assert why_unwritable(file) == sentence.format(file.parent)


def test_finding_out_what_a_folder_refuses_leaves_nothing_in_it(file: Path) -> None:
    assert why_unwritable(file) is None
    assert list(file.parent.iterdir()) == []


def test_where_not_even_a_copy_can_be_made_it_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = [sys.executable, "-c", textwrap.dedent(KILLED), str(file)]
    subprocess.run(code, timeout=60, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    block(file)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with closing(Store(file)) as samples, pytest.raises(StoreError, match="cannot be kept there"):
        samples.counts()
