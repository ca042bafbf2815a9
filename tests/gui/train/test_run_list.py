"""The list of runs."""

from dataclasses import replace

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.train.run_table import RunTable
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment import Point
from digitpad.train.runs import Run
from digitpad.train.settings import ALL
from tests.gui.training import RECIPE, begin, cell, curves, train


def test_runs_can_be_hidden_renamed_removed_and_brought_back(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    second = train(qtbot, tab, replace(RECIPE, hidden=()))
    assert len(curves(tab)) == 4
    tab.runs.model().setData(cell(tab, 1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert len(curves(tab)) == 2
    tab.runs.model().setData(cell(tab, 1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert len(curves(tab)) == 4
    tab.runs.model().setData(cell(tab, 0, 1), "without hidden layer")
    assert second.name == "without hidden layer"
    tab.runs.selectRow(1)
    assert tab.runs.current is first
    tab.runs.remove.trigger()
    assert tab.trainer.runs == [second]
    assert len(curves(tab)) == 2
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
    assert "stop it first" in window.toast.sentence
    assert len(tab.trainer.runs) == 1


def test_the_tool_tip_of_a_run_names_its_settings_as_one_types_them(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, mini_batch_size=ALL))
    assert "Mini-batch: all" in cell(tab, 0, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_of_hundreds_of_runs_only_what_is_in_sight_is_made_and_curves_stay(
    tab: TrainTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[int] = set()
    drawn: list[object] = []
    data, set_data = RunTable.data, pg.PlotCurveItem.setData

    def counted(table: RunTable, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        asked.add(index.row())
        return data(table, index, role)

    def drawn_anew(item: pg.PlotCurveItem, *args: object, **kargs: object) -> None:
        drawn.append(item)
        set_data(item, *args, **kargs)

    monkeypatch.setattr(RunTable, "data", counted)
    monkeypatch.setattr(pg.PlotCurveItem, "setData", drawn_anew)
    tab.trainer.runs += [
        Run(i, RECIPE, "bars", points=[Point(float(e), 0.9, 0.1, 0.9, 0.1, True) for e in range(3)])
        for i in range(1, 301)
    ]
    tab.trainer.runs_changed.emit()
    QApplication.processEvents()
    assert len(curves(tab)) == 2 * 300
    assert 0 < len(asked) < 60
    drawn.clear()
    tab.runs.selectRow(2)
    tab.runs.remove.trigger()
    tab.runs.model().setData(cell(tab, 5, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert tab.runs.current is not None
    QApplication.processEvents()
    assert not drawn
    assert len(tab.trainer.runs) == 299
    assert len(asked) < 60
