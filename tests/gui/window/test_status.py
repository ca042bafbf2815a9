"""The status line."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands


def test_the_status_line_names_the_network_and_the_time(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        hands.drag(window.draw.canvas, THREE)
    assert "default network" in window.status.network.text()
    assert "% on MNIST" in window.status.network.text()
    assert window.status.time.text().startswith("read in ")


def test_what_was_done_is_told_to_those_who_hear_the_window_too(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    window.status.say("Kept as a 3.")
    assert told == ["Kept as a 3."]
    assert window.status.report.isVisible()


def test_what_is_said_while_the_window_closes_begins_no_clock(window: MainWindow) -> None:
    window.status.close_down()
    window.status.say("Kept as a 3.")
    assert window.status.report.text() == "Kept as a 3."
    assert not [timer for timer in window.status.findChildren(QTimer) if timer.isActive()]
