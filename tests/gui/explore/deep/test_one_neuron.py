"""What a neuron looks for, asked of the digits: they are those that excite it most, and what is said of them is so."""

import re
from functools import partial
from html import unescape

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Digits
from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.exciting import Exciting, Search, most_exciting
from digitpad.gui.explore.deep.excited_words import fires, head, in_common
from digitpad.gui.explore.deep.page import DeepPage
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests import digits
from tests.gui import hands
from tests.gui.seeing import seen

SET = digits.digits()


def plain(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", text)).replace("\xa0", " ")


def looked_through(network: Network, of: Digits = SET) -> Exciting:
    found = most_exciting(network, of.training.images, of.training.labels, 9)
    assert found
    return found


def wait_for_digits(page: DeepPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.one_neuron.both.digits.tiles) == 9 and not page.busy)


def first_is(page: DeepPage, said: str) -> bool:
    return any(said in tile.said for tile in page.one_neuron.both.digits.tiles[:1]) and not page.busy


def test_the_digits_of_a_chosen_neuron_are_shown_in_their_order(page: DeepPage, qtbot: QtBot) -> None:
    page.show_view("One neuron")
    wait_for_digits(page, qtbot)
    one, network = page.one_neuron, page.shared.chosen.network
    assert network is ChapterNetwork.EPOCH_30.model.network
    for layer, neuron, number in ((0, 0, 1), (0, 17, 18), (1, 4, 4)):  # hidden neurons from 1, outputs by their digit
        one.choice.layer.setCurrentIndex(layer)
        one.choice.number.setValue(number)
        a = network.activations(SET.training.images)
        z = a[layer].astype(np.float64) @ network.weights[layer][neuron] + network.biases[layer][neuron]
        best = np.argsort(-z)[:9]
        for tile, i in zip(one.both.digits.tiles, best, strict=True):
            label = SET.training.labels[i]
            assert tile.said.startswith(f"{'An' if label == 8 else 'A'} {label}, z = ")
            assert f"activation {a[layer + 1][i, neuron]:.2f}" in tile.said
            assert float(tile.said.split()[4].rstrip(",").replace("−", "-")) == pytest.approx(z[i], abs=0.02)
        assert plain(one.said.text()).startswith(plain(in_common(SET.training.labels[best])))
        assert one.tiles_below.isVisible() is (layer == 1)
        assert ("rough picture" in one.key.text()) is (layer == 1)
        assert "untrained" in one.caveat.text()


def test_a_neuron_is_gone_to_by_mouse_and_by_keys(page: DeepPage, qtbot: QtBot) -> None:
    tiles = page.questions.tiles
    hands.key(tiles, Qt.Key.Key_Right)
    number = tiles.tiles[1].said.split(":")[0].removeprefix("Neuron ")
    hands.key(tiles, Qt.Key.Key_Return)
    one = page.one_neuron
    assert one.choice.isVisible()
    assert page.focusWidget() is one.choice.number
    assert (one.choice.layer.currentText(), one.choice.number.value()) == ("Hidden (30)", int(number))
    wait_for_digits(page, qtbot)
    hands.key(one.choice.number, Qt.Key.Key_Home)
    hands.key(one.choice.layer, Qt.Key.Key_Down)
    assert (one.choice.layer.currentText(), one.choice.number.value()) == ("Output (10)", 0)
    number = one.tiles_below.tiles[0].said.split(":")[0].removeprefix("Neuron ")
    QTest.mouseClick(one.tiles_below, Qt.MouseButton.LeftButton, pos=one.tiles_below.place(0).center().toPoint())
    assert (one.choice.layer.currentText(), one.choice.number.value()) == ("Hidden (30)", int(number))


def test_another_network_is_looked_through_anew(page: DeepPage, qtbot: QtBot) -> None:
    page.show_view("One neuron")
    for model in (ChapterNetwork.UNTRAINED.model, Model(Network((784, 20, 12, 10), seed=3, activation="relu"))):
        page.shared.session.use(model)
        page.shared.chosen.choose(None)
        page.one_neuron.choice.layer.setCurrentIndex(0)
        excited = looked_through(model.network).of(1, 0)
        qtbot.waitUntil(partial(first_is, page, f"z = {excited.z[0]:.2f}"))


def test_a_network_that_learns_meanwhile_is_shown_all_the_same(page: DeepPage, qtbot: QtBot) -> None:
    """Each step of training brings another: were the search begun anew each time, it would never end."""
    page.shared.chosen.choose(None)
    page.show_view("One neuron")
    shown = []
    page.one_neuron.changed.connect(lambda: shown.append(True))

    def step() -> bool:
        page.shared.session.use(Model(Network((784, 300, 300, 10), seed=len(shown), initialisation="scaled")))
        return len(shown) > 2

    qtbot.waitUntil(step)
    assert len(page.one_neuron.both.digits.tiles) == 9


def test_what_the_drawing_does_to_it_is_told(page: DeepPage, qtbot: QtBot) -> None:
    page.show_view("One neuron")
    wait_for_digits(page, qtbot)
    assert "your drawing" not in page.formula.text()
    image = SET.training.images[0].astype(np.float32) / 255
    page.shared.session.show_seen(seen(image))
    a = page.shared.chosen.network.activations(image)[1][0]
    assert "your drawing: z1 = " in plain(page.formula.text())
    assert plain(page.formula.text()).endswith(f"a1 = {a:.2f}")


def test_that_there_is_too_little_memory_is_said_and_it_is_tried_again(
    page: DeepPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Search) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(Search, "__next__", fail)
        page.show_view("One neuron")
        qtbot.waitUntil(lambda: "not enough memory" in page.one_neuron.head.text())
        assert page.one_neuron.both.digits.tiles == ()
    page.one_neuron.choice.number.setValue(2)
    wait_for_digits(page, qtbot)


def test_without_a_hidden_layer_there_are_outputs_alone(page: DeepPage, qtbot: QtBot) -> None:
    page.shared.session.use(Model(Network((784, 10), seed=1)))
    page.shared.chosen.choose(None)
    page.show_view("One neuron")
    wait_for_digits(page, qtbot)
    assert page.one_neuron.choice.layer.count() == 1
    assert not page.one_neuron.tiles_below.isVisible()


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([3] * 9, "All 9 show a 3."),
        ([3, 8, 3, 8, 3, 8, 3, 1, 0], "7 of these 9 show a 3 or an 8."),
        (list(range(9)), "These 9 show 9 different digits, each once."),
        ([1, 1, 2, 2, 3, 3, 4, 4, 5], "These 9 show 5 different digits, none of them more than twice."),
        ([8], "It shows an 8."),
        ([], "There are no digits to look through."),
    ],
)
def test_what_they_have_in_common_is_said(labels: list[int], said: str) -> None:
    assert plain(in_common(np.array(labels, dtype=np.uint8))) == said


def test_for_which_digits_it_fires_is_said_with_figures_that_are_so() -> None:
    network = ChapterNetwork.EPOCH_30.model.network
    found, labels = looked_through(network), SET.training.labels
    above = network.activations(SET.training.images)[1] > 0.5
    compared = []
    for neuron in range(30):
        excited = found.of(1, neuron)
        said = plain(fires(excited, labels[excited.images], SET))
        on = above[:, neuron]
        if told := re.search(r"([\d.]+) % of the (\d)s(?: and (\d)s)? and ([\d.]+) % of the others", said):
            these = np.isin(labels, [int(digit) for digit in told.group(2, 3) if digit])
            assert float(told[1]) == pytest.approx(100 * on[these].mean(), abs=0.06)
            assert float(told[4]) == pytest.approx(100 * on[~these].mean(), abs=0.06)
            compared.append(neuron)
        if most := re.search(r"most often for the (\d)s: ([\d.]+) %", said):
            shares = [100 * on[labels == digit].mean() for digit in range(10)]
            assert shares[int(most[1])] == max(shares)
            assert float(most[2]) == pytest.approx(max(shares), abs=0.06)
    assert len(compared) > 10


@pytest.mark.parametrize(
    ("bias", "said"), [(-1000.0, "for none."), (1000.0, "for all, whatever they show."), (np.nan, "order says nothing")]
)
def test_a_neuron_that_tells_no_digits_apart_is_said_to(bias: float, said: str) -> None:
    network = Network((784, 10), seed=1, initialisation="scaled")
    network.biases[0][:] = bias
    excited = looked_through(network).of(1, 0)
    assert said in plain(fires(excited, SET.training.labels[excited.images], SET))


def test_where_all_fill_it_z_stands_below_each() -> None:
    network = Network((784, 10), seed=1, initialisation="scaled")
    shown, below = head(looked_through(network).of(1, 0))
    assert shown.endswith("its activation")
    network.biases[0][:] = 40.0
    excited = looked_through(network).of(1, 0)
    shown, below = head(excited)
    assert "1.00 for all of them" in shown
    assert below is excited.z


def test_of_no_digits_nothing_is_said_but_that() -> None:
    none = Digits("none", SET.training[:0], SET.test)
    excited = looked_through(ChapterNetwork.EPOCH_1.model.network, none).of(1, 0)
    labels = none.training.labels[excited.images]
    said = head(excited)[0], in_common(labels), fires(excited, labels, none)
    assert said == ("", "There are no digits to look through.", "")


def test_a_set_with_markup_for_a_name_is_named_as_it_is() -> None:
    odd = Digits("<img src=x> & co", SET.training, SET.test)
    excited = looked_through(ChapterNetwork.EPOCH_1.model.network, odd).of(1, 0)
    text = fires(excited, odd.training.labels[excited.images], odd)
    assert "<img" not in text
    assert "<img src=x> & co" in unescape(text)
