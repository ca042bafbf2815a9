"""The exact values under the pointer, in a table: ``Readout``."""

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPalette

from digitpad.gui.widgets.theme import SMALL, font
from digitpad.train.experiment import Point
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run

_MOST = 8  # runs in the table
_GAP = "&nbsp;&nbsp;"


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

    def show_points(self, near: Sequence[tuple[Run, Point]], more: int, colour: Callable[[Run], QColor]) -> None:
        """Show ``near`` where the first of them was measured, and how many ``more`` runs there are."""
        x = near[0][1].epochs
        (low, high), (bottom, top) = self._box.viewRange()
        self.setAnchor((1, 1) if x > (low + high) / 2 else (0, 1))
        self.setHtml(self._table(near, more, colour))
        self.setPos(x, bottom + 0.02 * (top - bottom))

    def _table(self, near: Sequence[tuple[Run, Point]], more: int, colour: Callable[[Run], QColor]) -> str:
        rows = ""
        for run, point in near:
            numbers = f"{point.epochs:.2f}", f"{100 * point.accuracy:.2f} %", f"{100 * point.training_accuracy:.2f} %"
            cells = "".join(f"<td align='right'>{text}{_GAP}</td>" for text in (*numbers, f"{point.cost:.4f}"))
            square = f"<td style='color:{colour(run).name()}'>&#9632;</td>"
            rows += f"<tr>{square}<td>#{run.number}{_GAP}</td>{cells}</tr>"
        if more:
            rows += f"<tr style='color:{self._quiet}'><td></td><td colspan='5'>and {more:,} more</td></tr>"
        digits = kind_of_digits(run for run, _ in near)
        return (
            f"<table cellspacing='2'><tr style='color:{self._quiet}'><td></td><td>run</td><td>epoch{_GAP}</td>"
            f"<td>{digits}{_GAP}</td><td>training{_GAP}</td><td>cost</td></tr>{rows}</table>"
        )


def shown_of(runs: Sequence[Run]) -> tuple[Sequence[Run], int]:
    """Return those of ``runs`` that the table has room for, and how many there are besides."""
    return runs[:_MOST], max(len(runs) - _MOST, 0)
