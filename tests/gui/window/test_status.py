"""The status line."""

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
