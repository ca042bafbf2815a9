"""The curves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from tests.gui import hands
from tests.gui.training import begin, cell, choose, curves, field, train, type_into


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
    assert cell(tab, 0, 2).data() == f"{100 * best.accuracy:.2f} %"
    assert tab.results.confusion.counts is not None
    assert tab.results.confusion.counts.sum() == 200


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
    place = tab.plots.mapFromScene(box.mapViewToScene(QPoint(2, 50)))
    hands.hover(tab.plots.viewport(), QPointF(place))
    point = run.exact(2)
    assert point is not None
    assert f"{100 * point.accuracy:.2f} %" in tab.plots.readout.toPlainText()
    assert tab.plots.readout.isVisible()
    assert tab.plots.cursors[0].value() == 2
    hands.hover(tab.plots.viewport(), QPointF(1, 1))  # beside the axes
    assert not tab.plots.readout.isVisible()


def test_zooming_is_kept_until_a_double_click(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    box = tab.plots.accuracy.getViewBox()
    whole = box.viewRange()
    box.setRange(xRange=(1, 2), yRange=(70, 80), padding=0)
    box.sigRangeChangedManually.emit([True, True])
    tab.plots.show_runs(tab.trainer.runs, tab.runs.current)
    np.testing.assert_allclose(box.viewRange(), [[1, 2], [70, 80]])
    QTest.mouseDClick(tab.plots.viewport(), Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(box.viewRange(), whole)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_takes_the_colours_of_the_theme(
    tab: TrainTab, window: MainWindow, qtbot: QtBot, scheme: str
) -> None:
    train(qtbot, tab)
    choose(window, scheme)
    image = tab.plots.grab().toImage()
    paper = "#ffffff" if scheme == "light" else "#0f1012"
    assert image.pixelColor(image.width() - 3, 3).name() == paper
