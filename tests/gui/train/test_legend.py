"""The legend of the plots: it takes as many rows as whole words need, or as few as there is height for."""

import pytest
from pytestqt.qtbot import QtBot

from digitpad.gui.train.plots import Plots
from digitpad.train.baselines import Baselines, Method

WHOLE = [
    "held-out digits",
    "training digits",
    "book (Nielsen, ch. 1) 95.42 %, best of three runs",
    "baselines, test digits of <b>mine</b>",
]
BRIEF = ["held-out digits", "training digits", "book 95.42 %, best of three", "baselines"]


@pytest.fixture
def plots(qtbot: QtBot) -> Plots:
    plots = Plots()
    qtbot.addWidget(plots)
    plots.show_goal(30, 0.9542)
    plots.show_baselines(Baselines("<b>mine</b>", {Method.GUESSING: 0.1}))
    return plots


def size(plots: Plots, width: int, height: int) -> None:
    plots.resize(width, height)
    plots.grab()


def test_where_there_is_height_all_is_told(plots: Plots) -> None:
    size(plots, 700, 400)
    assert plots.legend.words == WHOLE
    assert not plots.legend.toolTip()


def test_where_there_is_little_it_is_brief_and_the_rest_is_in_its_tool_tip(plots: Plots) -> None:
    size(plots, 700, 200)
    assert plots.legend.words == BRIEF
    assert "best of three runs" in plots.legend.toolTip()
    assert "<b>" not in plots.legend.toolTip()  # a name is shown as it is
    size(plots, 700, 400)
    assert plots.legend.words == WHOLE
    assert not plots.legend.toolTip()


def test_what_fits_into_a_row_is_never_brief(plots: Plots) -> None:
    size(plots, 1400, 200)
    assert plots.legend.words == WHOLE


def test_the_costs_give_way_first(plots: Plots) -> None:
    size(plots, 1400, 600)
    accuracy, cost = (plot.getViewBox() for plot in (plots.accuracy, plots.cost))
    for height in (600, 400, 250, 180):
        size(plots, 1400, height)
        assert accuracy.height() > 1.5 * cost.height() > 0
