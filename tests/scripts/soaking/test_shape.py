"""A window that widens or moves by itself is noticed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from soaking.shape import LEAST, Shape


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.setCentralWidget(QLabel("short"))
    qtbot.addWidget(window)
    window.resize(LEAST)
    with qtbot.waitExposed(window):
        window.show()
    return window


def _widen(window: QMainWindow) -> None:
    label = window.centralWidget()
    assert isinstance(label, QLabel)
    label.setText("a word that goes on and on and on " * 20)


def test_what_a_window_needs_and_that_it_grows_with_it_is_told_once(window: QMainWindow, qtbot: QtBot) -> None:
    shape = Shape(window)
    assert list(shape.problems(changed=False)) == []
    _widen(window)
    qtbot.waitUntil(lambda: window.width() > LEAST.width())
    needs, changed = shape.problems(changed=False)
    assert needs.startswith(f"the window needs {window.minimumSizeHint().width()} x ")
    assert needs.endswith("and may need 720 x 520")
    assert changed.startswith("the window changed by itself from 720 x 520 at ")
    assert f"to {window.width()} x {window.height()} at " in changed
    assert list(shape.problems(changed=False)) == []


@pytest.mark.parametrize(
    "change", [lambda window: window.move(window.pos().x() + 9, 5), lambda window: window.resize(QSize(800, 600))]
)
def test_another_place_or_size_is_told_unless_somebody_gave_it(
    window: QMainWindow, change: Callable[[QMainWindow], object]
) -> None:
    for changed in (False, True):
        window.resize(LEAST)
        window.move(0, 0)
        shape = Shape(window)
        change(window)
        assert len(list(shape.problems(changed=changed))) == (not changed)


def test_a_window_that_fills_the_screen_and_comes_back_is_as_it_should_be(window: QMainWindow, qtbot: QtBot) -> None:
    shape, before = Shape(window), window.geometry()
    for show in (window.showFullScreen, window.showNormal):
        show()
        qtbot.waitUntil(lambda: window.geometry() != before or not window.isFullScreen())
        assert list(shape.problems(changed=False)) == []
