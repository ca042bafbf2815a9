"""Windows of the program for tests that ask for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.demo import SIZE
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.model_file import Model
from tests import digits
from tests.gui.training import RECIPE

# What is waited for comes as soon as it can: a busy machine may take longer than the five seconds of pytest-qt.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": 60_000}


@pytest.fixture(scope="session")
def default_model() -> Model:
    """The network that comes with the program, read once for all: nothing can change it."""
    return model_file.shared(DEFAULT_NETWORK)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, default_model: Model) -> Iterator[MainWindow]:
    """The program's window, shown and active, with the default network."""
    window = make_window(qapp, Session(default_model))
    window.resize(*SIZE)  # whatever screen there is
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of digits as MNIST is written."""
    return digits.folder(tmp_path_factory.mktemp("digits"))


@pytest.fixture
def training_window(
    qtbot: QtBot,
    qapp: QApplication,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    default_model: Model,
) -> Iterator[MainWindow]:
    """The program's window with the Train tab in front and its digits, a small set, loaded."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    window = make_window(qapp, Session(default_model), Preferences(tmp_path / "settings.json"))
    window.resize(*SIZE)
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
def tab(training_window: MainWindow) -> TrainTab:
    """The Train tab of that window."""
    return training_window.train
