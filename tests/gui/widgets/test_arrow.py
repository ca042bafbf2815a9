"""Arrows, as they are painted."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from digitpad.gui.widgets.arrow import arrow

INK = QColor("black")


def painted(start: QPointF, end: QPointF) -> QImage:
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        arrow(painter, start, end, INK, 2, head=12)
    return image


def wide(image: QImage, column: int) -> int:
    """Return how many pixels of a column are inked."""
    return sum(image.pixelColor(column, row) == INK for row in range(80))


@pytest.mark.usefixtures("qapp")
def test_the_head_is_at_the_end_and_is_wider_than_the_line() -> None:
    image = painted(QPointF(10, 40), QPointF(70, 40))
    assert wide(image, 30) == wide(image, 50) == 2
    assert wide(image, 60) > wide(image, 66) > 2
    assert wide(image, 72) == wide(image, 7) == 0


def test_half_of_a_short_arrow_is_its_head_and_a_very_short_one_a_dot() -> None:
    short = painted(QPointF(40, 40), QPointF(56, 40))
    assert wide(short, 45) == 2 < wide(short, 50)
    dot = painted(QPointF(40, 40), QPointF(44, 40))
    assert [column for column in range(80) if wide(dot, column)] == list(range(41, 47))
