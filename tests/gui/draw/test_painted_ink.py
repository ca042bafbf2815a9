"""What is on the canvas looks the same however it came there, and long sessions cost no more than short ones."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import BRUSH, Drawing, Picture, Points, Stroke
from digitpad.gui.draw import brushwork
from digitpad.gui.draw.canvas import BRUSHES, Canvas
from digitpad.gui.draw.painted_ink import PaintedInk
from tests.gui import hands
from tests.gui.images import brightness


def strokes(n: int, points: int = 6) -> tuple[Stroke, ...]:
    generator = np.random.default_rng(0)
    made = []
    for _ in range(n):
        walk = np.cumsum(generator.normal(0, 0.03, (points, 2)), axis=0) + generator.uniform(0.3, 0.7, 2)
        made.append(Stroke(np.column_stack([np.clip(walk, 0, 1), np.ones(points)]), BRUSH / 4))
    return tuple(made)


def seen(canvas: Canvas) -> np.ndarray:
    """Return the brightness of the canvas, (h, w), as it is painted."""
    return brightness(canvas.grab().toImage()).astype(int)


def as_new(qtbot: QtBot, canvas: Canvas) -> np.ndarray:
    """Return how another canvas shows the same drawing."""
    other = Canvas()
    qtbot.addWidget(other)
    other.setPalette(canvas.palette())
    other.resize(canvas.size())
    show_at_once(other, canvas.drawing)
    return seen(other)


def show_at_once(canvas: Canvas, drawing: Drawing) -> None:
    """Have a drawing painted without turns: stroke by stroke there is never much to paint."""
    for n in range(len(drawing.strokes) + 1):
        canvas.show_drawing(Drawing(drawing.strokes[:n], drawing.picture))
        canvas.grab()


def assert_right(qtbot: QtBot, canvas: Canvas) -> None:
    assert np.abs(seen(canvas) - as_new(qtbot, canvas)).max() <= 2


def test_taken_back_done_again_rubbed_out_and_cleared_it_looks_as_if_drawn_so(canvas: Canvas, qtbot: QtBot) -> None:
    for stroke in strokes(40):
        hands.drag(canvas, stroke.points[:, :2])
        QApplication.processEvents()
    assert_right(qtbot, canvas)
    for step in [canvas.undo] * 4 + [canvas.redo] + [canvas.clear]:
        for _ in range(5 if step == canvas.undo else 1):
            step()
            canvas.grab()
        assert_right(qtbot, canvas)
    hands.drag(canvas, np.array([[0.3, 0.3], [0.5, 0.5], [0.7, 0.5]]), Qt.MouseButton.RightButton)
    assert_right(qtbot, canvas)
    canvas.undo()
    assert_right(qtbot, canvas)
    canvas.show_drawing(Drawing(canvas.drawing.strokes[3:], Picture.fitted(np.ones((20, 20), dtype=np.float32))))
    assert_right(qtbot, canvas)


def test_in_other_colours_it_is_the_same_ink(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.show_drawing(Drawing(strokes(20)))
    light = seen(canvas)
    palette = canvas.palette()
    for role, colour in ((palette.ColorRole.Base, "black"), (palette.ColorRole.Text, "yellow")):
        palette.setColor(role, colour)
    canvas.setPalette(palette)
    assert_right(qtbot, canvas)
    assert np.abs(seen(canvas) - light).max() > 200


def test_many_strokes_are_in_sight_at_once_in_another_size_and_sharp_a_moment_later(
    canvas: Canvas, qtbot: QtBot
) -> None:
    canvas.show_drawing(Drawing(strokes(400)))
    qtbot.waitUntil(lambda: bool((seen(canvas) < 128).mean() > 0.1))
    canvas.resize(QSize(360, 360))
    assert (seen(canvas) < 128).mean() > 0.09
    other = Canvas()
    qtbot.addWidget(other)
    other.resize(canvas.size())
    show_at_once(other, canvas.drawing)
    sharp = seen(other)
    qtbot.waitUntil(lambda: bool(np.abs(seen(canvas) - sharp).max() <= 2))


def test_what_was_not_painted_yet_when_it_was_hidden_is_painted_when_it_is_seen_again(
    canvas: Canvas, qtbot: QtBot
) -> None:
    canvas.show_drawing(Drawing(strokes(400)))
    seen(canvas)  # which begins it
    canvas.hide()
    other = Canvas()
    qtbot.addWidget(other)
    other.show_drawing(canvas.drawing)
    qtbot.waitUntil(lambda: bool((seen(other) < 50).any()))  # by then it would have been painted, too
    canvas.show()
    qtbot.waitUntil(lambda: bool((seen(canvas) < 50).any()))


def test_very_much_that_is_rubbed_out_is_gone_at_once_and_sharp_when_the_hand_rests(
    canvas: Canvas, qtbot: QtBot
) -> None:
    level = np.column_stack([np.linspace(0.1, 0.9, 6), np.full(6, 0.5), np.ones(6)])
    many = tuple(Stroke(level + (0, 0.3 * i / 300, 0), BRUSH) for i in range(300))
    show_at_once(canvas, Drawing(many))
    path = canvas.to_widget(np.array([[0.5, 0.3], [0.5, 0.95]]))
    hands.press(canvas, path[0], Qt.MouseButton.RightButton)
    hands.move(canvas, path[1], Qt.MouseButton.RightButton)
    assert not canvas.is_quick
    middle, edge = (round(x * canvas.width()) for x in (0.5, 0.3))
    row = seen(canvas)[round(0.65 * canvas.height())]
    assert row[middle] > 200 > 50 > row[edge]
    assert not canvas.is_quick
    with qtbot.waitSignal(canvas.changed, check_params_cb=lambda: canvas.is_quick):
        """The hand rests."""
    assert len(canvas.drawing.strokes) == 600
    assert not canvas.empty
    hands.move(canvas, canvas.to_widget(np.array([[0.7, 0.65]]))[0], Qt.MouseButton.RightButton)
    hands.release(canvas, canvas.to_widget(np.array([[0.7, 0.65]]))[0], Qt.MouseButton.RightButton)
    left = canvas.drawing
    assert len(left.strokes) > 600
    other = Canvas()
    qtbot.addWidget(other)
    other.resize(canvas.size())
    show_at_once(other, left)
    sharp = seen(other)
    qtbot.waitUntil(lambda: bool(np.abs(seen(canvas) - sharp).max() <= 2))
    canvas.undo()
    assert canvas.drawing.strokes == many
    canvas.redo()
    assert canvas.drawing == left


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The points of each line that is painted."""
    lines: list[int] = []
    outline = brushwork.outline

    def counted(points: Points, *arguments: Any) -> object:
        lines.append(len(points))
        return outline(points, *arguments)

    monkeypatch.setattr(brushwork, "outline", counted)
    return lines


def test_the_next_stroke_paints_itself_alone_and_taking_back_little_more(
    canvas: Canvas, qtbot: QtBot, painted: list[int]
) -> None:
    many = strokes(500)
    show_at_once(canvas, Drawing(many))
    painted.clear()
    canvas.show_drawing(Drawing((*many, *strokes(1))))
    canvas.grab()
    assert len(painted) == 1
    for _ in range(20):
        canvas.show_drawing(Drawing(canvas.drawing.strokes[:-1]))
        canvas.grab()
    assert len(painted) < 500  # and not 10,000


def test_the_strokes_of_before_are_not_painted_anew_for_one_that_is_taken_back(
    canvas: Canvas, painted: list[int]
) -> None:
    looks = [seen(canvas)]
    for stroke in (*strokes(4), *strokes(3, 3 * brushwork.PART), *strokes(30)):
        places = canvas.to_widget(stroke.points[:, :2])
        hands.press(canvas, places[0])
        for place in places[1:]:
            hands.move(canvas, place)
            canvas.repaint()
        hands.release(canvas, places[-1])
        looks.append(seen(canvas))
    painted.clear()
    for look in reversed(looks[:-1]):
        canvas.undo()
        np.testing.assert_array_equal(seen(canvas), look)
    assert not painted
    canvas.redo()
    np.testing.assert_array_equal(seen(canvas), looks[1])


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_what_lay_beneath_is_put_back_to_the_pixel_on_any_screen(
    qapp: QApplication, painted: list[int], ratio: float
) -> None:
    ink, lines, side = PaintedInk(qapp), strokes(30), 301

    def look(drawing: Drawing) -> QImage:
        image = QImage(QSize(round(side * ratio), round(side * ratio)), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.white)
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as painter:
            ink.paint(painter, QRectF(0, 0, side, side), ratio, drawing, QColor("black"), None)
        return image

    outside = Stroke(np.array([[3.0, 3.0, 1.0], [3.1, 3.0, 1.0]]), BRUSH)  # as a file may have one
    drawings = [Drawing((*lines[:10], outside, *lines[10:])[:n]) for n in range(len(lines) + 2)]
    looks = [look(drawing) for drawing in drawings]
    painted.clear()
    for n in (*reversed(range(20, len(drawings))), 17, 14, *reversed(range(12))):
        assert look(drawings[n]) == looks[n]
    assert not painted


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_what_was_painted_while_the_pen_was_down_is_where_it_is_painted_later(qapp: QApplication, ratio: float) -> None:
    side, (stroke,), black = 517, strokes(1, points=150), QColor("black")
    looks = []
    for known in (range(1, 151), ()):
        ink, image = PaintedInk(qapp), QImage(QSize(side, side) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        square = QRectF(0, 0, side, side)
        with QPainter(image) as painter:
            for n in known:
                ink.paint(painter, square, ratio, Drawing(), black, Stroke(stroke.points[:n], stroke.brush))
        if known:
            ink.end_stroke(stroke)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            ink.paint(painter, square, ratio, Drawing((stroke,)), black, None)
        looks.append(brightness(image).astype(int))
    assert np.abs(looks[0] - looks[1]).max() <= 2


def test_a_stroke_that_follows_while_another_is_painted_is_painted_once(canvas: Canvas, qtbot: QtBot) -> None:
    (long,), (before, after) = strokes(1, points=900), strokes(2, points=20)
    all_of_it, ink = (before, long, after), canvas.findChild(PaintedInk)
    assert isinstance(ink, PaintedInk)
    looks = []
    for shown in ((all_of_it[:1], all_of_it[:2], all_of_it), (all_of_it,)):
        canvas.show_drawing(Drawing())
        with qtbot.waitSignal(ink.refined):
            for those in shown:
                canvas.show_drawing(Drawing(those))
                canvas.grab()
        looks.append(seen(canvas))
        canvas.resize(360, 360)
        canvas.grab()
        canvas.resize(300, 300)  # so that nothing is kept
    assert np.abs(looks[0] - looks[1]).max() <= 2


def test_what_comes_while_another_drawing_is_still_painted_is_not_in_the_one_that_is_left(
    canvas: Canvas, qtbot: QtBot
) -> None:
    one, other = Drawing(strokes(200)), Drawing(strokes(400)[200:])
    show_at_once(canvas, one)
    canvas.show_drawing(other)
    canvas.grab()  # which begins it
    hands.drag(canvas, np.column_stack([np.linspace(0.1, 0.9, 100), np.linspace(0.1, 0.2, 100)]))
    canvas.grab()
    canvas.undo()
    canvas.undo()
    assert canvas.drawing == one
    assert_right(qtbot, canvas)


def test_what_an_eraser_takes_of_a_stroke_that_was_not_painted_to_its_end_comes_back_as_it_was(
    canvas: Canvas, qtbot: QtBot
) -> None:
    show_at_once(canvas, Drawing(strokes(20)))
    places = canvas.to_widget(np.column_stack([np.linspace(0.1, 0.9, 200), np.linspace(0.1, 0.12, 200)]))
    hands.press(canvas, places[0])
    for place in places[1:]:
        hands.move(canvas, place)
    canvas.grab()
    hands.release(canvas, places[-1])
    hands.drag(canvas, np.array([[0.5, 0.05], [0.5, 0.2]]), Qt.MouseButton.RightButton)
    assert_right(qtbot, canvas)
    canvas.undo()
    assert_right(qtbot, canvas)


def test_a_stroke_is_as_wide_as_the_brush_was_when_it_began(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.brush = BRUSHES[0]
    places = canvas.to_widget(strokes(1, points=200)[0].points[:, :2])
    hands.press(canvas, places[0])
    for place in places[1:]:
        hands.move(canvas, place)
    canvas.grab()
    canvas.brush = BRUSHES[-1]
    canvas.grab()
    hands.release(canvas, places[-1])
    assert_right(qtbot, canvas)
    assert canvas.drawing.strokes[0].brush == BRUSHES[0]
    hands.drag(canvas, hands.LINE)
    assert canvas.drawing.strokes[1].brush == BRUSHES[-1]


def test_what_was_cleared_comes_back_without_being_painted_anew(canvas: Canvas, painted: list[int]) -> None:
    show_at_once(canvas, Drawing(strokes(200)))
    look = seen(canvas)
    painted.clear()
    canvas.clear()
    canvas.grab()
    canvas.undo()
    np.testing.assert_array_equal(seen(canvas), look)
    assert not painted


def test_many_short_strokes_are_not_painted_before_the_screen_is_shown(canvas: Canvas, painted: list[int]) -> None:
    canvas.show_drawing(Drawing(strokes(15)))
    canvas.grab()
    assert len(painted) == 15
    canvas.show_drawing(Drawing(strokes(65)))
    canvas.grab()
    assert len(painted) == 15


def test_a_point_of_an_endless_stroke_costs_what_one_of_a_short_one_does(canvas: Canvas, painted: list[int]) -> None:
    walk = np.cumsum(np.random.default_rng(0).normal(0, 0.01, (3000, 2)), axis=0) + 0.5
    places = canvas.to_widget(1 - np.abs(np.mod(walk, 2) - 1))
    hands.press(canvas, places[0])
    for i, place in enumerate(places[1:], 1):
        hands.move(canvas, place)
        if i % 100 == 0:
            canvas.grab()
    assert max(painted) <= brushwork.PART + 1 + 2 * brushwork.AROUND
    before = sum(painted)
    assert before < 2 * len(places)
    hands.release(canvas, places[-1])
    canvas.grab()
    assert sum(painted) - before <= 100 + 2 * brushwork.PART  # what came since it was painted last, and the end


@pytest.mark.parametrize("points", [brushwork.PART - 20, 12 * brushwork.PART])
@pytest.mark.parametrize("then", ["a dot", "another stroke", "another drawing"])
def test_a_stroke_that_is_taken_back_before_it_is_painted_leaves_nothing(
    canvas: Canvas, qtbot: QtBot, points: int, then: str
) -> None:
    canvas.show_drawing(Drawing(strokes(3)))
    canvas.repaint()
    turn = np.linspace(0, 20, points)
    place = 0.5 + np.column_stack([np.cos(turn), np.sin(turn)]) * np.linspace(0.05, 0.35, points)[:, None]
    places = canvas.to_widget(place)
    hands.press(canvas, places[0])
    for where in places[1:]:
        hands.move(canvas, where)
        canvas.repaint()
    hands.release(canvas, places[-1])
    canvas.undo()  # in the same breath
    if then == "a dot":
        hands.press(canvas, canvas.to_widget(np.array([[0.2, 0.2]]))[0])
        canvas.repaint()
        hands.release(canvas, canvas.to_widget(np.array([[0.2, 0.2]]))[0])
    elif then == "another stroke":
        hands.drag(canvas, place[::-1] + (0.1, 0))
    else:
        canvas.show_drawing(Drawing(strokes(2)))
        assert_right(qtbot, canvas)
        canvas.undo()
    assert_right(qtbot, canvas)


def to_and_fro() -> Stroke:
    """A thin line across the canvas again and again."""
    points = np.ones((120, 3)) * 0.5
    points[::2, 0], points[1::2, 0] = 0.1, 0.9
    points[:, 1] = np.linspace(0.1, 0.9, len(points))
    return Stroke(points, BRUSH / 4)


def in_one_place() -> Stroke:
    """A wide line that turns again and again."""
    return Stroke(np.column_stack([np.random.default_rng(0).uniform(0.5, 0.52, (120, 2)), np.ones(120)]), BRUSHES[-1])


@pytest.mark.parametrize("line", [to_and_fro, in_one_place])
def test_what_takes_long_is_painted_later(
    canvas: Canvas, qtbot: QtBot, painted: list[int], line: Callable[[], Stroke]
) -> None:
    ink = canvas.findChild(PaintedInk)
    assert isinstance(ink, PaintedInk)
    canvas.resize(1200, 1200)
    blank = seen(canvas)
    both = line(), line()
    with qtbot.waitSignal(ink.refined):
        for n in (1, 2):  # the second comes while the first is still to be painted
            canvas.show_drawing(Drawing(both[:n]))
            canvas.grab()
            assert not painted
    assert painted
    assert np.abs(seen(canvas) - blank).max() > 100


@pytest.mark.parametrize("points", [brushwork.PART - 2, 3 * brushwork.PART])
def test_the_end_of_a_line_does_not_vanish_as_the_pen_is_lifted(canvas: Canvas, points: int) -> None:
    canvas.resize(1200, 1200)
    canvas.brush = BRUSHES[-1]
    places = canvas.to_widget(to_and_fro().points[:points, :2])
    hands.press(canvas, places[0])
    for place in places[1:]:
        hands.move(canvas, place)
        canvas.repaint()
    before = seen(canvas)
    hands.release(canvas, places[-1])
    assert np.abs(seen(canvas) - before).max() <= 2


def draw_long_line(canvas: Canvas) -> tuple[np.ndarray, QPointF]:
    """Draw a line so long that all of it would be painted in turns, and return where it is seen, and where the pen is.

    The pen is not lifted.
    """
    canvas.resize(1200, 1200)
    places = canvas.to_widget(to_and_fro().points[:96, :2])
    hands.press(canvas, places[0])
    for place in places[1:]:
        hands.move(canvas, place)
        canvas.repaint()
    return seen(canvas) < 50, places[-1]


@pytest.mark.parametrize("lifted", ["before", "after"])
def test_a_line_does_not_vanish_where_the_last_turn_is_taken_before_its_end_is_seen(
    canvas: Canvas, qtbot: QtBot, lifted: str
) -> None:
    ink = canvas.findChild(PaintedInk)
    assert isinstance(ink, PaintedInk)
    turns = ink.findChild(QTimer)
    assert isinstance(turns, QTimer)
    canvas.show_drawing(Drawing((in_one_place(),)))
    line, end = draw_long_line(canvas)
    canvas.setUpdatesEnabled(False)
    if lifted == "before":
        hands.release(canvas, end)
    qtbot.waitUntil(lambda: not turns.isActive())
    if lifted == "after":
        hands.release(canvas, end)
    canvas.setUpdatesEnabled(True)
    assert (seen(canvas)[line] < 50).all()
    with qtbot.waitSignal(ink.refined):
        """Both are there."""
    assert (seen(canvas)[line] < 50).all()
    assert not turns.isActive()


@pytest.mark.parametrize("then", ["drawn", "given up"])
def test_a_line_does_not_vanish_as_another_is_begun_at_once(canvas: Canvas, then: str) -> None:
    line, end = draw_long_line(canvas)
    hands.release(canvas, end)
    beside = canvas.to_widget(np.array([[0.5, 0.95]]))[0]
    hands.press(canvas, beside)
    if then == "drawn":
        hands.release(canvas, beside)
    else:
        canvas.cancel_stroke()
    assert (seen(canvas)[line] < 50).all()
