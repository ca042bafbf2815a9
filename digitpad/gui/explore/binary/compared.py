"""``Compared``: tables of weights side by side, how good each is and how large its weights are."""

import numpy as np
from PySide6.QtWidgets import QWidget

from digitpad.explore.bits_layer import Parameters
from digitpad.gui.explore.binary.bits_table import shown_weight
from digitpad.gui.explore.controls import table_of
from digitpad.gui.widgets.formula import not_0
from digitpad.gui.widgets.layouts import column_in
from digitpad.nn.binary import BIASES, WEIGHTS, right_digits, smallest_margin


class Compared(QWidget):
    """A row for the table on show, one for that made by hand, and one for what was learned."""

    def __init__(self) -> None:
        """Start with nothing to compare."""
        super().__init__()
        table, self.cells = table_of(3, 4, ("", "right", "smallest |z|", "largest |w|"), "Tables compared")
        column_in(self).addWidget(table)

    def show_tables(self, here: Parameters, learned: Parameters | None) -> None:
        """Show the table on show, and what was ``learned``, if anything was."""
        known = ("this table", here), ("by hand", (WEIGHTS, BIASES)), ("learned", learned)
        for cells, (name, parameters) in zip(self.cells, known, strict=True):
            texts = [name, "not yet", "", ""]
            if parameters is not None:
                margin = smallest_margin(*parameters)
                texts[1:] = [
                    f"{int(right_digits(*parameters).sum())} of 10",
                    not_0(margin) if margin > 0 else "fails",
                    shown_weight(float(np.abs(parameters[0]).max())),
                ]
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
