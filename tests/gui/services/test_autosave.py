"""Keeping what is in the window: soon after it changed, in a thread, and told where it cannot be."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.gui.services import autosave as module
from digitpad.gui.services.autosave import Autosave
from digitpad.gui.services.session import Session
from digitpad.gui.services.sitting_now import View
from digitpad.gui.services.trainer import State
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file, sitting
from digitpad.train.model_file import Model
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.sitting import Loaded, Place, Sitting, claim_all
from tests.digits import digits


class Stage:
    """A session with something to keep, and what keeps it."""

    def __init__(self, home: Path | None) -> None:
        self.session = Session(model_file.load(DEFAULT_NETWORK))
        self.drawing, self.tab = Drawing(), "Draw"
        self.rubs = 0  # so many times that it is asked for, the hand is still at work
        self.autosave = Autosave(
            self.session, self.session, home, lambda: View(self.drawing, False, self.tab), self.is_quick
        )

    def is_quick(self) -> bool:
        self.rubs -= 1
        return self.rubs < 0

    def draw(self) -> None:
        self.drawing = self.drawing.with_stroke(Stroke(np.full((2, 3), 0.5), 0.05))
        self.autosave.change_drawing()

    def close(self) -> None:
        self.autosave.close_down()
        self.session.trainer.close()
        self.session.drawings.close_down()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little time between a change and its being kept."""
    monkeypatch.setattr(module, "_DRAWING_MS", 10)
    monkeypatch.setattr(module, "_REST_MS", 30)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "sittings")
    yield stage
    stage.close()


def only(home: Path) -> tuple[Place, Loaded]:
    """What the next start finds."""
    (place,) = claim_all(home)
    place.leave()
    return place, place.load()


def pending(stage: Stage) -> list[int]:
    """How long until something is kept, in ms."""
    return [timer.interval() for timer in stage.autosave.findChildren(QTimer) if timer.isActive()]


def test_a_drawing_is_kept_within_seconds_and_everything_else_soon_enough(stage: Stage) -> None:
    assert pending(stage) == []
    stage.draw()
    (drawing,) = pending(stage)
    assert drawing <= 5_000
    stage.session.use(Model(Network([784, 10], seed=1)), unsaved=True)
    assert max(pending(stage)) <= 20_000
    assert len(pending(stage)) == 2


@pytest.mark.usefixtures("soon")
def test_what_changes_is_kept_and_then_nothing_is_done_any_more(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    model = Model(Network([784, 10], seed=1))
    with qtbot.waitSignal(stage.autosave.kept):
        stage.draw()
    with qtbot.waitSignal(stage.autosave.kept):
        stage.session.use(model, unsaved=True)
        stage.session.trainer.take_up([Run(2, Recipe(), "bars")])
        stage.tab = "Train"
    qtbot.waitUntil(lambda: pending(stage) == [])  # what was drawn may have been kept twice until then
    stage.close()
    place, loaded = only(tmp_path / "sittings")
    assert not place.state.closed
    assert loaded.model
    np.testing.assert_array_equal(loaded.model.network.parameters, model.network.parameters)
    assert (len(loaded.sitting.drawing.strokes), loaded.sitting.tab) == (1, "Train")
    assert [run.number for run in loaded.sitting.runs] == [2]


@pytest.mark.usefixtures("soon")
def test_a_run_under_way_is_kept_as_it_goes(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    trainer = stage.session.trainer
    with qtbot.waitSignals([stage.autosave.kept] * 3, order="none"):
        trainer.start(Recipe(train_on=600, epochs=10_000, hidden=(20,)), digits())
    qtbot.waitUntil(lambda: bool(trainer.run and trainer.run.epochs > 3))
    with qtbot.waitSignals([stage.autosave.kept] * 2):
        pass
    (folder,) = (tmp_path / "sittings").iterdir()
    run = Place(folder, (folder / "other").open("ab"))  # as it lies there, while its window lives
    (kept,) = run.load().sitting.runs
    run.leave()
    assert trainer.run
    assert kept.points == trainer.run.points[: len(kept.points)]
    assert kept.epochs > 0
    assert kept.latest
    trainer.stop()
    qtbot.waitUntil(lambda: trainer.state is State.IDLE)


@pytest.mark.usefixtures("soon")
def test_a_trained_network_in_use_is_kept_with_all_that_is_known_of_it(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    session = stage.session
    session.trainer.start(Recipe(train_on=600, epochs=2, hidden=(20,)), digits())
    qtbot.waitUntil(lambda: session.trainer.state is State.IDLE and session.trainer.run is not None)
    assert session.trainer.run
    session.shown.show(session.trainer.run)
    assert session.shown.snapshot
    with qtbot.waitSignal(stage.autosave.kept):
        session.use_snapshot(session.shown.snapshot)
    assert stage.autosave.keep_now(closed=True)
    stage.close()
    place, loaded = only(tmp_path / "sittings")
    assert place.state.closed
    assert loaded.model
    told = loaded.model.provenance
    assert told == session.shown.snapshot.model.provenance
    assert told.curves
    assert loaded.sitting.shown == session.trainer.run.number


@pytest.mark.usefixtures("soon")
def test_a_drawing_that_goes_on_changing_does_not_wait_for_its_end(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    """Each stroke comes before the last one is kept."""
    stroke = QTimer()
    stroke.timeout.connect(stage.draw)
    stroke.start(3)
    with qtbot.waitSignals([stage.autosave.kept] * 3):
        pass
    stroke.stop()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("rubs", [8, 1 << 30], ids=["until it rests", "not for ever"])
def test_a_hand_that_rubs_out_very_much_is_waited_for(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, rubs: int
) -> None:
    assert module._DRAWING_MS + module._PATIENCE * module._AGAIN_MS < 8_000  # and what is left to do takes a while
    monkeypatch.setattr(module, "_AGAIN_MS", 0)
    stage.rubs = rubs
    with qtbot.waitSignal(stage.autosave.kept):
        stage.draw()
    assert stage.rubs < max(0, rubs - module._PATIENCE)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("before", [0, 1], ids=["of the first", "later"])
def test_a_drawing_is_on_the_disk_while_runs_are_still_being_written(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    writing, go_on, sync = Event(), Event(), os.fsync

    def slow_with_what_is_large(descriptor: int) -> None:
        if os.fstat(descriptor).st_size > 1 << 20:
            writing.set()
            assert go_on.wait(60)
        sync(descriptor)

    for _ in range(before):
        with qtbot.waitSignal(stage.autosave.kept):
            stage.draw()
    monkeypatch.setattr(os, "fsync", slow_with_what_is_large)
    runs = [Run(n, Recipe(hidden=(500,)), "bars", latest=Network([784, 500, 10], seed=n)) for n in (1, 2, 3)]
    stage.session.trainer.take_up(runs)
    if before:
        qtbot.waitUntil(writing.is_set)
    for _ in range(2):
        with qtbot.waitSignal(stage.autosave.kept):
            stage.draw()
    qtbot.waitUntil(writing.is_set)
    shutil.copytree(tmp_path / "sittings", tmp_path / "killed now")
    stage.draw()
    go_on.set()
    assert stage.autosave.keep_now()
    stage.close()
    for home, strokes, numbers in ("killed now", before + 2, []), ("sittings", before + 3, [1, 2, 3]):
        _, loaded = only(tmp_path / home)
        assert loaded.whole
        assert len(loaded.sitting.drawing.strokes) == strokes
        assert [run.number for run in loaded.sitting.runs] == numbers


@pytest.mark.usefixtures("soon")
def test_what_there_was_no_room_for_is_kept_when_there_is_though_nothing_changes(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with qtbot.waitSignal(stage.autosave.failed):
            stage.draw()
    qtbot.waitUntil(lambda: stage.autosave.keeping)  # drawing and the rest are written apart, and either may be first
    stage.close()
    assert len(only(tmp_path / "sittings")[1].sitting.drawing.strokes) == 1


@pytest.mark.usefixtures("soon")
def test_a_full_disk_is_told_once_and_told_again_only_after_it_had_room(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    stage.autosave.failed.connect(told.append)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    def keep() -> bool:
        stage.draw()
        return stage.autosave.keep_now()

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert not keep()
        qtbot.waitUntil(lambda: bool(told))
        assert not keep()
    with qtbot.waitSignal(stage.autosave.kept):
        assert keep()
    (sentence,) = told
    assert sentence.startswith("What you do cannot be kept for the next start. ")
    assert "No space left on device" in sentence
    monkeypatch.setattr(os, "fsync", full)
    assert not keep()
    qtbot.waitUntil(lambda: len(told) == 2)


def test_where_there_is_no_place_nothing_is_kept_and_that_is_known(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for home in (None, tmp_path / "file" / "sittings"):
        stage = Stage(home)
        assert not stage.autosave.possible
        stage.draw()
        assert bool(pending(stage)) == bool(home)  # there may be a place later
        assert not stage.autosave.keep_now(closed=True)
        aside: list[Place | None] = []
        stage.autosave.set_aside(aside.append)
        assert aside == [None]
        stage.close()


@pytest.mark.usefixtures("soon")
def test_what_was_taken_up_and_could_not_be_kept_at_once_is_not_offered_again(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Place.new(tmp_path / "sittings")
    earlier.keep(Sitting(Drawing().with_stroke(Stroke(np.full((2, 3), 0.5), 0.05))))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    stage.draw()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with qtbot.waitSignal(stage.autosave.failed):
            stage.autosave.take_over(earlier)
        assert earlier.folder.exists()
    qtbot.waitUntil(lambda: not earlier.folder.exists())
    stage.close()
    assert len(only(tmp_path / "sittings")[1].sitting.drawing.strokes) == 1


def test_what_was_taken_up_and_cannot_be_removed_keeps_nothing_from_being_kept_and_is_not_offered_again(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, unlink = Place.new(tmp_path / "sittings"), Path.unlink
    earlier.keep(Sitting(Drawing().with_stroke(Stroke(np.full((2, 3), 0.5), 0.05))))

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.parent == earlier.folder:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        stage.draw()
        stage.autosave.take_over(earlier)
        assert stage.autosave.keep_now()
        assert claim_all(tmp_path / "sittings") == []  # nor do other windows find it meanwhile
        assert stage.autosave.keep_now(closed=True)
        stage.close()
    assert earlier.folder.exists()
    assert only(tmp_path / "sittings")[0].folder != earlier.folder


def test_what_was_taken_up_and_could_never_be_kept_waits_for_the_next_start(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Place.new(tmp_path / "sittings")
    earlier.keep(Sitting(Drawing().with_stroke(Stroke(np.full((2, 3), 0.5), 0.05))))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        stage.draw()
        stage.autosave.take_over(earlier)
        stage.close()
    assert only(tmp_path / "sittings")[0].folder == earlier.folder


@pytest.mark.usefixtures("soon")
def test_a_place_that_cannot_be_made_yet_is_made_later(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    stage, told = Stage(tmp_path / "home" / "sittings"), list[str]()
    stage.autosave.failed.connect(told.append)
    with qtbot.waitSignal(stage.autosave.failed):
        stage.draw()
    (tmp_path / "home").unlink()
    with qtbot.waitSignal(stage.autosave.kept):
        pass
    qtbot.waitUntil(lambda: stage.autosave.keeping)
    assert len(told) == 1
    stage.close()
    assert len(only(tmp_path / "home" / "sittings")[1].sitting.drawing.strokes) == 1


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("removed", [True, False])
def test_everything_is_kept_anew_where_its_place_is_gone(
    stage: Stage, qtbot: QtBot, tmp_path: Path, removed: bool
) -> None:
    home, model = tmp_path / "sittings", Model(Network([784, 10], seed=1))
    stage.session.use(model, unsaved=True)
    stage.session.trainer.take_up([Run(2, Recipe(), "bars")])
    stage.draw()
    assert stage.autosave.keep_now()
    if removed:
        shutil.rmtree(home)
    else:
        home.rename(tmp_path / "elsewhere")
    with qtbot.assertNotEmitted(stage.autosave.failed), qtbot.waitSignal(stage.autosave.kept):
        stage.draw()
    qtbot.waitUntil(lambda: pending(stage) == [])
    stage.close()
    _, loaded = only(home)
    assert len(loaded.sitting.drawing.strokes) == 2
    assert [run.number for run in loaded.sitting.runs] == [2]
    assert loaded.model
    np.testing.assert_array_equal(loaded.model.network.parameters, model.network.parameters)


@pytest.mark.usefixtures("soon")
def test_what_was_kept_before_its_place_was_gone_is_kept_anew_though_one_only_draws(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(stage.autosave.kept):
        stage.session.trainer.take_up([Run(2, Recipe(), "bars")])
    assert pending(stage) == []
    shutil.rmtree(tmp_path / "sittings")
    with qtbot.waitSignals([stage.autosave.kept] * 2):  # the drawing, and everything
        stage.draw()
    stage.close()
    _, loaded = only(tmp_path / "sittings")
    assert len(loaded.sitting.drawing.strokes) == 1
    assert [run.number for run in loaded.sitting.runs] == [2]


def test_where_nothing_can_be_locked_no_folders_are_left(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting, "locked", lambda _: None)
    stage = Stage(tmp_path / "sittings")
    assert not stage.autosave.possible
    assert list((tmp_path / "sittings").iterdir()) == []
    stage.close()


def test_what_never_stays_as_it_is_cannot_be_set_aside(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    stage.autosave.kept.connect(stage.draw)
    aside: list[Place | None] = []
    stage.autosave.set_aside(aside.append)
    qtbot.waitUntil(lambda: bool(aside))
    assert aside == [None]
    stage.autosave.kept.disconnect(stage.draw)
    stage.close()
    (place, loaded) = only(tmp_path / "sittings")
    assert len(loaded.sitting.drawing.strokes) > 5
    place.leave()


def test_what_is_set_aside_stays_and_another_place_begins(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    stage.draw()
    places_aside: list[Place | None] = []
    stage.autosave.set_aside(places_aside.append)
    qtbot.waitUntil(lambda: bool(places_aside))
    (aside,) = places_aside
    assert aside
    assert aside.state.drawn
    stage.drawing = Drawing()
    assert stage.autosave.keep_now(closed=True)
    aside.leave()
    stage.close()
    places = claim_all(tmp_path / "sittings")
    for place in places:
        place.leave()
    assert [(place.state.closed, place.state.drawn) for place in places] == [(True, False), (False, True)]
