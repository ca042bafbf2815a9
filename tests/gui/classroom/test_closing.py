"""Closing the whole window while drawings of a class could not be kept."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from digitpad.data import database
from digitpad.data.store import Drawn
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.window.main_window import MainWindow
from tests.gui.classroom.pads import FULL, a_pad, fill_the_disk, press
from tests.gui.training import question

Button = QMessageBox.StandardButton


def answer(window: MainWindow, button: Button) -> None:
    """Press a button of what is asked."""
    QTest.mouseClick(question(window).button(button), Qt.MouseButton.LeftButton)


@pytest.fixture
def full_disk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have no drawing kept until what this returns is called."""
    samples = window.session.drawings.samples
    monkeypatch.setattr(samples, "add_many", partial(fill_the_disk, []))
    return lambda: monkeypatch.delattr(samples, "add_many")


def test_it_tries_once_and_as_soon_as_that_goes_well_goes_on_to_the_last(
    window: MainWindow, dialog: ClassroomDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    pad, samples, tries = a_pad(dialog), window.session.drawings.samples, list[Sequence[Drawn]]()
    monkeypatch.setattr(database, "BATCH", 2)
    with monkeypatch.context() as disk:
        disk.setattr(samples, "add_many", partial(fill_the_disk, tries))
        assert [pad.send(label) for label in range(5)] == [200] * 5
        assert len(tries) == 1  # by the first that came: the others wait behind it
        window.close()
        assert "5 drawings of the class" in question(window).text()
        assert len(tries) == 2  # where another program has the file locked, each takes seconds
        answer(window, Button.Cancel)
    kept: list[int] = []
    window.session.drawings.changed.connect(lambda: kept.append(len(samples)))
    window.close()
    assert not window.isVisible()
    assert kept[-1] == 5


@pytest.mark.parametrize("room_is_closed", [False, True])
def test_it_asks_and_enter_keeps_it_open_until_all_is_kept(
    window: MainWindow, dialog: ClassroomDialog, qtbot: QtBot, full_disk: Callable[[], None], room_is_closed: bool
) -> None:
    pad, drawings = a_pad(dialog), window.session.drawings
    assert (pad.send(3), pad.send(4)) == (200, 200)
    if room_is_closed:
        with qtbot.waitSignal(dialog.failed):
            press(dialog, "close_room")
    window.close()  # be it before the window has seen that they came
    assert window.isVisible()
    box = question(window)
    assert box.text() == (
        f"2 drawings of the class could not be kept. {FULL} While this window is open it goes on trying. "
        "Close and lose them?"
    )
    assert box.textFormat() is Qt.TextFormat.PlainText  # it may name a folder
    assert box.button(Button.Discard).text() == "Close and lose them"
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert window.isVisible()
    assert not box.isVisible()
    if not room_is_closed:
        assert pad.send(5) == 200
    full_disk()
    qtbot.waitUntil(lambda: drawings.total == (2 if room_is_closed else 3))
    window.close()
    assert not window.isVisible()


def test_who_does_without_them_closes_the_window_and_what_was_lost_is_told(
    window: MainWindow, dialog: ClassroomDialog, full_disk: Callable[[], None]
) -> None:
    lost, pad = list[str](), a_pad(dialog)
    window.in_class.lost.connect(lost.append)
    assert pad.send(3) == 200
    window.close()
    assert "1 drawing of the class" in question(window).text()
    assert pad.send(4) == 200  # the class goes on meanwhile
    answer(window, Button.Discard)
    assert not window.isVisible()
    assert lost == [f"Lost as the window closed: 2 drawings of the class. {FULL}"]


def test_what_can_be_kept_at_the_last_moment_is(
    window: MainWindow, dialog: ClassroomDialog, full_disk: Callable[[], None]
) -> None:
    lost, kept, drawings = list[str](), list[Sequence[Drawn]](), window.session.drawings
    window.in_class.lost.connect(lost.append)
    assert a_pad(dialog).send(3) == 200
    window.close()
    full_disk()
    drawings.changed.connect(lambda: kept.append(drawings.samples.page(None, 0, 9)))
    answer(window, Button.Discard)
    assert not window.isVisible()
    assert not lost
    assert [len(page) for page in kept] == [1]


def test_drawings_of_the_class_and_a_network_are_asked_about_one_after_the_other(
    window: MainWindow, dialog: ClassroomDialog, full_disk: Callable[[], None]
) -> None:
    assert a_pad(dialog).send(3) == 200
    window.session.use(window.session.model, unsaved=True)
    for _ in range(2):  # who stays after all is asked about both again
        window.close()
        assert "drawing of the class" in question(window).text()
        answer(window, Button.Discard)
        assert "A network you trained is not saved." in question(window).text()
        answer(window, Button.Cancel)
        assert window.isVisible()
    window.close()
    answer(window, Button.Discard)
    answer(window, Button.Discard)
    assert not window.isVisible()


def test_what_a_class_draws_while_it_asks_about_a_network_is_not_lost_unasked(
    window: MainWindow, dialog: ClassroomDialog, full_disk: Callable[[], None]
) -> None:
    window.session.use(window.session.model, unsaved=True)
    window.close()
    assert "A network you trained is not saved." in question(window).text()
    assert a_pad(dialog).send(3) == 200
    answer(window, Button.Discard)
    assert window.isVisible()
    assert "1 drawing of the class" in question(window).text()
    answer(window, Button.Discard)
    assert not window.isVisible()  # without asking about the network again
