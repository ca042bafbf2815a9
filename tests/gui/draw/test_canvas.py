"""The drawing pad, driven by mouse, pen and fingers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QInputDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.draw.canvas import BRUSHES, Canvas
from digitpad.gui.window.main_window import MainWindow
from tests.crowds import crowd, looked_at_from_now_on
from tests.gui import hands
from tests.gui.images import brightness


@pytest.fixture
def canvas(canvas: Canvas) -> Canvas:
    canvas.resize(400, 400)
    return canvas


def darkness(canvas: Canvas, x: float, y: float) -> int:
    """Return how far the canvas at (x, y), in canvas sides, differs from paper."""
    picture = canvas.grab().toImage()
    place = canvas.to_widget(np.array([[x, y]]))[0].toPoint() * picture.devicePixelRatio()
    paper = canvas.palette().color(canvas.palette().ColorRole.Base)
    return abs(QColor(picture.pixel(place)).lightness() - paper.lightness())


def test_every_point_of_a_fast_hand_is_kept(canvas: Canvas) -> None:
    hands.drag(canvas, THREE)
    (stroke,) = canvas.drawing.strokes
    np.testing.assert_allclose(stroke.points[:, :2], THREE, atol=1e-9)


def test_sparse_points_leave_no_gap(canvas: Canvas) -> None:
    hands.drag(canvas, np.array([[0.1, 0.5], [0.5, 0.5], [0.9, 0.5]]))
    for x in np.linspace(0.1, 0.9, 100):
        assert darkness(canvas, x, 0.5) > 200


def test_the_stroke_is_painted_and_announced_while_the_pen_is_down(canvas: Canvas, qtbot: QtBot) -> None:
    places = canvas.to_widget(hands.LINE)
    hands.press(canvas, places[0])
    with qtbot.waitSignal(canvas.changed):
        hands.move(canvas, places[6])
    assert darkness(canvas, 0.4, 0.5) > 200
    assert len(canvas.drawing.strokes) == 1
    hands.release(canvas, places[6])


def test_the_hint_goes_from_the_screen_with_the_first_point(canvas: Canvas) -> None:
    def middle() -> set[int]:
        """Return the colours on the screen, and not only those a fresh painting would have, where the words are."""
        QApplication.processEvents()
        picture = canvas.screen().grabWindow(canvas.winId()).toImage()
        return {picture.pixel(x, y) for x in range(100, 300, 2) for y in range(320, 370)}

    assert len(middle()) > 1
    places = canvas.to_widget(np.array([[0.1, 0.1], [0.15, 0.1]]))
    hands.press(canvas, places[0])
    hands.move(canvas, places[1])
    assert len(middle()) == 1
    hands.release(canvas, places[1])
    assert len(middle()) == 1
    canvas.undo()
    assert len(middle()) > 1


def test_a_very_long_stroke_looks_the_same_when_it_is_finished(canvas: Canvas) -> None:
    turns = np.linspace(0, 40, 900)
    spiral = 0.5 + (0.05 + 0.01 * turns)[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    canvas.brush = BRUSHES[0]
    places = canvas.to_widget(spiral)
    hands.press(canvas, places[0])
    for i, place in enumerate(places[1:]):
        hands.move(canvas, place)
        if i % 40 == 0:
            QApplication.processEvents()
    before = canvas.grab().toImage()
    hands.release(canvas, places[-1])
    after = canvas.grab().toImage()
    assert np.mean(np.abs(brightness(before).astype(int) - brightness(after)) > 100) < 0.005


def test_undo_redo_and_clear_work_stroke_by_stroke_with_the_standard_keys(window: MainWindow) -> None:
    canvas = window.draw.canvas
    hands.drag(canvas, hands.LINE)
    hands.drag(canvas, hands.LINE + (0, 0.2))

    def key(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> int:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(window, key, held)
        return len(canvas.drawing.strokes)

    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    assert key(Qt.Key.Key_Z, control) == 1
    assert key(Qt.Key.Key_Z, control, shift) == 2
    assert key(Qt.Key.Key_Z, control) == 1
    assert key(Qt.Key.Key_Y, control) == 2
    assert key(Qt.Key.Key_Delete) == 0
    assert key(Qt.Key.Key_Z, control) == 2
    assert key(Qt.Key.Key_Backspace) == 0
    assert key(Qt.Key.Key_Backspace) == 0  # nothing to clear is nothing to undo
    assert key(Qt.Key.Key_Z, control) == 2


def test_undo_while_the_pen_is_down_takes_back_that_stroke(canvas: Canvas) -> None:
    hands.drag(canvas, hands.LINE)
    places = canvas.to_widget(hands.LINE + (0, 0.2))
    hands.press(canvas, places[0])
    hands.move(canvas, places[5])
    canvas.undo()
    assert len(canvas.drawing.strokes) == 1
    hands.move(canvas, places[9])  # the hand goes on, the stroke does not
    hands.release(canvas, places[9])
    assert len(canvas.drawing.strokes) == 1


def test_the_right_button_rubs_out_and_one_undo_brings_it_back(canvas: Canvas) -> None:
    hands.drag(canvas, hands.LINE)
    across = np.array([[0.5, 0.3], [0.5, 0.7]])
    hands.drag(canvas, across, Qt.MouseButton.RightButton)
    assert len(canvas.drawing.strokes) == 2
    assert darkness(canvas, 0.5, 0.5) == 0
    assert darkness(canvas, 0.3, 0.5) > 200
    canvas.undo()
    assert len(canvas.drawing.strokes) == 1
    assert darkness(canvas, 0.5, 0.5) > 200


def test_an_eraser_on_many_strokes_that_were_read_looks_at_those_around_it_alone(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = 1900
    drawing = crowd(many)
    canvas, session = window.draw.canvas, window.session

    def is_read(_: float) -> bool:
        return session.seen is not None and session.seen.drawing == canvas.drawing

    with qtbot.waitSignal(window.draw.answered, check_params_cb=is_read):
        canvas.show_drawing(drawing)
    looked_at = looked_at_from_now_on(monkeypatch)
    window.draw.erase.trigger()
    hands.press(canvas, canvas.to_widget(np.array([[0.3, 0.3]]))[0])
    assert 0 < len(looked_at) < many / 20
    with qtbot.waitSignal(window.draw.answered, check_params_cb=is_read):
        hands.release(canvas, canvas.to_widget(np.array([[0.3, 0.3]]))[0])
    assert len(looked_at) < many / 10  # and at what is left of those
    assert canvas.drawing != drawing


def test_rubbing_out_nothing_is_nothing_to_undo(canvas: Canvas) -> None:
    hands.drag(canvas, hands.LINE)
    hands.drag(canvas, hands.LINE + (0, 0.3), Qt.MouseButton.RightButton)
    canvas.undo()
    assert canvas.drawing.empty


def test_pressure_widens_the_line(canvas: Canvas) -> None:
    canvas.brush = 0.1
    hands.pen_stroke(canvas, hands.LINE, np.linspace(0.05, 1, len(hands.LINE)))
    (stroke,) = canvas.drawing.strokes
    assert (np.diff(stroke.points[:, 2]) > 0).all()
    light, heavy = (sum(darkness(canvas, x, y) > 128 for y in np.linspace(0.4, 0.6, 81)) for x in (0.22, 0.78))
    assert heavy > 1.8 * light


def test_the_other_end_of_the_pen_rubs_out(canvas: Canvas) -> None:
    hands.drag(canvas, hands.LINE)
    hands.pen_stroke(canvas, np.array([[0.5, 0.4], [0.5, 0.6]]), np.ones(2), eraser=True)
    assert len(canvas.drawing.strokes) == 2


def test_the_first_finger_draws_and_the_second_does_not(canvas: Canvas) -> None:
    device = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    places = [place.toPoint() for place in canvas.to_widget(hands.LINE)]
    QTest.touchEvent(canvas, device).press(0, places[0], canvas).commit()
    palm = QPoint(380, 380)
    QTest.touchEvent(canvas, device).move(0, places[1], canvas).press(1, palm, canvas).commit()
    for place in places[2:]:
        palm -= QPoint(1, 5)
        QTest.touchEvent(canvas, device).move(0, place, canvas).move(1, palm, canvas).commit()
    QTest.touchEvent(canvas, device).release(0, places[-1], canvas).stationary(1).commit()
    QTest.touchEvent(canvas, device).release(1, palm, canvas).commit()
    (stroke,) = canvas.drawing.strokes
    np.testing.assert_allclose(stroke.points[:, :2], hands.LINE, atol=0.5 / 400)


def test_a_hand_that_leaves_the_pad_draws_along_its_edge(canvas: Canvas) -> None:
    hands.drag(canvas, np.array([[0.5, 0.5], [0.8, 0.5], [1.7, 0.5], [1.7, 3.0]]))
    (stroke,) = canvas.drawing.strokes
    assert stroke.points[:, :2].max() == 1.0


def test_a_press_beside_the_pad_draws_nothing(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.resize(600, 300)
    qtbot.waitUntil(lambda: canvas.width() == 600)
    hands.press(canvas, QPointF(580, 150))  # the pad is at the left
    hands.move(canvas, QPointF(150, 150))
    hands.release(canvas, QPointF(150, 150))
    assert canvas.drawing.empty


def test_a_dot_is_a_stroke(canvas: Canvas) -> None:
    hands.drag(canvas, np.array([[0.5, 0.5]]))
    assert len(canvas.drawing.strokes) == 1
    assert darkness(canvas, 0.5, 0.5) > 200


@pytest.mark.parametrize("size", [QSize(240, 240), QSize(500, 300), QSize(900, 1000)])
def test_what_is_drawn_stays_in_place_at_any_size(canvas: Canvas, qtbot: QtBot, size: QSize) -> None:
    hands.drag(canvas, hands.LINE)
    canvas.resize(size)
    qtbot.waitUntil(lambda: canvas.size() == size)
    assert darkness(canvas, 0.3, 0.5) > 200
    assert darkness(canvas, 0.3, 0.6) == 0


def test_the_network_sees_the_same_whatever_the_brush_the_size_and_the_place(canvas: Canvas) -> None:
    seen = []
    for brush, size, offset in ((BRUSHES[0], 1.0, 0.0), (BRUSHES[1], 1.0, 0.0), (0.05, 0.3, 0.2), (0.05, 0.2, -0.25)):
        canvas.clear()
        canvas.brush = brush
        hands.drag(canvas, (THREE - 0.5) * size + 0.5 + offset)
        seen.append(canvas.drawing.stages().image)
    for other in seen[1:]:
        np.testing.assert_allclose(seen[0], other, atol=0.02)


def test_hiding_the_canvas_lifts_the_pen(canvas: Canvas) -> None:
    places = canvas.to_widget(hands.LINE)
    hands.press(canvas, places[0])
    hands.move(canvas, places[5])
    canvas.hide()
    canvas.show()
    hands.move(canvas, QPointF(0, 0))
    (stroke,) = canvas.drawing.strokes
    assert len(stroke.points) == 2
