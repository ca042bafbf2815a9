"""An empty canvas shows once how it is done, and is still afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.draw.canvas import BRUSHES, Canvas
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands


class Still(QProxyStyle):
    """The style of a system that is asked to move nothing."""

    def styleHint(
        self, hint: QStyle.StyleHint, option: QStyleOption | None = None, widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:  # fmt: skip
        """Say that nothing moves."""
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)


def dots(canvas: Canvas) -> int:
    """How many pixels in the upper part of the canvas, where there are no words, are not paper."""
    image = canvas.grab().toImage()
    paper = image.pixel(30, 150)
    return sum(image.pixel(x, y) != paper for x in range(10, 290, 2) for y in range(20, 230, 2))


def test_it_draws_itself_until_the_first_stroke(canvas: Canvas, qtbot: QtBot) -> None:
    assert dots(canvas) == 0
    canvas.invitation.begin()
    qtbot.waitUntil(lambda: dots(canvas) > 20)
    hands.press(canvas, canvas.to_widget(hands.LINE)[0])
    assert not canvas.invitation.moves
    canvas.cancel_stroke()
    assert dots(canvas) == 0


def test_it_ends_by_itself(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.invitation.begin()
    qtbot.waitUntil(lambda: not canvas.invitation.moves)
    QApplication.processEvents()
    with qtbot.assertNotEmitted(canvas.invitation.changed, wait=100):
        pass
    assert dots(canvas) == 0


def test_nothing_moves_where_the_system_is_asked_for_that(canvas: Canvas) -> None:
    still = Still()
    still.setParent(canvas)  # which needs it as long as there is one
    canvas.setStyle(still)
    canvas.invitation.begin()
    assert not canvas.invitation.moves


def test_it_is_shown_once_and_only_when_it_is_asked_for(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    for first in (True, False):
        window = make_window(qapp, preferences=Preferences(tmp_path / "settings.json"))
        qtbot.addWidget(window)
        window.show()
        assert not window.draw.canvas.invitation.moves
        window.draw.hinting.welcome()
        assert window.draw.canvas.invitation.moves is first
        window.close()


def test_the_pointer_is_as_wide_as_what_it_draws(window: MainWindow) -> None:
    tab, canvas = window.draw, window.draw.canvas

    def diameter() -> float:
        return canvas.cursor().pixmap().deviceIndependentSize().width()

    side = min(canvas.width(), canvas.height())
    for width in BRUSHES:
        tab.set_brush(width)
        assert diameter() == pytest.approx(width * side, abs=6)
    tab.erase.trigger()
    assert diameter() == pytest.approx(0.08 * side, abs=6)
    tab.erase.trigger()
    before = diameter()
    hands.press(canvas, canvas.to_widget(hands.LINE)[0])
    assert canvas.cursor().pixmap().isNull()  # the ink shows it
    hands.release(canvas, canvas.to_widget(hands.LINE)[0])
    assert diameter() == before
    window.resize(window.size() - QSize(0, 120))
    QApplication.processEvents()
    assert diameter() < before
