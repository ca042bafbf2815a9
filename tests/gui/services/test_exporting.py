"""All drawings to files: told where it takes a while, and what is left on the way leaves files as they were."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from digitpad.data.store import Sample, Store
from digitpad.errors import StoreError
from digitpad.gui.services import picture_folder
from digitpad.gui.services.background import Background
from digitpad.gui.services.exporting import Exporting
from digitpad.gui.services.jobs import NO_THREAD
from digitpad.gui.services.transfers import Transfers
from tests.gui.data.conftest import drawn
from tests.gui.feed import Gate
from tests.threads import refuse_threads

AT_ONCE_MS, NEVER_MS = 0, 10_000_000


class Gated(Store):
    """Five drawings in memory, a 0 to a 4, which pass as the gate has it."""

    def __init__(self) -> None:
        """Begin with the gate shut."""
        super().__init__()
        self.gate = Gate()
        self.add_many(drawn(label, 0) for label in range(5))

    def each(self) -> Iterator[Sample]:
        return self.gate.through(super().each())


class Desk:
    """Exports from such a store, and notes what is told."""

    def __init__(self, parent: QObject, long_ms: int) -> None:
        """Tell of an export that takes ``long_ms``."""
        self.store, self.work = Gated(), Background(parent)
        self.now = 0.0  # seconds
        self.transfers = Transfers(parent, self.work, long_ms, lambda: self.now)
        self.exporting = Exporting(parent, self.transfers, lambda: self.store)
        self.told: list[str] = []
        self.changes = 0
        for told in (self.exporting.reported, self.exporting.failed):
            told.connect(self.told.append)
        self.transfers.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def close(self) -> None:
        """Let nothing wait any longer."""
        self.transfers.close_down()
        self.store.gate.open()
        self.work.wait()
        self.store.close()


@pytest.fixture
def desk(parent: QObject) -> Iterator[Desk]:
    """One that tells of any export."""
    desk = Desk(parent, AT_ONCE_MS)
    yield desk
    desk.close()


@pytest.fixture
def patient(parent: QObject) -> Iterator[Desk]:
    """One for which no export takes long."""
    desk = Desk(parent, NEVER_MS)
    yield desk
    desk.close()


def test_of_a_short_export_nothing_is_told_but_its_end(patient: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    patient.store.gate.open()
    patient.now = 0.4
    patient.exporting.begin_strokes(tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: bool(patient.told))
    assert patient.told == [f"Written to {tmp_path / 'mine.jsonl'}: 5 drawings."]
    assert patient.changes == 0


def test_a_long_export_is_told_until_its_end_is(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    current = []
    desk.exporting.reported.connect(lambda _: current.append(desk.transfers.current))
    desk.exporting.begin_pictures(tmp_path / "pictures")
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    transfer = desk.transfers.current
    assert transfer is not None
    desk.store.gate.let(1)
    qtbot.waitUntil(lambda: transfer.n == 1)
    assert (transfer.name, transfer.total) == ("pictures", 5)
    desk.store.gate.open()
    qtbot.waitUntil(lambda: bool(desk.told))
    assert current == [transfer]
    assert desk.transfers.current is None
    assert len(list((tmp_path / "pictures").rglob("*.png"))) == 5


def test_strokes_that_are_left_leave_the_file_as_it_was(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text("of before")
    desk.exporting.begin_strokes(file)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    desk.store.gate.let(3)
    desk.transfers.stop()
    desk.store.gate.let(1)  # for which the thread waits
    qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.told == [f"No drawings were written to {file}: it was stopped."]
    assert desk.transfers.current is None
    assert [path.name for path in tmp_path.iterdir()] == ["mine.jsonl"]
    assert file.read_text() == "of before"


def _leave_pictures_after_three(desk: Desk, qtbot: QtBot, folder: Path) -> None:
    desk.exporting.begin_pictures(folder)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    transfer = desk.transfers.current
    assert transfer is not None
    desk.store.gate.let(3)
    qtbot.waitUntil(lambda: transfer.n == 3)
    desk.transfers.stop()
    desk.store.gate.let(1)
    qtbot.waitUntil(lambda: bool(desk.told))


def test_pictures_that_are_left_are_whole_and_as_many_as_is_told(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _leave_pictures_after_three(desk, qtbot, tmp_path)
    assert desk.told == [f"Written to {tmp_path}: 3 drawings, of 5; then it was stopped."]
    assert sorted(path.parent.name for path in tmp_path.rglob("*.*")) == ["0", "1", "2"]


@pytest.mark.parametrize("kind", ["strokes", "pictures"])
def test_what_is_removed_meanwhile_is_not_told_as_left_out(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place = tmp_path / kind
    desk.store.gate.open()
    monkeypatch.setattr(Gated, "__len__", lambda _: 7)  # before two were removed
    getattr(desk.exporting, f"begin_{kind}")(place)
    qtbot.waitUntil(lambda: bool(desk.told))
    assert desk.told == [f"Written to {place}: 5 drawings."]


def test_pictures_that_are_left_are_told_so_where_more_were_drawn_meanwhile(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gated, "__len__", lambda _: 2)  # before three were drawn
    _leave_pictures_after_three(desk, qtbot, tmp_path)
    assert desk.told == [f"Written to {tmp_path}: 3 drawings, of 3; then it was stopped."]


def test_a_drive_which_has_no_name_is_told_by_its_path(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_folder, "write_pictures", lambda _folder, samples: len(list(samples)))
    drive = Path(Path.cwd().anchor)
    desk.exporting.begin_pictures(drive)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    assert desk.transfers.current is not None
    assert desk.transfers.current.name == str(drive)


def test_an_export_that_fails_is_over_and_the_next_goes_on(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_store: Store) -> int:
        raise StoreError("the drawings are locked.")

    desk.store.gate.open()
    with monkeypatch.context() as patch:
        patch.setattr(Gated, "__len__", fails)
        desk.exporting.begin_strokes(tmp_path / "mine.jsonl")
        qtbot.waitUntil(lambda: desk.told == ["the drawings are locked."])
    desk.exporting.begin_strokes(tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: len(desk.told) == 2)
    assert desk.told[1] == f"Written to {tmp_path / 'mine.jsonl'}: 5 drawings."
    assert desk.transfers.current is None


def test_an_export_for_which_there_is_no_thread_is_over(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_threads(monkeypatch)
    desk.exporting.begin_strokes(tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: desk.told == [NO_THREAD])
    assert desk.transfers.current is None
    assert not list(tmp_path.iterdir())


def test_closing_leaves_the_file_as_it_was(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text("of before")
    desk.exporting.begin_strokes(file)
    qtbot.waitUntil(lambda: desk.transfers.current is not None)
    transfer = desk.transfers.current
    assert transfer is not None
    desk.store.gate.let(2)
    qtbot.waitUntil(lambda: transfer.n == 2)
    desk.transfers.close_down()
    desk.store.gate.let(1)
    desk.work.wait()
    assert [path.name for path in tmp_path.iterdir()] == ["mine.jsonl"]
    assert file.read_text() == "of before"
