"""How strokes look."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from digitpad.draw.curve import smooth
from digitpad.gui.draw import brushwork
from digitpad.gui.draw.brushwork import outline


@pytest.mark.parametrize("pressures", [np.ones(9), np.linspace(0.2, 1, 9)], ids=["even", "pressed"])
def test_the_outline_holds_the_line_and_no_more(pressures: np.ndarray) -> None:
    points = np.column_stack([np.linspace(0, 160, 9), np.zeros(9), pressures])
    path = outline(points, 20.0)
    for x, pressure in zip(np.linspace(0, 160, 9), pressures, strict=True):
        assert path.contains(QPointF(x, 10 * pressure - 1))
        assert path.contains(QPointF(x, 1 - 10 * pressure))
        assert not path.contains(QPointF(x, 10 * pressure + 1.5))
    assert path.contains(QPointF(160 + 9, 0))  # round ends
    assert not path.contains(QPointF(160 + 11, 0))


def painted(paint: Callable[[QPainter], None]) -> np.ndarray:
    """Return how much of each pixel is covered, (h, w), from 0 to 255."""
    image = QImage(300, 300, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setPen(Qt.PenStyle.NoPen)
        paint(painter)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(300, image.bytesPerLine())
    return 255 - rows[:, :300].astype(int)


def filled(path: QPainterPath) -> np.ndarray:
    """Return how much of each pixel is within ``path``."""
    return painted(lambda painter: painter.drawPath(path))


def wandering(generator: np.random.Generator) -> np.ndarray:
    """Return points (n, 3) in pixels, along gentle bends and round tight ones, pressed more and less by and by."""
    n, step = generator.integers(2, 60), generator.uniform(2, 20)
    way = np.cumsum(generator.normal(0, generator.uniform(0.05, 1), n))
    pressures = 0.6 + 0.3 * np.sin(step * np.arange(n) / 100)
    return np.column_stack([np.cumsum(step * np.column_stack([np.cos(way), np.sin(way)]), axis=0), pressures])


def in_small_rounds(generator: np.random.Generator) -> np.ndarray:
    """Return points that go round and round by less than the brush is wide, pressed more and less all the time."""
    way = np.linspace(0, 20, 60)
    return np.column_stack([10 * np.cos(way), 10 * np.sin(way), generator.uniform(0.35, 1, 60)])


def in_one_place(generator: np.random.Generator) -> np.ndarray:
    """Return points that tremble by much less than the brush is wide, each pressed otherwise."""
    n = generator.integers(2, 60)
    places = np.cumsum(generator.normal(0, 2, (n, 2)), axis=0)
    return np.column_stack([places - places.mean(axis=0), generator.uniform(0.35, 1, n)])


def straight(generator: np.random.Generator) -> np.ndarray:
    """Return points on a level line that is pressed in an instant, somewhere."""
    n = generator.integers(2, 60)
    pressures = np.where(np.arange(n) < generator.integers(n), 0.35, 1.0)
    return np.column_stack([generator.uniform(1, 5) * (np.arange(n) - n / 2), np.zeros(n), pressures])


@pytest.mark.parametrize("line", [wandering, in_small_rounds, in_one_place, straight])
def test_wherever_the_pen_was_all_is_covered_that_it_pressed_on(line: Callable[..., np.ndarray]) -> None:
    generator = np.random.default_rng(0)
    for _ in range(100):
        points, width = line(generator) + (150, 150, 0), generator.uniform(10, 100)
        discs = QPainterPath()
        discs.setFillRule(Qt.FillRule.WindingFill)
        for x, y, pressure in smooth(points)[0].tolist():
            discs.addEllipse(QPointF(x, y), pressure * width / 2 - 1, pressure * width / 2 - 1)
        assert filled(outline(points, width))[filled(discs) == 255].min() > 128


def test_a_line_that_is_pressed_more_and_less_has_an_outline_as_long_as_an_even_one() -> None:
    bend = np.linspace(0, 3, 60)
    places = 400 * np.column_stack([np.cos(bend), np.sin(bend)])
    pressed = outline(np.column_stack([places, np.linspace(0.5, 1, 60)]), 100.0)
    even = outline(np.column_stack([places, np.ones(60)]), 100.0)
    assert pressed.length() < even.length() + 2 * np.pi * 100  # its round ends are whole discs


@pytest.mark.parametrize("pressed", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 33, 34, 35, 36, 65, 200])
def test_the_parts_of_a_long_line_look_like_one_and_stay_as_they_are(n: int, pressed: bool) -> None:
    t = np.arange(n) / 200
    pressures = 0.6 + 0.3 * np.sin(40 * t) if pressed else np.ones(n)
    points = np.column_stack([0.1 + 0.8 * t, 0.5 + 0.3 * np.sin(9 * t), pressures])
    parts = brushwork.parts(n)
    whole = filled(outline(points * (300, 300, 1), 15.0))
    together = painted(lambda painter: brushwork.paint(painter, points, 0.05, 300, range(parts)))
    off = np.abs(together - whole)
    assert off.max() <= 70  # edges that are half covered, where two parts meet,
    assert (off > 10).sum() <= 15 * (parts - 1)  # and no more than some pixels of those
    before = range(brushwork.settled(n))
    longer = np.vstack([points, points[-1:] + (0.1, 0.1, 0), points[-1:] + (0.1, -0.1, 0)])
    was = painted(lambda painter: brushwork.paint(painter, points, 0.05, 300, before))
    is_ = painted(lambda painter: brushwork.paint(painter, longer, 0.05, 300, before))
    assert (was == is_).all()
    assert parts - len(before) <= 2


def test_a_stroke_lies_within_what_it_is_said_to_touch() -> None:
    generator = np.random.default_rng(0)
    for _ in range(200):
        n, step = generator.integers(1, 40), 10 ** generator.uniform(-3, -0.3)
        places = np.cumsum(generator.normal(0, step * generator.random((n, 1)), (n, 2)), axis=0) + 0.5
        pressures = generator.uniform(0.3, 1, n) if generator.random() < 0.5 else np.ones(n)
        brush, points = generator.uniform(0.02, 0.12), np.column_stack([places, pressures])
        within = brushwork.within(points, brush, 520)
        assert within.contains(outline(points * (520, 520, 1), brush * 520).boundingRect())
        margin = brush * 520 / 2 + 520 * np.hypot(*np.diff(places, axis=0).T).max(initial=0) + 3
        assert within.width() <= 520 * np.ptp(places[:, 0]) + 2 * margin


def test_a_line_to_and_fro_across_the_canvas_takes_more_than_as_many_points_of_a_hand() -> None:
    hand = np.column_stack([np.linspace(0.2, 0.8, 60), np.full(60, 0.5), np.ones(60)])
    to_and_fro = hand.copy()
    to_and_fro[::2, 0], to_and_fro[1::2, 0] = 0.1, 0.9
    assert brushwork.effort(to_and_fro, 0.02, 400) > 20 * brushwork.effort(hand, 0.02, 400)
    assert brushwork.effort(to_and_fro, 0.02, 1000) > 2 * brushwork.effort(to_and_fro, 0.02, 400)


def test_where_it_turns_a_line_takes_the_longer_the_wider_it_is() -> None:
    turning = np.column_stack([np.random.default_rng(0).uniform(0.5, 0.52, (60, 2)), np.ones(60)])
    straight = np.column_stack([np.linspace(0.5, 0.52, 60), np.full(60, 0.5), np.ones(60)])
    assert brushwork.effort(turning, 0.12, 1000) > 3 * brushwork.effort(turning, 0.02, 1000)
    assert brushwork.effort(straight, 0.12, 1000) == brushwork.effort(straight, 0.02, 1000)
    assert brushwork.effort(turning[:1], 0.12, 1000) == brushwork.effort(turning[:1], 0.02, 400)


def test_a_line_that_trembles_takes_as_long_to_the_left_as_to_the_right() -> None:
    to_the_right = np.column_stack([np.linspace(0.2, 0.8, 60), 0.5 + 1e-6 * (np.arange(60) % 2), np.ones(60)])
    effort = brushwork.effort(to_the_right, 0.12, 1000)
    assert brushwork.effort(to_the_right * (-1, 1, 1), 0.12, 1000) == pytest.approx(effort)
