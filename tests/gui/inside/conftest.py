"""A window with a network that is small, and digits that are few."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.demo import SIZE
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.nn.steps import finish
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.digits import a_set


@pytest.fixture(scope="session")
def small_network() -> Network:
    """A network of 12 and 8 hidden neurons that has learned to read bars."""
    network = Network((784, 12, 8, 10), seed=1, activation="relu", initialisation="scaled", dtype=np.float64)
    learned_from = a_set(600, 1)
    finish(sgd(network, learned_from.images, learned_from.targets, TrainingConfig(10, 10, 0.1, seed=1)))
    return network


@pytest.fixture
def small_window(
    qtbot: QtBot,
    qapp: QApplication,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_network: Network,
) -> Iterator[MainWindow]:
    """The program's window with that network in use, and a small set of digits to measure on."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    session = Session(Model(small_network.copy(), Provenance(name="bars")))
    window = make_window(qapp, session, Preferences(tmp_path / "settings.json"))
    window.resize(*SIZE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()
    window.close()  # where the first only asked about a network that is not saved
