"""Collect in class: opened by the teacher, filled by pads, and closed with its window."""

import sqlite3
import threading
from collections.abc import Sequence
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from digitpad.classroom import pages
from digitpad.classroom.addresses import LOOPBACK
from digitpad.data import database, store
from digitpad.data.store import Drawn
from digitpad.errors import ExportError, StoreError
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.services.jobs import NO_THREAD
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import hand
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui.classroom.pads import FULL, a_pad, fill_the_disk, press
from tests.gui.training import choose
from tests.threads import refuse_threads


def test_what_pads_send_comes_to_the_drawings_by_seat(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot
) -> None:
    first, second = a_pad(dialog), a_pad(dialog)
    assert first.page == b"the pad of " + window.session.model.provenance.name.encode()
    assert (first.send(3), first.send(4), second.send(3)) == (200, 200, 200)
    qtbot.waitUntil(lambda: window.session.drawings.total == 3)
    assert window.session.drawings.mine == 0  # so that nobody is told to learn a hand from them
    qtbot.waitUntil(lambda: dialog.total.text() == "3 drawings from 2 seats")
    seats = [label.text() for label in dialog.findChildren(QLabel, "room_seat")]
    assert seats == ["1\n2", "2\n1"]
    window.tabs.setCurrentWidget(window.tabs.data_page)
    qtbot.waitUntil(lambda: len(window.data.browser.page.items) == 3)
    assert sorted(item.caption for item in window.data.browser.page.items) == ["3 · seat 1", "3 · seat 2", "4 · seat 1"]


def test_what_cannot_be_kept_is_told_once_and_kept_as_soon_as_it_can_be(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, drawings, tries = list[str](), window.session.drawings, list[Sequence[Drawn]]()
    dialog.failed.connect(told.append)
    with monkeypatch.context() as disk:
        disk.setattr(drawings.samples, "add_many", partial(fill_the_disk, tries))
        pad = a_pad(dialog)
        assert (pad.send(3), pad.send(4)) == (200, 200)
        qtbot.waitUntil(lambda: len(tries) >= 5)
        assert told == [FULL]
    qtbot.waitUntil(lambda: drawings.total == 2)
    with monkeypatch.context() as disk:
        disk.setattr(drawings.samples, "add_many", partial(fill_the_disk, tries))
        assert pad.send(5) == 200
        qtbot.waitUntil(lambda: told == [FULL, FULL])  # as it is another time
    qtbot.waitUntil(lambda: drawings.total == 3)


def test_what_came_into_a_file_that_was_damaged_is_not_looked_for_by_its_number_in_another(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot
) -> None:
    pad, drawings, collecting = a_pad(dialog), window.session.drawings, dialog.collecting
    assert pad.send(3) == 200
    qtbot.waitUntil(lambda: collecting.kept == [1])
    assert pad.send(4) == 200
    drawings.rescued.emit("The file was damaged.")
    assert pad.send(5) == 200
    qtbot.waitUntil(lambda: collecting.kept == [3])


def test_where_the_disk_takes_some_of_them_none_is_kept_twice(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings, insert = window.session.drawings, store._insert
    taken, refused = list[Drawn](), list[Drawn]()

    def take(room: int, file: sqlite3.Connection, drawn: list[Drawn]) -> list[int]:
        if len(taken) + len(drawn) > room:
            refused.extend(drawn)
            raise StoreError(FULL)
        taken.extend(drawn)
        return insert(file, drawn)

    monkeypatch.setattr(database, "BATCH", 2)
    pad = a_pad(dialog)
    with monkeypatch.context() as disk:
        disk.setattr(store, "_insert", partial(take, 0))
        assert [pad.send(label) for label in range(5)] == [200] * 5
        before = len(refused)
        qtbot.waitUntil(lambda: len(refused) >= before + 10)  # while all of them were there
        disk.setattr(store, "_insert", partial(take, 2))
        qtbot.waitUntil(lambda: len(taken) == 2)
    qtbot.waitUntil(lambda: drawings.total >= 5)
    assert sorted(sample.label for sample in drawings.samples.each()) == [0, 1, 2, 3, 4]


def test_a_seat_has_a_tenth_of_the_row_however_many_are_taken(dialog: ClassroomDialog, qtbot: QtBot) -> None:
    def widths() -> list[int]:
        return [seat.width() for seat in dialog.findChildren(QLabel, "room_seat")]

    for taken in range(1, 4):
        a_pad(dialog)
        qtbot.waitUntil(partial(lambda taken: len(widths()) == taken and max(widths()) < dialog.width() / 9, taken))


def test_the_class_draws_what_it_is_asked_for(dialog: ClassroomDialog) -> None:
    pad = a_pad(dialog)
    assert pad.asked == 0
    box = dialog.findChild(QComboBox, "room_asked")
    assert box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "a 9"
    assert pad.asked == 9


def test_closing_the_window_of_the_room_closes_it_and_one_undo_takes_all_back(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot
) -> None:
    pad, drawings = a_pad(dialog), window.session.drawings
    assert dialog.collecting.room
    name = dialog.collecting.room.name
    for label in range(3):
        assert pad.send(label) == 200
        assert len(drawings.samples) == label + 1  # before anybody looked
    with qtbot.waitSignal(drawings.done):
        press(dialog, "close_room")
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert "3 drawings came from the class." in window.toast.sentence
    assert drawings.total == 3
    with pytest.raises(OSError, match=r".*"):
        pad.send(1)
    with qtbot.waitSignal(drawings.undone):
        window.session.history.data.undo()
    assert drawings.total == 0
    with qtbot.waitSignal(drawings.done):
        window.session.history.data.redo()  # the class is not there any more to draw again
    assert sorted((sample.label, sample.writer) for sample in drawings.samples.each()) == [
        (label, f"seat 1, {name}") for label in range(3)
    ]
    choose(window, "collect_in_class")  # another may be opened then
    again = window.findChild(ClassroomDialog)
    assert again
    assert again.collecting.room is None


def test_what_cannot_be_kept_when_the_room_closes_is_told_once_more_and_kept_as_soon_as_it_can_be(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, drawings = list[str](), window.session.drawings
    dialog.failed.connect(told.append)
    with monkeypatch.context() as disk:
        disk.setattr(drawings.samples, "add_many", partial(fill_the_disk, []))
        pad = a_pad(dialog)
        assert (pad.send(3), pad.send(4)) == (200, 200)
        qtbot.waitUntil(lambda: told == [FULL])
        press(dialog, "close_room")
        qtbot.waitUntil(lambda: told == [FULL, FULL])
    with qtbot.waitSignal(drawings.done):  # now that the disk has room
        pass
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert "2 drawings came from the class." in window.toast.sentence
    assert (drawings.total, len(told)) == (2, 2)


def test_where_the_system_has_no_further_thread_the_room_closes_with_all_that_came(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = a_pad(dialog)
    assert pad.send(3) == 200
    with monkeypatch.context() as patched, qtbot.waitSignal(window.session.drawings.done):
        refuse_threads(patched)
        press(dialog, "close_room")
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert "1 drawing came from the class." in window.toast.sentence
    assert window.session.drawings.total == 1
    with pytest.raises(OSError, match=r".*"):
        pad.send(1)


def test_where_the_system_has_no_thread_to_find_addresses_in_it_is_told(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_threads(monkeypatch)
    choose(window, "collect_in_class")
    qtbot.waitUntil(lambda: window.toast.sentence == NO_THREAD)


def test_one_half_of_the_class_is_learned_from_and_the_other_is_the_test(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.use(Model(Network((784, 10), seed=1), Provenance(name="small")))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    monkeypatch.setattr(hand, "VARIATIONS", 100)  # enough for so small a network
    monkeypatch.setattr(hand, "STEPS", 20)
    learn = dialog.findChild(QPushButton, "learn_class")
    assert learn
    assert not learn.isEnabled()
    for seed, pad in enumerate([a_pad(dialog) for _ in range(4)]):
        for label in range(8):
            assert pad.send(label, 10 * seed + label) == 200
    qtbot.waitUntil(lambda: dialog.total.text() == "32 drawings from 4 seats")
    qtbot.waitUntil(lambda: window.session.drawings.total == 32)
    press(dialog, "learn_class")
    result = window.findChild(HandDialog)
    assert result
    assert result.windowTitle() == "Learn from half of the class"
    qtbot.waitUntil(lambda: result.outcome is not None, timeout=120_000)
    assert result.outcome
    assert result.outcome.drawings == 16
    assert result.outcome.own_after.n == 16
    assert "Learned from 16 drawings of 2 seats" in result.words.text()
    assert "the other half of the class" in result.heading.text()
    use = result.findChild(QPushButton, "keep_hand")
    assert use
    use.click()
    assert window.session.model.provenance.name == "small, a class"


def test_what_was_lacking_to_learn_from_the_class_is_not_said_any_more_when_it_is_there(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot
) -> None:
    window.session.use(Model(Network((784, 10), seed=1), Provenance(name="small")))
    odd, even = a_pad(dialog), a_pad(dialog)
    assert (odd.send(1), even.send(2)) == (200, 200)
    qtbot.waitUntil(lambda: window.session.drawings.total == 2)
    press(dialog, "learn_class")
    qtbot.waitUntil(lambda: window.toast.sentence.endswith("so far there are 1 and 1."))
    for label in range(9):
        assert odd.send(label) == 200
    qtbot.waitUntil(lambda: window.session.drawings.total == 11)
    press(dialog, "learn_class")
    assert not window.toast.sentence
    result = next(found for found in window.findChildren(HandDialog) if found.isVisible())
    qtbot.waitUntil(lambda: "from 10 drawings of 1 seat" in result.words.text())
    result.reject()


def test_a_room_that_cannot_be_opened_is_told(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad.gui.classroom.collecting.addresses", lambda: ["192.0.2.77"])
    choose(window, "collect_in_class")
    dialog = window.findChild(ClassroomDialog)
    assert dialog
    qtbot.waitUntil(lambda: dialog.address.count() == 1)
    with qtbot.waitSignal(dialog.failed):
        press(dialog, "open_room")
    assert "No room can be opened at 192.0.2.77" in window.toast.sentence
    assert dialog.open_room.isEnabled()


@pytest.mark.parametrize("fails", [False, True])
def test_closing_while_the_pad_is_being_made_leaves_nothing_open(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    made, go_on = threading.Event(), threading.Event()

    def slow(_: object) -> bytes:
        made.set()
        assert go_on.wait(60)
        if fails:
            raise ExportError("No page can hold it.")
        return b"late"

    monkeypatch.setattr(pages, "pad", slow)
    monkeypatch.setattr("digitpad.gui.classroom.collecting.addresses", lambda: [LOOPBACK])
    choose(window, "collect_in_class")
    dialog = window.findChild(ClassroomDialog)
    assert dialog
    qtbot.waitUntil(lambda: dialog.address.count() == 1)
    press(dialog, "open_room")
    assert made.wait(60)
    dialog.close()
    go_on.set()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert not [thread for thread in threading.enumerate() if thread.name == "classroom"]
