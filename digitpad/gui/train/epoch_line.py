"""The line in the plots at the epoch that is looked at: dragged by hand, back in time and forth."""

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette

from digitpad.gui.train.curves import Scale
from digitpad.gui.widgets.theme import SMALL, font

# Of the plot, from its lower edge: where the words lie on no curve that learned.
_HEIGHTS = {Scale.ACCURACY: 0.5, Scale.ERROR: 0.94}
_SEEN_THROUGH = 0.75  # opacity of what is behind the words: curves go on there


class EpochLine(QObject):
    """One line through all plots, with its epoch beside it.

    Signals: ``dragged(epochs)``, which follow the hand; where the line comes to stand ``show_at`` says.
    """

    dragged = Signal(float)

    def __init__(self, parent: QObject, plots: list[pg.PlotItem]) -> None:
        """Begin hidden, across ``plots``."""
        super().__init__(parent)
        self.lines = [pg.InfiniteLine(angle=90, movable=True) for _ in plots]
        self.label = pg.InfLineLabel(self.lines[0], "", position=_HEIGHTS[Scale.ACCURACY], anchors=[(0, 0), (1, 0)])
        self.epochs: float | None = None
        for line, plot in zip(self.lines, plots, strict=True):
            plot.addItem(line, ignoreBounds=True)
            line.setZValue(15)
            line.setCursor(Qt.CursorShape.SizeHorCursor)
            line.sigDragged.connect(self._follow)
        self.show_at(None)

    def _follow(self, line: pg.InfiniteLine) -> None:
        self.dragged.emit(float(line.value()))
        self.show_at(self.epochs)  # at an epoch that is kept, and not between two

    def show_at(self, epochs: float | None) -> None:
        """Stand at ``epochs``, or nowhere."""
        self.epochs = epochs
        for line in self.lines:
            line.setVisible(epochs is not None)
            if epochs is not None:
                line.setValue(epochs)
        if epochs is not None:
            self.label.setFormat(f"epoch {epochs:g}")

    def show_scale(self, scale: Scale) -> None:
        """Have the epoch where curves on such an axis leave room."""
        self.label.setPosition(_HEIGHTS[scale])

    def apply_colours(self, palette: QPalette, scale: float) -> None:
        """Take the colours of ``palette``; a line of one pixel is ``scale`` wide."""
        text, accent = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Highlight)
        for line in self.lines:
            line.setPen(pg.mkPen(text, width=1.5 * scale))
            line.setHoverPen(pg.mkPen(accent, width=3 * scale))
        self.label.setColor(text)
        self.label.setFont(font(SMALL, strong=True))
        behind = palette.color(QPalette.ColorRole.Base)
        behind.setAlphaF(_SEEN_THROUGH)
        self.label.fill = pg.mkBrush(behind)
