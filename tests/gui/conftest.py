"""A window of the program for each test that asks for one."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import Theme
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The program's window, shown and active, with the default network."""
    theme = Theme(qapp)
    window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), theme)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()
    theme.deleteLater()
