"""A mistake of a run's network is read by that network, too, beside the one in use."""

from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui.training import press_in, train


def test_a_mistake_is_put_on_the_pad_with_the_network_that_made_it(
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
    qtbot.waitUntil(lambda: second.words.text().endswith(f"run #1: {said.predictions[picked.args[0]]}"))
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


def test_what_the_network_in_use_misreads_is_put_on_the_pad_alone(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: tab.inside.mistakes.gallery.count() > 0)
    tab.inside.mistakes.gallery.clicked.emit(tab.inside.mistakes.gallery.model().index(0, 0))
    assert training_window.tabs.currentWidget() is training_window.draw
    assert not training_window.draw.second.isVisible()
