"""The file of the drawings: beside other windows, of an older version, locked, unwritable and damaged."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.data import database, salvage
from digitpad.data.store import Drawn, Sample, Store
from digitpad.errors import StoreError
from tests.data.drawings import MADE, ROOT, STROKES, drawing, second_window, shade, shades

LAYOUT_1 = """
    create table samples (
        id integer primary key,
        label integer not null check (label between 0 and 9),
        strokes text not null,
        image blob not null check (length(image) = 784),
        answer integer not null,
        made text not null
    );
    pragma user_version = 1;
"""


# Beside others


def test_they_are_there_again_and_in_another_thread(kept: Store, file: Path) -> None:
    kept.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    kept.close()
    with closing(Store(file)) as again:
        seen: list[int] = []
        thread = threading.Thread(target=lambda: seen.extend(shades(again)))
        thread.start()
        thread.join()
    assert seen == list(range(10))
    assert len(kept) == 10  # the file is opened anew where it is used after closing


def test_threads_add_and_look_at_once(samples: Store) -> None:
    wrong: list[BaseException] = []

    def work(label: int) -> None:
        try:
            for i in range(50):
                number = samples.add(drawing(label, i))
                assert samples.page(label, 0, 1)[0].id == number
                if i % 10 == 9:
                    samples.restore(samples.remove([number]))
                    samples.add_many([drawing(label, i)] * 2)
                    assert len(samples.dataset()) > 0
                    assert all(0 <= sample.label <= 9 for sample in samples.each())
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(label,)) for label in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert samples.counts() == [60] * 6 + [0] * 4


def test_two_windows_add_at_the_same_time(kept: Store, file: Path) -> None:
    with second_window(file, label=2, times=300) as other:
        slowest, mine = 0.0, 0
        while other.poll() is None and len(kept) < 10 + 301 + mine:
            started = time.perf_counter()
            mine += len(kept.add_many([drawing(4)] * 200))
            slowest = max(slowest, time.perf_counter() - started)
        other.communicate(timeout=20)
    assert other.returncode == 0
    assert kept.counts() == [1, 1, 302, 1, 1 + mine, 1, 1, 1, 1, 1]
    assert slowest < database.LOCK_TIMEOUT_S


class Busy:
    """Another window that writes nearly all the time, and the clock by which it does: it goes on with each pause."""

    def __init__(self, file: Path) -> None:
        self.now = 0.0  # seconds
        self.other = sqlite3.connect(file, isolation_level=None)
        self.other.execute("begin immediate")

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        writes = self.now % 0.056 < 0.054
        if writes != self.other.in_transaction:
            self.other.execute("begin immediate" if writes else "rollback")


def test_a_window_that_writes_nearly_all_the_time_does_not_keep_others_out(
    kept: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Busy(file)
    with closing(busy.other):
        monkeypatch.setattr(database, "time", busy)
        kept.add(drawing(3, 0))
    assert 0.054 <= busy.now < 0.056  # it came when the file was free for the first time
    assert kept.counts()[3] == 2


def test_many_windows_begin_one_database_at_once(file: Path) -> None:
    windows = [second_window(file, label, times=5) for label in range(5)]
    for window in windows:
        window.communicate(timeout=60)
        assert window.returncode == 0
    with closing(Store(file)) as samples:
        assert samples.counts() == [6] * 5 + [0] * 5


def test_nothing_that_was_kept_is_lost_when_the_program_is_killed(file: Path) -> None:
    with second_window(file, times=20) as other:
        assert other.stdout is not None
        assert int(other.stdout.readline()) == 1
        other.send_signal(signal.SIGKILL)
    assert (file.parent / f"{file.name}-wal").stat().st_size > 0
    with closing(Store(file)) as samples:
        assert samples.counts()[2] == 21
        samples.add(drawing(1))
        assert len(samples) == 22


def test_a_file_that_was_taken_away_or_replaced_is_not_written_to(kept: Store, file: Path, tmp_path: Path) -> None:
    file.rename(tmp_path / "elsewhere.sqlite")
    assert len(kept) == 0
    assert not file.exists()
    kept.add(drawing(1))
    assert len(kept) == 1
    with closing(Store(tmp_path / "other.sqlite")) as other:
        other.add_many([drawing(2)] * 3)
    kept.close()
    (tmp_path / "other.sqlite").replace(file)
    assert len(kept) == 3


# What goes wrong


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.05)


@pytest.mark.usefixtures("impatient")
def test_one_that_is_locked_is_told_and_looked_at_all_the_same(file: Path) -> None:
    with closing(Store(file)) as samples, closing(sqlite3.connect(file, isolation_level=None)) as other:
        number = samples.add(drawing(1))
        other.execute("begin immediate")
        for work in (
            lambda: samples.add(drawing(1)),
            lambda: samples.add_many([drawing(1)]),
            lambda: samples.relabel([number], 2),
            lambda: samples.remove([number]),
        ):
            with pytest.raises(
                StoreError, match=r"drawings\.sqlite: another program has .* for more than 0\.05 seconds"
            ):
                work()
        assert len(samples) == len(samples.page(None, 0, 9)) == 1
        other.execute("rollback")
        samples.add(drawing(1))
        assert len(samples) == 2


@pytest.mark.usefixtures("impatient")
def test_one_that_is_locked_from_the_start_is_told(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other, closing(Store(file)) as samples:
        other.executescript(LAYOUT_1)
        other.execute("begin exclusive")
        with pytest.raises(StoreError, match="another program has kept your drawings locked"):
            samples.counts()
        other.execute("rollback")
        assert samples.counts() == [0] * 10


def test_a_full_disk_is_told_and_nothing_is_half_kept(connections: list[sqlite3.Connection], kept: Store) -> None:
    pages = connections[-1].execute("pragma page_count").fetchone()[0]
    connections[-1].execute(f"pragma max_page_count = {pages + 20}")
    with pytest.raises(StoreError, match=r"drawings\.sqlite: the disk is full"):
        kept.add_many(drawing(1, i) for i in range(200))
    assert kept.counts() == [1] * 10
    assert shades(kept) == list(range(10))
    connections[-1].execute("pragma max_page_count = 1000000")
    kept.add(drawing(1))
    assert len(kept) == 11


def test_a_database_of_a_newer_version_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript("create table ideas (id); pragma user_version = 3;")
    before = file.read_bytes()
    with closing(Store(file)) as samples:
        for work in (lambda: samples.add(drawing(1)), lambda: len(samples), lambda: list(samples.each())):
            with pytest.raises(StoreError, match="written by a newer version of digitpad"):
                work()
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_database_of_something_else_is_told_and_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript("create table samples (tune text); insert into samples values ('la')")
    with closing(Store(file)) as samples, pytest.raises(StoreError, match="the database of your drawings cannot be"):
        samples.add(drawing(1))
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("select * from samples").fetchall() == [("la",)]
        assert database.execute("pragma user_version").fetchone() == (0,)


def test_a_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.sqlite").mkdir()
    for place in (tmp_path / "file" / "drawings.sqlite", tmp_path / "folder.sqlite"):
        with closing(Store(place)) as samples, pytest.raises(StoreError, match="drawings cannot be kept there"):
            samples.add(drawing(1))


def test_one_that_cannot_be_written_is_told(connections: list[sqlite3.Connection], kept: Store) -> None:
    connections[-1].execute("pragma query_only = on")
    with pytest.raises(StoreError, match=r"drawings\.sqlite: your drawings cannot be kept there"):
        kept.add(drawing(1))
    assert len(kept) == 10


# A version before


def test_a_database_of_version_1_is_brought_up_to_date(file: Path) -> None:
    greys = drawing(3, 77).image.tobytes()
    written = "[[[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]]]"
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(LAYOUT_1)
        rows = [(number, number % 10, written, greys, 5, MADE) for number in (2, 3, 14, 23)]
        database.executemany("insert into samples values (?, ?, ?, ?, ?, ?)", rows)
    with closing(Store(file)) as samples:
        assert samples.counts() == [0, 0, 1, 2, 1, 0, 0, 0, 0, 0]
        found = list(samples.each())
        assert [(sample.id, sample.label, sample.prediction, sample.created_at) for sample in found] == [
            (2, 2, 5, MADE), (3, 3, 5, MADE), (14, 4, 5, MADE), (23, 3, 5, MADE)
        ]  # fmt: skip
        assert {shade(sample) for sample in found} == {77}
        np.testing.assert_array_equal(found[0].strokes[0], STROKES[0])
        samples.remove([23])
        assert samples.add(Drawn(9, (), found[0].image, None, MADE)) == 24
        assert samples.counts() == [0, 0, 1, 1, 1, 0, 0, 0, 0, 1]
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("pragma user_version").fetchone() == (2,)
        tables = {name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")}
    assert tables == {"samples", "counts", "sqlite_sequence"}


def test_a_migration_that_fails_changes_nothing(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(LAYOUT_1)
        database.execute("insert into samples values (1, 2, '[]', zeroblob(784), 2, ?)", (MADE,))
        database.execute("pragma ignore_check_constraints = on")
        database.execute("insert into samples values (2, 77, '[]', zeroblob(784), 2, ?)", (MADE,))
    with closing(Store(file)) as samples, pytest.raises(StoreError, match="cannot be used"):
        samples.counts()
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute("pragma user_version").fetchone() == (1,)
        assert database.execute("select id, label from samples").fetchall() == [(1, 2), (2, 77)]
        database.execute("delete from samples where id = 2")
    with closing(Store(file)) as samples:
        assert samples.counts()[2] == 1


# Damage


class Ear:
    """Hears the warnings."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, sentence: str) -> None:
        self.heard.append(sentence)


def broken_files(file: Path) -> list[Path]:
    return sorted(file.parent.glob(f"{file.stem}.broken-*.sqlite"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with three thousand drawings."""
    file = tmp_path_factory.mktemp("whole") / "drawings.sqlite"
    with closing(Store(file)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(3000))
    return file.read_bytes()


def test_a_damaged_head_is_set_aside(file: Path, whole: bytes) -> None:
    file.write_bytes(b"\xa5" * 100 + whole[100:])
    ear = Ear()
    with closing(Store(file, ear)) as samples:
        assert samples.add(drawing(1)) == 1
        assert len(samples) == 1
    assert len(broken_files(file)) == len(ear.heard) == 1


@pytest.mark.parametrize("rubbish", [b"\xff", b"!"], ids=["not even text", "text"])
def test_a_layout_that_cannot_be_understood_is_set_aside(file: Path, whole: bytes, rubbish: bytes) -> None:
    file.write_bytes(whole.replace(b"begin", b"beg" + rubbish + b"n"))
    ear = Ear()
    with closing(Store(file, ear)) as samples:
        assert len(samples) == 3000  # what it says beside the drawings' own layout is not asked for then
    assert len(broken_files(file)) == len(ear.heard) == 1


@pytest.mark.parametrize(
    "content",
    [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 9000],
    ids=["text", "a head and rubbish", "zeros"],
)
@pytest.mark.parametrize(
    "work", [len, lambda samples: samples.page(None, 0, 5), lambda samples: samples.add(drawing(1))]
)
def test_what_is_no_database_is_set_aside(file: Path, content: bytes, work: Callable[[Store], object]) -> None:
    file.write_bytes(content)
    ear = Ear()
    with closing(Store(file, ear)) as samples:
        work(samples)
        before = len(samples)
        samples.add(drawing(3))
        assert len(samples) == before + 1
    (aside,) = broken_files(file)
    assert aside.read_bytes() == content
    (sentence,) = ear.heard
    assert sentence.startswith(f"{file}: the database of your drawings was damaged; 0 of them could be saved")
    assert sentence.endswith(f"is now {aside}.")


class Asked(sqlite3.Connection):
    """A database that counts how often it was asked."""

    times = 0

    def execute(self, *query: Any) -> sqlite3.Cursor:
        self.times += 1
        return super().execute(*query)


def test_what_is_no_database_is_not_asked_for_one_row_after_the_other(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(file, factory=Asked)) as database:
        assert list(salvage.readable(database, "samples", "id")) == []
        assert database.times == 2  # the second time for all that there are


def damaged(whole: bytes, page: int, pages: int = 1) -> bytes:
    start = 4096 * page
    return whole[:start] + b"\xa5" * 4096 * pages + whole[start + 4096 * pages :]


def lost_in_the_middle(saved: list[int]) -> int:
    """Return how many come before the place that could not be read, of which none is there, and all behind it are."""
    before = next(i for i, one in enumerate(saved) if one != i)
    behind = 3000 - (len(saved) - before)
    assert 1000 < before < behind < 2000
    assert saved == [*range(before), *range(behind, 3000)]
    return before


@pytest.mark.parametrize("way", ["each", "page", "dataset", "remove", "relabel"])
def test_damage_in_the_middle_is_met_while_reading_and_what_can_be_read_is_saved(
    file: Path, whole: bytes, way: str
) -> None:
    middle = len(whole) // 4096 // 2
    file.write_bytes(damaged(whole, middle, 20))
    ear = Ear()
    with closing(Store(file, ear)) as samples:
        assert len(samples) == 3000  # nothing of it is seen at the start
        assert [shade(sample) for sample in samples.page(None, 0, 2)] == [2999, 2998]
        assert not ear.heard
        seen: list[Sample] = []
        match way:
            case "each":
                seen = list(samples.each())
            case "page":
                samples.page(None, 0, 3000)
            case "dataset":
                samples.dataset()
            case "remove":
                seen = samples.remove(list(range(1, 3001)))
                samples.restore(seen)
            case "relabel":
                samples.relabel(list(range(1, 3001)), 5)
                assert set(np.flatnonzero(samples.counts())) == {5}
        saved = len(samples)
        assert 2900 < saved < 3000
        before = lost_in_the_middle(shades(samples))
        if seen:
            assert set(range(before)) < {shade(sample) for sample in seen} <= set(shades(samples))
        assert [sample.id for sample in samples.page(None, saved - 2, 9)] == [2, 1]
        assert sum(samples.counts()) == len(samples.dataset()) == saved
    (aside,) = broken_files(file)
    assert ear.heard == [
        f"{file}: the database of your drawings was damaged; {saved:,} of them could be saved, and the damaged file "
        f"is now {aside}."
    ]
    assert aside.stat().st_size == len(whole)


def test_what_can_be_read_row_by_row_is_saved_up_to_the_damage(file: Path, whole: bytes) -> None:
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    row_by_row: list[tuple[int, bytes]] = []
    with closing(sqlite3.connect(file)) as database:
        for number in range(1, 3001):
            with suppress(sqlite3.DatabaseError):
                row_by_row += database.execute("select id, image from samples where id = ?", (number,)).fetchall()
        assert 2900 < len(row_by_row) < 3000
        assert list(salvage.readable(database, "samples", "id, image")) == row_by_row


def test_no_number_is_given_again_that_one_had_who_could_not_be_read(file: Path, whole: bytes) -> None:
    file.write_bytes(whole)
    with closing(Store(file)) as samples:
        samples.remove([2998, 2999, 3000])
    whole = file.read_bytes()
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    with closing(Store(file)) as samples:
        assert len(list(samples.each())) < 3000  # the damage is met
        assert samples.add(drawing(1, 0)) == 3001


def test_of_a_database_that_is_cut_off_all_is_saved_that_is_there(file: Path, whole: bytes) -> None:
    file.write_bytes(whole[: len(whole) * 5 // 6])  # within a page: what it is filled up with has no numbers
    with closing(Store(file)) as samples:
        saved = [sample.id - 1 for sample in samples.each()]
        assert saved == shades(samples)  # what is left of the last page, too, is as it was
        assert saved[:2400] == list(range(2400))
        assert 2400 < len(saved) < 2500


def test_whose_the_drawings_are_is_saved_with_them(file: Path) -> None:
    with closing(Store(file)) as samples:
        samples.add_many(replace(drawing(i % 10, i), writer="Ann" if i % 3 else "") for i in range(3000))
    whole = file.read_bytes()
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2))
    with closing(Store(file)) as samples:
        assert len(list(samples.each())) > 2900  # the damage is met meanwhile
        saved = list(samples.each())
        assert [sample.writer for sample in saved] == ["Ann" if shade(sample) % 3 else "" for sample in saved]
        assert samples.count_of_others() == sum(sample.writer == "Ann" for sample in saved) < 2000


def test_a_drawing_of_a_wrong_number_hides_none_behind_it_from_being_saved(file: Path, whole: bytes) -> None:
    place = whole.index(bytes([0x80 | 701 >> 7, 701 & 0x7F]) + b"\t\0")  # so its row begins
    wrong = whole[:place] + b"\xff\x7f" + whole[place + 2 :]  # 16,383
    file.write_bytes(damaged(wrong, len(whole) // 4096 // 2))
    with closing(Store(file)) as samples:
        list(samples.each())
        *saved, wrong_one = shades(samples)
        assert wrong_one == 700
        assert len(saved) > 2900
        assert saved[-1] == 2999


def test_what_was_kept_last_is_saved_where_what_is_damaged_lies_before_it(file: Path, whole: bytes) -> None:
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    with closing(Store(file)) as samples:
        samples.add(drawing(1, 7777))  # which meets no damage, and is told to be kept
        assert shades(samples)[-1] == 7777


@pytest.mark.parametrize("told", [-1, "x", b"1", 0.5, 1 << 62])
def test_counts_that_cannot_be_are_counted_anew(file: Path, told: object) -> None:
    with closing(Store(file)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(20))
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("update counts set n = ? where label = 3", (told,))
        assert samples.counts() == [2] * 10
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("delete from counts where label = 3")
        assert samples.counts() == [2] * 10


@pytest.mark.parametrize("log", [False, True])
def test_a_view_that_has_no_end_is_not_gone_through(file: Path, *, log: bool) -> None:
    """Whoever waited for that, as a window does that closes, would wait for ever."""
    endless = "with recursive n(label, n) as (select 0, 0 union all select 0, n from n) select * from n where n > 0"
    with closing(Store(file)) as samples:
        samples.add(drawing(1))
    with closing(sqlite3.connect(file)) as other:
        with other:
            other.execute("alter table counts rename to counted")
            other.execute(f"create view Counts as {endless}")
        if not log:
            other.execute("pragma wal_checkpoint(truncate)")
        with closing(Store(file)) as samples:
            for work in (len, lambda samples: samples.add(drawing(1))):
                with pytest.raises(StoreError, match=r"drawings cannot be used \(Counts is no table in it\)\.$"):
                    work(samples)


@pytest.mark.parametrize("writer", [5, None, b"\xff", 1e300])
def test_a_writer_who_is_no_text_is_unknown(file: Path, writer: object) -> None:
    with closing(Store(file)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(3))
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("create table writers (id integer primary key, writer)")
            other.execute("insert into writers values (2, ?)", (writer,))
        assert [sample.writer for sample in samples.page(None, 0, 3)] == ["", "unknown", ""]


def test_a_drawing_of_the_last_number_there_is_can_be_read(file: Path) -> None:
    with closing(Store(file)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(3))
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("update samples set id = ? where id = 3", ((1 << 63) - 1,))
        assert shades(samples) == [0, 1, 2]


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_ends_in_a_database_that_can_be_used(file: Path, whole: bytes, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(whole)
    for _ in range(chance.choice([1, 5, 100])):
        start = chance.randrange(100, len(whole))
        rubbish = chance.randbytes(chance.choice([1, 50, 5000]))
        content[start : start + len(rubbish)] = rubbish
    file.write_bytes(content)
    with closing(Store(file, Ear())) as samples:
        told = ""
        try:
            list(samples.each())
            samples.dataset()
            samples.page(None, 0, 10)
            samples.remove([samples.add(drawing(1))])
        except StoreError as error:
            told = str(error)
    assert not told or "cannot be read back" in told  # SQLite does not notice a letter changed within a drawing


def test_the_log_goes_with_the_damaged_file_and_older_ones_stay(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "strftime", lambda _: "20250131-120000")
    taken = file.with_name("drawings.broken-20250131-120000.sqlite")
    taken.write_text("older")
    log = file.with_name("drawings.broken-20250131-120000-2.sqlite-wal")
    log.write_text("older, too")
    file.write_bytes(b"rubbish" * 1000)
    file.with_name("drawings.sqlite-wal").write_text("log")
    file.with_name("drawings.sqlite-shm").write_text("shared")
    with closing(Store(file)) as samples:
        samples.add(drawing(1))
        assert len(samples) == 1
    assert taken.read_text() == "older"
    assert log.read_text() == "older, too"
    third = "drawings.broken-20250131-120000-3.sqlite"
    assert file.with_name(third).read_bytes().startswith(b"rubbish")
    assert {path.name for path in file.parent.iterdir()} >= {third, taken.name, log.name, file.name}
    assert not file.with_name("drawings.sqlite-wal").exists()


def test_a_window_goes_on_in_the_database_that_another_began(file: Path, whole: bytes) -> None:
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    first, second = Ear(), Ear()
    with closing(Store(file, first)) as one, closing(Store(file, second)) as other:
        assert len(one) == len(other) == 3000
        saved = len(list(one.each()))
        other.add(drawing(1, 7777))
        assert len(one) == len(other) == saved + 1
        assert shades(one)[-1] == 7777
    assert len(first.heard) == 1
    assert not second.heard
    assert len(broken_files(file)) == 1


def test_two_windows_that_meet_the_damage_set_it_aside_once(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    with closing(Store(file)) as one, closing(Store(file)) as other:
        assert len(one) == 3000
        assert len(other) == 3000
        close = other.close

        def meanwhile() -> None:
            list(one.each())
            close()

        monkeypatch.setattr(other, "close", meanwhile)  # as it does first once it has met the damage
        assert shades(other) == shades(one)
    assert len(broken_files(file)) == 1


def test_what_another_window_keeps_while_the_damaged_file_is_being_saved_is_kept_with_it(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(damaged(whole, len(whole) // 4096 // 2, 20))
    waits, pause, read = threading.Event(), time.sleep, salvage.readable

    def sleep(seconds: float) -> None:
        waits.set()
        pause(seconds)

    def readable(*of: Any) -> Iterator[Any]:
        if not waits.is_set():
            adding.start()
            assert waits.wait(60)
        return read(*of)

    with closing(Store(file)) as one, closing(Store(file)) as other:
        assert len(other) == 3000
        numbers: list[int] = []
        adding = threading.Thread(target=lambda: numbers.append(other.add(drawing(1, 7777))))
        monkeypatch.setattr(time, "sleep", sleep)
        monkeypatch.setattr(database, "readable", readable)
        list(one.each())
        adding.join()
        saved = shades(one)
        assert saved == shades(other)
        assert saved[-2:] == [2999, 7777]
        assert numbers == [3001]


def test_a_damaged_file_stays_as_it_is_while_there_is_no_room_to_save_what_can_be_read_of_it(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = damaged(whole, len(whole) // 4096 // 2, 20)
    file.write_bytes(content)
    ear = Ear()
    connect = sqlite3.connect

    class Full(sqlite3.Connection):
        """A connection to the new database, on a disk that is full after some hundred drawings."""

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            self.execute("pragma max_page_count = 200")
            return super().executemany(*arguments)

    with closing(Store(file, ear)) as samples:
        with monkeypatch.context() as full:
            full.setattr(sqlite3, "connect", lambda *arguments, **options: connect(*arguments, **options, factory=Full))
            with pytest.raises(StoreError, match=r"is damaged and stays as it is, .*: the disk is full"):
                list(samples.each())
        samples.close()
        assert file.read_bytes() == content
        assert [path.name for path in file.parent.iterdir()] == [file.name]
        assert not ear.heard
        list(samples.each())  # there is room again
        assert shades(samples)[-1] == 2999
    assert len(broken_files(file)) == len(ear.heard) == 1


@pytest.mark.parametrize("step", [(os, "link"), (Path, "replace")], ids=["named", "replaced"])
def test_a_damaged_file_that_cannot_be_renamed_is_told_and_left(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: tuple[object, str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    file.write_bytes(b"rubbish" * 1000)
    file.with_name("drawings.sqlite-wal").write_text("log")
    monkeypatch.setattr(*step, refuse)
    monkeypatch.setattr(database, "write_atomically", refuse)
    with (
        closing(Store(file)) as samples,
        pytest.raises(StoreError, match=r"is damaged and cannot be set aside \(Input"),
    ):
        samples.add(drawing(1))
    assert file.read_bytes() == b"rubbish" * 1000
    assert {path.name for path in file.parent.iterdir()} <= {file.name, f"{file.name}-wal", f"{file.name}-shm"}


def test_a_damaged_file_is_set_aside_where_no_file_has_two_names(
    file: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    content = damaged(whole, len(whole) // 4096 // 2, 20)
    file.write_bytes(content)
    monkeypatch.setattr(os, "link", refuse)
    with closing(Store(file)) as samples:
        list(samples.each())
        assert shades(samples)[-1] == 2999
    (aside,) = broken_files(file)
    assert aside.read_bytes() == content


if os.name == "posix":  # where a process can be divided into two
    _KILLED = """
import itertools
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from digitpad.data.store import Store

folder, content = Path(sys.argv[1]), sys.stdin.buffer.read()


def saved(file, kill_at):
    # Return how many drawings a process finds, as text; "" where it is killed at that step in the folder.
    here, there = os.pipe()
    child = os.fork()
    if not child:
        steps = itertools.count()

        def step(event, arguments):
            if any(str(one).startswith(str(file.parent)) for one in arguments) and next(steps) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        with closing(Store(file)) as samples:
            list(samples.each())
            found = len(list(samples.each()))
        os.write(there, str(found).encode())
        os._exit(0)
    os.close(there)
    os.waitpid(child, 0)
    with os.fdopen(here) as pipe:
        return pipe.read()


for kill_at in itertools.count():
    file = folder / str(kill_at) / "drawings.sqlite"
    file.parent.mkdir()
    file.write_bytes(content)
    first = saved(file, kill_at)
    print(first or "killed", saved(file, -1), flush=True)
    if first:
        break
"""

    def test_killed_at_any_step_of_saving_a_damaged_file_the_next_start_finds_all_that_can_be_saved(
        file: Path, tmp_path: Path
    ) -> None:
        with closing(Store(file)) as samples:
            samples.add_many(drawing(i % 10, i) for i in range(100))
        whole = file.read_bytes()
        killed = tmp_path / "killed"
        killed.mkdir()
        content = damaged(whole, len(whole) // 4096 // 2)
        child = subprocess.run(
            [sys.executable, "-c", _KILLED, str(killed)], input=content, stdout=subprocess.PIPE, check=True, cwd=ROOT
        )
        *killings, last = (line.split() for line in child.stdout.decode().splitlines())
        saved = last[0]
        assert 90 < int(saved) < 100
        assert len(killings) > 5
        assert [*killings, last] == [["killed", saved]] * len(killings) + [[saved, saved]]
        for path in killed.glob("*/*"):
            assert path.name.startswith("drawings."), "something is left over"


if os.name == "posix":  # where SQLite has a way to open files that knows no memory shared between programs

    @pytest.fixture
    def network_folder(monkeypatch: pytest.MonkeyPatch) -> None:
        """Open databases as where no log can be had, as in folders of some networks."""
        connect: Callable[..., sqlite3.Connection] = sqlite3.connect

        def without_shared_memory(path: Path, **options: Any) -> sqlite3.Connection:
            return connect(f"file:{path}?vfs=unix-dotfile", uri=True, **options)

        monkeypatch.setattr(sqlite3, "connect", without_shared_memory)

    @pytest.mark.usefixtures("network_folder")
    def test_drawings_are_kept_where_no_log_can_be_had_and_nothing_is_said(tmp_path: Path) -> None:
        file = tmp_path / "drawings.sqlite"
        said: list[str] = []
        with closing(Store(file, said.append)) as one, closing(Store(file, said.append)) as other:
            for label in range(3):
                one.add(drawing(label))
                other.add(drawing(label))
            assert one.counts() == other.counts() == [2, 2, 2] + [0] * 7
        assert [path.name for path in tmp_path.iterdir()] == [file.name]
        assert not said

    def test_a_log_that_came_from_elsewhere_is_read_where_none_can_be_had(
        file: Path, request: pytest.FixtureRequest
    ) -> None:
        with second_window(file) as other:
            assert other.stdout is not None
            assert int(other.stdout.readline()) == 1
            other.kill()
        assert (file.parent / f"{file.name}-wal").stat().st_size > 0
        request.getfixturevalue("network_folder")
        with closing(Store(file)) as samples:
            samples.add(drawing(4))
            assert len(samples) == 2
