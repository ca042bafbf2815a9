"""The window of every test here has the Train tab in front, with a small set of digits."""

import pytest

from digitpad.gui.window.main_window import MainWindow


@pytest.fixture
def window(training_window: MainWindow) -> MainWindow:
    """The window that trains."""
    return training_window
