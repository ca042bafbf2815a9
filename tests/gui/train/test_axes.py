"""How far the axes of the plots reach."""

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from digitpad.gui.train.axes import Heights, accuracy_range, highest_cost
from digitpad.gui.train.curves import Scale
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.theme import SMALL, font


@pytest.mark.parametrize(
    ("costs", "current", "highest"),
    [
        ([], None, 2.0),
        ([0.2], 0.2, 0.3),
        ([0.2, 0.5], 0.2, 0.6),
        ([0.2, 90.0], 0.2, 0.3),  # the bad run leaves the axis
        ([0.2, 90.0], 90.0, 100.0),  # unless it is looked at
    ],
)
def test_one_bad_run_does_not_press_the_costs_of_others_flat(
    costs: list[float], current: float | None, highest: float
) -> None:
    assert highest_cost(costs, current) == pytest.approx(highest)


@pytest.mark.parametrize("pixels", [20, 45, 60, 100, 400])
@pytest.mark.parametrize("highest", [0.04, 0.3, 2.0, 100.0])
@pytest.mark.usefixtures("qapp")
def test_numbers_beside_an_axis_are_a_line_of_text_apart(pixels: float, highest: float) -> None:
    line = QFontMetricsF(font(SMALL)).height()
    levels = Heights().tickSpacing(0.0, highest, pixels)
    assert levels
    assert min(spacing for spacing, _ in levels) * pixels / highest >= line


def test_the_axis_of_accuracies_begins_where_it_tells_runs_apart() -> None:
    assert accuracy_range([98.0, 98.5], Scale.ACCURACY) == (90, 100)
    assert accuracy_range([98.0, 60.0], Scale.ACCURACY) == (0, 100)
    assert accuracy_range([], Scale.ACCURACY) == (0, 100)


def test_the_axis_of_errors_reaches_from_the_best_run_to_all() -> None:
    low, high = accuracy_range([10.0, 99.0], Scale.ERROR)
    assert high == 2
    assert -0.2 < low < 0


def test_the_axis_of_errors_reaches_to_the_training_digits_but_not_so_far_that_the_rest_is_flat() -> None:
    low, _ = accuracy_range([90.0], Scale.ERROR, [96.0])
    assert 10**low < 4  # per cent
    low, _ = accuracy_range([90.0], Scale.ERROR, [80.0])
    assert 5 < 10**low < 10
    low, _ = accuracy_range([90.0], Scale.ERROR, [100.0])
    assert 0.5 < 10**low < 1


def test_the_name_of_the_axis_of_epochs_stands_before_its_numbers(qtbot: QtBot) -> None:
    plots = Plots()
    qtbot.addWidget(plots)
    plots.resize(500, 300)
    plots.grab()
    axis = plots.cost.getAxis("bottom")
    name = axis.mapRectToScene(axis.label.mapRectToParent(axis.label.boundingRect()))
    box = plots.cost.getViewBox().sceneBoundingRect()
    first = box.left() - QFontMetricsF(font(SMALL)).horizontalAdvance("0") / 2
    assert 0 <= name.left() < name.right() <= first + 0.01
    assert box.bottom() < name.center().y() < plots.viewport().height()


def test_the_last_epoch_has_its_number_at_any_width(qtbot: QtBot) -> None:
    plots = Plots()
    qtbot.addWidget(plots)
    plots.show_goal(30, None)
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    for width in range(600, 1200, 13):
        plots.resize(width, 346)
        plots.grab()
        with QPainter(image) as painter:
            numbers = [text for _, _, text in plots.cost.getAxis("bottom").generateDrawSpecs(painter)[2]]
        assert {"0", "30"} <= set(numbers), width
