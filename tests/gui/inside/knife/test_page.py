"""The page "Knife": a copy of the network in use loses neurons, bits and certainty, and is measured."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.inside.knife.page import KnifePage
from digitpad.gui.inside.view import PAGES
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.inside.activity import Neuron
from digitpad.inside.knife import Cut, Order, after, in_order
from digitpad.inside.pruning import pruning_steps
from digitpad.nn.network import Network
from digitpad.nn.steps import finish
from digitpad.train.model_file import Model
from tests.digits import folder
from tests.gui import hands


@pytest.fixture
def page(small_window: MainWindow, qtbot: QtBot) -> KnifePage:
    """The page, with the digits measured once."""
    small_window.draw.look_inside.trigger()
    assert small_window.tabs.inside
    page = small_window.tabs.inside.show_page(KnifePage.TITLE)
    assert isinstance(page, KnifePage)
    wait(qtbot, page)
    return page


def wait(qtbot: QtBot, page: KnifePage) -> None:
    """Wait until all is measured."""
    digits = page.shared.digits

    def known() -> bool:
        operation = page.operation
        return (
            digits.current is not None
            and operation.score is not None
            and operation.score.n == len(digits.current.test)
            and operation.before is not None
            and not operation.measuring
        )

    qtbot.waitUntil(known)


def cut(page: KnifePage, wanted: Cut) -> Network:
    return after(page.model.network, wanted)


def accuracy(page: KnifePage, network: Network) -> str:
    """Return what the page is to say of a network's accuracy."""
    assert page.shared.digits.current
    test = page.shared.digits.current.test
    return f"{100 * network.evaluate(test.images, test.labels) / len(test):.2f} %"


def choose(box: QComboBox, index: int) -> None:
    box.setFocus()
    while box.currentIndex() != index:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < index else Qt.Key.Key_Up)


def test_blank_it_says_what_it_will_show_and_measures_all_the_same(page: KnifePage) -> None:
    assert page.words.text().startswith("Draw a digit")
    assert accuracy(page, page.model.network) in page.accuracy.text()
    assert "200 digits" in page.accuracy.text()
    assert not page.use.isEnabled()


def test_neurons_go_in_the_order_chosen(page: KnifePage, qtbot: QtBot) -> None:
    before = page.model.network.parameters.copy()
    for index, order in enumerate((Order.RANDOM, Order.WEAKEST, Order.STRONGEST)):
        choose(page.order, index)
        page.count.slider.setValue(9)
        wait(qtbot, page)
        gone = in_order(page.model.network, 1, order)[:9]
        wanted = cut(page, Cut(frozenset(Neuron(1, int(i)) for i in gone)))
        np.testing.assert_array_equal(page.operation.result.parameters, wanted.parameters)
        assert accuracy(page, wanted) in page.accuracy.text()
        assert f"{accuracy(page, page.model.network)} when whole" in page.accuracy.text()
    np.testing.assert_array_equal(page.model.network.parameters, before)


def test_one_is_switched_by_a_click_and_by_keys(page: KnifePage, qtbot: QtBot) -> None:
    grid = page.grid
    hands.press(grid, QPointF(grid.place(4).center()))
    hands.release(grid, QPointF(grid.place(4).center()))
    assert page.operation.cut.off == {Neuron(1, 4)}
    assert page.count.value == 1
    assert "Neuron 5 of 12, off" in grid.accessibleDescription()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(grid, key)
    assert page.operation.cut.off == {Neuron(1, 4), Neuron(1, 5)}
    assert "Neuron 7 of 12, on" in grid.accessibleDescription()
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert page.operation.cut.off == {Neuron(1, 4)}
    wait(qtbot, page)
    assert not page.operation.result.weights[1][:, 4].any()


def test_a_drag_switches_all_on_its_way_alike(page: KnifePage) -> None:
    grid = page.grid
    hands.press(grid, QPointF(grid.place(2).center()))
    for neuron in (3, 4, 3, 2, 5):
        hands.move(grid, QPointF(grid.place(neuron).center()))
    hands.release(grid, QPointF(grid.place(5).center()))
    assert {neuron.index for neuron in page.operation.cut.off} == {2, 3, 4, 5}


def test_off_looks_other_than_on_also_without_colours(page: KnifePage) -> None:
    def picture(neuron: int) -> list[int]:
        image, ratio = page.grid.grab().toImage(), page.grid.devicePixelRatioF()
        place = page.grid.place(neuron)
        return [
            image.pixelColor(int(x * ratio), int(place.center().y() * ratio)).lightness()
            for x in range(place.left(), place.right())
        ]

    on = picture(3)
    page.operation.switch(3, on=False)
    off = picture(3)
    assert len(set(on)) == 1
    assert len(set(off)) > 1


def test_each_layer_is_cut_by_itself(page: KnifePage, qtbot: QtBot) -> None:
    page.count.slider.setValue(2)
    choose(page.layers, 1)
    assert page.count.value == 0
    assert page.grid.accessibleName() == "Neurons of hidden layer 2"
    page.count.slider.setValue(8)
    wait(qtbot, page)
    assert len(page.operation.cut.off_in(1)) == 2
    assert len(page.operation.cut.off_in(2)) == 8
    choose(page.layers, 0)
    assert page.count.value == 2


def test_weights_are_rounded_and_noise_is_added(page: KnifePage, qtbot: QtBot) -> None:
    page.bits.slider.setValue(1)
    wait(qtbot, page)
    assert page.operation.cut.bits == 3
    wanted = cut(page, Cut(bits=3))
    np.testing.assert_array_equal(page.operation.result.parameters, wanted.parameters)
    assert accuracy(page, wanted) in page.accuracy.text()
    page.noise.slider.setValue(20)
    wait(qtbot, page)
    wanted = cut(page, Cut(bits=3, noise=1.0))
    np.testing.assert_array_equal(page.operation.result.parameters, wanted.parameters)
    page.shuffle.click()
    wait(qtbot, page)
    assert not np.array_equal(page.operation.result.parameters, wanted.parameters)
    page.whole.click()
    wait(qtbot, page)
    assert page.operation.cut == Cut()
    assert (page.bits.value, page.noise.value, page.count.value) == (32, 0, 0)


def test_the_answer_follows_the_drawing_and_the_cut(page: KnifePage, qtbot: QtBot, small_window: MainWindow) -> None:
    with qtbot.waitSignal(small_window.draw.answered):
        draw(small_window.draw.canvas, [THREE])
    qtbot.waitUntil(lambda: page.words.text().startswith("Nothing is cut yet"))
    page.count.slider.setValue(12)
    wait(qtbot, page)
    assert page.seen
    reading = page.shared.reader.read(page.seen.stages, Model(page.operation.result))
    digit = page.seen.reading.digit
    assert f"output {digit}: {reading.outputs[digit]:.2f}, before {page.seen.reading.outputs[digit]:.2f}" in (
        page.words.text()
    )
    small_window.draw.clear.trigger()
    qtbot.waitUntil(lambda: page.words.text().startswith("Draw a digit"))


@pytest.mark.parametrize("order", [0, 1, 2])
def test_how_many_can_go_is_measured_and_said(page: KnifePage, qtbot: QtBot, order: int) -> None:
    choose(page.order, order)
    QTest.mouseClick(page.measure, Qt.MouseButton.LeftButton)
    assert page.measure.text() == "Stop"
    wait(qtbot, page)
    assert page.shared.digits.current
    chosen = list(Order)[order]
    network = page.model.network
    wanted = finish(pruning_steps(network, 1, in_order(network, 1, chosen), page.shared.digits.current.test))
    assert page.operation.curves[chosen] == wanted
    assert page.can_go.text().startswith(f"{wanted.can_go} of 12 neurons can go before accuracy falls by 1 point")
    assert "12 off" in page.graph.accessibleDescription()
    # Where it is clicked, so many are off.
    hands.press(page.graph, page.graph.to_widget(7, 50))
    hands.release(page.graph, page.graph.to_widget(7, 50))
    assert page.count.value == 7
    assert page.operation.curves  # it is still true


def test_a_curve_begins_with_what_else_was_cut(page: KnifePage, qtbot: QtBot) -> None:
    page.measure.click()
    wait(qtbot, page)
    page.bits.slider.setValue(0)
    assert not page.operation.curves
    wait(qtbot, page)
    page.measure.click()
    wait(qtbot, page)
    (curve,) = page.operation.curves.values()
    assert f"{100 * curve.accuracies[0]:.2f} %" == accuracy(page, cut(page, Cut(bits=2)))


def test_measuring_can_be_stopped(page: KnifePage) -> None:
    page.measure.click()
    page.measure.click()
    assert page.measure.text() == "Measure"
    assert not page.operation.measuring


def test_the_cut_network_is_used_and_the_one_before_again(
    page: KnifePage, qtbot: QtBot, small_window: MainWindow
) -> None:
    session, before = small_window.session, page.model
    page.count.slider.setValue(5)
    wait(qtbot, page)
    result, told = page.operation.result, accuracy(page, page.operation.result)
    with qtbot.waitSignal(page.said) as said:
        page.use.click()
    assert session.model.network is result
    assert session.unsaved
    assert session.model.provenance.name == "bars, cut"
    assert session.model.provenance.accuracy.startswith(told)
    assert session.model.provenance.others["cut"] == "5 of 12 neurons off in hidden layer 1"
    assert session.made_in_use is not None
    qtbot.waitUntil(lambda: page.operation.network is result)
    assert page.operation.cut == Cut()  # it is whole as it is
    page.count.slider.setValue(3)
    wait(qtbot, page)
    page.use.click()  # and cut once more
    assert session.model.provenance.name == "bars, cut"
    assert said.args
    said.args[0].act()
    assert session.model is before
    assert not session.unsaved


def test_one_that_was_made_here_is_used_again_as_such(page: KnifePage, qtbot: QtBot, small_window: MainWindow) -> None:
    session = small_window.session
    page.count.slider.setValue(5)
    wait(qtbot, page)
    page.use.click()
    first = session.model.network
    qtbot.waitUntil(lambda: page.operation.network is first)
    page.count.slider.setValue(3)
    wait(qtbot, page)
    with qtbot.waitSignal(page.said) as said:
        page.use.click()
    assert said.args
    with qtbot.waitSignal(session.model_changed):
        said.args[0].act()
    assert session.model.network is first
    assert session.unsaved


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("hidden", [(), (3,), (30, 1320)])
def test_networks_of_other_sizes_are_cut_too(
    page: KnifePage, qtbot: QtBot, small_window: MainWindow, hidden: tuple[int, ...], activation: str
) -> None:
    page.count.slider.setValue(5)
    network = Network((784, *hidden, 10), seed=1, activation=activation)
    small_window.session.use(Model(network))
    qtbot.waitUntil(lambda: page.operation.network is network)
    assert page.operation.cut == Cut()
    assert page.without.isVisible() == (not hidden)
    assert page.count.isVisible() == bool(hidden)
    assert page.layers.isVisible() == (len(hidden) > 1)
    page.bits.slider.setValue(2)
    if hidden:
        choose(page.layers, len(hidden) - 1)
        page.count.slider.setValue(hidden[-1])
    wait(qtbot, page)
    assert accuracy(page, page.operation.result) in page.accuracy.text()


def test_a_network_astray_raises_nothing(page: KnifePage, qtbot: QtBot, small_window: MainWindow) -> None:
    network = Network((784, 6, 10), seed=1)
    network.parameters[:] = np.nan
    small_window.session.use(Model(network))
    qtbot.waitUntil(lambda: page.operation.network is network)
    with qtbot.waitSignal(small_window.draw.answered):
        draw(small_window.draw.canvas, [THREE])
    page.bits.slider.setValue(2)
    page.noise.slider.setValue(10)
    page.count.slider.setValue(3)
    page.measure.click()
    wait(qtbot, page)
    assert page.can_go.text().startswith("6 of 6 neurons can go")


@pytest.mark.parametrize("hidden", [False, True])
def test_another_set_of_digits_is_measured_also_where_it_was_chosen_elsewhere(
    page: KnifePage, qtbot: QtBot, small_window: MainWindow, tmp_path: Path, hidden: bool
) -> None:
    inside, digits = small_window.tabs.inside, page.shared.digits
    assert inside
    page.measure.click()
    wait(qtbot, page)
    if hidden:
        inside.show_page(PAGES[0].TITLE)
    digits.choose(folder(tmp_path, 20, 150))
    qtbot.waitUntil(lambda: digits.current is not None and len(digits.current.test) == 150)
    inside.show_page(KnifePage.TITLE)
    assert not page.operation.curves
    wait(qtbot, page)
    assert "of 150 digits" in page.accuracy.text()
