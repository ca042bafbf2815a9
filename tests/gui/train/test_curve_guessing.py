"""Guessing a curve before a run shows the real one."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.explore.guessing import Station
from digitpad.gui.services.trainer import State
from digitpad.gui.train.curve_guessing import station_of
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.colours import contrast, series
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.recipe import Recipe
from tests.gui import hands
from tests.gui.looks import choose_colours
from tests.gui.training import RECIPE, begin, press, train, wait


def places(tab: TrainTab, *points: tuple[float, float]) -> list[QPointF]:
    """Return where in the plots the epochs and accuracies in per cent of ``points`` are."""
    box = tab.plots.accuracy.getViewBox()
    return [QPointF(tab.plots.mapFromScene(box.mapViewToScene(QPointF(*point)))) for point in points]


def test_there_is_no_button_unless_one_wants_to_guess(training_window: MainWindow, qtbot: QtBot) -> None:
    button = training_window.train.guessing.button
    assert button.isHidden()
    training_window.tabs.guesses.want(True)
    qtbot.waitUntil(button.isVisible)


def test_a_curve_is_drawn_and_the_run_laid_over_it(training_window: MainWindow, qtbot: QtBot) -> None:
    window, tab = training_window, training_window.train
    window.tabs.guesses.want(True)
    qtbot.waitUntil(tab.guessing.button.isVisible)
    hands.click(tab.guessing.button)
    assert tab.plots.guess.hint.isVisible()
    qtbot.waitUntil(lambda: tab.plots.accuracy.getViewBox().viewRange()[1] == [0.0, 100.0])
    start, end = places(tab, (0.05, 50), (2.95, 50))
    hands.press(tab.plots.viewport(), start)
    hands.move(tab.plots.viewport(), end)
    hands.release(tab.plots.viewport(), end)
    assert not tab.plots.guess.hint.isVisible()
    guess = tab.plots.guess.guess
    assert guess is not None
    assert guess.whole == pytest.approx(0.5, abs=0.02)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    run = tab.trainer.runs[0]
    off = guess.off_by(run.points)
    assert off is not None
    assert window.toast.sentence.startswith("Run #1 has ended:")  # with what is offered of it
    assert f"Your curve was {100 * off:.1f} points off" in window.toast.sentence
    assert len(window.tabs.guesses.score.made) == 1
    assert "your guess" in [entry.words for entry in tab.plots.legend.entries]
    window.tabs.guesses.want(False)
    assert tab.plots.guess.guess is None


def test_what_is_drawn_is_covered_by_no_table_and_a_run_that_was_not_guessed_is_not_judged(
    training_window: MainWindow, qtbot: QtBot
) -> None:
    window, tab = training_window, training_window.train
    train(qtbot, tab)
    window.tabs.guesses.want(True)
    qtbot.waitUntil(tab.guessing.button.isVisible)
    hands.click(tab.guessing.button)
    qtbot.waitUntil(lambda: tab.plots.accuracy.getViewBox().viewRange()[1] == [0.0, 100.0])
    start, end = places(tab, (0.05, 50), (2.95, 50))
    hands.hover(tab.plots.viewport(), start)
    assert tab.plots.pointed.readout.isVisible()
    hands.press(tab.plots.viewport(), start)
    hands.move(tab.plots.viewport(), end)
    hands.release(tab.plots.viewport(), end)
    assert not tab.plots.pointed.readout.isVisible()
    begin(qtbot, tab)
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    tab.form.show_recipe(RECIPE)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert window.toast.sentence.startswith("Run #3 has ended:")
    assert "Your curve" not in window.toast.sentence


def test_a_curve_is_drawn_by_keys(training_window: MainWindow, qtbot: QtBot) -> None:
    tab = training_window.train
    training_window.tabs.guesses.want(True)
    qtbot.waitUntil(tab.guessing.button.isVisible)
    hands.click(tab.guessing.button)
    assert tab.plots.hasFocus()
    for _ in range(5):
        QTest.keyClick(tab.plots, Qt.Key.Key_Up)
    for _ in range(30):
        QTest.keyClick(tab.plots, Qt.Key.Key_Right)
    guess = tab.plots.guess.guess
    assert guess is not None
    assert guess.accuracies.tolist() == pytest.approx([0.6] * len(guess.accuracies))


@pytest.mark.parametrize(
    ("eta", "station"),
    [(3.0, Station.CURVE), (0.5, Station.CURVE), (0.3, Station.OTHER_RATE), (100.0, Station.OTHER_RATE)],
)
def test_far_other_rates_are_a_station_of_their_own(eta: float, station: Station) -> None:
    assert station_of(replace(Recipe(), eta=eta)) is station


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
def test_what_is_guessed_has_the_colour_of_no_run(
    training_window: MainWindow, qtbot: QtBot, scheme: Qt.ColorScheme
) -> None:
    window, tab = training_window, training_window.train
    choose_colours(window, scheme)
    window.tabs.guesses.want(True)
    qtbot.waitUntil(tab.guessing.button.isVisible)
    hands.click(tab.guessing.button)
    (entry,) = tab.plots.guess.entries
    palette = tab.plots.palette()
    colour = entry.colour
    assert colour
    assert colour.hsvSaturation() < 60 or colour.value() < 60  # neither of any hue, nor grey as one of them is
    assert all(contrast(colour, series(i, palette)) > 1.3 for i in range(7))
