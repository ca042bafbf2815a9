"""The page of the layers, driven by its controls."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.layers.network_picture import LayersView, three_figures
from digitpad.gui.explore.layers.page import LayersPage
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.gui import hands
from tests.gui.explore.stage import on_stage, without_digits
from tests.gui.images import brightness
from tests.gui.looks import choose_text
from tests.gui.seeing import seen

IMAGE = np.random.default_rng(0).random(784).astype(np.float32)


def network(*hidden: int, activation: str = "sigmoid") -> Network:
    return Network((784, *hidden, 10), seed=1, activation=activation, initialisation="scaled")


@pytest.fixture
def session(qapp: QApplication) -> Session:
    session = Session(Model(network(12, 15)))
    session.show_seen(seen(IMAGE))
    return session


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> LayersPage:
    """The page, looking at the network in use."""
    shared = without_digits(session)
    shared.chosen.choose(None)
    return on_stage(LayersPage(shared), qtbot, 900, 700)


def choose(page: LayersPage, layer: int, neuron: int) -> None:
    """Choose a neuron by the boxes: its layer, and its place there from 0."""
    page.choice.layer.setCurrentIndex(layer)
    page.choice.number.setValue(page.choice.number.minimum() + neuron)
    assert page.chosen == (layer, neuron)


def test_it_begins_with_the_output_that_wins(page: LayersPage) -> None:
    outputs = page.network.feedforward(IMAGE)
    assert page.chosen == (2, int(np.argmax(outputs)))
    assert page.formula.text().count(f"<b>{outputs.max():.4f}</b>") == 2  # as a product of matrices and as a sum
    assert page.note.text() == "Painted: 10 of 12, 10 of 15."
    assert "(equation 22)" in page.formula.text()
    assert "(rule 4)" in page.formula.text()


def test_the_neuron_stands_in_its_box_as_the_layer_in_the_one_beside_it(window: MainWindow) -> None:
    def before_it(box: QWidget) -> int:
        """The pixels from the frame of ``box`` to what stands in it."""
        middle = brightness(box.grab().toImage())[8:-8, 2:-2]
        return int(np.flatnonzero((middle < 128).any(axis=0))[0])

    window.show()
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    page = window.explore.show_page(4)
    assert isinstance(page, LayersPage)
    layer, number = page.choice.layer, page.choice.number
    assert layer.height() == number.height()
    assert abs(before_it(layer) - before_it(number)) <= 2


def test_the_numbers_of_outputs_have_a_line_each_where_text_is_large(window: MainWindow) -> None:
    window.resize(1280, 720)
    window.tabs.setCurrentWidget(window.tabs.explore_page)
    for percent in (100, 200):
        choose_text(window, percent)
        page = window.explore.show_page(list(Idea).index(Idea.LAYERS) + 1)
        QApplication.processEvents()
        (picture,) = page.findChildren(LayersView)
        apart = picture.place(2, 1).y() - picture.place(2, 0).y()
        assert apart >= QFontMetricsF(font(SMALL)).height()
    choose_text(window, 100)


def test_layer_and_neuron_are_chosen_with_the_keyboard(page: LayersPage) -> None:
    hands.key(page.choice.layer, Qt.Key.Key_Home)
    assert page.chosen == (0, 0)
    hands.key(page.choice.number, Qt.Key.Key_Up, 11)
    assert page.chosen == (0, 11)
    a = page.activations[1][11]
    assert page.formula.text().count(f"<b>{a:.4f}</b>") == 2
    assert "780 others" in page.formula.text()
    hands.key(page.choice.number, Qt.Key.Key_Up)  # there is no thirteenth
    assert page.chosen == (0, 11)


def test_a_click_chooses_a_neuron(page: LayersPage) -> None:
    hands.press(page.view, page.view.place(2, 3) + QPointF(4, 4))
    assert page.chosen == (1, 3)
    assert page.choice.layer.currentIndex() == 1
    assert page.choice.number.value() == 4  # hidden neurons are counted from 1
    assert "wins, it adds" in page.formula.text()
    hands.press(page.view, page.view.place(3, 7))
    assert page.chosen == (2, 7)
    assert page.choice.number.value() == 7  # outputs by their digit
    hands.press(page.view, QPointF(1, 1))
    assert page.chosen == (2, 7)
    assert page.view.words(page.view.place(3, 7)).startswith("Output 7: activation 0.")
    assert page.view.words(QPointF(1, 1)) == ""


@pytest.mark.parametrize(("activation", "written"), [("sigmoid", "σ("), ("tanh", "tanh("), ("relu", "max(0, ")])
def test_the_function_is_the_neurons_own(page: LayersPage, session: Session, activation: str, written: str) -> None:
    session.use(Model(network(20, activation=activation)))
    choose(page, 0, 2)
    assert written in page.formula.text()
    assert ("rule 4" in page.formula.text()) == (activation == "sigmoid")
    a = f"{page.activations[1][2]:.4f}".replace("-", "−")
    assert page.formula.text().count(f"<b>{a}</b>") == 2
    choose(page, 1, 2)
    assert "σ(" in page.formula.text()  # outputs are sigmoid neurons whatever the others are
    assert "rule 4" in page.formula.text()


def test_a_disc_has_room_for_three_figures() -> None:
    assert [three_figures(value) for value in (0.126, 9.99, 9.996, 99.94, 99.96, 250.0)] == [
        "0.13", "9.99", "10.0", "99.9", "100", "250"
    ]  # fmt: skip


def test_discs_of_relu_neurons_are_painted_by_the_layers_largest(page: LayersPage, session: Session) -> None:
    made = Network.of(
        [np.zeros((3, 784)), np.zeros((10, 3))], [np.array([2.0, 8.0, 40.0]), np.zeros(10)],
        activation="relu", cost="quadratic",
    )  # fmt: skip
    session.use(Model(made))
    picture, scale = page.view.grab().toImage(), page.view.devicePixelRatio()
    depths = []
    for neuron in range(3):
        at = page.view.place(1, neuron) + QPointF(0, 11)  # below the number
        depths.append(picture.pixelColor((at * scale).toPoint()).red())
    assert depths[0] > depths[1] + 20 > depths[2] + 40  # the deeper, the less red
    assert "largest activation" in page.note.text()


def test_a_neuron_whose_weights_are_no_numbers_is_painted_empty(page: LayersPage, session: Session) -> None:
    broken = network(5)
    broken.weights[1][3, 2] = np.nan
    session.use(Model(broken))
    page.view.grab()  # Qt would warn of a colour that is none
    choose(page, 1, 3)
    page.view.grab()
    assert "= <b>no number</b>" in page.formula.text()


def test_the_page_follows_network_and_drawing(page: LayersPage, session: Session) -> None:
    session.use(Model(network(30, 20, 10, 2000, 50)))
    assert page.which.itemText(3) == "In use: 784-30-20-10-2000-50-10"
    assert page.choice.layer.count() == 6
    page.view.grab()
    session.use(Model(network()))
    assert page.choice.layer.count() == 1
    session.show_seen(None)
    assert not any(page.activations[0])
    page.hide()
    session.use(Model(network(30)))
    assert page.choice.layer.count() == 1  # nothing is done while nobody looks
    page.show()
    assert page.choice.layer.count() == 2


def test_the_neuron_that_speaks_most_does_the_task(page: LayersPage, session: Session, qtbot: QtBot) -> None:
    answer = int(np.argmax(page.activations[-1]))
    terms = page.network.weights[-1][answer] * page.activations[-2]
    best = int(np.argmax(terms))
    choose(page, 1, int(np.argmin(terms)))
    choose(page, 0, 0)
    assert not page.done
    with qtbot.waitSignal(page.shared.progress.changed):
        page.choice.layer.setCurrentIndex(1)
        page.choice.number.setValue(best + 1)
    assert page.done


def test_a_blank_canvas_has_no_answer(page: LayersPage, session: Session) -> None:
    session.show_seen(None)
    for neuron in range(15):
        choose(page, 1, neuron)
    assert not page.done
    assert "the task asks for a drawing" in page.note.text()


def test_where_the_task_cannot_be_done_the_note_says_so(page: LayersPage, session: Session) -> None:
    assert "task" not in page.note.text()
    session.use(Model(network()))
    assert page.note.text() == "The task asks for a network with a hidden layer: this one has none."
    page.which.setCurrentIndex(4)
    assert "The task is about the networks that read digits." in page.formula.text()


def test_a_blank_canvas_has_no_terms_and_no_connections(page: LayersPage, session: Session) -> None:
    session.show_seen(None)
    choose(page, 0, 3)
    assert "784 inputs" in page.formula.text()
    assert "<i>k</i> =" not in page.formula.text()
    hands.key(page.sample, Qt.Key.Key_Down)
    page.view.show_flow(0.5)
    picture = page.view.grab().toImage()
    paper = page.palette().color(QPalette.ColorRole.Base)
    scale = page.view.devicePixelRatio()
    for row, column in itertools.product(range(3, 28, 7), repeat=2):  # where they would begin
        at = page.view.place(0, 28 * row + column)
        assert picture.pixelColor((at * scale).toPoint()) == paper


def test_connections_leave_the_picture_of_the_weights_alone(page: LayersPage) -> None:
    choose(page, 0, 3)

    def weights() -> QImage:
        return page.view.grab(page.view.weights_area().toRect().adjusted(3, -15, -3, -3)).toImage()

    page.view.show_flow(0.0)
    alone = weights()
    for flow in (0.3, 0.6, 0.9):
        page.view.show_flow(flow)
        assert weights() == alone


def test_the_small_network_shows_everything(page: LayersPage) -> None:
    page.which.setCurrentIndex(4)
    choose(page, 0, 0)
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
    monkeypatch.setattr(LayersView, "SECONDS", 1000)  # it does not end by itself
    hands.click(page.play)
    assert page.view.playing
    for flow, reached in ((0.5, [1, 0.5, 0, 0]), (2.25, [1, 1, 1, 0.25])):
        page.view.show_flow(flow)
        assert [page.view.reached(layer) for layer in range(4)] == reached
        page.view.grab()
    page.hide()
    assert not page.view.playing
    assert page.view.reached(3) == 1
    page.show()
    hands.click(page.play)
    monkeypatch.setattr(LayersView, "SECONDS", 0.001)
    qtbot.waitUntil(lambda: not page.view.playing)
    assert page.view.reached(3) == 1


def test_play_step_and_reset_have_alt_keys(page: LayersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LayersView, "SECONDS", 1000)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    buttons = page.findChildren(QToolButton)
    shortcuts = [button.shortcut().toString() for button in buttons]
    assert sorted(filter(None, shortcuts)) == ["Alt+P", "Alt+R", "Alt+S"]  # the menus have F, E, N, T, V and H
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.view.playing)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.recurrent.loop.time == 1)
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.recurrent.loop.time == 0)


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


def test_shapes_and_wanted_outputs_are_told(page: LayersPage, session: Session) -> None:
    page.which.setCurrentIndex(0)
    text = page.facts.shapes.text()
    for words in ("input 784", "hidden 30", "30 × 784", "23,550", "output 10", "10 × 30", "310", "<b>23,860</b>"):
        assert words in text  # 784 · 30 + 30, 30 · 10 + 10, and both
    hands.key(page.facts.digit, Qt.Key.Key_Down, 6)
    assert "a 6" in page.facts.wanted.text()
    assert "(0, 0, 0, 0, 0, 0, <b>1</b>, 0, 0, 0)<sup>T</sup>" in page.facts.wanted.text()
    page.which.setCurrentIndex(3)
    session.use(Model(network(20)))
    assert "<b>15,910</b>" in page.facts.shapes.text()  # 784 · 20 + 20 + 200 + 10
    page.which.setCurrentIndex(4)
    assert "<b>26</b>" in page.facts.shapes.text()  # 12 + 4 + 8 + 2
    assert not page.facts.wanted.isVisible()


def test_equation_22_has_both_indices_with_the_numbers_of_the_neuron(page: LayersPage) -> None:
    choose(page, 1, 4)
    text = page.formula.text()
    assert "<i>w</i><sub><i>jk</i></sub><i>a</i><sub><i>k</i></sub> + <i>b</i><sub><i>j</i></sub>" in text
    assert "<i>w</i><sub>5,k</sub>" in text  # hidden neurons are counted from 1
    assert "<i>b</i><sub>5</sub>" in text
