"""The list of runs."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.settings import ALL
from tests.gui.training import RECIPE, begin, train


def test_runs_can_be_hidden_renamed_removed_and_brought_back(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    second = train(qtbot, tab, replace(RECIPE, hidden=()))
    assert len(tab.plots.accuracy.listDataItems()) == 4
    tab.runs.item(1, 0).setCheckState(Qt.CheckState.Unchecked)  # type: ignore[union-attr]
    assert len(tab.plots.accuracy.listDataItems()) == 2
    tab.runs.item(1, 0).setCheckState(Qt.CheckState.Checked)  # type: ignore[union-attr]
    assert len(tab.plots.accuracy.listDataItems()) == 4
    tab.runs.item(0, 1).setText("without hidden layer")  # type: ignore[union-attr]
    assert second.name == "without hidden layer"
    tab.runs.selectRow(1)
    assert tab.runs.current is first
    tab.runs.remove.trigger()
    assert tab.trainer.runs == [second]
    assert len(tab.plots.accuracy.listDataItems()) == 2
    tab.restore.trigger()
    assert tab.trainer.runs == [first, second]


def test_the_settings_of_a_run_can_be_taken_again(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, momentum=0.3, seed=4))
    tab.form.show_recipe(RECIPE)
    tab.runs.settings.trigger()
    assert tab.form.recipe == replace(RECIPE, momentum=0.3, seed=4)


def test_a_run_that_learns_cannot_be_removed(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    tab.runs.remove.trigger()
    assert "stop it first" in window.notice.label.text()
    assert len(tab.trainer.runs) == 1


def test_the_tool_tip_of_a_run_names_its_settings_as_one_types_them(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, mini_batch_size=ALL))
    assert "Mini-batch: all" in tab.runs.item(0, 1).toolTip()  # type: ignore[union-attr]
