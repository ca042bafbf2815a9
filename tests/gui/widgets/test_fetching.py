"""The line that shows how much of MNIST has come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.download import Received
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.widgets.fetching import FetchingBar
from tests.mnist_server import Silent, from_mirror
from tests.mnist_server import silent as silent


@pytest.fixture
def sets(silent: Silent, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DigitSets]:
    """Sets that fetch MNIST without ever coming to an end."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    parent = QObject()
    sets = DigitSets(Preferences(), parent, from_mirror(silent.address))
    yield sets
    sets.close_down()


def test_it_is_there_while_mnist_is_fetched_and_can_cancel_it(sets: DigitSets, qtbot: QtBot) -> None:
    bar = FetchingBar(sets)
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    sets.fetch()
    assert bar.isVisible()
    assert bar.label.text() == "Fetching MNIST…"
    sets.received.emit(Received(4_200_000, 11_600_000, 65.0))
    assert bar.label.text() == "MNIST: 4.2 of 11.6 MB, 1:05 left"
    assert bar.bar.value() / bar.bar.maximum() == pytest.approx(4.2 / 11.6, abs=1e-3)
    QTest.mouseClick(bar.cancel, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert not sets.fetching
