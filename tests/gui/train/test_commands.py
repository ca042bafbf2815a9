"""Start, pause, step, stop, continue, restart, and what waits for the digits."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.download import Download
from digitpad.errors import DataError
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.faults import LOG, Faults
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment import Experiment
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.settings import VALIDATION
from tests.digits import folder as make_folder
from tests.gui.training import LONG, RECIPE, begin, do, press, train, wait


def test_pause_holds_step_adds_one_and_resume_goes_on(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    assert tab.commands.start.text() == "Pause"
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    assert tab.commands.start.text() == "Resume"
    experiment = tab.trainer.experiment
    assert experiment is not None
    assert experiment.progress is not None
    points, images = len(run.points), experiment.epochs
    assert not tab.trainer.working  # and nothing comes from nowhere
    QApplication.processEvents()
    assert (len(run.points), experiment.epochs) == (points, images)
    press(tab, "step")  # takes the measurement, too, that may have been due when it was paused
    assert not tab.commands.step.isEnabled()
    wait(qtbot, tab, State.PAUSED)
    points, progress = len(run.points), experiment.progress
    press(tab, "step")
    wait(qtbot, tab, State.PAUSED)
    assert len(run.points) == points + 1
    assert (experiment.progress.epoch - progress.epoch) * 60 + experiment.progress.mini_batch - progress.mini_batch == 1
    press(tab, "epoch")
    wait(qtbot, tab, State.PAUSED)
    assert run.points[-1].exact
    assert run.epochs == int(run.epochs)
    press(tab, "start")
    epochs = run.epochs
    qtbot.waitUntil(lambda: run.epochs > epochs + 1)
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_step_begins_a_run_that_waits(tab: TrainTab, qtbot: QtBot) -> None:
    press(tab, "step")
    wait(qtbot, tab, State.PAUSED)
    assert tab.trainer.run is not None
    assert [point.epochs for point in tab.trainer.run.points] == [0, 10 / 600]
    press(tab, "stop")
    assert tab.trainer.state is State.IDLE


def test_stop_then_continue_adds_epochs_to_the_same_run(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    do(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert len(tab.trainer.runs) == 1
    assert run.epochs == 6
    straight = train(qtbot, tab, replace(RECIPE, epochs=6))
    assert [p for p in straight.points if p.exact] == [p for p in run.points if p.exact]


def test_an_earlier_run_can_be_continued_too(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, hidden=(5,)))
    tab.runs.select(first)
    assert tab.runs.current is first
    do(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert first.epochs == 6
    assert first.networks[3].sizes == (784, 20, 10)


def test_an_earlier_run_goes_on_with_no_other_digits_than_it_learned_from(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, hidden=(5,)))
    window.digits.open(make_folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    tab.runs.select(first)
    do(tab, "continue")
    assert tab.trainer.state is State.IDLE
    assert window.toast.sentence == (f"Run #1 learned from {first.data}: to go on with it, choose these digits again.")
    assert first.epochs == 3


def test_restart_gives_the_same_curve_to_the_bit(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    tab.form.show_recipe(replace(RECIPE, eta=0.1))  # what the form says now does not matter
    do(tab, "restart")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    second = tab.trainer.run
    assert second is not None
    assert second is not first
    assert second.points == first.points
    np.testing.assert_array_equal(second.networks[0].parameters, first.networks[0].parameters)


@pytest.mark.parametrize(
    "recipe",
    [LONG, replace(LONG, mini_batch_size=0), replace(LONG, hidden=(1000, 1000)), replace(LONG, deform=True),
     replace(LONG, mini_batch_size=1)],
    ids=["mini-batches", "all at once", "a large network", "deformed", "online"],
)  # fmt: skip
def test_stop_answers_within_100_ms(tab: TrainTab, qtbot: QtBot, recipe: Recipe) -> None:
    took = []
    for _ in range(5):  # the quickest counts: what else the machine does is not the program's
        tab.form.show_recipe(recipe)
        press(tab, "start")
        qtbot.waitUntil(lambda: tab.trainer.progress is not None)
        started = time.perf_counter()
        with qtbot.waitSignal(tab.trainer.state_changed):
            press(tab, "stop")
        took.append(time.perf_counter() - started)
        assert tab.trainer.state is State.IDLE
    assert min(took) < 0.1


def test_stop_while_the_network_is_still_being_made(tab: TrainTab, qtbot: QtBot) -> None:
    press(tab, "start")
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert tab.commands.start.isEnabled()


@pytest.mark.parametrize("mistake", [ZeroDivisionError("division by zero"), SystemExit("panicked")])
def test_a_mistake_in_the_thread_is_told_and_reported_and_the_buttons_work_again(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], mistake: BaseException,
) -> None:  # fmt: skip
    def fail(_: Experiment) -> None:
        raise mistake

    faults = Faults(tmp_path)
    with monkeypatch.context() as patch, faults.listening():
        patch.setattr(Experiment, "events", fail)
        press(tab, "start")
        wait(qtbot, tab, State.IDLE)
    assert str(mistake) in window.toast.sentence
    where = f"{type(mistake).__name__}: {mistake}"
    assert where in capsys.readouterr().err
    assert where in (tmp_path / LOG).read_text(encoding="utf-8")
    assert [where in fault.trace for fault in faults.faults] == [True]
    assert tab.commands.start.isEnabled()
    assert train(qtbot, tab).epochs == 3


def test_no_more_images_are_learned_than_there_are(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab, replace(RECIPE, train_on=50_000, epochs=1))
    assert run.recipe.train_on == 600
    assert tab.trainer.progress is not None
    assert tab.trainer.progress.progress.n == 600


def test_nothing_left_to_measure_on_is_one_sentence(tab: TrainTab, window: MainWindow) -> None:
    digits = window.digits.current
    assert digits is not None
    window.digits.current = replace(digits, training=digits.training[:5])
    tab.form.show_recipe(replace(RECIPE, held_out=VALIDATION))
    press(tab, "start")
    assert "leaves no validation digits" in window.toast.sentence
    assert tab.trainer.state is State.IDLE


def test_without_mnist_it_learns_from_the_built_in_digits_at_first_press(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST")
    sets = DigitSets(Preferences(), window)
    lonely = TrainTab(window.session, sets)
    qtbot.addWidget(lonely)
    lonely.form.show_recipe(replace(PRESETS[0].recipe, epochs=3))
    lonely.commands.start.trigger()
    assert lonely.digits is None  # they are being loaded; the press is not lost
    qtbot.waitUntil(lambda: lonely.trainer.state is State.LEARNING)
    assert lonely.form.digits.currentText() == "Built-in digits, 10,000"
    assert "get MNIST" in lonely.panel.message.text()
    with qtbot.waitSignal(sets.fetching_changed):
        monkeypatch.setattr(Download, "run", lambda *_: (_ for _ in ()).throw(DataError("No mirror answers.")))
        lonely.panel.message.linkActivated.emit("get")
    qtbot.waitUntil(lambda: not sets.fetching)
    qtbot.waitUntil(lambda: lonely.trainer.state is State.IDLE)
    run = lonely.trainer.runs[0]
    assert run.recipe.train_on == 10_000
    assert run.data == "Built-in digits"
    assert run.points[-1].accuracy > 0.75
    assert not lonely.plots.book_line.isVisible()  # the book speaks of MNIST
    lonely.close_down()
    sets.close_down()


def test_start_pressed_too_early_waits_for_the_digits(window: MainWindow, qtbot: QtBot) -> None:
    sets = DigitSets(Preferences(), window)
    early = TrainTab(window.session, sets)
    qtbot.addWidget(early)
    early.form.show_recipe(RECIPE)
    early.commands.start.trigger()
    assert early.digits is None
    qtbot.waitUntil(lambda: early.trainer.state is State.LEARNING)
    qtbot.waitUntil(lambda: early.trainer.state is State.IDLE)
    early.close_down()
    sets.close_down()


@pytest.mark.parametrize("name", ["start", "restart", "continue"])
def test_what_is_begun_while_a_chosen_set_loads_waits_for_it(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    run = train(qtbot, tab)
    window.digits.open(make_folder(tmp_path / "others", training=300))
    assert tab.form.digits.currentText() == "Loading…"
    (press if name == "start" else do)(tab, name)
    assert tab.trainer.state is State.IDLE
    assert tab.commands.stop.isEnabled()
    window.digits.failed.emit("Something else went wrong.")  # no reason to forget it
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    wait(qtbot, tab, State.IDLE)
    if name == "continue":
        assert tab.trainer.runs == [run]
        assert run.epochs == 6
    else:
        assert [one.data for one in tab.trainer.runs] == [run.data, "others"]
        assert tab.trainer.runs[1].recipe.train_on == 300


@pytest.mark.parametrize("name", ["restart", "continue", "again_with_seeds"])
def test_what_waits_is_of_the_run_it_was_asked_for(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    first = train(qtbot, tab)
    second = train(qtbot, tab, replace(RECIPE, eta=0.5))
    window.session.shown.show(first)
    said: list[str] = []
    tab.trainer.failed.connect(said.append)
    window.digits.open(make_folder(tmp_path / "others", training=300))
    do(tab, name)
    window.session.shown.show(second)
    runs, series = tab.trainer.runs, window.session.series
    qtbot.waitUntil(lambda: bool(said) or len(runs) > 2)
    qtbot.waitUntil(lambda: tab.trainer.state is State.IDLE and not series.active)
    assert second.epochs == 3
    if name == "continue":
        assert said[0].startswith("Run #1 learned from ")  # which are not at hand any more
    else:
        assert {run.recipe.eta for run in runs[2:]} == {first.recipe.eta}


@pytest.mark.parametrize("name", ["restart", "continue", "again_with_seeds"])
def test_what_waits_is_forgotten_with_the_run_that_it_is_of(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    train(qtbot, tab)
    window.digits.open(make_folder(tmp_path / "others", training=300))
    do(tab, name)
    assert tab.commands.stop.isEnabled()
    do(tab, "delete_run")
    assert not tab.commands.stop.isEnabled()
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert tab.trainer.state is State.IDLE
    assert not tab.trainer.runs


@pytest.mark.parametrize("name", ["start", "step"])
def test_who_goes_on_with_a_paused_run_does_not_restart_it_any_more(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    run = begin(qtbot, tab)
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    window.digits.open(make_folder(tmp_path / "others", training=300))
    do(tab, "restart")
    assert tab.commands.waiting
    press(tab, name)
    assert not tab.commands.waiting
    state = State.LEARNING if name == "start" else State.PAUSED
    wait(qtbot, tab, state)
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert tab.trainer.runs == [run]
    assert tab.trainer.state is state
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_seeds_that_wait_for_the_digits_of_a_paused_run_follow_it_when_it_goes_on(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    its_own = make_folder(tmp_path / "own", training=300)
    window.digits.open(its_own)
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "own")
    run = begin(qtbot, tab)
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    with qtbot.waitSignal(window.digits.changed):
        window.digits.open(make_folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: window.digits.loading is None)
    window.digits.open(its_own)
    do(tab, "again_with_seeds")
    assert tab.commands.waiting
    press(tab, "step")
    qtbot.waitUntil(lambda: window.session.series.active)
    assert window.session.series.runs == [run]
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_a_paused_run_and_its_series_go_on_where_there_are_too_few_digits_to_restart_it(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    begin(qtbot, tab, replace(LONG, held_out=VALIDATION, train_on=500))
    do(tab, "again_with_seeds")
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    window.digits.open(make_folder(tmp_path / "few", training=5))
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "few")
    do(tab, "restart")
    assert "leaves no validation digits" in window.toast.sentence
    assert tab.trainer.state is State.PAUSED
    assert window.session.series.active
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)


def test_a_start_that_waits_begins_the_recipe_it_was_pressed_for(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    eta = tab.form.recipe.eta if tab.form.recipe else 0.0
    window.digits.open(make_folder(tmp_path / "others", training=300))
    press(tab, "start")
    tab.form.show_recipe(Recipe(eta=eta / 2))
    qtbot.waitUntil(lambda: bool(tab.trainer.runs))
    wait(qtbot, tab, State.IDLE)
    assert tab.trainer.runs[0].recipe.eta == eta


def test_a_start_is_forgotten_when_the_set_it_waits_for_fails(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.digits.failed):
        window.digits.open(tmp_path)
        press(tab, "start")
    qtbot.waitUntil(lambda: window.digits.loading is None)
    assert not tab.commands.stop.isEnabled()
    window.digits.open(make_folder(tmp_path / "others", training=300))
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert tab.trainer.state is State.IDLE
    assert not tab.trainer.runs


def test_a_start_waits_for_the_set_chosen_last_though_another_fails(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    others = make_folder(tmp_path / "others", training=300)
    with qtbot.waitSignal(window.digits.failed):
        window.digits.open(tmp_path / "missing")
        do(tab, "start")  # which lets no event through: the first set has not failed yet
        window.digits.open(others)
    qtbot.waitUntil(lambda: bool(tab.trainer.runs))
    assert tab.trainer.runs[0].data == "others"
    wait(qtbot, tab, State.IDLE)


def test_a_start_that_waits_can_be_stopped(tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.digits.open(make_folder(tmp_path / "others", training=300))
    press(tab, "start")
    press(tab, "stop")
    assert not tab.commands.stop.isEnabled()
    qtbot.waitUntil(lambda: tab.digits is not None and tab.digits.name == "others")
    assert not tab.trainer.runs


def test_stopping_in_the_middle_keeps_the_network_as_it_is(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    experiment = tab.trainer.experiment
    assert experiment is not None
    press(tab, "use")
    np.testing.assert_array_equal(window.session.model.network.parameters, experiment.network.parameters)
    assert run.at == experiment.epochs
    press(tab, "stop")
    seen = experiment.epochs
    do(tab, "continue")
    assert tab.trainer.experiment is experiment  # with its momentum and its order of images
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert experiment.epochs >= seen
