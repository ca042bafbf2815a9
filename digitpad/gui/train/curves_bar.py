"""What stands above the curves: which are shown on what axis, the way back from zooming, and exports: ``CurvesBar``."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.gui.train.curves import Scale
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.buttons import give_menu, tool_button
from digitpad.gui.widgets.segments import Segments
from digitpad.gui.widgets.theme import GAP


class CurvesBar(QWidget):
    """Chooses what ``plots`` shows; whether all runs are among it, or the selected one alone, the tab asks of it."""

    def __init__(self, plots: Plots, exports: list[QAction], guess: QWidget) -> None:
        """Act on ``plots``; ``exports`` are behind one button, and ``guess`` is that which asks for a guess."""
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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.scale)
        row.addSpacing(GAP)
        row.addWidget(self.all)
        row.addStretch()
        row.addWidget(guess)
        row.addWidget(self.whole)
        row.addWidget(self.export)
