"""The page of the layers, driven by its controls."""

from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.digit_sets import DigitSets
from digitpad.gui.explore.layers import LayersPage, LayersView, pixels, sample
from digitpad.gui.explore.page import Shared
from digitpad.gui.session import Session
from digitpad.model_file import Model
from digitpad.nn.network import Network

from .. import hands

IMAGE = np.random.default_rng(0).random(784).astype(np.float32)


def network(*hidden: int, activation: str = "sigmoid") -> Network:
    return Network((784, *hidden, 10), seed=1, activation=activation, initialisation="scaled")


@pytest.fixture
def session(qapp: QApplication) -> Session:
    session = Session(Model(network(12, 15)))
    session.show_image(IMAGE)
    return session


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> LayersPage:
    page = LayersPage(Shared(session, cast(DigitSets, None), list, (), lambda: (set(), set())))
    qtbot.addWidget(page)
    page.resize(900, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_it_begins_with_the_output_that_wins(page: LayersPage) -> None:
    outputs = page.network.feedforward(IMAGE)
    assert page.chosen == (2, int(np.argmax(outputs)))
    assert page.formula.text().count(f"<b>{outputs.max():.4f}</b>") == 2  # as a product of matrices and as a sum
    assert "10 of 12, 10 of 15, 10 of 10" in page.note.text()


def test_layer_and_neuron_are_chosen_with_the_keyboard(page: LayersPage) -> None:
    hands.key(page.layer, Qt.Key.Key_Home)
    assert page.chosen == (0, 0)
    hands.key(page.neuron, Qt.Key.Key_Up, 11)
    assert page.chosen == (0, 11)
    a = page.activations[1][11]
    assert page.formula.text().count(f"<b>{a:.4f}</b>") == 2
    assert "780 others" in page.formula.text()
    hands.key(page.neuron, Qt.Key.Key_Up)  # there is no thirteenth
    assert page.chosen == (0, 11)


def test_a_click_chooses_a_neuron(page: LayersPage) -> None:
    hands.press(page.view, page.view.place(2, 3) + QPointF(4, 4))
    assert page.chosen == (1, 3)
    assert page.layer.currentIndex() == 1
    assert page.neuron.value() == 4  # hidden neurons are counted from 1
    assert "wins, it adds" in page.formula.text()
    hands.press(page.view, page.view.place(3, 7))
    assert page.chosen == (2, 7)
    assert page.neuron.value() == 7  # outputs by their digit
    hands.press(page.view, QPointF(1, 1))
    assert page.chosen == (2, 7)
    assert page.view.words(page.view.place(3, 7)).startswith("Output 7: activation 0.")
    assert page.view.words(QPointF(1, 1)) == ""


@pytest.mark.parametrize(("activation", "written"), [("sigmoid", "σ("), ("tanh", "tanh("), ("relu", "max(0, ")])
def test_the_function_is_the_neurons_own(page: LayersPage, session: Session, activation: str, written: str) -> None:
    session.use(Model(network(20, activation=activation)))
    page._choose(0, 2)
    assert written in page.formula.text()
    a = f"{page.activations[1][2]:.4f}".replace("-", "−")
    assert page.formula.text().count(f"<b>{a}</b>") == 2
    page._choose(1, 2)
    assert "σ(" in page.formula.text()  # outputs are sigmoid neurons whatever the others are


def test_the_page_follows_network_and_drawing(page: LayersPage, session: Session) -> None:
    session.use(Model(network(30, 20, 10, 2000, 50)))
    assert page.which.itemText(0) == "In use: 784-30-20-10-2000-50-10"
    assert page.layer.count() == 6
    page.view.grab()
    session.use(Model(network()))
    assert page.layer.count() == 1
    session.show_image(None)
    assert "blank" in page.note.text()
    assert not any(page.activations[0])
    page.hide()
    session.use(Model(network(30)))
    assert page.layer.count() == 1  # nothing is done while nobody looks
    page.show()
    assert page.layer.count() == 2


def test_the_neuron_that_speaks_most_does_the_task(page: LayersPage, session: Session, qtbot: QtBot) -> None:
    answer = int(np.argmax(page.activations[-1]))
    terms = page.network.weights[-1][answer] * page.activations[-2]
    best = int(np.argmax(terms))
    page._choose(1, int(np.argmin(terms)))
    page._choose(0, 0)
    assert not page.done
    with qtbot.waitSignal(page.task_done):
        page.layer.setCurrentIndex(1)
        page.neuron.setValue(best + 1)
    assert page.done


def test_a_blank_canvas_has_no_answer(page: LayersPage, session: Session) -> None:
    session.show_image(None)
    for neuron in range(15):
        page._choose(1, neuron)
    assert not page.done


def test_the_small_network_shows_everything(page: LayersPage) -> None:
    page.which.setCurrentIndex(1)
    page._choose(0, 0)
    for slider in page.inputs:
        hands.key(slider.slider, Qt.Key.Key_Home)
    assert "1.5 · 0.00 + (−2.0) · 0.00 + 0.5 · 0.00 + 0.5 = 0.50" in page.formula.text()
    hands.key(page.inputs[0].slider, Qt.Key.Key_End)
    hands.key(page.inputs[1].slider, Qt.Key.Key_End)
    # 1.5 - 2 + 0.5 = 0, and σ(0) = 1/2
    assert "+ 0.5 = 0.00" in page.formula.text()
    assert page.formula.text().count("<b>0.5000</b>") == 2
    page.view.grab()


def test_the_flow_plays_and_rests_when_hidden(page: LayersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LayersView, "SECONDS", 0.02)
    hands.click(page.play)
    assert page.view.playing
    page.view.grab()
    qtbot.waitUntil(lambda: not page.view.playing)
    hands.click(page.play)
    page.hide()
    assert not page.view.playing


def test_the_chain_is_over_and_the_loop_is_not(page: LayersPage) -> None:
    part = page.recurrent
    for _ in range(4):
        hands.click(part.step)
    assert part.view.words() == ("Feedforward: neuron 4 fires.", "Loop: neurons 3 and 4 fire.")
    for _ in range(8):
        hands.key(part.step, Qt.Key.Key_Space)
    assert part.view.words()[0] == "Feedforward: is over."
    assert not part.loop.quiet
    part.view.grab()
    hands.click(part.reset)
    assert part.loop.time == 0
    hands.key(part.feedback.slider, Qt.Key.Key_Home)
    for _ in range(6):
        hands.click(part.step)
    assert part.view.words() == ("Feedforward: is over.", "Loop: is over.")


def test_samples_are_the_strongest_or_spread_and_hold_what_is_wanted() -> None:
    a = np.array([0.1, -0.9, 0.2, 0.8, 0.0, 0.3])
    assert sample(a, 6, True).tolist() == [0, 1, 2, 3, 4, 5]
    assert sample(a, 3, True).tolist() == [1, 3, 5]
    assert sample(a, 3, True, [4]).tolist() == [1, 3, 4]
    assert sample(a, 2, False).tolist() == [0, 5]
    ink = np.zeros(784)
    assert len(pixels(ink, True)) == 16  # a grid
    ink[100:200] = 1
    assert ((pixels(ink, True) >= 100) & (pixels(ink, True) < 200)).all()
