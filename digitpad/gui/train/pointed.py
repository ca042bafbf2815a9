"""What the pointer is at: a line through both plots, and the exact values there in a table: ``Pointed``."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPalette

from digitpad.gui.train.lines import Lines
from digitpad.gui.train.readout import MOST_ROWS, Readout, Row, row_of, row_of_band
from digitpad.train.runs import Run


class Pointed:
    """Tells of ``lines`` what was measured nearest to the pointer, while that is in one of two plots."""

    def __init__(self, accuracy: pg.PlotItem, cost: pg.PlotItem, lines: Lines) -> None:
        """Begin hidden."""
        self._boxes, self._lines = [plot.getViewBox() for plot in (accuracy, cost)], lines
        self.cursors = [pg.InfiniteLine(angle=90, movable=False) for _ in range(2)]
        for plot, cursor in zip((accuracy, cost), self.cursors, strict=True):
            plot.addItem(cursor, ignoreBounds=True)
            cursor.hide()
        self.readout = Readout(accuracy)

    def point_at(self, place: QPointF | None) -> None:
        """Tell of what is at ``place`` of the scene; None is nowhere."""
        inside = [box for box in self._boxes if place is not None and box.sceneBoundingRect().contains(place)]
        rows, more = self._nearest(inside[0].mapSceneToView(place).x()) if inside else ([], 0)
        for item in (*self.cursors, self.readout):
            item.setVisible(bool(rows))
        if not rows:
            return
        for cursor in self.cursors:
            cursor.setValue(rows[0].epochs)
        self.readout.show_rows(rows, more)

    def _nearest(self, epochs: float) -> tuple[list[Row], int]:
        """Return what was measured nearest to ``epochs`` of some runs, the current one first, and how many more are."""
        lines, each = self._lines, dict[int, Run]()
        for run in sorted(lines.measured, key=lambda run: (run is not lines.current, -run.number)):
            each.setdefault(id(lines.band(run) or run), run)  # of a band one
        rows = []
        for run in list(each.values())[:MOST_ROWS]:
            if band := lines.band(run):
                rows.append(row_of_band(band, epochs, lines.colour(run)))
            else:
                at = int(np.argmin(np.abs(lines.of(run).points[:, 0] - epochs)))
                rows.append(row_of(run, run.points[at], lines.colour(run)))
        return rows, len(each) - len(rows)

    def apply_colours(self, palette: QPalette, scale: float) -> None:
        """Take the colours of ``palette``; a line of one pixel is ``scale`` wide."""
        for cursor in self.cursors:
            cursor.setPen(pg.mkPen(palette.color(QPalette.ColorRole.Highlight), width=scale))
        self.readout.apply_colours(palette)
