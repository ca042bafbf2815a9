"""Under "No digit" stands which of the digits that there are is nearest to it, with its picture."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import SIDE
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests import digits
from tests.gui import hands


@pytest.fixture
def unmoved(window: MainWindow, monkeypatch: pytest.MonkeyPatch, folder: Path) -> MainWindow:
    """A window with few digits, and a network that takes nothing for a digit."""
    monkeypatch.setenv("DIGITPAD_MNIST", str(folder))
    network = Network((784, 25, 10), seed=1, initialisation="scaled")
    network.weights[-1][:] = 0
    network.biases[-1][:] = -5
    window.session.use(Model(network))
    return window


def test_it_is_named_when_the_pen_rests(unmoved: MainWindow, qtbot: QtBot) -> None:
    answer = unmoved.draw.answer
    image = digits.digits().training.images[4].reshape(SIDE, SIDE) / np.float32(255)
    unmoved.draw.canvas.show_drawing(Drawing(picture=Picture.fitted(image)))
    qtbot.waitUntil(lambda: "nearest thing it knows" in answer.detail.text())
    cloud, shown = unmoved.session.examples.cloud, unmoved.session.image
    assert cloud
    assert shown is not None
    a = cloud.projection.network.activations(shown)[-2]
    nearest = int(np.linalg.norm(cloud.activations - a, axis=1).argmin())
    assert f" {cloud.digits.labels[nearest]}." in answer.detail.text()
    assert answer.answer.text() == "No digit"
    assert answer.nearest.isVisible()
    assert str(cloud.digits.labels[nearest]) in answer.nearest.accessibleName()


def test_it_goes_with_the_drawing(unmoved: MainWindow, qtbot: QtBot) -> None:
    answer = unmoved.draw.answer
    draw(unmoved.draw.canvas, [THREE])
    qtbot.waitUntil(answer.nearest.isVisible)
    with qtbot.waitSignal(unmoved.draw.answered):
        unmoved.draw.canvas.clear()
    assert not answer.nearest.isVisible()
    assert "nearest" not in answer.detail.text()


def test_its_picture_gives_way_where_the_window_becomes_narrow(unmoved: MainWindow, qtbot: QtBot) -> None:
    tab, answer = unmoved.draw, unmoved.draw.answer
    unmoved.resize(1280, 720)
    draw(tab.canvas, [THREE])
    qtbot.waitUntil(answer.nearest.isVisible)
    unmoved.resize(720, 520)
    qtbot.waitUntil(lambda: not answer.nearest.isVisible())
    around = tab.panel.parentWidget()
    assert around
    qtbot.waitUntil(lambda: tab.panel.width() <= around.width())  # nothing at its right is out of sight
    unmoved.resize(1280, 720)
    qtbot.waitUntil(answer.nearest.isVisible)


def test_a_stroke_that_ends_with_the_window_asks_for_nothing(
    unmoved: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(unmoved.session.examples, "want", asked.append)
    canvas = unmoved.draw.canvas
    places = canvas.to_widget(hands.LINE)
    hands.press(canvas, places[0])
    hands.move(canvas, places[9])
    with qtbot.assertNotEmitted(unmoved.draw.answered):
        unmoved.close()
        QApplication.processEvents()
    assert not unmoved.draw._nearest._rest.isActive()
    assert not asked
