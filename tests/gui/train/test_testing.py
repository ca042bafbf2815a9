"""Validation digits choose the epoch; the test set tells how good it is."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.groups import Spread
from digitpad.train.repeats import repeats
from digitpad.train.runs import Run
from digitpad.train.settings import VALIDATION
from tests.digits import folder as make_folder
from tests.gui.training import LONG, RECIPE, begin, chip, do, press, press_in, train, wait

VALIDATED = replace(RECIPE, held_out=VALIDATION, epochs=4)


def right_on_the_test_set(tab: TrainTab, epochs: float) -> str:
    assert tab.digits
    test = tab.digits.test
    correct = tab.trainer.runs[0].networks[epochs].evaluate(test.images, test.labels)
    return f"{100 * correct / len(test):.2f} %"


def test_at_its_end_the_chosen_epoch_reads_the_test_set(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    tab.form.show_recipe(VALIDATED)
    press(tab, "start")
    wait(qtbot, tab, State.IDLE)
    run = tab.trainer.runs[0]
    qtbot.waitUntil(lambda: run.tested is not None)
    chosen = run.chosen
    assert chosen is not None
    assert run.tested is not None
    assert run.tested.epochs == chosen.epochs
    assert run.recipe.train_on == 500  # of 600: one in six is set aside
    right = right_on_the_test_set(tab, chosen.epochs)
    told = f"{right} on the test set, of epoch {chosen.epochs:g}, chosen on validation digits"
    qtbot.waitUntil(lambda: window.toast.sentence.startswith(f"Run #1 has ended: {told}"))
    assert told in chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert not tab.testing.test.isEnabled()  # once
    validated = f"{100 * chosen.accuracy:.2f} %"
    assert tab.runs.runs.state(run) == f"{validated} val."
    assert chip(tab, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(f"{validated} of the validation digits")
    press_in(window, "said_action")
    assert window.session.model.network is run.networks[chosen.epochs]


def test_the_lines_and_the_button_say_what_they_are_of(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    assert tab.plots.legend.entries[0].words == "test digits"
    assert "optimistic" in tab.look_bar.best.toolTip()
    assert tab.look_bar.accuracy.toolTip() == "of 200 test digits"
    assert not tab.testing.test.isEnabled()
    train(qtbot, tab, VALIDATED)
    assert tab.plots.legend.entries[0].words == "test or validation digits"
    press(tab, "show_this_run")
    assert tab.plots.legend.entries[0].words == "validation digits"
    assert "optimistic" not in tab.look_bar.best.toolTip()
    qtbot.waitUntil(lambda: tab.look_bar.accuracy.toolTip() == "of 100 validation digits")


def test_of_a_run_that_was_stopped_it_is_read_on_a_press(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    run = begin(qtbot, tab, replace(LONG, held_out=VALIDATION))
    qtbot.waitUntil(lambda: run.chosen is not None)
    assert not tab.testing.test.isEnabled()  # it is still learning
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert run.tested is None
    assert tab.testing.test.isEnabled()
    tab.testing.test.trigger()
    qtbot.waitUntil(lambda: run.tested is not None)
    assert run.tested is not None
    qtbot.waitUntil(lambda: window.toast.sentence.startswith("Run #1: "))
    assert right_on_the_test_set(tab, run.tested.epochs) in window.toast.sentence
    assert not tab.testing.test.isEnabled()


def test_that_of_other_digits_by_the_same_name_is_not_read(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    run = begin(qtbot, tab, replace(LONG, held_out=VALIDATION))
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert tab.testing.test.isEnabled()
    with qtbot.waitSignal(window.digits.opened):
        window.digits.open(make_folder(tmp_path / run.data, training=700))
    assert tab.digits
    assert tab.digits.name == run.data
    assert not tab.testing.test.isEnabled()


def test_at_the_end_of_a_series_the_chosen_epoch_of_each_run_reads_it(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    train(qtbot, tab, VALIDATED)
    do(tab, "again_with_seeds")
    qtbot.waitUntil(lambda: window.toast.sentence.startswith("The series has ended"))
    runs = tab.trainer.runs
    said = [run.tested.accuracy for run in runs if run.tested and run.chosen and run.tested.epochs == run.chosen.epochs]
    assert len(said) == 5
    (group,) = repeats(runs)
    told = f"{Spread(tuple(said))} on the test set, each of the epoch chosen on validation digits"
    assert group.tested == Spread(tuple(said))
    assert window.toast.sentence.startswith(f"The series has ended: {told}")
    assert told in chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_a_picture_says_which_figures_are_of_validation_digits(tab: TrainTab, qtbot: QtBot, tmp_path: Path) -> None:
    train(qtbot, tab)
    validated = train(qtbot, tab, VALIDATED)
    with qtbot.waitSignal(tab.exports.reported):
        tab.exports.write_plot(tmp_path / "plot.svg")
    assert validated.best is not None
    svg = (tmp_path / "plot.svg").read_text()
    assert f"{100 * validated.best.accuracy:.2f} % of the validation digits" in svg
    assert svg.count("% of the validation digits") == 1


def test_a_run_of_more_digits_than_there_are_by_that_name_now_can_be_looked_at(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    first = train(qtbot, tab, VALIDATED)
    digits = tab.digits
    assert digits
    assert first.latest
    recipe = replace(VALIDATED, train_on=len(digits.training), seed=1)
    run = tab.trainer.add(Run(2, recipe, first.data, points=first.points[:], kind=first.kind, latest=first.latest))
    tab.runs.select(run)
    assert tab.runs.current is run
    assert not tab.testing.test.isEnabled()
    tab.commands.go_on.trigger()
    assert any("choose these digits again" in sentence for sentence in window.toast.sentences)
