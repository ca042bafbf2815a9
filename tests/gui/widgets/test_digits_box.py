"""The list to choose a data set from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from digitpad import paths
from digitpad.data.download import Download
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.widgets.digits_box import DigitsBox
from tests.mnist_server import folder as folder
from tests.mnist_server import mirror as mirror


@pytest.fixture
def sets(
    mirror: Callable[[Path], Download], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DigitSets]:
    """The sets on a fresh machine, the built-in one in use."""
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    parent = QObject()
    sets = DigitSets(Preferences(), parent, mirror)
    sets.wanted()
    qtbot.waitUntil(lambda: sets.path == paths.DIGITS)
    yield sets
    sets.close_down()


@pytest.fixture
def box(sets: DigitSets, qtbot: QtBot) -> DigitsBox:
    """The list of them."""
    box = DigitsBox()
    qtbot.addWidget(box)
    box.show_sets(sets)
    return box


def texts(box: DigitsBox) -> list[str]:
    return [box.itemText(i) for i in range(box.count())]


def choose(box: DigitsBox, text: str) -> None:
    """Choose an entry, as a person does."""
    index = texts(box).index(text)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_mnist_comes_in_one_press(box: DigitsBox, sets: DigitSets, qtbot: QtBot) -> None:
    assert texts(box) == ["Built-in digits, 10,000", "Get MNIST…", "Open a data set…"]
    choose(box, "Get MNIST…")
    assert box.currentText() == "Built-in digits, 10,000"  # which is in use until the other has come
    qtbot.waitUntil(lambda: box.currentText() == "MNIST, 30")
    assert texts(box) == ["Built-in digits", "MNIST, 30", "Open a data set…"]


def test_another_is_opened_from_its_file_and_the_first_chosen_again(
    box: DigitsBox, sets: DigitSets, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(folder / "t10k-images-idx3-ubyte")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen, ""))
    choose(box, "Open a data set…")
    assert box.currentText() == "Loading…"
    qtbot.waitUntil(lambda: sets.path == paths.own_mnist_folder())
    assert texts(box) == ["Built-in digits", "MNIST, 30", "Open a data set…"]
    choose(box, "Built-in digits")
    qtbot.waitUntil(lambda: box.currentText() == "Built-in digits, 10,000")
