"""The line of the plane under a slow hand, with a listener that rounds what it is told, as sliders do."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.plane import Mark, Plane
from tests.gui import hands

LINE = (2.0, 2.0, -1.0)
_STEP = 0.05


@pytest.fixture
def plane(qtbot: QtBot) -> Plane:
    plane = Plane("Plane")
    qtbot.addWidget(plane)
    plane.resize(300, 300)

    def rounded(*line: float) -> None:
        w1, w2, b = (round(value / _STEP) * _STEP for value in line)
        plane.show_line(w1, w2, b)

    plane.line_dragged.connect(rounded)
    plane.show_line(*LINE)
    return plane


def dragged(plane: Plane, start: QPointF, way: QPointF, steps: int) -> tuple[float, float, float]:
    """Press at ``start``, go ``way`` in equal steps, and return the line that this leaves."""
    plane.show_line(*LINE)
    hands.press(plane, start)
    for i in range(1, steps + 1):
        hands.move(plane, start + way * (i / steps))
    hands.release(plane, start + way)
    assert plane.line is not None
    return plane.line


def test_a_line_dragged_pixel_by_pixel_goes_as_far_as_the_hand(plane: Plane) -> None:
    start, way = plane.to_widget(0.25, 0.25), QPointF(60, 0)
    pixel = 1 / (plane.to_widget(1, 0).x() - plane.to_widget(0, 0).x())
    line = dragged(plane, start, way, 60)
    assert line == pytest.approx((2, 2, -1 - 2 * 60 * pixel), abs=_STEP / 2 + 1e-9)
    assert line == dragged(plane, start, way, 1)


@pytest.mark.parametrize("which", [0, 1])
def test_a_line_turned_pixel_by_pixel_keeps_the_length_of_w_and_its_other_handle(plane: Plane, which: int) -> None:
    handles = plane.handles()
    start, still = plane.to_widget(*handles[which]), handles[1 - which]
    way = QPointF(60, 0) if which else QPointF(0, 60)
    w1, w2, b = dragged(plane, start, way, 60)
    assert (w1, w2) != LINE[:2]
    assert (w1**2 + w2**2) ** 0.5 == pytest.approx(8**0.5, abs=_STEP)
    assert w1 * still[0] + w2 * still[1] + b == pytest.approx(0, abs=2 * _STEP)  # still on the line
    assert (w1, w2, b) == dragged(plane, start, way, 1)


def test_a_handle_does_not_jump_to_a_press_beside_it(plane: Plane) -> None:
    beside = plane.to_widget(*plane.handles()[0]) + QPointF(7, 7)
    hands.press(plane, beside)
    hands.move(plane, beside)
    assert plane.line == pytest.approx(LINE)
    hands.release(plane, beside)


@pytest.mark.parametrize("point", [(0.05, 0.08), (0.2, 0.05), (0.0, 0.0), (-0.1, -0.1), (0.1, -0.1)])
def test_a_number_is_never_under_the_chosen_point(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, point: tuple[float, float]
) -> None:
    plane, places = Plane("Plane"), []
    qtbot.addWidget(plane)
    plane.resize(300, 300)
    plane.show_marks([Mark(0, 0, "0.36", False)])
    plane.show_point(*point)
    plain = QPainter.drawText

    def draw_text(painter: QPainter, *arguments: object) -> object:
        if arguments[-1] == "0.36":
            assert isinstance(arguments[0], QPointF)
            places.append((arguments[0], painter.fontMetrics()))
        return plain(painter, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", draw_text)
    plane.grab()
    at, metrics = places[-1]
    text = QRectF(at.x(), at.y() - metrics.capHeight(), metrics.horizontalAdvance("0.36"), metrics.capHeight())
    disc = QRectF(-8, -8, 16, 16).translated(plane.to_widget(*point))
    assert not text.intersects(disc)
    assert QRectF(plane.rect()).contains(text)
