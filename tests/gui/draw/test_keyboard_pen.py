"""Drawing by keys alone."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands

SPACE, LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def canvas(window: MainWindow) -> Iterator[Canvas]:
    canvas = window.draw.canvas
    canvas.setFocus()
    yield canvas
    for key in (LEFT, RIGHT, UP, DOWN):  # or one that a failed test holds would go on moving
        QTest.keyRelease(canvas, key)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        assert event.politeness() is QAccessible.AnnouncementPoliteness.Polite
        heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def place(canvas: Canvas) -> tuple[float, float]:
    return canvas.keyboard_pen.place.toTuple()


def tap(canvas: Canvas, key: Qt.Key, times: int = 1, modifiers: Qt.KeyboardModifier | None = None) -> None:
    for _ in range(times):
        QTest.keyClick(canvas, key, modifiers or Qt.KeyboardModifier.NoModifier)


def repeat(canvas: Canvas, key: Qt.Key) -> None:
    """Send what a keyboard does while a key is held."""
    none = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        QApplication.sendEvent(canvas, QKeyEvent(kind, key, none, "", autorep=True))


def test_a_one_is_drawn_and_read_by_keys_alone(canvas: Canvas, window: MainWindow, qtbot: QtBot) -> None:
    tap(canvas, UP, 15)
    tap(canvas, SPACE)
    assert canvas.drawing_now
    with qtbot.waitSignal(window.draw.answered):
        tap(canvas, DOWN, 30)
    tap(canvas, SPACE)
    assert not canvas.drawing_now
    (stroke,) = canvas.drawing.strokes
    np.testing.assert_allclose(stroke.points[[0, -1], :2], [[0.5, 0.2], [0.5, 0.8]], atol=1e-9)
    assert len(stroke.points) == 31
    qtbot.waitUntil(lambda: window.draw.answer.answer.text() == "1")
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert canvas.empty
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert canvas.drawing.strokes == (stroke,)


def test_with_shift_steps_are_finer_and_at_the_edge_they_end(canvas: Canvas) -> None:
    tap(canvas, RIGHT, 4)
    coarse = place(canvas)[0] - 0.5
    tap(canvas, LEFT, 4, SHIFT)
    assert 0.5 + coarse - place(canvas)[0] == pytest.approx(coarse / 4)
    tap(canvas, LEFT, 60)
    assert place(canvas) == (0, 0.5)


def test_two_keys_that_are_held_draw_at_an_angle(canvas: Canvas, qtbot: QtBot) -> None:
    tap(canvas, SPACE)
    QTest.keyPress(canvas, RIGHT)
    QTest.keyPress(canvas, DOWN)
    qtbot.waitUntil(lambda: place(canvas)[0] > 0.7)
    for key in (RIGHT, DOWN):  # as where a system does not say that a key repeats
        QTest.keyRelease(canvas, key)
        QTest.keyPress(canvas, key)
    QTest.keyRelease(canvas, DOWN)
    QTest.keyRelease(canvas, RIGHT)
    qtbot.waitUntil(lambda: not canvas.keyboard_pen.gliding)
    x, y = place(canvas)
    assert x - 0.5 == pytest.approx(y - 0.5)
    tap(canvas, SPACE)
    places = canvas.drawing.strokes[0].points[:, :2]
    steps = np.diff(places[3:], axis=0)  # the first two are those of the taps
    assert len(steps) > 2
    np.testing.assert_allclose(steps[:, 0], steps[:, 1])
    tap(canvas, LEFT)  # and nothing is held any more
    assert place(canvas) == pytest.approx((x - 0.02, y))


def test_a_key_that_repeats_by_itself_is_one_key(canvas: Canvas) -> None:
    QTest.keyPress(canvas, RIGHT)
    at = place(canvas)
    repeat(canvas, RIGHT)
    assert place(canvas) == at
    QTest.keyRelease(canvas, RIGHT)
    repeat(canvas, SPACE)
    assert not canvas.drawing_now


def test_where_it_is_shows_until_another_hand_draws(canvas: Canvas) -> None:
    before = canvas.grab().toImage()
    tap(canvas, RIGHT)
    up = canvas.grab().toImage()
    assert up != before
    tap(canvas, SPACE)
    tap(canvas, SPACE)
    assert canvas.keyboard_pen.shown
    draw(canvas, [THREE])
    assert not canvas.keyboard_pen.shown


def test_a_mouse_that_draws_lifts_it_and_it_waits_for_a_mouse(canvas: Canvas) -> None:
    tap(canvas, SPACE)
    tap(canvas, RIGHT, 5)
    places = canvas.to_widget(hands.LINE)
    hands.press(canvas, places[0])
    hands.move(canvas, places[5])
    assert len(canvas.drawing.strokes) == 2
    for key in (SPACE, LEFT):
        tap(canvas, key)
    assert canvas.drawing_now
    hands.release(canvas, places[5])
    keyed, moused = canvas.drawing.strokes
    assert len(keyed.points) == 6
    np.testing.assert_allclose(moused.points[-1, :2], hands.LINE[5], atol=0.01)


def test_escape_takes_its_stroke_back_and_the_eraser_is_its_other_end(canvas: Canvas, window: MainWindow) -> None:
    tap(canvas, SPACE)
    tap(canvas, RIGHT, 5)
    tap(canvas, Qt.Key.Key_Escape)
    assert canvas.empty
    assert not canvas.drawing_now
    draw(canvas, [THREE])
    full = canvas.drawing
    window.draw.erase.trigger()
    tap(canvas, SPACE)
    tap(canvas, LEFT, 20)
    tap(canvas, SPACE)
    assert canvas.drawing != full
    assert not canvas.empty


def test_keys_go_on_doing_what_they_did(canvas: Canvas, window: MainWindow, qtbot: QtBot) -> None:
    window.draw.collect()
    qtbot.waitUntil(window.draw.collecting.isVisible)
    tap(canvas, SPACE)
    tap(canvas, DOWN, 10)
    with qtbot.waitSignal(window.session.drawings.reported):
        tap(canvas, Qt.Key.Key_Return)  # which lifts the pen
    assert canvas.empty
    assert window.draw.collecting.progress.text().startswith("1 of 100 drawn")
    width = canvas.brush
    QTest.keyClicks(canvas, "]")
    assert canvas.brush > width
    before = place(canvas)
    tap(canvas, LEFT, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert place(canvas) == before


def test_elsewhere_it_is_lifted_and_holds_no_key(canvas: Canvas, window: MainWindow) -> None:
    tap(canvas, SPACE)
    QTest.keyPress(canvas, RIGHT)
    at = place(canvas)
    window.draw.brush.setFocus()
    assert not canvas.drawing_now
    assert not canvas.keyboard_pen.shown
    assert len(canvas.drawing.strokes) == 1
    canvas.setFocus()
    tap(canvas, DOWN)
    assert place(canvas) == pytest.approx((at[0], at[1] + 0.02))


def test_what_it_does_is_told_and_its_place_when_it_rests(canvas: Canvas, qtbot: QtBot, heard: list[str]) -> None:
    tap(canvas, UP, 10)
    tap(canvas, SPACE)
    tap(canvas, RIGHT, 10)
    assert [words for words in heard if "Pen" in words] == ["Pen down"]
    qtbot.waitUntil(lambda: "Pen down, 70 % across, 30 % down" in heard)
    tap(canvas, SPACE)
    assert heard[-1] == "Pen up"
    heard.clear()
    tap(canvas, DOWN, 10)
    qtbot.waitUntil(lambda: "Pen up, 70 % across, 50 % down" in heard)
    assert sum("Pen" in words for words in heard) == 1
