"""The exact values under the pointer, in a table: ``Readout``."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QPalette

from digitpad.gui.train.band import GroupBand
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.train.experiment import Point
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run

MOST_ROWS = 8  # of runs in the table
_GAP = "&nbsp;&nbsp;"


class Row(NamedTuple):
    """A line of the table: who, measured after how many epochs, the held-out and training accuracies, and the cost.

    ``run`` is that which it is of, or one of a group.
    """

    run: Run
    colour: QColor
    name: str
    epochs: float
    figures: tuple[str, str, str]


class Readout(pg.TextItem):  # type: ignore[misc] # pyqtgraph has no types
    """The measurements of some runs at one epoch, in the lower part of a plot."""

    def __init__(self, plot: pg.PlotItem) -> None:
        """Begin hidden, in ``plot``."""
        super().__init__(anchor=(0, 0))
        self._box = plot.getViewBox()
        plot.addItem(self, ignoreBounds=True)
        self.setZValue(20)
        self.hide()
        self._quiet = ""

    def apply_colours(self, palette: QPalette) -> None:
        """Take the colours of ``palette``."""
        self.setColor(palette.color(QPalette.ColorRole.Text))
        self.setFont(font(SMALL))
        self.fill = pg.mkBrush(palette.color(QPalette.ColorRole.Base))
        self.border = pg.mkPen(palette.color(QPalette.ColorRole.Mid))
        self._quiet = palette.color(QPalette.ColorRole.PlaceholderText).name()

    def show_rows(self, rows: Sequence[Row], more: int) -> None:
        """Show ``rows`` where the first of them was measured, and how many ``more`` runs there are."""
        x = rows[0].epochs
        (low, high), (bottom, top) = self._box.viewRange()
        self.setAnchor((1, 1) if x > (low + high) / 2 else (0, 1))
        self.setHtml(self._table(rows, more))
        self.setPos(x, bottom + 0.02 * (top - bottom))

    def _table(self, shown: Sequence[Row], more: int) -> str:
        rows = ""
        for row in shown:
            cells = "".join(f"<td align='right'>{text}{_GAP}</td>" for text in (f"{row.epochs:.2f}", *row.figures))
            square = f"<td style='color:{row.colour.name()}'>&#9632;</td>"
            rows += f"<tr>{square}<td>{row.name}{_GAP}</td>{cells}</tr>"
        if more:
            rows += f"<tr style='color:{self._quiet}'><td></td><td colspan='5'>and {more:,} more</td></tr>"
        digits = kind_of_digits(row.run for row in shown)
        return (
            f"<table cellspacing='2'><tr style='color:{self._quiet}'><td></td><td>run</td><td>epoch{_GAP}</td>"
            f"<td>{digits}{_GAP}</td><td>training{_GAP}</td><td>cost</td></tr>{rows}</table>"
        )


def row_of(run: Run, point: Point, colour: QColor) -> Row:
    """Return what is told of ``run`` at ``point``."""
    held_out, training = f"{100 * point.accuracy:.2f} %", f"{100 * point.training_accuracy:.2f} %"
    return Row(run, colour, f"#{run.number}", point.epochs, (held_out, training, f"{point.cost:.4f}"))


def row_of_band(band: GroupBand, epochs: float, colour: QColor) -> Row:
    """Return what is told of a group near ``epochs``: means, and of accuracies the least and the greatest, too."""
    told = band.bands["accuracy"]
    at = int(np.argmin(np.abs(told.epochs - epochs)))
    held_out = f"{told.mean[at]:.2f} % ({told.least[at]:.2f} to {told.greatest[at]:.2f})"
    training, cost = (float(band.bands[name].mean[at]) for name in ("training_accuracy", "cost"))
    figures = held_out, f"{training:.2f} %", f"{cost:.4f}"
    return Row(band.group.runs[0], colour, f"{len(band.group.runs)} seeds", float(told.epochs[at]), figures)
