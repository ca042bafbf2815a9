"""Two plots with one axis of epochs, below a legend, and how they share the height: ``pair_of_plots``."""

from collections.abc import Generator

import pyqtgraph as pg

from digitpad.gui.train.axes import Epochs, Heights, prepare
from digitpad.gui.widgets.theme import grown

_UPPER, _LOWER = 1, 2  # rows
_SHARES = {_UPPER: 5, _LOWER: 2}  # of the height that is left
_ACCURACY, _COST = 100, 36  # pixels of height that each wants before it gives any to the other
_APART = 14  # pixels between the plots: room for the lowest number of one and the highest of the other


def pair_of_plots(
    whole: pg.GraphicsLayout, legend: pg.GraphicsWidget
) -> Generator[None, None, tuple[pg.PlotItem, pg.PlotItem]]:
    """Return a plot of accuracies and below it one of costs, in ``whole`` below the ``legend``; each takes a turn."""
    whole.layout.setSpacing(4)
    whole.addItem(legend, 0, 0)
    accuracy = whole.addPlot(_UPPER, 0, axisItems={"left": Heights()}, enableMenu=False)
    yield
    cost = whole.addPlot(_LOWER, 0, axisItems={"left": Heights(), "bottom": Epochs()}, enableMenu=False)
    whole.layout.setRowSpacing(0, _APART // 2)
    for row, share in _SHARES.items():
        whole.layout.setRowStretchFactor(row, share)
    yield
    cost.setXLink(accuracy)
    for plot in (accuracy, cost):
        prepare(plot)
    cost.getViewBox().setLimits(yMin=0)
    accuracy.getAxis("bottom").setStyle(showValues=False)
    cost.setLabel("bottom", "epochs")
    cost.setLabel("left", "cost")
    return accuracy, cost


def share_height(whole: pg.GraphicsLayout, accuracy: pg.PlotItem, cost: pg.PlotItem) -> None:
    """Give each plot in ``whole`` its part of the height, at the present size of text."""
    whole.layout.setRowSpacing(_UPPER, grown(_APART))  # or numbers at the ends of both axes would touch
    for plot, wanted in ((accuracy, _ACCURACY), (cost, _COST)):
        plot.getViewBox().setPreferredHeight(grown(wanted))
