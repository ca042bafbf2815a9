"""Which network the pages look at: chapter 1's own, or the one in use."""

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.gui.explore.binary.page import BinaryPage
from digitpad.gui.explore.layers.page import LayersPage
from digitpad.gui.services.session import Session
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.explore.stage import on_stage, without_digits
from tests.gui.seeing import seen

IMAGE = np.random.default_rng(0).random(784).astype(np.float32)


def test_pages_begin_with_the_chapters_network_after_30_epochs_and_share_the_choice(qtbot: QtBot) -> None:
    session = Session(Model(Network((784, 12, 10), seed=1)))
    session.show_seen(seen(IMAGE))
    shared = without_digits(session)
    layers, binary = LayersPage(shared), BinaryPage(shared)
    on_stage(binary, qtbot, 1000, 700)
    on_stage(layers, qtbot, 1000, 700)
    assert layers.which.currentText() == binary.which.currentText() == "Chapter 1, after 30 epochs"
    trained = ChapterNetwork.EPOCH_30.model.network
    np.testing.assert_array_equal(layers.activations[-1], trained.feedforward(IMAGE))
    hands.key(binary.which, Qt.Key.Key_Home)
    assert layers.which.currentText() == "Chapter 1, untrained"
    untrained = ChapterNetwork.UNTRAINED.model.network
    np.testing.assert_array_equal(layers.activations[-1], untrained.feedforward(IMAGE))
    session.use(Model(Network((784, 15, 10), seed=1)))
    assert layers.network is untrained  # only "In use" follows
    assert layers.which.itemText(3) == "In use: 784-15-10"
    hands.key(layers.which, Qt.Key.Key_Down, 3)
    assert binary.which.currentIndex() == 3
    assert layers.network is session.model.network
    session.use(Model(Network((784, 18, 10), seed=1)))
    assert layers.network.sizes == (784, 18, 10)


def test_a_network_of_a_pages_own_is_nobody_elses(qtbot: QtBot) -> None:
    shared = without_digits(Session(Model(Network((784, 12, 10), seed=1))))
    layers, binary = LayersPage(shared), BinaryPage(shared)
    on_stage(binary, qtbot, 1000, 700)
    on_stage(layers, qtbot, 1000, 700)
    hands.key(layers.which, Qt.Key.Key_End)
    assert layers.network.sizes == (3, 4, 2)
    assert binary.which.currentText() == "Chapter 1, after 30 epochs"
    hands.key(binary.which, Qt.Key.Key_Home)
    assert layers.network.sizes == (3, 4, 2)  # until another is chosen here
    hands.key(layers.which, Qt.Key.Key_Home)
    assert layers.network is shared.chosen.network is ChapterNetwork.UNTRAINED.model.network


def test_beginning_anew_looks_at_the_first_network_again(window: MainWindow) -> None:
    page = window.explore.show_page(4)
    assert isinstance(page, LayersPage)
    hands.key(page.which, Qt.Key.Key_Home)
    window.explore.begin_anew()
    page = window.explore.show_page(4)
    assert isinstance(page, LayersPage)
    assert page.which.currentText() == "Chapter 1, after 30 epochs"
