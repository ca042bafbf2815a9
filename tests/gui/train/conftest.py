"""The Train tab in the window, with a small set of digits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Settings
from digitpad.gui.services.session import Session
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file
from digitpad.train.recipe import Recipe
from tests import digits

RECIPE = Recipe(train_on=600, epochs=3, hidden=(20,))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of digits as MNIST is written."""
    return digits.folder(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The program's window with the Train tab in front and its digits loaded."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    window = make_window(qapp, Session(model_file.load(paths.DEFAULT_NETWORK)), Settings(tmp_path / "settings.json"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: window.train.digits is not None)
    window.train.form.show_recipe(RECIPE)
    yield window
    window.close()
    window.close()  # where the first only asked about a network that is not saved


@pytest.fixture
def tab(window: MainWindow) -> TrainTab:
    """The Train tab."""
    return window.train
