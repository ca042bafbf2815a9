"""A canvas by itself."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.draw.canvas import Canvas


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> Canvas:
    """One that is shown, 300 pixels wide and high."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(300, 300)
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas
