"""Runs of training, driven without the buttons."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Dataset
from digitpad.errors import StoreError
from digitpad.gui.services.trainer import State, Trainer
from digitpad.gui.services.worker import Goal
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.widgets.card import Card
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment import Event, Experiment, Point
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from tests.digits import digits
from tests.gui.training import LONG, RECIPE, begin, chip, press, train, wait


def test_double_presses_are_harmless(tab: TrainTab, qtbot: QtBot) -> None:
    for _ in range(3):
        tab.trainer.start(LONG, tab.digits)  # type: ignore[arg-type]
    assert len(tab.trainer.runs) == 1
    for _ in range(3):
        tab.trainer.pause()
    wait(qtbot, tab, State.PAUSED)
    for _ in range(2):
        tab.trainer.resume()
    for _ in range(3):
        tab.trainer.stop()
    wait(qtbot, tab, State.IDLE)
    tab.trainer.stop()
    tab.trainer.pause()
    tab.trainer.resume()
    assert tab.trainer.state is State.IDLE


def test_too_little_memory_ends_a_run_with_what_it_has_and_a_sentence(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = Experiment.events

    def some(experiment: Experiment) -> Iterator[Event]:
        for event in events(experiment):
            yield event
            if experiment.epochs > 1:
                raise MemoryError("Unable to allocate 10.9 MiB for an array")

    monkeypatch.setattr(Experiment, "events", some)
    tab.form.show_recipe(RECIPE)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert training_window.toast.sentence == "There is not enough memory to train this network."
    (run,) = tab.trainer.runs
    assert run.trouble
    assert run.trouble.ended
    assert run.latest is run.networks[run.at]


def test_a_run_that_cannot_go_on_keeps_what_it_had(qapp: QApplication, qtbot: QtBot) -> None:
    def run(number: int, at: float) -> Run:
        recipe = replace(RECIPE, own=True)
        first, latest = (replace(recipe, seed=seed).network() for seed in (0, number))
        return Run(number, recipe, "bars", networks={0.0: first} if at < 1 else {}, latest=latest, at=at)

    def failing(error: Exception) -> Dataset:
        raise error

    trainer = Trainer()
    trainer.take_up([run(1, 3.4), run(2, 0.9)])
    for one in trainer.runs:
        at, latest = one.at, one.latest
        for error in StoreError("The database is locked."), MemoryError("Unable to allocate 10.9 MiB for an array"):
            trainer.go_on(one, 2, digits(), partial(failing, error))
            qtbot.waitUntil(lambda: trainer.state is State.IDLE)
            assert one.trouble
            assert one.trouble.ended
            assert one.latest is latest
            assert one.at == at
    trainer.close()


def test_too_little_memory_within_the_first_epoch_leaves_what_was_measured_last(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = Experiment.events

    def some(experiment: Experiment) -> Iterator[Event]:
        for event in events(experiment):
            yield event
            if experiment.epochs > 0.55:
                experiment.network.parameters[0] += 1  # of a step, some has been done
                raise MemoryError("Unable to allocate 10.9 MiB for an array")

    monkeypatch.setattr(Experiment, "events", some)
    trainer = Trainer()
    trainer.start(RECIPE, digits())
    qtbot.waitUntil(lambda: trainer.state is State.IDLE)
    run = trainer.run
    assert run
    assert run.trouble
    assert run.latest is not run.networks[0.0]
    assert run.at == run.epochs == 0.5
    trainer.close()


def test_weights_that_grow_beyond_all_numbers_after_a_step_leave_those_from_before_it(
    qapp: QApplication, qtbot: QtBot
) -> None:
    trainer = Trainer()
    trainer.start(RECIPE, digits(), goal=Goal.MINI_BATCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    run, experiment = trainer.run, trainer.experiment
    assert run
    assert experiment
    latest = run.latest
    trainer.change(eta=9.0)
    assert run.rates == {"eta": 9.0}
    experiment.network.weights[0][0, 0] = np.nan
    trainer.resume()
    qtbot.waitUntil(lambda: trainer.state is State.IDLE)
    assert run.rates == {}  # or it would grow so each time it is gone on with
    assert run.latest is latest
    assert run.at == 10 / 600
    trainer.close()


def test_the_last_good_weights_are_kept(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    qtbot.waitUntil(lambda: run.epochs > 1)
    tab.trainer.pause()
    wait(qtbot, tab, State.PAUSED)
    experiment = tab.trainer.experiment
    assert experiment is not None
    experiment.network.weights[0][0, 0] = np.nan
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    assert "the weights grew beyond all numbers" in training_window.toast.sentence
    assert run.trouble
    assert run.trouble.ended
    assert run.latest is not None
    assert run.latest.finite
    assert tab.commands.start.isEnabled()


def test_a_learning_rate_that_is_too_large_is_told(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(Recipe(), train_on=600, eta=100.0, epochs=2))
    told = "Run #1, at epoch 1. Learning rate 100 is too large: the output neurons"
    assert training_window.toast.sentence.startswith(told)
    assert run.trouble
    assert not run.trouble.ended  # it went on to the last of its epochs
    assert run.epochs == 2
    assert run.trouble.sentence in chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_warning_gives_way_to_the_next_run(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(Recipe(), train_on=600, eta=100.0, epochs=1))

    def notices() -> list[str]:
        return [card.sentence for card in training_window.findChildren(Card, "notice") if card.isVisible()]

    assert [sentence.startswith("Run #1, at epoch 1.") for sentence in notices()] == [True]
    tab.form.show_recipe(RECIPE)
    press(tab, "start")
    assert notices() == []
    wait(qtbot, tab, State.IDLE)


def test_a_run_goes_on_with_the_rates_that_were_set_last(qapp: QApplication, qtbot: QtBot) -> None:
    trainer = Trainer()
    trainer.start(RECIPE, digits(), goal=Goal.EPOCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    trainer.change(eta=1.0, l2=1e-4)
    trainer.change(eta=0.3)
    trainer.stop()
    run = trainer.run
    assert run
    trainer.remove(run)
    trainer.restore({0: run})  # by now it has to begin again from its weights
    trainer.go_on(run, 1, digits())
    assert trainer.experiment
    config = trainer.experiment.config
    assert (config.eta, config.l2, config.momentum) == (0.3, 1e-4, 0.0)
    assert run.recipe == RECIPE  # by which it began
    qtbot.waitUntil(lambda: trainer.state is State.IDLE)
    trainer.close()


def test_a_run_goes_on_with_no_other_digits_by_the_same_name(qapp: QApplication, qtbot: QtBot) -> None:
    trainer = Trainer()
    trainer.start(RECIPE, digits(), goal=Goal.EPOCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    trainer.stop()
    run = trainer.run
    assert run
    trainer.remove(run)
    trainer.restore({0: run})
    told: list[str] = []
    trainer.failed.connect(told.append)
    trainer.go_on(run, 1, digits(training=700))
    assert told == ["Run #1 learned from others called bars: to go on with it, choose these digits again."]
    assert trainer.state is State.IDLE
    trainer.close()


def test_progress_is_how_much_of_all_epochs_lies_behind(qapp: QApplication, qtbot: QtBot) -> None:
    trainer = Trainer()
    assert trainer.progress is None
    trainer.start(RECIPE, digits(), goal=Goal.EPOCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    assert trainer.progress is not None
    assert (trainer.progress.epochs, trainer.progress.images, trainer.progress.total) == (3, 600, 1800)
    trainer.resume(Goal.MINI_BATCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    assert trainer.progress.images == 610
    trainer.close()


def test_runs_of_another_sitting_are_taken_up_once_and_under_numbers_of_their_own(qapp: QApplication) -> None:
    def run(number: int, seed: int) -> Run:
        return Run(number, Recipe(seed=seed), "bars", points=[Point(0.0, seed / 10, 1.0, 0.1, 1.0, True)])

    trainer = Trainer()
    trainer.take_up([run(2, 1), run(5, 2)])
    assert [run.number for run in trainer.runs] == [2, 5]
    trainer.take_up([run(5, 2), run(2, 3), run(9, 4)])  # the first is here already
    assert [(run.number, run.recipe.seed) for run in trainer.runs] == [(2, 1), (5, 2), (6, 3), (9, 4)]
    trainer.start(RECIPE, digits(), goal=Goal.MINI_BATCH)
    trainer.clear()
    assert len(trainer.runs) == 5  # one is under way
    trainer.close()
    assert trainer.run is not None
    assert trainer.run.number == 10


def test_a_run_that_went_further_elsewhere_is_another_than_one_that_learns_here(
    qapp: QApplication, qtbot: QtBot
) -> None:
    trainer = Trainer()
    trainer.start(RECIPE, digits(), goal=Goal.EPOCH)
    qtbot.waitUntil(lambda: trainer.state is State.PAUSED)
    run = trainer.run
    assert run is not None
    further = replace(run, points=[*run.points, Point(2.0, 0.9, 0.1, 0.9, 0.1, True)], at=2.0)
    assert trainer.take_up([further]) == {1: 2}
    assert trainer.runs == [run, further]
    assert run.epochs == 1
    trainer.close()


def test_all_runs_are_forgotten_when_none_is_under_way(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    tab.trainer.clear()
    assert (tab.trainer.runs, tab.trainer.run) == ([], None)
    assert tab.runs.model().rowCount() == 0
    run = train(qtbot, tab)
    assert run.number == 1  # they are counted anew
