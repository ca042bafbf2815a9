"""``PlacesTable``: the places that a descent has visited, each with cost and slope."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from digitpad.explore.descent import Curve
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.graph import short
from digitpad.gui.widgets.theme import SMALL, grow, set_font


class PlacesTable(QTableWidget):
    """A row for each step, the start first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(0, 4)
        self._shown: tuple[Curve | None, tuple[float, ...]] = None, ()
        self.setHorizontalHeaderLabels(["step", "x", "C(x)", "dC/dx"])
        self.setAccessibleName("Places visited")
        self.setAccessibleDescription("Each step with x, the cost and its derivative there")
        self.verticalHeader().hide()
        grow(self.verticalHeader(), defaultSectionSize=22)
        set_font(self.horizontalHeader(), SMALL)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab leaves it; the arrow keys move in it
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the columns keep their width
        grow(self, minimumHeight=22 * 5 + 26, maximumHeight=22 * 5 + 26)

    def show_path(self, curve: Curve, path: tuple[float, ...]) -> None:
        """Show ``path`` along ``curve``: only what is new where it goes on, all of it where it begins again."""
        shown = self._shown[1]
        have = len(shown) if (curve, path[: len(shown)]) == self._shown else 0
        self._shown = curve, path
        self.setRowCount(len(path))
        for row in range(have, len(path)):
            x = path[row]
            for column, value in enumerate((row, x, curve.value(x), curve.slope(x))):
                text = number(value, 3) if abs(value) < 1e5 else short(value)
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                    self.setItem(row, column, item)
                item.setText(text if column else str(row))
        self.scrollToBottom()
