"""The chips of the runs."""

from dataclasses import replace

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State
from digitpad.gui.train.run_model import RunModel
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.advice import GUESSING
from digitpad.train.experiment import Point
from digitpad.train.runs import Run, Trouble
from digitpad.train.settings import ALL
from tests.gui.training import LONG, RECIPE, begin, chip, curves, do, points_shown, press_in, train, wait


def test_runs_can_be_hidden_renamed_deleted_and_brought_back(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    second = train(qtbot, tab, replace(RECIPE, hidden=()))
    assert [chip(tab, i).data() for i in range(2)] == ["#2 784-10", "#1 784-20-10"]
    assert len(curves(tab)) == 4
    place = tab.runs.visualRect(chip(tab, 1)).topLeft() + QPoint(12, 12)
    QTest.mouseClick(tab.runs.viewport(), Qt.MouseButton.LeftButton, pos=place)  # on its colour
    assert tab.runs.current is first
    assert len(curves(tab)) == 2
    do(tab, "hide_run")
    assert len(curves(tab)) == 4
    tab.runs.model().setData(chip(tab, 0), "without hidden layer")
    assert second.name == "without hidden layer"
    assert chip(tab, 0).data() == "#2 without hidden layer"
    tab.runs.select(first)
    do(tab, "delete_run")
    assert tab.trainer.runs == [second]
    assert len(curves(tab)) == 2
    assert window.toast.sentence == "#1 784-20-10 was deleted."
    press_in(window, "said_action")
    assert tab.trainer.runs == [first, second]
    assert window.toast.sentence == "#1 784-20-10 is back."
    window.session.history.do_again()
    assert tab.trainer.runs == [second]
    assert window.toast.sentence == "#1 784-20-10 was deleted."
    window.session.history.take_back()  # not by its button, which is then no longer offered
    assert tab.trainer.runs == [first, second]
    assert window.toast.sentence == "#1 784-20-10 is back."


def test_renaming_begins_once(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    do(tab, "rename_run")
    do(tab, "rename_run")
    editor = tab.runs.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "mine")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: run.name == "mine")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_each_run_has_a_menu_of_its_own(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    rect = tab.runs.visualRect(chip(tab, 0))
    place = QPoint(rect.right() - 8, rect.center().y())
    QTest.mouseClick(tab.runs.viewport(), Qt.MouseButton.LeftButton, pos=place)
    menu = tab.runs.findChild(QMenu, "run_menu")
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    names = {action.objectName() for action in menu.actions()}
    assert names >= {"restart", "continue", "rename_run", "hide_run", "delete_run", "use_settings", "csv", "use"}
    menu.close()


def test_the_settings_of_a_run_can_be_taken_again(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, momentum=0.3, seed=4))
    tab.form.show_recipe(RECIPE)
    do(tab, "use_settings")
    assert tab.form.recipe == replace(RECIPE, momentum=0.3, seed=4)


def test_a_run_that_learns_cannot_be_deleted(tab: TrainTab, window: MainWindow, qtbot: QtBot) -> None:
    begin(qtbot, tab)
    do(tab, "delete_run")
    assert "stop it first" in window.toast.sentence
    assert len(tab.trainer.runs) == 1


def test_a_run_that_was_brought_back_and_goes_on_is_not_deleted_again(
    tab: TrainTab, window: MainWindow, qtbot: QtBot
) -> None:
    run = train(qtbot, tab)
    do(tab, "delete_run")
    window.session.history.take_back()
    tab.form.show_recipe(LONG)
    tab.commands.go_on.trigger()
    wait(qtbot, tab, State.LEARNING)
    window.session.history.do_again()
    assert any("stop it first" in sentence for sentence in window.toast.sentences)
    window.session.history.take_back()
    assert tab.trainer.runs == [run]


def test_the_tool_tip_of_a_run_names_its_settings_as_one_types_them(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab, replace(RECIPE, mini_batch_size=ALL))
    tip = chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Mini-batch: all" in tip
    assert "Deform digits: no<br>" in tip


def test_a_warning_is_in_the_tool_tip_as_long_as_nothing_was_learned_all_the_same(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    warning = "13 % right is no better than guessing."

    def tip() -> str:
        return str(chip(tab, 0).data(Qt.ItemDataRole.ToolTipRole))

    run.trouble = Trouble(warning, ended=False)
    assert run.best is not None
    assert run.best.accuracy > GUESSING
    assert warning not in tip()
    run.trouble = Trouble(warning, ended=True)
    assert warning in tip()
    run.trouble = Trouble(warning, ended=False)
    run.points[:] = [point._replace(accuracy=0.13) for point in run.points]
    assert warning in tip()


def test_what_is_heard_of_a_chip_is_what_is_seen(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    best = run.best
    assert best is not None
    words = f"#1 784-20-10, {100 * best.accuracy:.2f} %"
    assert chip(tab, 0).data(Qt.ItemDataRole.AccessibleTextRole) == words
    do(tab, "hide_run")
    assert chip(tab, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"{words}, hidden"


def test_of_hundreds_of_runs_only_what_is_in_sight_is_made_and_few_curves_are_drawn_anew(
    tab: TrainTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[int] = set()
    drawn: list[object] = []
    data, set_data = RunModel.data, pg.PlotCurveItem.setData

    def counted(model: RunModel, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        asked.add(index.row())
        return data(model, index, role)

    def drawn_anew(item: pg.PlotCurveItem, *args: object, **kargs: object) -> None:
        drawn.append(item)
        set_data(item, *args, **kargs)

    monkeypatch.setattr(RunModel, "data", counted)
    monkeypatch.setattr(pg.PlotCurveItem, "setData", drawn_anew)
    tab.trainer.runs += [
        Run(i, RECIPE, "bars", points=[Point(float(e), 0.9, 0.1, 0.9, 0.1, True) for e in range(3)])
        for i in range(1, 301)
    ]
    tab.trainer.runs_changed.emit()
    QApplication.processEvents()
    assert points_shown(tab) == 3 * (300 + 1)  # of one, training digits, too
    assert len(curves(tab)) < 10  # those of one colour are one piece
    assert len(asked) < 60
    drawn.clear()
    tab.runs.select(tab.trainer.runs[-3])
    tab.runs.remove.trigger()
    tab.runs.hide_run.trigger()
    assert tab.runs.current is not None
    QApplication.processEvents()
    assert len(drawn) < 30
    assert points_shown(tab) == 3 * (299 - 1)
    assert len(tab.trainer.runs) == 299
    assert len(asked) < 60
