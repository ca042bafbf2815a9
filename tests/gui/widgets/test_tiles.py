"""Tiles in several rows: where each lies, how keys go from one to another, and that all of them have room."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.widgets.tiles import Tile, Tiles
from tests.gui import hands


@pytest.fixture
def nine(qtbot: QtBot) -> Tiles:
    tiles = Tiles("Digits", "Picks it", 56, columns=3, rows=3)
    qtbot.addWidget(tiles)
    tiles.show_tiles([Tile(QImage(28, 28, QImage.Format.Format_RGB32), str(i), f"number {i}") for i in range(8)])
    tiles.resize(tiles.sizeHint())
    tiles.show()
    return tiles


def test_all_have_room_in_rows(nine: Tiles) -> None:
    places = [nine.place(i).toRect() for i in range(8)]
    assert all(QRect(QPoint(), nine.size()).contains(place) for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one is not other)
    assert places[4].left() == places[1].left() > places[0].left()
    assert places[3].top() == places[5].top() > places[0].top()


def test_each_is_picked_by_a_click_and_the_gap_at_the_end_is_not(nine: Tiles) -> None:
    picked: list[int] = []
    nine.picked.connect(lambda i, _: picked.append(i))
    for i in range(8):
        QTest.mouseClick(nine, Qt.MouseButton.LeftButton, pos=nine.place(i).center().toPoint())
    ninth = QPoint(int(nine.place(5).center().x()), int(nine.place(7).center().y()))
    QTest.mouseClick(nine, Qt.MouseButton.LeftButton, pos=ninth)
    assert picked == list(range(8))


def test_arrows_go_along_rows_and_columns(nine: Tiles) -> None:
    said = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End):
        hands.key(nine, key)
        said.append(nine.accessibleName().removeprefix("Digits: number "))
    assert said == ["3", "4", "7", "7", "4", "7"]
