"""A mistake of a run's network is read by that network, too, beside the one in use."""

from itertools import count

import pytest
from pytestqt.qtbot import QtBot

from digitpad.draw.reading import read
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.words import a_digit
from digitpad.nn.network import Network
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from tests.gui import hands
from tests.gui.training import press_in, train


def test_a_mistake_is_put_on_the_canvas_with_the_network_that_made_it(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    window = training_window
    train(qtbot, tab)
    window.session.shown.look_at(0)
    qtbot.waitUntil(lambda: tab.inside.mistakes.gallery.count() > 100)  # it has learned nothing yet
    network = window.session.shown.network
    said = tab.inside.evaluation
    assert said is not None
    with qtbot.waitSignal(tab.inside.mistakes.picked) as picked:
        tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    assert window.tabs.currentWidget() is window.draw
    assert window.draw.canvas.drawing.picture is not None
    second = window.draw.second
    qtbot.waitUntil(lambda: ": " in second.words.text() and window.draw.reading is not None)
    assert second.isVisible()
    assert picked.args is not None
    index = picked.args[0]
    qtbot.waitUntil(lambda: second.words.text().endswith(f"run #1 at epoch 0: {said.predictions[index]}"))
    assert second.truth.text() == f"Really {a_digit(int(said.labels[index]))}"
    assert second.words.text().startswith(window.session.model.provenance.name)
    assert window.session.model.network is not network  # nothing in use has changed
    press_in(window, "use_second")
    assert window.session.model.network is network
    assert not second.isVisible()


def test_the_strip_can_be_closed(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab)
    training_window.session.shown.look_at(0)
    qtbot.waitUntil(lambda: tab.inside.mistakes.gallery.count() > 100)
    tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    before = training_window.session.model
    assert training_window.draw.second.isVisible()
    press_in(training_window, "close_second")
    assert not training_window.draw.second.isVisible()
    assert training_window.session.model is before


def test_what_it_really_is_is_said_as_long_as_it_is_there(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab)
    training_window.session.shown.look_at(0)
    qtbot.waitUntil(lambda: tab.inside.mistakes.gallery.count() > 100)
    tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    draw = training_window.draw
    qtbot.waitUntil(lambda: draw.second.truth.text().startswith("Really"))
    with qtbot.waitSignal(draw.answered):
        hands.drag(draw.canvas, hands.LINE)
    assert draw.second.isVisible()  # both read what is drawn now, too
    assert not draw.second.truth.text()
    with qtbot.waitSignal(draw.answered):
        draw.undo.trigger()
    assert draw.second.truth.text().startswith("Really")


def test_what_the_network_in_use_misreads_is_put_on_the_canvas_alone(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: tab.inside.mistakes.gallery.count() > 0)
    tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    draw = training_window.draw
    assert training_window.tabs.currentWidget() is draw
    qtbot.waitUntil(draw.second.isVisible)
    assert draw.second.truth.text().startswith("Really")
    assert draw.second.words.text().startswith(f"{training_window.session.model.provenance.name}: ")
    assert draw.second.snapshot is None
    with qtbot.waitSignal(draw.answered):
        draw.canvas.clear()
    assert not draw.second.isVisible()


@pytest.mark.parametrize("nine", [True, False])
def test_it_reads_as_it_does_in_use(nine: bool, window: MainWindow, qtbot: QtBot) -> None:
    window.draw.reader.choose(nine)
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])
    stages = window.draw.canvas.drawing.stages()
    networks = (Network([784, 10], seed=seed, initialisation="scaled") for seed in count())
    network = next(each for each in networks if read(each, stages).digit != read(each, stages, nine=True).digit)
    run = Run(1, Recipe(deform=True), "digits")
    window.draw.second.compare(Snapshot(run, network, 1, None), "run")
    word = read(network, stages, nine=nine).digit
    assert window.draw.second.words.text().endswith(f"run at epoch 1: {word}")
    with qtbot.waitSignal(window.draw.answered):
        press_in(window, "use_second")
    assert window.draw.reading is not None
    assert window.draw.reading.digit == word
    assert (window.draw.reading.nine is not None) == nine
