"""``Facts``: what is told of a whole network, its shapes, and the outputs that are wanted for a digit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.gui.explore.controls import choice
from digitpad.gui.explore.layers.written import one_of_ten, shapes_of
from digitpad.gui.widgets.beside import BesideOrBelow
from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.words import a_digit
from digitpad.nn.network import Network


class Facts(BesideOrBelow):
    """A table of shapes, and beside it a digit to choose with the outputs that are wanted for it."""

    def __init__(self) -> None:
        """Begin with a 0, and no network."""
        self.shapes, self.wanted = QLabel(), QLabel()
        self.shapes.setTextFormat(Qt.TextFormat.RichText)
        self.shapes.setAlignment(Qt.AlignmentFlag.AlignTop)
        digits = (f"x shows {a_digit(digit)}" for digit in range(10))
        self.digit = choice("Digit of x", "A digit, for the outputs that are wanted of the network", *digits)
        self.wanted.setWordWrap(True)
        wanted = QWidget()
        column = column_in(wanted, GAP // 2)
        column.addWidget(self.digit)
        column.addWidget(self.wanted)
        column.addStretch()
        super().__init__(self.shapes, wanted)
        self.digit.currentIndexChanged.connect(self._show_wanted)
        self._show_wanted(0)

    def show_network(self, network: Network, *, reads_digits: bool) -> None:
        """Show the shapes of ``network``, and what is wanted of it if it reads digits."""
        self.shapes.setText(shapes_of(network))
        for widget in (self.digit, self.wanted):
            widget.setVisible(reads_digits)

    def _show_wanted(self, digit: int) -> None:
        self.wanted.setText(
            f"{letter('x')} is a column of {SIDE * SIDE} greys, 0 to 1, one a pixel. For {a_digit(digit)} wanted is "
            f"{letter('y')}({letter('x')}) = {one_of_ten(digit)}; <sup>T</sup> makes a column of the row."
        )
