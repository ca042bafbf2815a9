"""The book's accuracy, a level line in the plot of accuracies: ``BookLine``."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from digitpad.gui.train.curves import Scale


class BookLine(pg.InfiniteLine):  # type: ignore[misc] # pyqtgraph has no types
    """Stands at an ``accuracy`` in [0, 1], or nowhere."""

    def __init__(self, plot: pg.PlotItem) -> None:
        """Begin hidden, in ``plot``."""
        super().__init__(angle=0, movable=False)
        self.accuracy: float | None = None
        self._scale = Scale.ACCURACY
        plot.addItem(self, ignoreBounds=True)
        self.hide()

    def show_accuracy(self, accuracy: float | None) -> None:
        """Stand at ``accuracy``, or nowhere."""
        self.accuracy = accuracy
        self.setVisible(accuracy is not None)
        if accuracy is not None:
            self.setValue(float(self._scale.place(100 * accuracy)))

    def show_scale(self, scale: Scale) -> None:
        """Stand there on another axis."""
        self._scale = scale
        self.show_accuracy(self.accuracy)

    def apply_colours(self, quiet: QColor, scale: float) -> None:
        """Take the colour of ``quiet`` words; a line of one pixel is ``scale`` wide."""
        self.setPen(pg.mkPen(quiet, width=scale, style=Qt.PenStyle.DotLine))
