"""``PadColumn``: the pad with what is above and below it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP

BETWEEN = GAP + GAP // 2  # pixels, around the pad


class PadColumn(QWidget):
    """The pad, no higher than it is wide, with what is above and below it; what room is left lies below it all."""

    def __init__(self, above: QWidget, pad: QWidget, below: QWidget) -> None:
        """Put them one below the other."""
        super().__init__()
        self._pad = pad
        column = column_in(self, BETWEEN)
        column.addWidget(above)
        column.addWidget(pad, 1)
        column.addWidget(below)
        column.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pad square."""
        self._pad.setMaximumHeight(max(event.size().width(), self._pad.minimumHeight()))
        super().resizeEvent(event)
