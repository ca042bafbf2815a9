"""The person's drawings as the window deals with them: what fails leaves everything where it was."""

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
from digitpad.gui.services.drawings import Drawings
from tests.gui.data.conftest import drawn

LINE = Drawing((Stroke(np.array([[0.3, 0.3, 1.0], [0.5, 0.8, 1.0]]), 0.05),))


@pytest.fixture
def drawings(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Drawings]:
    """Five drawings, a 0 to a 4, counted."""
    parent = QObject()
    drawings = Drawings(tmp_path / "drawings.sqlite", parent)
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


def test_an_undo_that_fails_can_be_done_again(
    drawings: Drawings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(drawings.reported) as told:
        drawings.remove([1, 2, 3])
    assert told.args == ["Removed. 2 are kept."]
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignal(drawings.failed):
            drawings.undo()
    assert (drawings.undo_name, drawings.can_redo) == ("removing 3 drawings", False)
    with qtbot.waitSignal(drawings.reported) as told:
        drawings.undo()
    assert told.args == ["Brought back. 5 are kept."]
    assert labels(drawings) == [0, 1, 2, 3, 4]


def test_a_redo_that_fails_can_be_done_again(drawings: Drawings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(drawings, qtbot, 7)
    with qtbot.waitSignal(drawings.reported):
        drawings.undo()
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "restore", fails)
        with qtbot.waitSignal(drawings.failed):
            drawings.redo()
    assert (drawings.undo_name, drawings.can_redo) == ("", True)
    for act in (drawings.redo, drawings.undo, drawings.redo):
        with qtbot.waitSignal(drawings.reported):
            act()
    assert labels(drawings) == [0, 1, 2, 3, 4, 7]


def test_what_could_not_be_kept_is_not_there_to_be_taken_back(
    drawings: Drawings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings.samples, "add", fails)
    kept: list[int] = []
    failed: list[bool] = []
    with qtbot.waitSignal(drawings.failed):
        drawings.keep(3, LINE, LINE.stages().image, 3, kept.append, lambda: failed.append(True))
    assert (kept, failed, drawings.undo_name) == ([], [True], "")


def test_removing_what_is_gone_is_no_change(drawings: Drawings, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawings.reported):
        drawings.remove([2])
    with qtbot.waitSignal(drawings.changed), qtbot.assertNotEmitted(drawings.reported):
        drawings.remove([2])
    with qtbot.waitSignal(drawings.reported):
        drawings.undo()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert drawings.undo_name == ""


def test_labels_given_in_quick_succession_come_back_one_by_one(
    drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    (sample,) = drawings.samples.page(4, 0, 1)
    drawings.relabel([sample.id], 9)
    with qtbot.waitSignal(drawings.changed):
        drawings.relabel([sample.id], 3)  # before anybody has seen it as a 9
    qtbot.waitUntil(lambda: drawings.undo_name == "relabelling as 3")
    other = Store(tmp_path / "drawings.sqlite")
    other.relabel([1], 8)  # another window's change stays
    other.close()
    for expected in (9, 4):
        with qtbot.waitSignal(drawings.changed):
            drawings.undo()
        assert labels(drawings) == [8, 1, 2, 3, expected]


def test_an_import_that_could_not_be_taken_back_still_can_be(
    drawings: Drawings, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my {digits}.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n')
    with qtbot.waitSignal(drawings.reported) as told:
        drawings.import_strokes(file)
    assert told.args == ["1 drawing came from my {digits}.jsonl. You have kept 6 so far."]
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "remove", fails)
        with qtbot.waitSignal(drawings.failed):
            drawings.undo()
    assert drawings.undo_name == "importing my {digits}.jsonl"
    with qtbot.waitSignal(drawings.reported):
        drawings.undo()
    assert labels(drawings) == [0, 1, 2, 3, 4]
    assert not drawings.can_redo


def test_what_was_done_just_before_closing_is_done(qapp: QApplication, tmp_path: Path) -> None:
    parent, file = QObject(), tmp_path / "drawings.sqlite"
    drawings = Drawings(file, parent)
    drawings.refresh()
    for label in range(10):
        drawings.keep(label, LINE, LINE.stages().image, 3)
    drawings.remove([1, 2])
    drawings.close_down()  # before any of it was told
    with closing(Store(file)) as store:
        assert [sample.label for sample in store.each()] == list(range(2, 10))


def test_what_could_be_read_of_a_file_is_kept_and_the_rest_is_told(
    drawings: Drawings, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 300 + "no digit\n")
    sentences: list[str] = []
    for told in (drawings.reported, drawings.failed):
        told.connect(sentences.append)
    drawings.import_strokes(file)
    qtbot.waitUntil(lambda: len(sentences) == 2)
    assert f"{file}: line 301 cannot be read as JSON." in sentences
    assert "300 drawings came from mine.jsonl. You have kept 305 so far." in sentences


def test_closing_leaves_a_long_import_where_it_is(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"label": 6, "strokes": [[[0, 0], [3, 9]]]}\n' * 50_000)
    parent, file = QObject(), tmp_path / "drawings.sqlite"
    drawings = Drawings(file, parent)
    drawings.import_strokes(tmp_path / "mine.jsonl")
    qtbot.waitUntil(lambda: sum(drawings.samples.counts()) > 0)
    drawings.close_down()
    with closing(Store(file)) as store:
        assert 0 < sum(store.counts()) < 25_000
