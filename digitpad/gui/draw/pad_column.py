"""``PadColumn``: the pad with what is above it, and its tools below or beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from digitpad.gui.draw.tools import Tools
from digitpad.gui.widgets.layouts import AS_LARGE_AS_IT_MAY, column_in
from digitpad.gui.widgets.scrolling import fit_around
from digitpad.gui.widgets.theme import GAP

_BETWEEN = GAP + GAP // 2  # pixels, around the pad


class PadColumn(QWidget):
    """The pad, no higher than it is wide, with what is above it, and its tools; what room is left lies below it all.

    The tools are a row below the pad; where that would be wider than the pad, a column on its right.
    """

    def __init__(self, above: QWidget, pad: QWidget, tools: Tools) -> None:
        """Put them one below the other."""
        super().__init__()
        self._above, self._pad, self._tools = above, pad, tools
        self._beside = False
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(_BETWEEN)
        self._both.addWidget(pad, 1)
        self._both.addWidget(tools)
        self._both.addStretch(0)
        self._column = column_in(self, _BETWEEN)
        self._column.addWidget(above)
        self._column.addLayout(self._both, 1)

    def fit(self, width: int, height: int) -> None:
        """Be no wider than what is in it needs, where there is no more than this room, in pixels."""
        if not self._above.isHidden():
            height -= self._above.sizeHint().height() + _BETWEEN
        row, least = self._tools.row_size(), self._pad.minimumWidth()
        side = max(height - _BETWEEN - row.height(), least)
        self._stand(beside=min(side, width) < row.width())
        if self._beside:
            side = max(height, least)
            self._pad.setMaximumWidth(side)
            side += _BETWEEN + self._tools.sizeHint().width()
        if side != self.maximumWidth():
            self.setMaximumWidth(side)
            fit_around(self)

    def _stand(self, *, beside: bool) -> None:
        """Have the tools ``beside`` the pad, or below it."""
        if beside == self._beside:
            return
        directions = QBoxLayout.Direction
        self._beside = beside
        self._both.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        # What is offered after a crash lies over the lower end of the page, where the text is large.
        upper_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self._both.setAlignment(self._tools, upper_left if beside else Qt.AlignmentFlag(0))
        self._tools.stand(upright=beside)
        self._pad.setMaximumSize(AS_LARGE_AS_IT_MAY, AS_LARGE_AS_IT_MAY)
        self._keep_square()
        self._column.activate()  # or those around it would learn only in their next turn how little it needs

    def _keep_square(self) -> None:
        if not self._beside:
            self._pad.setMaximumHeight(max(self.width(), self._pad.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pad square."""
        self._keep_square()
        super().resizeEvent(event)
