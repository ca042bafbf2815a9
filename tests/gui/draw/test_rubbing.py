"""Rubbing out where very much lies: no event waits for what is left, and nothing of it is lost."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Stroke
from digitpad.gui.app import make_window
from digitpad.gui.draw import spoken
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.services import autosave
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.model_file import Model
from tests.gui import hands

LEVEL = np.column_stack([np.linspace(0.1, 0.9, 6), np.full(6, 0.5), np.ones(6)])
MANY = Drawing(tuple(Stroke(LEVEL + (0, 0.3 * i / 2000, 0), 0.02) for i in range(2000)))
DOWN = np.array([[0.5, 0.3], [0.5, 0.95]])


@pytest.fixture
def canvas(canvas: Canvas) -> Canvas:
    """One with very much on it, all of which was just cut; the pen is lifted already."""
    canvas.show_drawing(MANY)
    hands.drag(canvas, DOWN, Qt.MouseButton.RightButton)
    return canvas


@pytest.fixture
def full_window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """One with very much on its canvas, which was read."""
    with qtbot.waitSignal(window.draw.answered):
        window.draw.canvas.show_drawing(MANY)
    return window


def test_the_pen_is_lifted_before_it_is_known_what_is_left(canvas: Canvas, qtbot: QtBot) -> None:
    assert not canvas.is_quick
    assert not canvas.drawing_now
    assert canvas.undo_stack.count() == 1
    hands.hover(canvas, canvas.to_widget(DOWN)[0])  # which rubs nothing out
    qtbot.waitUntil(lambda: canvas.undo_stack.count() == 2)
    assert canvas.is_quick
    assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes)
    canvas.undo()
    assert canvas.drawing == MANY


@pytest.mark.parametrize(
    "ask",
    [lambda canvas: canvas.drawing, lambda canvas: canvas.grab(), lambda canvas: canvas.settled],
    ids=["drawing", "grab", "settled"],
)
def test_whoever_asks_before_changes_nothing_of_it(
    canvas: Canvas, qtbot: QtBot, ask: Callable[[Canvas], object]
) -> None:
    ask(canvas)
    qtbot.waitUntil(lambda: canvas.undo_stack.count() == 2)
    assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes)


def test_whoever_asks_while_the_hand_rests_keeps_it_from_nobody(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.undo()
    places = canvas.to_widget(DOWN)
    hands.press(canvas, places[0], Qt.MouseButton.RightButton)
    hands.move(canvas, places[1], Qt.MouseButton.RightButton)
    assert not canvas.is_quick
    with qtbot.waitSignal(canvas.changed):
        assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes)


def test_the_pointer_is_as_wide_as_the_brush_again_once_the_pen_is_lifted(canvas: Canvas, qtbot: QtBot) -> None:
    assert canvas.cursor().shape() is Qt.CursorShape.BitmapCursor
    qtbot.waitUntil(lambda: canvas.undo_stack.count() == 2)
    assert canvas.cursor().shape() is Qt.CursorShape.BitmapCursor


def test_what_is_kept_at_once_is_what_is_left(full_window: MainWindow, qtbot: QtBot) -> None:
    canvas, drawings = full_window.draw.canvas, full_window.session.drawings
    places = canvas.to_widget(DOWN)
    hands.press(canvas, places[0], Qt.MouseButton.RightButton)
    hands.move(canvas, places[1], Qt.MouseButton.RightButton)
    QApplication.processEvents()
    hands.release(canvas, places[1], Qt.MouseButton.RightButton)
    assert not canvas.is_quick
    with qtbot.waitSignal(drawings.reported):
        hands.key(canvas, Qt.Key.Key_3)
    (kept,) = drawings.samples.page(None, 0, 9)
    np.testing.assert_allclose(kept.image / 255, canvas.drawing.stages().image, atol=0.002)


def test_no_answer_is_said_before_it_is_that_to_what_is_left(
    full_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(spoken, "announce", lambda _, sentence: heard.append(sentence))
    (rest,) = full_window.draw.answer.findChildren(QTimer, "spoken_rest")
    hands.drag(full_window.draw.canvas, DOWN, Qt.MouseButton.RightButton)
    rest.start(0)
    QApplication.processEvents()
    assert not full_window.draw.canvas.is_quick
    assert not heard


def test_what_was_not_read_yet_is_read_where_nothing_of_it_was_reached(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.draw.canvas
    corner = np.array([[0.1, 0.1, 1.0], [0.1, 0.9, 1.0], [0.9, 0.9, 1.0]])
    canvas.show_drawing(Drawing(tuple(Stroke(corner, 0.02) for _ in range(3000))))
    places = canvas.to_widget(np.array([[0.5, 0.3], [0.6, 0.3]]))
    hands.press(canvas, places[0], Qt.MouseButton.RightButton)
    hands.move(canvas, places[1], Qt.MouseButton.RightButton)
    QApplication.processEvents()
    assert not canvas.is_quick
    hands.release(canvas, places[1], Qt.MouseButton.RightButton)
    assert window.session.seen is None
    with qtbot.waitSignal(window.session.seen_changed):
        """It is known that nothing is gone."""
    assert window.session.seen is not None
    assert window.session.seen.drawing == canvas.drawing


def test_what_is_kept_for_the_next_start_waits_until_it_is_known_what_is_left(
    qtbot: QtBot, qapp: QApplication, default_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "_DRAWING_MS", 0)
    window = make_window(qapp, Session(default_model), sittings=tmp_path / "sittings")
    qtbot.addWidget(window)
    canvas = window.draw.canvas
    with qtbot.waitSignals([window.autosave.kept] * 2):  # the drawing, and everything
        canvas.show_drawing(MANY)
    looked, drawing = list[bool](), Canvas.drawing

    def look(canvas: Canvas) -> object:
        looked.append(canvas.is_quick)
        return drawing.__get__(canvas)

    monkeypatch.setattr(Canvas, "drawing", property(look))
    hands.drag(canvas, DOWN, Qt.MouseButton.RightButton)
    with qtbot.waitSignal(window.autosave.kept):
        assert not canvas.is_quick
    assert looked
    assert all(looked)
    window.close()


def test_nothing_of_it_is_found_out_or_read_once_the_window_is_closed(full_window: MainWindow, qtbot: QtBot) -> None:
    canvas = full_window.draw.canvas
    hands.drag(canvas, DOWN, Qt.MouseButton.RightButton)
    assert not canvas.is_quick
    with qtbot.assertNotEmitted(full_window.draw.answered):
        full_window.close()
        QApplication.processEvents()
    assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes)


@pytest.mark.parametrize("then", ["another stroke", "keys", "undo", "hide", "escape"])
def test_what_comes_in_the_same_breath_loses_nothing_of_it(canvas: Canvas, then: str) -> None:
    if then == "another stroke":
        hands.drag(canvas, np.array([[0.2, 0.2], [0.5, 0.2], [0.8, 0.2]]))
        assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes) + 1
        assert len(canvas.drawing.strokes[-1].points) == 3
        canvas.undo()
    elif then == "keys":
        canvas.setFocus()
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
            hands.key(canvas, key)
        assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes) + 1
        assert len(canvas.drawing.strokes[-1].points) == 2
        canvas.undo()
    elif then == "undo":
        canvas.undo()
        assert canvas.drawing == MANY
        canvas.redo()
    elif then == "hide":
        canvas.hide()
    else:
        hands.key(canvas, Qt.Key.Key_Escape)  # it is no stroke under way any more
    assert len(canvas.drawing.strokes) == 2 * len(MANY.strokes)
    canvas.undo()
    assert canvas.drawing == MANY


def test_the_eraser_of_the_keys_can_be_put_down_again_at_once(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.waitUntil(lambda: canvas.undo_stack.count() == 2)
    canvas.erasing = True
    canvas.setFocus()
    hands.key(canvas, Qt.Key.Key_Space)
    hands.key(canvas, Qt.Key.Key_Right, times=8)
    assert not canvas.is_quick
    down = []
    for _ in range(3):
        hands.key(canvas, Qt.Key.Key_Space)
        down.append(canvas.drawing_now)
    assert down == [False, True, False]


def rub(canvas: Canvas) -> None:
    hands.drag(canvas, DOWN, Qt.MouseButton.RightButton)


def draw(canvas: Canvas) -> None:
    hands.drag(canvas, np.array([[0.2, 0.6], [0.5, 0.7], [0.8, 0.6]]))


def draw_by_keys(canvas: Canvas) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        hands.key(canvas, key)


def come_and_go(canvas: Canvas) -> None:
    canvas.hide()
    canvas.show()


def rub_and_leave(canvas: Canvas) -> None:
    first, *others = canvas.to_widget(DOWN[:, ::-1])
    hands.press(canvas, first, Qt.MouseButton.RightButton)
    for place in others:
        hands.move(canvas, place, Qt.MouseButton.RightButton)
    hands.key(canvas, Qt.Key.Key_Escape)
    hands.release(canvas, others[-1], Qt.MouseButton.RightButton)


DRAWING = (rub, rub, draw, draw_by_keys, rub_and_leave)
OTHERS = (Canvas.undo, Canvas.redo, Canvas.clear, Canvas.grab, come_and_go)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(DRAWING + OTHERS), min_size=2, max_size=8))
def test_who_does_not_wait_has_the_same_drawings(
    qtbot: QtBot, qapp: QApplication, actions: list[Callable[[Canvas], object]]
) -> None:
    window, patient, hasty = QWidget(), Canvas(), Canvas()
    qtbot.addWidget(window)
    window.resize(600, 300)
    row = QHBoxLayout(window)
    for canvas in (patient, hasty):
        row.addWidget(canvas)
        canvas.show_drawing(MANY)
    window.show()
    for act in actions:
        act(hasty)
    for act in actions:
        act(patient)
        qtbot.waitUntil(lambda: patient.is_quick)
    for _ in range(patient.undo_stack.count() + 1):
        one, other = patient.drawing.strokes, hasty.drawing.strokes
        assert len(one) == len(other)
        assert all(np.array_equal(a.points, b.points) for a, b in zip(one, other, strict=True))
        patient.undo()
        hasty.undo()
    assert patient.undo_stack.count() == hasty.undo_stack.count()
    window.close()
