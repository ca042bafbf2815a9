"""``BitsTable``: the weights of four neurons, which can be edited, and beside them what they make of each digit."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from digitpad.explore.bits_layer import BIAS_ROW
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.theme import SMALL, font, grow, grown
from digitpad.nn.binary import BIT_VALUES, OLD_OUTPUTS, TARGETS, bits, right_digits, spelled, worst_readings, worst_z

_READ = 8  # the last column, what the bits spell, after four weights and what checks them
_ROW = 24  # pixels
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class BitsTable(QTableWidget):
    """A row for each digit, and one for the biases: four weights, their check, and what the bits spell.

    Only the weights and biases can be edited. The neurons are counted from 0 for the bit worth 8 to 3 for that worth 1.
    """

    def __init__(self) -> None:
        """Start with empty cells."""
        super().__init__(BIAS_ROW + 1, _READ + 1)
        self.setAccessibleName("Weights of the four neurons, and their check")
        below = [str(value).translate(_BELOW) for value in BIT_VALUES]
        self.setHorizontalHeaderLabels([*(f"w{one}" for one in below), *(f"a{one}" for one in below), "bits"])
        self.setVerticalHeaderLabels([*map(str, range(10)), "b"])
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setToolTip("A row for each digit, and one for the biases: type a weight, −1000 to 1000")
        across, down = self.horizontalHeader(), self.verticalHeader()
        grow(across, minimumSectionSize=42, minimumHeight=26, maximumHeight=26)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(_READ, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(_READ, grown(76))
        grow(down, minimumSectionSize=_ROW, defaultSectionSize=_ROW, minimumWidth=28, maximumWidth=28)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (across, down):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        for row in range(BIAS_ROW + 1):
            for column in range(_READ + 1):
                item = QTableWidgetItem()
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if column >= 4:
                    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                    item.setFlags(flags if row < BIAS_ROW else Qt.ItemFlag.NoItemFlags)
                self.setItem(row, column, item)
        self.setMinimumWidth(260)
        self.setFont(font(SMALL))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setStyleSheet("QTableCornerButton::section { background: palette(base); border: none; }")
        self.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self._fit_height(0, 0)

    def _fit_height(self, _low: int, high: int) -> None:
        """Make the table as high as its rows, and as the scroll bar that a narrow window makes necessary."""
        self.setFixedHeight(grown(26) + grown(_ROW) * (BIAS_ROW + 1) + (14 if high else 0))

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for text of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.horizontalHeader().resizeSection(_READ, grown(76))
            self._fit_height(0, self.horizontalScrollBar().maximum())

    @property
    def neuron(self) -> int:
        """The neuron whose column is chosen."""
        return min(self.currentColumn(), _READ - 1) % 4

    def show_layer(
        self, weights: NDArray[np.float64], biases: NDArray[np.float64], palette: QPalette, *, worst: bool
    ) -> None:
        """Show ``weights`` (4, 10) and ``biases`` (4,), with the activations or the z that is ``worst`` for each bit.

        Whether a bit is right the worst decides in any case: one that may come out otherwise is marked.
        """
        activations = bits(OLD_OUTPUTS, weights, biases)
        shown = worst_z(weights, biases) if worst else activations
        good = ((2 * TARGETS - 1) * worst_z(weights, biases)) > 0
        right, readings = right_digits(weights, biases), worst_readings(weights, biases)
        text, contrast = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.BrightText))
        numbers = spelled(activations)
        for column, value in enumerate(BIT_VALUES):
            header = self.horizontalHeaderItem(column + 4)
            assert header is not None
            header.setText(f"{'z' if worst else 'a'}{str(value).translate(_BELOW)}")
        with QSignalBlocker(self):
            for row, values in enumerate([*weights.T, biases]):
                for neuron in range(4):
                    self._cell(row, neuron, shown_weight(float(values[neuron])), text)
                    if row < BIAS_ROW:
                        check = float(shown[row, neuron])
                        checked = shown_weight(check) if worst else number(check)
                        self._cell(row, neuron + 4, checked, text if good[row, neuron] else contrast)
                if row < BIAS_ROW:
                    reads = f"{numbers[row]:04b}"
                    if numbers[row] != row:
                        reads += f" is {numbers[row]}"
                    elif not right[row]:
                        reads += f" or {readings[row]}" if readings[row] != row else " or ½"
                    self._cell(row, _READ, reads, text if right[row] else contrast)

    def _cell(self, row: int, column: int, text: str, colour: QColor) -> None:
        item = self.item(row, column)
        assert item is not None
        item.setText(text)
        item.setForeground(colour)


def shown_weight(value: float) -> str:
    """Return a weight, or a sum of some, as it stands in a cell: large ones without a fraction."""
    return number(value, 1 if abs(value) < 99.95 else 0)
