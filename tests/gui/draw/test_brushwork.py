"""How strokes look."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from digitpad.gui.draw import brushwork
from digitpad.gui.draw.brushwork import outline


@pytest.mark.parametrize("pressures", [np.ones(9), np.linspace(0.2, 1, 9)], ids=["even", "pressed"])
def test_the_outline_holds_the_line_and_no_more(pressures: np.ndarray) -> None:
    from PySide6.QtCore import QPointF

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


@pytest.mark.parametrize("pressed", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 33, 34, 35, 36, 65, 200])
def test_the_parts_of_a_long_line_look_like_one_and_stay_as_they_are(n: int, pressed: bool) -> None:
    t = np.arange(n) / 200
    pressures = 0.6 + 0.3 * np.sin(40 * t) if pressed else np.ones(n)
    points = np.column_stack([0.1 + 0.8 * t, 0.5 + 0.3 * np.sin(9 * t), pressures])
    parts = brushwork.parts(n)
    whole = painted(lambda painter: painter.drawPath(outline(points * (300, 300, 1), 15.0)))
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
