"""The curves."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Kind
from digitpad.gui.train.lines import Lines
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment import Point
from digitpad.train.presets import PRESETS
from digitpad.train.runs import Run
from tests.gui import hands
from tests.gui.training import RECIPE, begin, chip, choose, curves, field, points_shown, press, train, type_into


def test_start_trains_and_the_curves_arrive(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    assert run.epochs == 3
    curve = curves(tab)[0]
    epochs, accuracies = curve.getData()
    assert list(epochs) == [point.epochs for point in run.points]
    np.testing.assert_allclose(accuracies, [100 * point.accuracy for point in run.points])
    assert tab.runs.model().rowCount() == 1
    best = run.best
    assert best is not None
    assert f"{100 * best.accuracy:.2f} %" in chip(tab, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert tab.inside.confusion.counts is not None
    assert tab.inside.confusion.counts.sum() == 200


def test_points_arrive_while_it_learns(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)

    def shown() -> int:
        epochs, _ = curves(tab)[0].getData()
        return 0 if epochs is None else len(epochs)

    qtbot.waitUntil(lambda: shown() > 0)
    seen = shown()
    qtbot.waitUntil(lambda: shown() > seen)
    assert len(run.points) > seen


def test_the_rates_can_be_changed_and_the_plot_marks_where(tab: TrainTab, qtbot: QtBot) -> None:
    run = begin(qtbot, tab)
    assert not field(tab, "hidden").isEnabled()
    assert field(tab, "eta").isEnabled()
    type_into(tab, "eta", "0.5")
    QTest.keyClick(field(tab, "eta"), Qt.Key.Key_Return)
    assert tab.trainer.experiment is not None
    assert tab.trainer.experiment.config.eta == 0.5
    assert [mark.text for mark in run.marks] == ["Learning rate η 0.5"]
    qtbot.waitUntil(lambda: len(tab.plots.marks.marks) == 1)
    type_into(tab, "eta", "0")
    QTest.keyClick(field(tab, "eta"), Qt.Key.Key_Return)
    assert tab.trainer.experiment.config.eta == 0.5
    assert len(run.marks) == 1


def test_the_pointer_tells_exact_values(tab: TrainTab, qtbot: QtBot) -> None:
    run = train(qtbot, tab)
    box = tab.plots.accuracy.getViewBox()
    place = tab.plots.mapFromScene(box.mapViewToScene(QPoint(2, 75)))
    hands.hover(tab.plots.viewport(), QPointF(place))
    point = run.exact(2)
    assert point is not None
    assert f"{100 * point.accuracy:.2f} %" in tab.plots.pointed.readout.toPlainText()
    assert tab.plots.pointed.readout.isVisible()
    assert tab.plots.pointed.cursors[0].value() == 2
    hands.hover(tab.plots.viewport(), QPointF(1, 1))  # beside the axes
    assert not tab.plots.pointed.readout.isVisible()


@pytest.mark.parametrize("way", ["button", "double click", "escape"])
def test_the_wheel_zooms_and_there_are_ways_back(tab: TrainTab, window: MainWindow, qtbot: QtBot, way: str) -> None:
    train(qtbot, tab)
    plots, whole_view = tab.plots, tab.curves_bar.whole
    box = plots.accuracy.getViewBox()
    whole = box.viewRange()
    assert not whole_view.isEnabled()
    window.toast.clear()  # or Escape would close what is said first
    middle = plots.viewport().rect().center()
    hands.turn_wheel(plots.viewport(), QPointF(plots.mapFromScene(box.sceneBoundingRect().center())), 240)
    assert whole_view.isEnabled()
    zoomed = box.viewRange()
    assert zoomed[0][1] - zoomed[0][0] < 3
    plots.show_runs(tab.trainer.runs, tab.runs.current)
    np.testing.assert_allclose(box.viewRange(), zoomed)
    if way == "button":
        press(tab, "whole_view")
    elif way == "double click":
        hands.double_click(plots.viewport(), middle)
    else:
        QTest.keyClick(plots, Qt.Key.Key_Escape)
    np.testing.assert_allclose(box.viewRange(), whole)
    assert not whole_view.isEnabled()


def test_on_the_axis_of_errors_a_bad_run_leaves_room_for_the_good(tab: TrainTab, qtbot: QtBot) -> None:
    runs = [train(qtbot, tab), train(qtbot, tab, replace(RECIPE, eta=200.0))]
    press(tab, "show_error")
    good = next(curve for curve in curves(tab) if len(curve.getData()[0]) == len(runs[0].points))
    _, errors = good.getData()
    accuracies = np.array([point.accuracy for point in runs[0].points])
    np.testing.assert_allclose(10.0**errors, np.maximum(100 * (1 - accuracies), 0.01))
    low, high = tab.plots.accuracy.getViewBox().viewRange()[1]
    assert high >= 2
    assert low < errors.min()
    assert (errors[0] - errors.min()) / (high - low) > 0.25  # and not in one line of pixels at the edge
    press(tab, "show_accuracy")
    _, shown = good.getData()
    np.testing.assert_allclose(shown, 100 * accuracies)


def test_costs_of_another_kind_are_not_on_the_same_axis(tab: TrainTab, qtbot: QtBot) -> None:
    quadratic = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, cost="cross-entropy", initialisation="scaled", eta=0.5))

    def costs() -> list[pg.PlotCurveItem]:
        items = tab.plots.cost.getViewBox().childGroup.childItems()
        return [one for one in items if isinstance(one, pg.PlotCurveItem) and one.isVisible()]

    assert len(costs()) == 2
    words = [entry.words for entry in tab.plots.legend.entries]
    assert words[-1] == "cost: cross-entropy; 1 run with another cost is not shown"
    tab.runs.select(quadratic)
    assert len(costs()) == 2
    assert tab.plots.legend.entries[-1].words == "cost: quadratic; 1 run with another cost is not shown"
    assert costs()[0].getData()[1][-1] == quadratic.points[-1].cost


def test_the_axes_have_numbers_at_their_ends(tab: TrainTab) -> None:
    def numbers(plot: pg.PlotItem, side: str) -> list[str]:
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            return [text for _, _, text in plot.getAxis(side).generateDrawSpecs(painter)[2]]

    tab.plots.grab()  # which lays it out
    tab.plots.show_goal(30, None)
    accuracy = numbers(tab.plots.accuracy, "left")
    assert {accuracy[0], accuracy[-1]} == {"0", "100"}
    assert "0" in numbers(tab.plots.cost, "left")
    epochs = numbers(tab.plots.cost, "bottom")
    assert (epochs[0], epochs[-1]) == ("0", "30")


def test_one_run_alone_can_be_shown(tab: TrainTab, qtbot: QtBot) -> None:
    first = train(qtbot, tab)
    train(qtbot, tab, replace(RECIPE, epochs=2))
    press(tab, "show_this_run")
    assert {len(curve.getData()[0]) for curve in curves(tab)} == {len(tab.trainer.runs[1].points)}
    tab.runs.select(first)
    assert {len(curve.getData()[0]) for curve in curves(tab)} == {len(first.points)}
    press(tab, "show_all_runs")
    assert len(curves(tab)) == 4


def test_the_legend_explains_the_lines(tab: TrainTab, window: MainWindow) -> None:
    assert window.digits.current
    window.digits.current = replace(window.digits.current, kind=Kind.MNIST)
    tab.form.show_recipe(PRESETS[0].recipe)
    words = [entry.words for entry in tab.plots.legend.entries]
    assert words == ["held-out digits", "training digits", "book (Nielsen, ch. 1) 95.42 %, best of three runs"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_takes_the_colours_of_the_theme(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, scheme: str
) -> None:
    train(qtbot, tab)
    choose(window, scheme)
    image = tab.plots.grab().toImage()
    paper = "#ffffff" if scheme == "light" else "#0f1012"
    assert image.pixelColor(image.width() - 3, 3).name() == paper


def test_of_many_runs_training_digits_are_drawn_for_the_selected_one_alone(tab: TrainTab) -> None:
    points = [Point(float(e), 0.9, 0.1, 0.95, 0.1, True) for e in range(3)]
    tab.trainer.runs += [Run(i, RECIPE, "bars", points=list(points)) for i in range(1, 31)]
    tab.trainer.runs_changed.emit()
    assert points_shown(tab) == 3 * (30 + 1)
    assert tab.plots.legend.entries[1].words == "training digits, of the selected run"
    press(tab, "show_this_run")
    assert points_shown(tab) == 3 * 2
    assert tab.plots.legend.entries[1].words == "training digits"


def test_of_many_runs_the_one_that_grows_is_drawn_by_itself(tab: TrainTab) -> None:
    points = [Point(float(e), 0.9, 0.1, 0.95, 0.1, True) for e in range(3)]
    runs = [Run(i, RECIPE, "bars", points=list(points)) for i in range(1, 31)]
    tab.trainer.runs += runs
    tab.trainer.runs_changed.emit()
    before = points_shown(tab)
    for e in (3, 4):
        runs[3].points.append(Point(float(e), 0.9, 0.1, 0.95, 0.1, True))
        tab.plots.update_run(runs[3])
    assert points_shown(tab) == before + 2
    assert [list(curve.getData()[0]) for curve in curves(tab)].count([0, 1, 2, 3, 4]) == 1


def test_a_mistake_while_a_run_is_shown_leads_to_no_other(
    tab: TrainTab, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = train(qtbot, tab)
    lines = Lines(pg.PlotItem(), pg.PlotItem())
    with monkeypatch.context() as patch:
        patch.setattr(Lines, "_show_all", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            lines.show([run], run, [])
    assert lines.measured == []
    lines.grow(run)
    assert lines.measured == [run]
