"""The program started again and again, each time with what the last one left."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from digitpad.gui.app import make_window
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.train import model_file
from digitpad.train.model_file import Model
from tests.gui import training

Open = Callable[..., MainWindow]


@pytest.fixture
def sittings(tmp_path: Path) -> Path:
    """The folder with a place for each window."""
    return tmp_path / "home" / "sittings"


@pytest.fixture
def start(
    qtbot: QtBot,
    qapp: QApplication,
    sittings: Path,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    default_model: Model,
) -> Iterator[Open]:
    """Start the program as ``gui/start.py`` does, with a network given on the command line or none."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    windows: list[MainWindow] = []

    def start(given: Path | None = None, *, wait: bool = True) -> MainWindow:
        session = Session(model_file.load(given) if given else default_model, given)
        window = make_window(qapp, session, Preferences(tmp_path / "settings.json"), sittings)
        qtbot.addWidget(window)
        windows.append(window)
        window.recovery.open_as_left(sittings, network_given=given is not None)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        if wait:
            qtbot.waitUntil(lambda: not window.recovery.busy)
        return window

    yield start
    for window in windows:
        window.close()


def end_badly(window: MainWindow) -> None:
    """End it as a crash does some seconds after the last change: what was kept is there, and nothing more comes."""
    assert window.autosave.keep_now()
    crash(window)


def crash(window: MainWindow) -> None:
    """End it as a crash does: only what was kept by then is there."""
    window.autosave.close_down()
    window.recovery.close_down()
    window.close()
    if window.isVisible():
        training.question(window).button(QMessageBox.StandardButton.Discard).click()


def start_fresh(qtbot: QtBot, window: MainWindow) -> None:
    """Empty the window by its menu, and wait until that is done."""
    training.choose(window, "start_fresh")
    qtbot.waitUntil(lambda: not window.recovery.busy)


def made(window: MainWindow) -> list[QAction]:
    """The networks of this sitting, as the menu lists them."""
    menu = window.findChild(QMenu, "made")
    assert menu
    menu.aboutToShow.emit()
    return [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]
