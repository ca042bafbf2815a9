"""Drawings are kept as the person says, one at a time or as they are asked for, and can be taken back."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.errors import StoreError
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.words import a_digit
from tests.gui import hands


class SlowDisk:
    """Changes no drawings while it is ``busy``, and then fails to where it is ``full``."""

    def __init__(self) -> None:
        self._free, self.full = Event(), False
        self._free.set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def change(self, make: Callable[..., object], *given: object) -> object:
        self._free.wait()
        if self.full:
            raise StoreError("the disk is full.")
        return make(*given)


@pytest.fixture
def disk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    """The disk that the window's drawings are on."""
    disk, samples = SlowDisk(), window.session.drawings.samples
    for name in ("add", "remove", "restore"):
        monkeypatch.setattr(samples, name, partial(disk.change, getattr(samples, name)))
    return disk


def test_pressing_a_digit_keeps_the_drawing_as_that_digit(window: MainWindow, qtbot: QtBot) -> None:
    drawings = window.session.drawings
    assert not window.draw.keep[3].isEnabled()
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(window.draw.canvas, Qt.Key.Key_3)
    assert window.status.report.text() == "Kept as a 3. You have kept 1 so far."
    (kept,) = drawings.samples.page(None, 0, 9)
    assert (kept.label, kept.prediction) == (3, 3)
    np.testing.assert_allclose(kept.strokes[0], window.draw.canvas.drawing.strokes[0].points, atol=1e-5)
    np.testing.assert_allclose(kept.image / 255, window.draw.canvas.drawing.stages().image, atol=0.002)


def test_a_digit_s_key_that_is_held_keeps_the_drawing_once(window: MainWindow, qtbot: QtBot) -> None:
    drawings, canvas, none = window.session.drawings, window.draw.canvas, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(window.draw.answered):
        draw(canvas, [THREE])
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, none, "3"))
    for _ in range(5):
        QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_3, none, "3", autorep=True))
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(canvas, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: drawings.total == 2)
    assert len(drawings.samples) == 2


def test_what_was_read_as_another_digit_is_said_and_can_be_taken_back_at_once(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    with qtbot.waitSignal(drawings.reported), qtbot.assertNotEmitted(tab.said):
        QTest.keyClick(tab.canvas, Qt.Key.Key_3)
    assert window.status.report.text() == "Kept as a 3. You have kept 1 so far."
    assert not window.toast.isVisible()  # where both agree nothing is said twice
    with qtbot.waitSignal(tab.said):
        QTest.keyClick(tab.canvas, Qt.Key.Key_8)
    assert window.toast.sentence == "Kept as 8, read as 3."
    hands.drag(tab.canvas, hands.LINE)  # begins another drawing, which stays
    with qtbot.waitSignal(drawings.removed):
        QTest.keySequence(tab.canvas, "Ctrl+Return")
    assert [sample.label for sample in drawings.samples.each()] == [3]
    assert len(tab.canvas.drawing.strokes) == 1
    assert window.toast.sentence == "Forgotten."


def test_what_was_relabelled_is_said_to_be_kept_as_that_when_it_is_kept_again(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    with qtbot.waitSignal(tab.answered):
        draw(tab.canvas, [THREE])
    with qtbot.waitSignal(drawings.kept) as kept:
        QTest.keyClick(tab.canvas, Qt.Key.Key_8)
    assert kept.args
    with qtbot.waitSignal(drawings.done):
        drawings.relabel(kept.args[:1], 5)
    for tool in (tab.undo, tab.redo):
        with qtbot.waitSignal(drawings.reported):
            tool.trigger()
    assert window.toast.sentence == "Kept as 5, read as 3."
    assert window.status.report.text() == "Kept as a 5. You have kept 1 so far."


def test_undo_takes_back_what_was_kept_and_then_strokes_in_their_order(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings

    def turn(key: str) -> None:
        with qtbot.waitSignal(drawings.reported):
            QTest.keySequence(tab.canvas, key)

    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
    hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    for name in ("stroke", "clear"):
        assert tab.undo.text() == f"Undo {name}"
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.undo.text() == "Undo keep as 9"
    assert "Undo keep as 9" in tab.undo.toolTip()
    (button,) = tab.findChildren(QToolButton, "undo")
    assert button.text() == "Undo"  # as wide as ever
    turn("Ctrl+Z")
    assert drawings.total == 0
    assert len(tab.canvas.drawing.strokes) == 1
    assert not tab.canvas.finished  # the next stroke belongs to it
    assert (tab.undo.text(), tab.redo.text()) == ("Undo stroke", "Redo keep as 9")
    turn("Ctrl+Shift+Z")
    assert drawings.counts[9] == 1
    assert tab.canvas.finished
    turn("Ctrl+Z")
    QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.canvas.empty
    assert not tab.undo.isEnabled()


def test_what_is_being_kept_is_taken_back_in_the_order_in_which_it_was_done(
    window: MainWindow, qtbot: QtBot, disk: SlowDisk
) -> None:
    tab, drawings = window.draw, window.session.drawings
    told: list[str] = []
    drawings.reported.connect(told.append)
    hands.drag(tab.canvas, hands.LINE)
    with disk.busy():
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
        QTest.keyClick(tab.canvas, Qt.Key.Key_7)
        hands.drag(tab.canvas, hands.LINE + (0, 0.2))
        for name in ("stroke", "clear", "keep as 7", "keep as 9"):
            assert tab.undo.text() == f"Undo {name}"
            QTest.keySequence(tab.canvas, "Ctrl+Z")
        assert (tab.undo.text(), tab.redo.text()) == ("Undo stroke", "Redo keep as 9")
        assert len(tab.canvas.drawing.strokes) == 1
        assert not tab.canvas.finished  # the next stroke belongs to it
        QTest.keySequence(tab.canvas, "Ctrl+Shift+Z")
        assert (tab.undo.text(), tab.redo.text()) == ("Undo keep as 9", "Redo keep as 7")
        assert tab.canvas.finished
    qtbot.waitUntil(lambda: len(told) == 5)
    assert [sample.label for sample in drawings.samples.each()] == [9]
    assert told[-1] == "Kept as a 9. You have kept 1 so far."
    with qtbot.waitSignal(drawings.reported):
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert drawings.total == 0


def test_a_digit_s_key_in_mid_stroke_keeps_nothing(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    places = tab.canvas.to_widget(hands.LINE)
    hands.press(tab.canvas, places[0])
    for place in places[1:]:
        hands.move(tab.canvas, place)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key.Key_1)
    assert tab.canvas.drawing_now
    assert not tab.canvas.finished
    tab.collecting.begin([0] * 10)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
    hands.release(tab.canvas, places[-1])
    assert len(tab.canvas.drawing.strokes) == 1
    with qtbot.waitSignal(drawings.kept):
        QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
    tab.collecting.finish()


def test_after_a_drawing_was_kept_the_next_stroke_begins_another(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    hands.drag(canvas, hands.LINE)
    kept = canvas.drawing
    with qtbot.waitSignal(window.session.drawings.reported):
        window.draw.keep[8].trigger()
    assert window.status.report.text() == "Kept as an 8. You have kept 1 so far."
    assert canvas.drawing == kept
    window.draw.erase.trigger()
    hands.drag(canvas, hands.LINE + (0, 0.3))  # rubs out nothing: only a line begins another
    assert canvas.drawing == kept
    window.draw.erase.trigger()
    hands.drag(canvas, hands.LINE + (0, 0.2))
    hands.drag(canvas, hands.LINE + (0, 0.3))
    assert len(canvas.drawing.strokes) == 2
    for _ in range(3):
        window.draw.undo.trigger()
    assert canvas.drawing == kept


def test_a_drawing_that_was_kept_stays_finished_where_what_came_after_it_is_taken_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab, drawings = window.draw, window.session.drawings
    hands.drag(tab.canvas, hands.LINE)
    for key in (Qt.Key.Key_9, Qt.Key.Key_7):  # a slip of the finger
        with qtbot.waitSignal(drawings.reported):
            QTest.keyClick(tab.canvas, key)
    hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key.Key_1)
    for name in ("keep as 1", "stroke", "clear", "keep as 7"):
        assert tab.undo.text() == f"Undo {name}"
        assert tab.canvas.finished is (name in ("keep as 1", "keep as 7"))
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.undo.text() == "Undo keep as 9"
    assert tab.canvas.finished
    hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    assert len(tab.canvas.drawing.strokes) == 1


def test_a_drawing_that_cannot_be_kept_is_told_and_still_there(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the drawings cannot be kept there.")

    monkeypatch.setattr(window.session.drawings.samples, "add", full)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    with qtbot.waitSignal(window.session.drawings.failed):
        window.draw.keep[3].trigger()
    assert "cannot be kept there" in window.toast.sentence
    assert len(window.draw.canvas.drawing.strokes) == 1
    assert window.session.drawings.total == 0


@pytest.mark.parametrize("hasty", [False, True])
def test_where_a_drawing_could_not_be_kept_there_is_nothing_to_take_back(
    window: MainWindow, qtbot: QtBot, disk: SlowDisk, hasty: bool
) -> None:
    tab, drawings = window.draw, window.session.drawings
    hands.drag(tab.canvas, hands.LINE)
    disk.full = True
    with qtbot.waitSignals([drawings.failed, drawings.changed] if hasty else [drawings.failed]), disk.busy():
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
        if hasty:
            QTest.keySequence(tab.canvas, "Ctrl+Z")  # takes back nothing, and no stroke
    assert window.toast.sentence == "the disk is full."
    assert tab.undo.text() == "Undo stroke"
    assert len(tab.canvas.drawing.strokes) == 1
    assert not tab.canvas.finished
    disk.full = False
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
    assert drawings.counts[9] == 1
    assert tab.undo.text() == "Undo keep as 9"


def test_what_was_drawn_while_a_drawing_could_not_be_kept_is_taken_back_stroke_by_stroke(
    window: MainWindow, qtbot: QtBot, disk: SlowDisk
) -> None:
    tab, drawings = window.draw, window.session.drawings
    hands.drag(tab.canvas, hands.LINE)
    disk.full = True
    with qtbot.waitSignal(drawings.failed), disk.busy():
        QTest.keyClick(tab.canvas, Qt.Key.Key_9)
        hands.drag(tab.canvas, hands.LINE + (0, 0.2))
    for name in ("stroke", "clear", "stroke"):  # and not the keeping, between the last two
        assert tab.undo.text() == f"Undo {name}"
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.canvas.empty
    assert not tab.undo.isEnabled()
    for _ in range(3):
        assert tab.redo.isEnabled()
        QTest.keySequence(tab.canvas, "Ctrl+Shift+Z")
    assert not tab.redo.isEnabled()
    assert len(tab.canvas.drawing.strokes) == 1
    assert tab.undo.text() == "Undo stroke"


def test_ten_of_each_digit_are_asked_for_in_rounds(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    window.tabs.collect()
    strip = tab.collecting
    qtbot.waitUntil(strip.isVisible)
    assert not strip.keep.isEnabled()  # nothing is drawn yet
    asked = []
    for _ in range(12):
        asked.append(strip.asked)
        assert strip.title.text() in (f"Draw a {strip.asked}", f"Draw an {strip.asked}")
        hands.drag(tab.canvas, hands.LINE)
        with qtbot.waitSignal(drawings.reported):
            QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
        assert tab.canvas.drawing.empty
    assert sorted(asked[:10]) == list(range(10))
    assert all(one != next_one for one, next_one in itertools.pairwise(asked))
    assert strip.progress.text().startswith("12 of 100 drawn")
    with qtbot.waitSignal(drawings.reported):
        strip.back.trigger()
    assert strip.asked == asked[-1]
    assert drawings.total == 11
    assert tab.canvas.drawing.empty
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        strip.keep.trigger()
    with qtbot.waitSignal(drawings.reported):
        tab.undo.trigger()  # it, and that the canvas was cleared for the next
    assert strip.asked == asked[-1]
    assert drawings.total == 11
    assert len(tab.canvas.drawing.strokes) == 1
    strip.end.trigger()
    assert not strip.isVisible()
    assert not strip.keep.isEnabled()
    assert [sample.label for sample in drawings.samples.each()] == asked[:-1]


def test_collecting_stays_at_a_digit_that_could_not_be_kept(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise StoreError("the drawings are locked.")

    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with monkeypatch.context() as patch:
        patch.setattr(drawings.samples, "add", locked)
        with qtbot.waitSignal(drawings.failed):
            tab.collecting.keep.trigger()
    assert window.toast.sentence == "the drawings are locked."
    assert tab.collecting.asked == asked
    assert len(tab.canvas.drawing.strokes) == 1
    assert tab.collecting.progress.text().startswith("0 of 100 drawn")
    with qtbot.waitSignal(drawings.reported):
        tab.collecting.keep.trigger()
    assert tab.canvas.drawing.empty
    assert tab.collecting.progress.text().startswith("1 of 100 drawn")
    tab.collecting.finish()
    assert window.toast.sentence == "1 digit collected. “Learn my hand” learns from them."


def test_collecting_leaves_alone_what_is_drawn_while_a_drawing_is_being_kept(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.reported):
        tab.collecting.keep.trigger()
        hands.drag(tab.canvas, hands.LINE + (0, 0.2))  # before the window hears that the first was kept
    (stroke,) = tab.canvas.drawing.strokes
    assert stroke.points[0, 1] > hands.LINE[0, 1] + 0.1
    (kept,) = drawings.samples.each()
    assert kept.strokes[0][0, 1] < hands.LINE[0, 1] + 0.1
    tab.collecting.finish()


def test_what_was_collected_and_taken_back_at_once_is_asked_for_again(
    window: MainWindow, qtbot: QtBot, disk: SlowDisk
) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.removed), disk.busy():
        QTest.keyClick(tab.canvas, Qt.Key.Key_Return)
        QTest.keySequence(tab.canvas, "Ctrl+Z")
    assert tab.collecting.asked == asked
    assert len(tab.canvas.drawing.strokes) == 1
    with qtbot.waitSignal(drawings.reported):
        QTest.keySequence(tab.canvas, "Ctrl+Shift+Z")
    assert drawings.counts[asked] == 1
    assert tab.canvas.drawing.empty
    tab.collecting.finish()


def test_while_collecting_only_the_digit_that_is_asked_for_can_be_kept(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.assertNotEmitted(drawings.changed, wait=50):
        QTest.keyClick(tab.canvas, Qt.Key(Qt.Key.Key_0 + (asked + 1) % 10))
    assert window.toast.sentence == f"You are asked for {a_digit(asked)}: only {asked} or Return keeps it."
    assert not tab.canvas.finished
    assert tab.collecting.asked == asked
    with qtbot.waitSignal(drawings.reported):
        QTest.keyClick(tab.canvas, Qt.Key(Qt.Key.Key_0 + asked))
    assert [sample.label for sample in drawings.samples.each()] == [asked]
    assert tab.collecting.progress.text().startswith("1 of 100 drawn")
    tab.collecting.finish()


def test_collecting_asks_again_for_what_was_removed_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([0] * 10)
    asked = tab.collecting.asked
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignal(drawings.kept) as kept:
        tab.collecting.keep.trigger()
    assert kept.args is not None
    assert tab.collecting.asked != asked
    with qtbot.waitSignal(drawings.removed):
        drawings.remove([kept.args[0]])
    assert tab.collecting.asked == asked
    tab.collecting.finish()


def test_what_was_collected_before_counts(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.draw.collecting
    strip.begin([10] * 9 + [8])
    assert (strip.asked, strip.progress.text()) == (9, "0 of 2 drawn  ·  number 1 of 2")
    strip.finish()
    strip.begin([10] * 10)  # ten more of each
    assert strip.progress.text() == "0 of 100 drawn  ·  number 1 of 10"
    strip.finish()


def test_collecting_ends_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    tab, drawings = window.draw, window.session.drawings
    tab.collecting.begin([9] + [10] * 9)
    hands.drag(tab.canvas, hands.LINE)
    with qtbot.waitSignals([tab.collecting.ended, drawings.reported]):
        tab.collecting.keep.trigger()
    assert not tab.collecting.isVisible()
    assert drawings.counts == [1] + [0] * 9
