"""A sweep of the learning rate: one press, points that come in, one of them chosen."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.sweep_dialog import SweepDialog
from digitpad.gui.train.sweep_graph import SweepGraph
from digitpad.gui.train.sweep_words import at_eta, what_it_shows
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.recipe import Recipe
from digitpad.train.sweep import EPOCHS, Reached, Swept
from tests import digits
from tests.gui import hands
from tests.gui.looks import choose_colours, choose_text
from tests.gui.test_painted_text import Words
from tests.gui.training import LONG, RECIPE, begin, do, field, press, train, type_into, wait

ETAS = [0.03, 0.09, 0.3, 0.9, 3.0, 9.0, 30.0, 90.0, 300.0]
ENDLESS = replace(RECIPE, hidden=(2000, 2000), mini_batch_size=1)  # as far as a test waits


def sweep(tab: TrainTab, recipe: Recipe = RECIPE) -> SweepDialog:
    """Press the button beside eta; return the dialog."""
    tab.form.show_recipe(recipe)
    tab.form.open_only(frozenset({"Learning"}))
    press(tab, "sweep_eta_button")
    dialog = tab.window().findChild(SweepDialog)
    assert dialog is not None
    return dialog


def swept(qtbot: QtBot, tab: TrainTab, recipe: Recipe = RECIPE) -> SweepDialog:
    dialog = sweep(tab, recipe)
    qtbot.waitUntil(lambda: dialog.over)
    return dialog


def button(dialog: SweepDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def click(dialog: SweepDialog, eta: float) -> None:
    place = dialog.graph.place_of(eta)
    QTest.mouseClick(dialog.graph, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_one_press_trains_at_nine_rates_and_says_what_they_show(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = swept(qtbot, tab)
    assert list(dialog.swept.accuracies) == ETAS
    assert {len(found) for found in dialog.swept.accuracies.values()} == {EPOCHS + 1}
    best = dialog.swept.best
    assert best is not None
    words = dialog.words.text()
    assert f"Best of these by the validation digits: η = {best:g}, with {100 * dialog.swept.last[best]:.1f} %" in words
    assert "Too small, it creeps: with 0.03 " in words
    assert f"it comes to {100 * dialog.swept.last[300.0]:.1f} %" in words
    assert "chapter 1" in words
    assert "chapter 3" in words
    assert "100 validation digits" in dialog.what.text()
    assert f"300: {100 * dialog.swept.last[300.0]:.1f} %" in dialog.graph.accessibleDescription()
    dialog.close()


def test_a_click_on_a_point_has_its_eta_in_the_form_and_says_so(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    recipe = replace(RECIPE, seed=7, l2=0.001)
    dialog = swept(qtbot, tab, recipe)
    click(dialog, 0.9)
    assert field(tab, "eta").text() == "0.9"
    assert dialog.said.text() == "η = 0.9 stands in the form now."
    assert tab.form.recipe == replace(recipe, eta=0.9)  # and nothing else is changed
    click(dialog, 90.0)
    assert tab.form.recipe == replace(recipe, eta=90)
    dialog.close()
    assert tab.form.recipe == replace(recipe, eta=90)
    assert tab.trainer.runs == []


def test_by_keys_a_point_is_marked_and_chosen(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = swept(qtbot, tab)
    assert dialog.graph.hasFocus()
    QTest.keyClick(dialog.graph, Qt.Key.Key_Left)
    accuracies = ", ".join(f"{100 * (one or 0):.1f} %" for one in dialog.swept.accuracies[0.9][1:])
    assert dialog.marked.text() == f"η = 0.9: {accuracies} after 1, 2, 3 epochs"
    assert dialog.graph.accessibleDescription().endswith("Marked: 0.9")
    assert field(tab, "eta").text() == "3"
    QTest.keyClick(dialog.graph, Qt.Key.Key_Return)
    assert field(tab, "eta").text() == "0.9"
    assert dialog.isVisible()  # Return chose, and closed nothing
    for key, eta in ((Qt.Key.Key_Home, "0.03"), (Qt.Key.Key_Left, "0.03"), (Qt.Key.Key_Right, "0.09")):
        QTest.keyClick(dialog.graph, key)
        QTest.keyClick(dialog.graph, Qt.Key.Key_Space)
        assert field(tab, "eta").text() == eta
    QTest.keyClick(dialog.graph, Qt.Key.Key_End)
    QTest.keyClick(dialog.graph, Qt.Key.Key_Enter)
    assert field(tab, "eta").text() == "300"
    QTest.keyClick(dialog.graph, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_mouse_marks_what_it_is_over(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = swept(qtbot, tab)
    hands.hover(dialog.graph, QPointF(dialog.graph.place_of(30.0)))
    assert dialog.marked.text().startswith("η = 30: ")
    assert field(tab, "eta").text() == "3"
    dialog.close()


def test_use_the_best(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = swept(qtbot, tab, replace(RECIPE, eta=30.0))
    assert dialog.swept.best not in (None, 30.0)
    QTest.mouseClick(button(dialog, "use_best_eta"), Qt.MouseButton.LeftButton)
    recipe = tab.form.recipe
    assert recipe is not None
    assert recipe.eta == dialog.swept.best
    QTest.mouseClick(button(dialog, "stop_sweep"), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_points_come_in_while_others_learn_and_can_be_chosen(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = sweep(tab, replace(LONG, hidden=(400,), mini_batch_size=1))  # one after another
    qtbot.waitUntil(lambda: len(dialog.swept.accuracies[0.03]) > 1)
    assert not dialog.over
    click(dialog, 0.03)
    assert field(tab, "eta").text() == "0.03"
    click(dialog, 300.0)
    assert dialog.said.text() == "η = 300 has no epoch behind it yet; the form is as it was."
    assert field(tab, "eta").text() == "0.03"
    dialog.close()


def test_stop_keeps_what_is_there(tab: TrainTab, qtbot: QtBot) -> None:
    dialog = sweep(tab, ENDLESS)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    QTest.mouseClick(button(dialog, "stop_sweep"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.over)
    assert dialog.words.text() == "It was stopped before an epoch was over."
    assert button(dialog, "stop_sweep").text() == "Close"
    assert not button(dialog, "use_best_eta").isEnabled()
    assert tab.trainer.runs == []
    dialog.close()
    assert tab.form.recipe == ENDLESS


def test_one_alone_is_not_called_the_best() -> None:
    found = Swept([0.1, 1.0])
    for epochs, eta in ((0, 0.1), (0, 1.0), (1, 0.1)):
        found.add(Reached(eta, epochs, 0.8))
    first, *others = what_it_shows(found)
    assert first == "Only η = 0.1 came to 1 epoch, with 80.0 %: there is nothing to compare it with."
    assert not others
    assert at_eta(found, 1.0) == "η = 1: none of its epochs is over"


def test_no_eta_is_advised_that_is_not_allowed() -> None:
    for largest, advice in ((100.0, "an η below 1 or above 100."), (1000.0, "an η below 1.")):
        found = Swept([1.0, largest])
        for epochs in (0, 1):
            for eta in (1.0, largest):
                found.add(Reached(eta, epochs, 0.1))
        assert what_it_shows(found)[0].endswith(advice)


def test_weights_that_are_no_numbers_are_read_out_as_that(qtbot: QtBot) -> None:
    found = Swept([0.1, 1.0])
    for epochs, eta, accuracy in ((0, 0.1, 0.1), (0, 1.0, 0.1), (1, 0.1, 0.8), (1, 1.0, None)):
        found.add(Reached(eta, epochs, accuracy))
    graph = SweepGraph(found, 0.1)
    qtbot.addWidget(graph)
    assert graph.accessibleDescription() == "After 1 epoch: 0.1: 80.0 %; 1: no numbers. Marked: 0.1"


@pytest.mark.parametrize("end", ["dialog", "window"])
def test_closing_midway_leaves_nothing_alive(tab: TrainTab, window: MainWindow, qtbot: QtBot, end: str) -> None:
    dialog = sweep(tab, ENDLESS)
    qtbot.waitUntil(lambda: dialog.bar.value() > 0)
    if end == "dialog":
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        window.close()
    assert not dialog.isVisible()


def test_a_sweep_disturbs_no_run_and_goes_on_around_what_was_chosen(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    run = train(qtbot, tab)
    points, seen = list(run.points), tab.runs.current
    dialog = swept(qtbot, tab)
    click(dialog, 0.3)
    dialog.close()
    assert tab.trainer.runs == [run]
    assert run.points == points
    assert tab.runs.current is seen
    qtbot.waitUntil(lambda: window.findChild(SweepDialog) is None)
    do(tab, "sweep_eta")
    again = window.findChild(SweepDialog)
    assert again is not None
    assert list(again.swept.accuracies)[4] == 0.3
    again.close()


def test_it_waits_for_runs_and_for_settings_that_can_be(tab: TrainTab, qtbot: QtBot) -> None:
    action = tab.findChild(QAction, "sweep_eta")
    beside = tab.findChild(QToolButton, "sweep_eta_button")
    assert action is not None
    assert beside is not None
    assert action.isEnabled()
    assert beside.isEnabled()
    type_into(tab, "eta", "0")
    assert not action.isEnabled()
    assert not beside.isEnabled()
    begin(qtbot, tab)
    assert not action.isEnabled()
    press(tab, "stop")
    wait(qtbot, tab, State.IDLE)
    assert action.isEnabled()


def test_an_experiment_that_hides_eta_is_not_swept(tab: TrainTab) -> None:
    action = tab.findChild(QAction, "sweep_eta")
    assert action is not None
    tab.opened.show(replace(tab.opened.experiment, hidden=frozenset({"eta"})))
    assert not action.isEnabled()
    tab.opened.show_all()
    assert action.isEnabled()


@pytest.mark.parametrize(
    "changed",
    [
        {"outputs": "four"},
        {"cost": "cross-entropy", "activation": "relu", "momentum": 0.9},
        {"hidden": (), "mini_batch_size": 0},
        {"deform": True, "held_out": "validation digits", "train_on": 60},
        {"eta": 1000.0},
    ],
    ids=str,
)
def test_whatever_can_be_trained_can_be_swept(tab: TrainTab, qtbot: QtBot, changed: dict[str, object]) -> None:
    dialog = swept(qtbot, tab, replace(RECIPE, **changed))  # type: ignore[arg-type]
    assert dialog.swept.epochs == EPOCHS
    assert dialog.words.text().endswith("falls from the first.") == (dialog.swept.best is not None)
    dialog.close()


def test_too_few_digits_are_refused_in_a_sentence(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    few = digits.folder(tmp_path / "few", 5, 5)
    with qtbot.waitSignal(tab.failed) as failed:
        window.opening.open(few)
        qtbot.waitUntil(lambda: tab.digits is not None and len(tab.digits.training) == 5)
        do(tab, "sweep_eta")
    assert failed.args == ["“few” has too few training images to set some aside for a sweep."]
    assert window.findChild(SweepDialog) is None


def test_a_mistake_is_told_and_leaves_nothing_open(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Recipe, "network", fail)
    with qtbot.waitSignal(tab.failed) as failed:
        sweep(tab)
    assert failed.args == ["There is not enough memory for this."]
    assert tab.sweeping.sweep.isEnabled()


@pytest.mark.parametrize(("percent", "scheme"), [(100, Qt.ColorScheme.Light), (200, Qt.ColorScheme.Dark)])
def test_what_is_painted_has_room_and_can_be_read(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, percent: int,
    scheme: Qt.ColorScheme,
) -> None:  # fmt: skip
    window.resize(1280, 720)
    choose_colours(window, scheme)
    choose_text(window, percent)
    dialog, words = swept(qtbot, tab), Words(monkeypatch)
    words.look_at(window, "a sweep")
    assert words.cut == words.faint == set()
    assert words.count > 5
    dialog.close()
    choose_text(window, 100)
    choose_colours(window, Qt.ColorScheme.Unknown)
