"""The window is where it was, on a screen that is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window import placing

LAPTOP, BESIDE, ABOVE = QRect(0, 30, 1366, 738), QRect(1366, 0, 2560, 1440), QRect(-200, -1080, 1920, 1050)


@pytest.mark.parametrize(
    ("place", "screens", "expected"),
    [
        ((100, 60, 800, 600), [LAPTOP], (100, 60, 800, 600)),
        ((1500, 200, 800, 600), [LAPTOP, BESIDE], (1500, 200, 800, 600)),
        ((-100, -900, 800, 600), [LAPTOP, BESIDE, ABOVE], (-100, -900, 800, 600)),
        ((1500, 200, 800, 500), [LAPTOP], (566, 200, 800, 500)),  # the screen beside is gone
        ((-100, -900, 800, 600), [LAPTOP], (0, 30, 800, 600)),
        ((1300, 700, 800, 600), [LAPTOP], (566, 168, 800, 600)),  # it hung over the edge
        ((1300, 100, 800, 600), [LAPTOP, BESIDE], (1366, 100, 800, 600)),  # onto the one that has most of it
        ((1400, 10, 2000, 1400), [LAPTOP], (0, 30, 1366, 738)),  # too large for the one that is left
        ((10, 10, 300, 200), [], (10, 10, 300, 200)),
    ],
)
def test_it_lies_on_a_screen_whole(
    place: tuple[int, int, int, int], screens: list[QRect], expected: tuple[int, int, int, int]
) -> None:
    assert placing.reachable(QRect(*place), screens) == QRect(*expected)


@pytest.fixture
def preferences(tmp_path: Path) -> Iterator[Preferences]:
    preferences = Preferences(tmp_path / "settings.json")
    yield preferences
    preferences.finish()


def shown(qtbot: QtBot, preferences: Preferences) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    placing.restore(window, preferences)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_place_and_size_are_those_of_the_last_time(qapp: QApplication, qtbot: QtBot, preferences: Preferences) -> None:
    window = shown(qtbot, preferences)
    window.setGeometry(40, 90, 730, 530)
    placing.remember(window, preferences)
    assert shown(qtbot, preferences).geometry() == QRect(40, 90, 730, 530)


def test_one_that_filled_the_screen_does_again_and_knows_its_size(
    qapp: QApplication, qtbot: QtBot, preferences: Preferences
) -> None:
    preferences.window_size, preferences.window_place = (730, 530), (40, 90)
    window = shown(qtbot, preferences)
    window.showMaximized()
    placing.remember(window, preferences)
    assert preferences.window_maximised
    assert (preferences.window_size, preferences.window_place) == ((730, 530), (40, 90))
    again = shown(qtbot, preferences)
    assert again.isMaximized()
    assert again.normalGeometry() == QRect(40, 90, 730, 530)


def test_a_place_on_a_screen_that_is_gone_is_moved(qapp: QApplication, qtbot: QtBot, preferences: Preferences) -> None:
    preferences.window_size, preferences.window_place = (730, 530), (9_000, 40)
    there = QGuiApplication.primaryScreen().availableGeometry()
    assert there.contains(shown(qtbot, preferences).geometry())
