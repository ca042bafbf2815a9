"""Colours and sizes of text for tests, of all that there is: what is not shown gets them some turns later."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from digitpad.gui.window.main_window import MainWindow


def choose_colours(window: MainWindow, scheme: Qt.ColorScheme) -> None:
    """Have all of the window in light or in dark."""
    window.theme.choose(scheme)
    _wait(window)


def choose_text(window: MainWindow, percent: int) -> None:
    """Have all text of the window in this size."""
    window.theme.set_text_percent(percent)
    _wait(window)


def _wait(window: MainWindow) -> None:
    while window.theme.busy:
        QApplication.processEvents()
