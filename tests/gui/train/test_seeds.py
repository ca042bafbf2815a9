"""The same settings with several seeds: a series of runs, one band, one chip."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment import Experiment
from digitpad.train.repeats import repeats
from digitpad.train.runs import Mark, Run
from tests.gui import hands
from tests.gui.training import LONG, RECIPE, begin, chip, curves, do, press, press_in, train, wait

SHORT = replace(RECIPE, epochs=2)


def wait_for_series(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the series is over."""
    qtbot.waitUntil(lambda: not window.session.series.active)


def five(qtbot: QtBot, tab: TrainTab, window: MainWindow) -> list[Run]:
    """Train with one seed, and again with five; return the runs."""
    train(qtbot, tab, SHORT)
    do(tab, "again_with_seeds")
    wait_for_series(qtbot, window)
    return tab.trainer.runs


def test_again_with_five_seeds_gives_a_band_and_one_chip(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    runs = five(qtbot, tab, window)
    assert [run.recipe.seed for run in runs] == [0, 1, 2, 3, 4]
    assert {replace(run.recipe, seed=0) for run in runs} == {SHORT}
    (group,) = repeats(runs)
    assert str(group.best) in window.toast.sentence
    assert tab.runs.model().rowCount() == 1
    assert chip(tab, 0).data() == "5 × 784-20-10"
    assert chip(tab, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"5 × 784-20-10, {group.best}"
    assert "seed 3" in chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)
    (mean,) = curves(tab)  # one line for all of them
    epochs, accuracies = mean.getData()
    wanted = [np.mean([100 * point.accuracy for run in runs if (point := run.exact(e))]) for e in epochs]
    assert list(epochs) == [0, 1, 2]
    np.testing.assert_allclose(accuracies, wanted)
    assert any("5 seeds" in entry.words for entry in tab.plots.legend.entries)
    box = tab.plots.accuracy.getViewBox()
    hands.hover(tab.plots.viewport(), QPointF(tab.plots.mapFromScene(box.mapViewToScene(QPoint(2, 75)))))
    after = group.after(2)
    assert after is not None
    told = tab.plots.pointed.readout.toPlainText()
    assert "5 seeds" in told
    assert f"({100 * after.least:.2f} to {100 * after.greatest:.2f})" in told


def test_a_member_of_a_series_is_the_run_that_it_would_be_by_itself(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    runs = list(five(qtbot, tab, window))
    alone = train(qtbot, tab, replace(SHORT, seed=3))
    assert alone.points == runs[3].points


def test_once_there_are_five_nothing_is_left_to_train(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    five(qtbot, tab, window)
    do(tab, "again_with_seeds")
    assert tab.trainer.state is State.IDLE
    assert len(tab.trainer.runs) == 5
    assert "already" in window.status.report.text()


def test_single_runs_can_be_looked_at_and_are_folded_again(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    runs = five(qtbot, tab, window)
    do(tab, "fold_runs")
    assert tab.runs.model().rowCount() == 5
    assert len(curves(tab)) == 10
    tab.runs.select(runs[1])
    assert window.session.shown.run is runs[1]
    do(tab, "fold_runs")
    assert tab.runs.model().rowCount() == 1
    assert tab.runs.current is runs[1]  # what the one chip stands for
    tab.runs.select(runs[2])
    assert window.session.shown.run is runs[2]
    assert len(curves(tab)) == 1


def test_a_folded_chip_hides_renames_and_deletes_all_of_them_and_undo_brings_them_back(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    runs = list(five(qtbot, tab, window))
    do(tab, "hide_run")
    assert curves(tab) == []
    do(tab, "hide_run")
    assert len(curves(tab)) == 1
    tab.runs.model().setData(chip(tab, 0), "mine")
    assert {run.name for run in runs} == {"mine"}
    assert chip(tab, 0).data() == "5 × mine"
    do(tab, "delete_run")
    assert tab.trainer.runs == []
    assert window.toast.sentence == "5 runs were deleted."
    assert window.session.series.runs == []  # or it would hold their weights until the next series begins
    press_in(window, "said_action")
    assert tab.trainer.runs == runs
    assert window.toast.sentence == "5 runs are back."
    assert tab.runs.model().rowCount() == 1


def test_a_series_begins_with_the_run_under_way_and_says_where_it_is(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    tab.form.show_recipe(replace(SHORT, epochs=5))
    press(tab, "start")
    wait(qtbot, tab, State.LEARNING)
    do(tab, "again_with_seeds")
    series = window.session.series
    assert series.total == 5
    words: list[str] = []
    tab.trainer.advanced.connect(lambda: words.append(window.status.training.words.text()))
    chips: list[str] = []
    tab.trainer.advanced.connect(lambda: chips.extend(chip(tab, i).data() for i in range(tab.runs.runs.rowCount())))
    wait_for_series(qtbot, window)
    assert "3 × 784-20-10" in chips  # which are of several seeds, beside the run that learns
    assert any(text.startswith("Run 2 of 5, epoch") for text in words)
    assert [run.recipe.seed for run in tab.trainer.runs] == [0, 1, 2, 3, 4]


def test_pause_holds_a_series_and_resume_goes_on_with_it(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(SHORT, epochs=10))
    do(tab, "again_with_seeds")
    wait(qtbot, tab, State.LEARNING)
    press(tab, "start")
    wait(qtbot, tab, State.PAUSED)
    assert window.session.series.active
    assert len(tab.trainer.runs) == 2
    press(tab, "start")
    wait_for_series(qtbot, window)
    assert len(repeats(tab.trainer.runs)[0].runs) == 5


def test_stop_ends_a_series_and_again_trains_what_is_missing(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab, replace(LONG, epochs=40))
    do(tab, "again_with_seeds")
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert not window.session.series.active
    assert len(tab.trainer.runs) == 1
    assert tab.commands.start.text() == "Start"
    tab.form.show_recipe(SHORT)
    run = train(qtbot, tab, SHORT)
    assert run.recipe.seed == 0
    do(tab, "again_with_seeds")
    qtbot.waitUntil(lambda: len(tab.trainer.runs) == 4)
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    do(tab, "again_with_seeds")
    wait_for_series(qtbot, window)
    assert {run.recipe.seed for run in repeats(tab.trainer.runs)[0].runs} == {0, 1, 2, 3, 4}


def test_a_run_that_fails_does_not_hold_up_the_others(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(qtbot, tab, SHORT)
    events = Experiment.events

    def fails(experiment: Experiment) -> object:
        return 1 / 0 if experiment.recipe.seed == 2 else events(experiment)

    monkeypatch.setattr(Experiment, "events", fails)
    with qtbot.capture_exceptions() as exceptions:
        do(tab, "again_with_seeds")
        wait_for_series(qtbot, window)
    assert [kind for kind, *_ in exceptions] == [ZeroDivisionError]
    assert [run.recipe.seed for run in repeats(tab.trainer.runs)[0].runs] == [0, 1, 3, 4]


def test_who_looks_at_another_run_goes_on_looking_at_it(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    other = train(qtbot, tab, replace(SHORT, hidden=()))
    train(qtbot, tab, SHORT)
    do(tab, "again_with_seeds")
    wait(qtbot, tab, State.LEARNING)
    tab.runs.select(other)
    wait_for_series(qtbot, window)
    assert tab.runs.current is other


def test_a_window_that_closes_begins_no_more_runs(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    train(qtbot, tab, SHORT)
    do(tab, "again_with_seeds")
    wait(qtbot, tab, State.LEARNING)
    window.close()
    qtbot.waitUntil(lambda: not window.session.series.active)
    assert not tab.trainer.working
    assert len(tab.trainer.runs) <= 3


def keep_a_three(window: MainWindow, qtbot: QtBot) -> None:
    """Draw a three, and keep it among the person's own digits."""
    kept = window.session.drawings.total
    window.tabs.setCurrentIndex(0)
    draw(window.draw.canvas, [THREE])
    window.draw.keep[3].trigger()
    qtbot.waitUntil(lambda: window.session.drawings.total == kept + 1)
    window.tabs.setCurrentIndex(1)


def test_own_digits_that_are_kept_meanwhile_are_not_learned_from_by_the_rest_of_a_series(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    keep_a_three(window, qtbot)
    recipe = replace(SHORT, own=True)
    train(qtbot, tab, recipe)
    do(tab, "again_with_seeds")
    qtbot.waitUntil(lambda: len(tab.trainer.runs) > 1 and tab.trainer.runs[1].material is not None)
    keep_a_three(window, qtbot)
    wait_for_series(qtbot, window)
    assert [run.material and run.material.own for run in tab.trainer.runs] == [1] * 5
    assert len(repeats(tab.trainer.runs)[0].runs) == 5
    assert "and 1 own drawing that differ" in chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_runs_of_own_digits_that_have_changed_are_no_group_and_one_that_goes_on_is_marked(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    keep_a_three(window, qtbot)
    first = train(qtbot, tab, replace(SHORT, own=True))
    for seed in (1, 2):
        keep_a_three(window, qtbot)
        train(qtbot, tab, replace(SHORT, own=True, seed=seed))
    assert [run.material and run.material.own for run in tab.trainer.runs] == [1, 2, 3]
    assert repeats(tab.trainer.runs) == []
    tab.runs.select(first)
    do(tab, "continue")
    wait(qtbot, tab, State.LEARNING)
    wait(qtbot, tab, State.IDLE)
    assert first.epochs == 4
    assert first.marks == [Mark(2.0, "other images")]
