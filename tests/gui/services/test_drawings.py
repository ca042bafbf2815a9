"""The person's drawings as the window deals with them: what fails leaves everything where it was."""

import gc
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.store import Store
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.errors import StoreError
from digitpad.gui.services import changes
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.history import History, Step
from tests.gui.data.conftest import drawn

LINE = Drawing((Stroke(np.array([[0.3, 0.3, 1.0], [0.5, 0.8, 1.0]]), 0.05),))


@pytest.fixture
def history(qapp: QApplication) -> Iterator[History]:
    """What can be taken back, the Data tab being in front."""
    history = History(qapp)
    history.show(history.data)
    yield history
    history.deleteLater()


@pytest.fixture
def drawings(history: History, qtbot: QtBot, tmp_path: Path) -> Iterator[Drawings]:
    """Five drawings, a 0 to a 4, counted."""
    parent = QObject()
    drawings = Drawings(tmp_path / "drawings.sqlite", history, parent)
    drawings.samples.add_many([drawn(label, 0) for label in range(5)])
    with qtbot.waitSignal(drawings.changed):
        drawings.refresh()
    yield drawings
    drawings.close_down()


def labels(drawings: Drawings) -> list[int]:
    """The labels of all drawings, oldest first."""
    return [sample.label for sample in drawings.samples.each()]


def fails(*_: object) -> None:
    """Do what a locked database does."""
    raise StoreError("the drawings are locked.")


def keep(drawings: Drawings, qtbot: QtBot, label: int) -> None:
    """Keep one more drawing."""
    with qtbot.waitSignal(drawings.reported):
        drawings.keep(label, LINE, LINE.stages().image, 3)


def test_relabelling_is_told_and_so_is_its_undo(drawings: Drawings, history: History, qtbot: QtBot) -> None:
    for numbers, done, undone in (
        ([1], "1 drawing relabelled as 9.", "The label is as before."),
        ([1, 2], "2 drawings relabelled as 9.", "The labels are as before."),
    ):
        with qtbot.waitSignal(drawings.done) as told:
            drawings.relabel(numbers, 9)
        assert told.args
        sentence, take_back = told.args
        assert sentence == done
        with qtbot.waitSignal(drawings.undone) as told:
            take_back()
        assert told.args == [undone]


def test_an_undo_that_fails_can_be_done_again(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(drawings.done) as told:
        drawings.remove([1, 2, 3])
    assert told.args
    assert told.args[:1] == ["Removed. You have 2 drawings now."]
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignal(drawings.failed):
            history.take_back()
    assert (history.undoText(), history.canRedo()) == ("remove 3 drawings", False)
    with qtbot.waitSignal(drawings.undone) as told:
        history.take_back()
    assert told.args == ["Brought back. You have 5 drawings now."]
    assert labels(drawings) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("relabelled", [False, True])
def test_of_two_undos_of_which_the_first_fails_both_can_be_done_again(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, relabelled: bool
) -> None:
    restore, turns = drawings.samples.restore, iter([fails])
    monkeypatch.setattr(drawings.samples, "restore", lambda samples: next(turns, restore)(samples))
    if relabelled:
        drawings.relabel([2], 9)
    else:
        drawings.remove([1])
    with qtbot.waitSignals([drawings.done, drawings.done]):
        drawings.remove([2])
    last, left = history.undoText(), labels(drawings)
    with qtbot.waitSignal(drawings.failed), qtbot.assertNotEmitted(drawings.undone):
        history.take_back()
        history.take_back()
    drawings.finish()
    assert (history.undoText(), history.canRedo(), labels(drawings)) == (last, False, left)
    with qtbot.waitSignals([drawings.undone, drawings.undone]):
        history.take_back()
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert not history.canUndo()


def test_what_could_not_be_brought_back_can_be_though_something_else_was_done_meanwhile(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(drawings.done):
        drawings.remove([1, 2])
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignals([drawings.failed, drawings.done]):
            history.take_back()
            drawings.relabel([3], 9)
    assert history.undoText() == "remove 2 drawings"
    with qtbot.waitSignals([drawings.undone, drawings.undone]):
        history.take_back()
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]


def test_a_redo_that_fails_can_be_done_again(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.show(history.draw)
    keep(drawings, qtbot, 7)
    assert history.undoText() == "keep as 7"
    with qtbot.waitSignal(drawings.reported):
        history.take_back()
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignal(drawings.failed):
            history.do_again()
    assert (history.canUndo(), history.redoText()) == (False, "keep as 7")
    for act in (history.do_again, history.take_back, history.do_again):
        with qtbot.waitSignal(drawings.reported):
            act()
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]


def test_a_redo_that_fails_can_be_done_again_though_it_was_taken_back_before_it_was_done(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.show(history.draw)
    drawings.keep(7, LINE, LINE.stages().image, 3)
    history.take_back()
    drawings.finish()  # both are done before the first is told
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignal(drawings.failed):
            history.do_again()
    assert (history.canUndo(), history.redoText()) == (False, "keep as 7")
    with qtbot.waitSignal(drawings.reported):
        history.do_again()
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]


def test_a_drawing_that_was_removed_elsewhere_is_kept_again(drawings: Drawings, history: History, qtbot: QtBot) -> None:
    keep(drawings, qtbot, 7)
    with qtbot.waitSignal(drawings.done):
        drawings.remove([6])
    history.show(history.draw)
    for act in (history.take_back, history.do_again):
        with qtbot.waitSignal(drawings.reported) as told:
            act()
    assert told.args == ["Kept as a 7. You have kept 6 so far."]
    history.show(history.data)
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]  # and not twice


def test_a_drawing_that_was_relabelled_is_kept_again_as_what_it_was_last(
    drawings: Drawings, history: History, qtbot: QtBot
) -> None:
    keep(drawings, qtbot, 7)
    with qtbot.waitSignal(drawings.done):
        drawings.relabel([6], 9)
    history.show(history.draw)
    with qtbot.waitSignal(drawings.reported):
        history.take_back()
    with qtbot.waitSignal(drawings.kept) as kept, qtbot.waitSignal(drawings.reported) as told:
        history.do_again()
    assert labels(drawings) == [0, 1, 2, 3, 4, 9]
    assert (kept.args, told.args) == ([6, 9], ["Kept as a 9. You have kept 6 so far."])


def test_what_can_be_done_no_more_is_let_go_of_at_once(drawings: Drawings, history: History, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawings.done):
        drawings.remove([1, 2, 3])
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    step = weakref.ref(history.data.command(0))
    gc.disable()  # which looks for it now and then, and in the window seldom at what has been there for long
    try:
        with qtbot.waitSignal(drawings.done):
            drawings.remove([4])
        assert history.data.count() == 1
        assert step() is None
    finally:
        gc.enable()


def test_a_turn_that_fails_leaves_alone_what_was_done_meanwhile_and_can_be_taken_again(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.show(history.draw)
    keep(drawings, qtbot, 7)
    done: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "remove", fails)
        with qtbot.waitSignal(drawings.failed):
            history.take_back()
            history.draw.push(Step("stroke", lambda: done.append("drawn"), lambda: done.append("taken back")))
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]
    assert (history.undoText(), history.canRedo(), done) == ("keep as 7", False, ["drawn"])
    with qtbot.waitSignal(drawings.reported):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert history.undoText() == "stroke"
    history.take_back()
    assert (history.canUndo(), done) == (False, ["drawn", "taken back"])


def test_each_tab_takes_back_what_was_done_there(drawings: Drawings, history: History, qtbot: QtBot) -> None:
    keep(drawings, qtbot, 7)
    with qtbot.waitSignal(drawings.done):
        drawings.remove([1])
    assert history.undoText() == "remove 1 drawing"
    history.show(history.draw)
    assert history.undoText() == "keep as 7"
    history.show(None)
    history.take_back()
    assert labels(drawings) == [1, 2, 3, 4, 7]
    history.show(history.data)
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]


def test_what_could_not_be_kept_is_not_there_to_be_taken_back(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings.samples, "add", fails)
    kept: list[int] = []
    failed: list[bool] = []
    with qtbot.waitSignal(drawings.failed):
        drawings.keep(3, LINE, LINE.stages().image, 3, lambda n, _: kept.append(n), lambda: failed.append(True))
    assert (kept, failed, history.draw.count()) == ([], [True], 0)


def test_what_was_kept_but_not_counted_is_kept_and_counted_later(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    failed: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "counts", fails)
        with qtbot.waitSignal(drawings.failed) as told:  # or who drew it would keep it again
            drawings.keep(7, LINE, LINE.stages().image, 3, lambda n, _: kept.append(n), lambda: failed.append(True))
        with qtbot.waitSignal(drawings.failed):  # nor must a class's be tried again
            drawings.add([drawn(8, 0)], kept.extend, failed.append)
    assert told.args == ["the drawings are locked."]
    assert (kept, failed, history.draw.undoText()) == ([6, 7], [], "keep as 7")
    with qtbot.waitSignal(drawings.changed):
        drawings.refresh()
    assert (drawings.total, labels(drawings)) == (7, [0, 1, 2, 3, 4, 7, 8])


def test_a_kept_drawing_is_forgotten_whatever_was_done_since(
    drawings: Drawings, history: History, qtbot: QtBot
) -> None:
    history.show(history.draw)
    for label in (7, 8):
        with qtbot.waitSignal(drawings.kept) as kept:
            drawings.keep(label, LINE, LINE.stages().image, 3)
        assert kept.args is not None
        number = kept.args[0]
        if label == 8:
            history.draw.push(Step("stroke", lambda: None, lambda: None))
        with qtbot.waitSignal(drawings.removed) as removed:
            drawings.forget(number)
        assert removed.args == [[number]]
        assert labels(drawings) == [0, 1, 2, 3, 4]
    assert history.undoText() == "remove 1 drawing"  # the stroke drawn since is still there, below it
    with qtbot.waitSignal(drawings.reported):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4, 8]
    assert history.undoText() == "stroke"


def test_removing_what_is_gone_is_no_change(drawings: Drawings, history: History, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawings.done):
        drawings.remove([2])
    with qtbot.waitSignal(drawings.changed), qtbot.assertNotEmitted(drawings.done):
        drawings.remove([2])
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert not history.canUndo()


def test_labels_given_in_quick_succession_come_back_one_by_one(
    drawings: Drawings, history: History, qtbot: QtBot, tmp_path: Path
) -> None:
    (sample,) = drawings.samples.page(4, 0, 1)
    with qtbot.waitSignals([drawings.changed, drawings.changed]):
        drawings.relabel([sample.id], 9)
        drawings.relabel([sample.id], 3)  # before anybody has seen it as a 9
    assert history.undoText() == "relabel as 3"
    other = Store(tmp_path / "drawings.sqlite")
    other.relabel([1], 8)  # another window's change stays
    other.close()
    for expected in (9, 4):
        with qtbot.waitSignal(drawings.changed):
            history.take_back()
        assert labels(drawings) == [8, 1, 2, 3, expected]


def test_what_is_taken_back_at_once_is_the_last_that_was_done(
    drawings: Drawings, history: History, qtbot: QtBot
) -> None:
    drawings.remove([1])
    drawings.relabel([2, 3], 9)
    drawings.remove([4])
    for name in ("remove 1 drawing", "relabel as 9"):  # before any of it is done
        assert history.undoText() == name
        history.take_back()
    with qtbot.waitSignals([drawings.undone, drawings.undone]):
        pass
    assert labels(drawings) == [1, 2, 3, 4]
    history.do_again()
    history.do_again()
    history.take_back()
    assert (history.undoText(), history.redoText()) == ("relabel as 9", "remove 1 drawing")
    with qtbot.waitSignal(drawings.undone):
        pass
    assert labels(drawings) == [9, 9, 3, 4]


def test_what_failed_while_it_was_taken_back_is_taken_back(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings.samples, "relabel", fails)
    with (
        qtbot.waitSignal(drawings.failed),
        qtbot.assertNotEmitted(drawings.settled),
        qtbot.waitSignal(drawings.changed),
    ):
        drawings.relabel([1], 9)
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert not history.canUndo()


def test_of_several_changes_that_failed_none_is_left_to_be_taken_back(
    drawings: Drawings, history: History, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings.remove([1])
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "relabel", fails)
        with qtbot.waitSignals([drawings.failed, drawings.failed, drawings.done]):
            drawings.relabel([2], 9)
            drawings.relabel([3], 9)
            drawings.remove([4])
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert history.undoText() == "remove 1 drawing"  # and not what failed, which stood between the two
    assert history.redoText() == "remove 1 drawing"
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert not history.canUndo()


def test_an_import_that_could_not_be_taken_back_still_can_be(
    drawings: Drawings, history: History, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my {digits}.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n')
    with qtbot.waitSignal(drawings.done) as told:
        drawings.importing.begin_strokes(file)
    assert told.args
    assert told.args[:1] == ["1 drawing came from my {digits}.jsonl. You have kept 6 so far."]
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "remove", fails)
        with qtbot.waitSignal(drawings.failed):
            history.take_back()
    assert history.undoText() == "import my {digits}.jsonl"
    with qtbot.waitSignal(drawings.undone):
        history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert (history.canUndo(), history.canRedo()) == (False, True)


@pytest.mark.parametrize("at_hand", [9, 10])
def test_an_import_that_was_taken_back_can_be_done_again_unless_memory_has_no_room_for_it(
    drawings: Drawings, history: History, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_hand: int
) -> None:
    monkeypatch.setattr(changes, "_AT_HAND", at_hand)
    file = tmp_path / "mine.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 10)
    with qtbot.waitSignal(drawings.done):
        drawings.importing.begin_strokes(file)
    for _ in range(2):
        with qtbot.waitSignal(drawings.undone):
            history.take_back()
        assert labels(drawings) == [0, 1, 2, 3, 4]
        assert history.canRedo() == (at_hand == 10)
        if not history.canRedo():
            break
        with qtbot.waitSignal(drawings.done):
            history.do_again()
        assert labels(drawings) == [0, 1, 2, 3, 4] + [6] * 10
        assert all(len(sample.strokes) == 1 for sample in drawings.samples.page(6, 0, 10))


def test_what_was_relabelled_before_all_of_it_had_come_can_be_done_again_with_it(
    drawings: Drawings, history: History, qtbot: QtBot
) -> None:
    numbers = drawings.samples.add_many([drawn(7, 0), drawn(7, 1)])
    with qtbot.waitSignal(drawings.done):
        drawings.relabel(numbers[:1], 9)
    with qtbot.waitSignal(drawings.done):
        drawings.tell_came(numbers, "the class", lambda: None)
    for _ in range(2):
        with qtbot.waitSignal(drawings.undone):
            history.take_back()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    for _ in range(2):
        with qtbot.waitSignal(drawings.done):
            history.do_again()
    assert labels(drawings) == [0, 1, 2, 3, 4, 9, 7]


def test_what_was_done_just_before_closing_is_done(qapp: QApplication, tmp_path: Path) -> None:
    parent, file = QObject(), tmp_path / "drawings.sqlite"
    history = History(parent)
    drawings = Drawings(file, history, parent)
    drawings.refresh()
    for label in range(10):
        drawings.keep(label, LINE, LINE.stages().image, 3)
    history.show(history.draw)
    history.take_back()
    drawings.remove([1, 2])
    drawings.close_down()  # before any of it was told
    with closing(Store(file)) as store:
        assert [sample.label for sample in store.each()] == list(range(2, 9))


def test_what_could_be_read_of_a_file_is_kept_and_the_rest_is_told(
    drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 300 + "no digit\n")
    sentences: list[str] = []
    for told in (drawings.done, drawings.failed):
        told.connect(lambda sentence, *_: sentences.append(sentence))
    drawings.importing.begin_strokes(file)
    qtbot.waitUntil(lambda: len(sentences) == 2)
    assert f"{file}: line 301 cannot be read as JSON." in sentences
    assert "300 drawings came from mine.jsonl. You have kept 305 so far." in sentences


def test_closing_leaves_a_long_import_where_it_is(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 50_000)
    parent, file = QObject(), tmp_path / "drawings.sqlite"
    drawings = Drawings(file, History(parent), parent)
    drawings.importing.begin_strokes(tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: sum(drawings.samples.counts()) > 0)
    drawings.close_down()
    with closing(Store(file)) as store:
        assert 0 < sum(store.counts()) < 25_000


def test_a_name_that_is_too_long_for_any_file_holds_no_drawings(history: History, qtbot: QtBot) -> None:
    parent = QObject()
    drawings = Drawings(Path("/", "a" * 300, "drawings.sqlite"), history, parent)
    with qtbot.assertNotEmitted(drawings.failed):
        drawings.count_if_any()
    assert drawings.total == 0
    drawings.close_down()
