"""What stands above the curves: which are shown on what axis, the way back from zooming, and exports: ``CurvesBar``."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QWidget

from digitpad.gui.train.curves import Scale
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.buttons import give_menu, tool_button
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.segments import Segments
from digitpad.gui.widgets.theme import GAP


class CurvesBar(QWidget):
    """Chooses what ``plots`` shows; whether all runs are among it, or the selected one alone, the tab asks of it."""

    def __init__(self, plots: Plots, exports: list[QAction], guess: QWidget, baselines: QWidget) -> None:
        """Act on ``plots``; ``exports`` are behind one button.

        ``guess`` is the button that asks for a guess, and ``baselines`` that which shows them.
        """
        super().__init__()
        self.scale: Segments[Scale] = Segments(
            "Axis of the curves",
            [
                (Scale.ACCURACY, "Accuracy", "How many of 100 digits are read rightly"),
                (
                    Scale.ERROR,
                    "Error",
                    "How many of 100 digits are read wrongly, on a logarithmic axis",
                ),
            ],
        )
        self.scale.chosen.connect(plots.show_scale)
        self.all: Segments[bool] = Segments(
            "Runs in the curves",
            [
                (True, "All runs", "The curves of all runs that are not hidden"),
                (False, "This run", "Those of the selected run alone: the last one, until another is chosen"),
            ],
        )
        self.whole = tool_button("whole_view", "Whole view", "Show everything again (double click; Esc)")
        self.whole.clicked.connect(plots.show_all)
        self.whole.setEnabled(False)
        plots.zoomed.connect(self.whole.setEnabled)
        self.export = tool_button("export", "Export", "Curves as a picture, all measurements as a table")
        give_menu(self.export, exports)
        self._left, self._right = QWidget(), QWidget()
        row_of(self.scale, self.all, parent=self._left)
        row_of(baselines, guess, self.whole, self.export, parent=self._right, spacing=GAP // 2)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(GAP)
        self._both.addWidget(self._left, 0, Qt.AlignmentFlag.AlignLeft)
        self._both.addWidget(self._right, 1, Qt.AlignmentFlag.AlignRight)

    def event(self, event: QEvent) -> bool:
        """Have all in one row where there is room, in two otherwise."""
        handled = bool(super().event(event))
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            together = self._left.sizeHint().width() + GAP + self._right.sizeHint().width()
            directions = QBoxLayout.Direction
            self._both.setDirection(directions.LeftToRight if together <= self.width() else directions.TopToBottom)
        return handled

    def minimumSizeHint(self) -> QSize:
        """Return the least width, the same however it is arranged."""
        width = max(self._left.sizeHint().width(), self._right.sizeHint().width())
        return QSize(width, super().minimumSizeHint().height())
