"""Collect in class: opened by the teacher, filled by pads, and closed with its window."""

import http.client
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from digitpad.classroom import pages
from digitpad.classroom.addresses import LOOPBACK
from digitpad.data.store import Drawn
from digitpad.data.synthetic import Hand, strokes
from digitpad.errors import ExportError, StoreError
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.services.jobs import NO_THREAD
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train import hand
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui.training import choose
from tests.threads import refuse_threads

FULL = "The database cannot be written (database or disk is full)."


class Pad:
    """A pupil's browser, as far as the server knows it."""

    def __init__(self, url: str, code: str) -> None:
        self._host = urlsplit(url).netloc
        self._cookie = ""
        answer = self._ask("POST", "/join", urlencode({"code": code}), "application/x-www-form-urlencoded")
        self._cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]

    def _ask(self, method: str, path: str, body: str | None = None, kind: str = "") -> http.client.HTTPResponse:
        headers = {"Origin": f"http://{self._host}", "Cookie": self._cookie, "Content-Type": kind}
        with closing(http.client.HTTPConnection(self._host, timeout=30)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.told = answer.read()  # type: ignore[attr-defined]
            return answer

    @property
    def page(self) -> bytes:
        return bytes(self._ask("GET", "/pad").told)  # type: ignore[attr-defined]

    @property
    def asked(self) -> int:
        return int(json.loads(self._ask("GET", "/place").told)["asked"])  # type: ignore[attr-defined]

    def send(self, label: int, seed: int = 0) -> int:
        drawn = strokes(label, np.random.default_rng(seed), Hand())
        within = [np.clip(np.asarray(stroke)[:, :2] / 40 + 0.2, 0, 1).tolist() for stroke in drawn]
        return self._ask("POST", "/drawing", json.dumps({"label": label, "strokes": within}), "application/json").status


@pytest.fixture(autouse=True)
def quick_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real page takes seconds to make, and has tests of its own."""
    monkeypatch.setattr(pages, "pad", lambda model: f"the pad of {model.provenance.name}".encode())


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[ClassroomDialog]:
    """The dialog, with its room open on this machine alone."""
    before = set(threading.enumerate())
    choose(window, "collect_in_class")
    dialog = window.findChild(ClassroomDialog)
    assert dialog
    box = dialog.findChild(QComboBox, "room_address")
    assert box
    qtbot.waitUntil(lambda: box.count() > 0)
    assert dialog.collecting.room is None  # nothing is open before it is asked for
    assert box.itemData(box.count() - 1) == LOOPBACK
    box.setCurrentIndex(box.count() - 1)
    press(dialog, "open_room")
    qtbot.waitUntil(lambda: bool(dialog.collecting.url))
    yield dialog
    window.close()
    assert {thread for thread in threading.enumerate() if thread.name.startswith(("classroom", "Thread"))} <= before


def press(dialog: ClassroomDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(dialog: ClassroomDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label
    assert label.isVisible()
    return label.text()


def a_pad(dialog: ClassroomDialog) -> Pad:
    """Join by what stands on the screen."""
    return Pad(shown(dialog, "room_url"), shown(dialog, "room_code"))


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


def fill_the_disk(tries: list[Sequence[Drawn]], drawn: Sequence[Drawn]) -> NoReturn:
    """Stand in for what keeps drawings."""
    tries.append(drawn)
    raise StoreError(FULL)


def test_what_cannot_be_kept_is_told_once_and_kept_as_soon_as_it_can_be(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, drawings = list[str](), window.session.drawings
    tries: list[Sequence[Drawn]] = []
    dialog.failed.connect(told.append)
    with monkeypatch.context() as disk:
        disk.setattr(drawings.samples, "add_many", partial(fill_the_disk, tries))
        pad = a_pad(dialog)
        assert (pad.send(3), pad.send(4)) == (200, 200)
        qtbot.waitUntil(lambda: len(tries) >= 5, timeout=60_000)
        assert told == [FULL]
    qtbot.waitUntil(lambda: drawings.total == 2)
    with monkeypatch.context() as disk:
        disk.setattr(drawings.samples, "add_many", partial(fill_the_disk, tries))
        assert pad.send(5) == 200
        qtbot.waitUntil(lambda: told == [FULL, FULL])  # as it is another time
    qtbot.waitUntil(lambda: drawings.total == 3)


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
    for label in range(3):
        assert pad.send(label) == 200
    with qtbot.waitSignals([dialog.destroyed, drawings.done]):
        press(dialog, "close_room")
    assert "3 drawings came from the class." in window.toast.sentence
    assert drawings.total == 3
    with pytest.raises(OSError, match=r".*"):
        pad.send(1)
    with qtbot.waitSignal(drawings.undone):
        window.session.history.data.undo()
    assert drawings.total == 0
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
    with qtbot.waitSignals([dialog.destroyed, drawings.done]):
        pass
    assert "2 drawings came from the class." in window.toast.sentence
    assert (drawings.total, len(told)) == (2, 2)


def test_where_the_system_has_no_further_thread_the_room_closes_with_all_that_came(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad = a_pad(dialog)
    assert pad.send(3) == 200
    with monkeypatch.context() as patched, qtbot.waitSignals([dialog.destroyed, window.session.drawings.done]):
        refuse_threads(patched)
        press(dialog, "close_room")
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
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
        go_on.set()
    assert not [thread for thread in threading.enumerate() if thread.name == "classroom"]
