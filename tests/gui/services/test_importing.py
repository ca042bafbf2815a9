"""Drawings from files: told where it takes a while, stopped by the person, and never more than was kept."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad.data import strokes
from digitpad.data.store import Drawn, Store
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError
from digitpad.gui.images import image_of, png_of
from digitpad.gui.services import picture_folder
from digitpad.gui.services.background import Background
from digitpad.gui.services.importing import Importing, Source
from digitpad.gui.services.jobs import NO_THREAD
from digitpad.gui.services.transfers import Transfers
from tests.gui.data.conftest import drawn
from tests.gui.feed import Feed, Gate
from tests.threads import refuse_threads

AT_ONCE_MS, NEVER_MS = 0, 10_000_000
LEFT_OUT = "seven.ndjson: its third numbers were taken for times, not pressures, and left out."


class Desk:
    """Imports into a store in memory, and notes what comes of it."""

    def __init__(self, parent: QObject, long_ms: int) -> None:
        """Tell of an import that takes ``long_ms``."""
        self.store, self.work = Store(), Background(parent)
        self.now = 0.0  # seconds
        self.transfers = Transfers(parent, self.work, long_ms, lambda: self.now)
        self.importing = Importing(parent, self.transfers, lambda: self.store)
        self.feeds: list[Feed] = []
        self.came: list[Source] = []
        self.changes = 0
        self.importing.came.connect(self.came.append)
        self.transfers.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def begin(self, name: str) -> Feed:
        """Import from what is returned."""
        feed = Feed()
        self.feeds.append(feed)
        self.importing.begin(Source(name), feed.read)
        return feed

    def close(self) -> None:
        """Let nothing wait any longer."""
        self.transfers.close_down()
        for feed in self.feeds:
            feed.end()
        self.work.wait()
        self.store.close()


@pytest.fixture
def desk(parent: QObject) -> Iterator[Desk]:
    """One that tells of any import."""
    desk = Desk(parent, AT_ONCE_MS)
    yield desk
    desk.close()


@pytest.fixture
def patient(parent: QObject) -> Iterator[Desk]:
    """One for which no import takes long."""
    desk = Desk(parent, NEVER_MS)
    yield desk
    desk.close()


def test_of_a_short_import_nothing_is_told_before_its_end(patient: Desk, qtbot: QtBot) -> None:
    feed = patient.begin("mine.jsonl")
    feed.give(300)
    patient.now = 0.4
    feed.give(300)
    feed.end()
    qtbot.waitUntil(lambda: len(patient.came) == 1)
    (source,) = patient.came
    assert (source.n, len(source.numbers), source.left) == (600, 600, False)
    assert patient.transfers.current is None
    patient.transfers.stop()  # which is for what is told alone
    patient.transfers.end(source)
    assert patient.changes == 0


def test_a_long_import_is_told_until_it_is_over(desk: Desk, qtbot: QtBot) -> None:
    feed = desk.begin("mine.jsonl")
    assert desk.transfers.current is None
    qtbot.waitUntil(lambda: desk.changes == 1)
    source = desk.transfers.current
    assert source is not None
    assert (source.name, source.n) == ("mine.jsonl", 0)
    with qtbot.waitSignal(desk.transfers.changed):
        feed.give(1)
    assert source.n == 1
    feed.end()
    qtbot.waitUntil(lambda: desk.came == [source])
    assert desk.transfers.current is source  # whoever tells of its end takes its place
    with qtbot.waitSignal(desk.transfers.changed):
        desk.transfers.end(source)
    assert desk.transfers.current is None


def test_how_far_it_is_is_told_five_times_a_second_at_most(desk: Desk, qtbot: QtBot) -> None:
    told = Event()

    def two_seconds() -> Iterator[Drawn]:
        told.wait()
        for _ in range(1000):
            desk.now += 0.002
            yield drawn(6, 0)

    desk.importing.begin(Source("mine.jsonl"), two_seconds)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    told.set()
    qtbot.waitUntil(lambda: len(desk.came) == 1)
    assert 8 <= desk.changes - 1 <= 10


def test_what_came_before_it_was_stopped_is_kept(desk: Desk, qtbot: QtBot) -> None:
    feed = desk.begin("mine.jsonl")
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    source = desk.transfers.current
    assert isinstance(source, Source)
    feed.give(450)
    qtbot.waitUntil(lambda: source.n == 450)
    with qtbot.waitSignal(desk.transfers.changed):
        desk.transfers.stop()
    assert source.stopping
    feed.give(1)  # for which the thread waits
    qtbot.waitUntil(lambda: desk.came == [source])
    assert source.left
    assert source.numbers == [sample.id for sample in desk.store.each()]
    assert len(source.numbers) == 450


@pytest.mark.parametrize(("read", "told"), [(1000, [LEFT_OUT]), (0, [])])
def test_what_was_left_out_of_what_came_is_told_where_it_was_stopped(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, read: int, told: list[str]
) -> None:
    gate, failed = Gate(), list[str]()
    timed = strokes.Strokes(6, "", (np.array([[0.0, 0.0], [3.0, 9.0]]),), timed=True)
    monkeypatch.setattr(strokes, "read_strokes", lambda _: gate.through([timed] * 1500))
    desk.importing.failed.connect(failed.append)
    desk.importing.begin_strokes(Path("seven.ndjson"))
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    source = desk.transfers.current
    assert source is not None
    gate.let(read)
    qtbot.waitUntil(lambda: bool(source.n) == bool(read))  # many are made into drawings at once
    desk.transfers.stop()
    gate.open()
    qtbot.waitUntil(lambda: desk.came == [source])
    assert source.left
    assert len(desk.came[0].numbers) == source.n < 1500
    assert failed == told


@pytest.mark.parametrize("passed", [2, 0])
def test_pictures_that_could_not_be_read_are_told_where_it_was_stopped(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, passed: int
) -> None:
    gate, failed = Gate(), list[str]()
    picture = png_of(image_of(drawn(7, 0).image.reshape(SIDE, SIDE)))
    (tmp_path / "7").mkdir()
    for i in range(4):
        (tmp_path / "7" / f"{i}.png").write_bytes(b"no picture" if i == passed else picture)
    read = picture_folder.read_pictures
    monkeypatch.setattr(picture_folder, "read_pictures", lambda *given: gate.through(read(*given)))
    desk.importing.failed.connect(failed.append)
    desk.importing.begin_pictures(tmp_path)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    source = desk.transfers.current
    assert isinstance(source, Source)
    gate.let(passed)
    qtbot.waitUntil(lambda: source.n == passed and bool(source.left_out))
    desk.transfers.stop()
    gate.open()
    qtbot.waitUntil(lambda: desk.came == [source])
    assert source.left
    assert len(desk.came[0].numbers) == passed
    (sentence,) = failed
    assert sentence.startswith(f"1 of {passed + 1} pictures were left out. {tmp_path / '7' / f'{passed}.png'}: ")


def test_stopping_one_leaves_the_next_to_be_read(desk: Desk, qtbot: QtBot) -> None:
    first, second = desk.begin("first.jsonl"), desk.begin("second.jsonl")
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    desk.transfers.stop()
    first.give(1)
    second.give(7)
    second.end()
    qtbot.waitUntil(lambda: len(desk.came) == 2)
    assert [(one.name, one.left, len(one.numbers)) for one in desk.came] == [
        ("first.jsonl", True, 0),
        ("second.jsonl", False, 7),
    ]
    desk.transfers.end(desk.came[0])
    assert desk.transfers.current is None  # until it has taken as long by itself
    qtbot.waitUntil(lambda: desk.transfers.current is desk.came[1])
    desk.transfers.end(desk.came[1])


def test_an_import_that_fails_is_over(desk: Desk, qtbot: QtBot) -> None:
    def broken() -> Iterator[Drawn]:
        yield drawn(6, 0)
        raise DataError("mine.jsonl: line 2 cannot be read as JSON.")

    with qtbot.waitSignal(desk.importing.failed) as failed:
        desk.importing.begin(Source("mine.jsonl"), broken)
    assert failed.args == ["mine.jsonl: line 2 cannot be read as JSON."]
    (source,) = desk.came
    assert (len(source.numbers), source.left) == (1, False)


def test_an_import_for_which_there_is_no_thread_is_over(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_threads(monkeypatch)
    with qtbot.waitSignal(desk.importing.failed) as failed:
        desk.begin("mine.jsonl")
    assert failed.args == [NO_THREAD]
    assert [source.name for source in desk.came] == ["mine.jsonl"]


def test_closing_leaves_one_and_begins_none(desk: Desk, qtbot: QtBot) -> None:
    first, second = desk.begin("first.jsonl"), desk.begin("second.jsonl")
    first.give(3)
    second.give(3)
    with qtbot.waitSignal(desk.transfers.changed):
        pass
    source = desk.transfers.current
    assert source is not None
    qtbot.waitUntil(lambda: source.n == 3)
    desk.transfers.close_down()
    first.give(1)
    desk.work.wait()
    assert len(desk.store) == 3
