"""The window with the Data tab in front, and some drawings kept."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.store import Drawn
from digitpad.data.synthetic import Hand, strokes
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.gui.app import make_window
from digitpad.gui.data.tab import DataTab
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.model_file import Model


@cache
def drawn(label: int, seed: int) -> Drawn:
    """A drawing of a digit as the window keeps it."""
    return kept(label, strokes(label, np.random.default_rng([label, seed]), Hand()))


def kept(label: int, paths: Sequence[NDArray[np.float64]]) -> Drawn:
    """The pen's paths, in hundredths, as the window keeps them."""
    points = tuple(np.column_stack([np.clip(path / 200 + 0.2, 0, 1), np.ones(len(path))]) for path in paths)
    image = Drawing(tuple(Stroke(stroke, 0.05) for stroke in points)).stages().image
    return Drawn(label, points, np.round(255 * image).astype(np.uint8), 7, "2026-01-31T12:00:00+00:00")


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, default_model: Model) -> Session:
    """The default network, and 25 drawings kept, three of each digit but two of those above 4."""
    session = Session(default_model, drawings=tmp_path / "drawings.sqlite")
    session.drawings.samples.add_many([drawn(label, i) for i in range(3) for label in range(10) if i < 2 or label < 5])
    return session


@pytest.fixture
def drawings(session: Session) -> Drawings:
    """These drawings, as the window deals with them."""
    return session.drawings


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """What is remembered between runs: nothing yet."""
    return Preferences(tmp_path / "settings.json")


@pytest.fixture
def window(
    session: Session,
    preferences: Preferences,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """The program's window with the Data tab in front."""
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    window = make_window(qapp, session, preferences)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: window.data.gallery.isVisible() and window.data.gallery.count() == 25)
    yield window
    window.close()
    window.close()  # where the first only asked about a network that is not saved


@pytest.fixture
def tab(window: MainWindow) -> DataTab:
    """The Data tab."""
    return window.data


@pytest.fixture
def heard(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    heard: list[str] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard
