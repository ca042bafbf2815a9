"""Two parts lie below each other, or beside each other where it is broad and low."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.beside import BesideOrBelow


@pytest.fixture
def pair(qtbot: QtBot) -> tuple[BesideOrBelow, QWidget, QWidget]:
    """Two parts of 100 pixels' height at least, shown."""
    first, second = QWidget(), QWidget()
    for part in (first, second):
        part.setMinimumHeight(100)
    both = BesideOrBelow(first, second)
    qtbot.addWidget(both)
    both.show()
    return both, first, second


@pytest.mark.parametrize(("size", "beside"), [((700, 150), True), ((700, 300), False), ((400, 250), False)])
def test_its_size_tells_where_they_lie(
    size: tuple[int, int], beside: bool, pair: tuple[BesideOrBelow, QWidget, QWidget]
) -> None:
    both, first, second = pair
    both.resize(*size)
    assert (second.geometry().left() > first.geometry().right()) == beside
    assert (second.geometry().top() > first.geometry().bottom()) != beside
    assert second.height() >= 100
    assert both.rect().right() == second.geometry().right()


def test_it_asks_for_the_height_that_it_needs(pair: tuple[BesideOrBelow, QWidget, QWidget], qtbot: QtBot) -> None:
    both, first, second = pair
    assert both.heightForWidth(700) == 100
    assert both.heightForWidth(400) > 200
    both.resize(700, 150)
    second.hide()
    qtbot.waitUntil(lambda: first.geometry() == both.rect())
    assert both.heightForWidth(400) == 100
    second.show()
    qtbot.waitUntil(lambda: second.geometry().left() > first.geometry().right())
    second.setMinimumHeight(120)
    qtbot.waitUntil(lambda: both.heightForWidth(700) == 120)
