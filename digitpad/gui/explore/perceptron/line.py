"""``LineView``: a perceptron of two inputs, its line in the plane, and its truth table."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QLabel

from digitpad.explore.perceptron import NAND, PERCEPTRONS, ROWS, Perceptron, named
from digitpad.gui.explore.controls import button, choice, table_of
from digitpad.gui.explore.perceptron.rule import both_forms
from digitpad.gui.explore.plane import Mark, Plane
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import letter, whole
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.slider import NumberSlider

_STEP = 0.05
_COLUMNS = 20, 20, 56, 48  # pixels: widths of the table's


class LineView(View):
    """Weights and bias by slider or by dragging the line. It is solved by making a NAND of another table by hand."""

    NAME = "Line"
    TIP = "A perceptron of two inputs, and the line between its outputs"

    def __init__(self) -> None:
        """Fill the columns of the view, and begin with OR."""
        super().__init__()
        self.plane = Plane("Input plane: coloured where the perceptron fires")
        self.pictures.addWidget(self.plane, 1)
        self.w1 = NumberSlider(letter("w", 1), "Weight of the first input", -4, 4, 2, _STEP)
        self.w2 = NumberSlider(letter("w", 2), "Weight of the second input", -4, 4, 2, _STEP)
        self.b = NumberSlider(letter("b"), "Bias", -6, 6, -1, _STEP)
        self.presets = [button(name, f"The weights and bias of {name}") for name in PERCEPTRONS]
        for preset, perceptron in zip(self.presets, PERCEPTRONS.values(), strict=True):
            preset.clicked.connect(partial(self.show_perceptron, perceptron))
        self.row = row_choice("The inputs for which the sum is written out")
        table, self.cells = table_of(4, 4, ("x₁", "x₂", "w·x + b", "output"), "Truth table", _COLUMNS)
        self.gate = QLabel()
        self.controls.addLayout(row_of(*self.presets, None))
        for slider in (self.w1, self.w2, self.b):
            slider.moved.connect(self._moved)
            self.controls.addWidget(slider)
        self.controls.addWidget(self.row)
        for widget in (table, self.gate):
            self.pictures.addWidget(widget)
        self.row.currentIndexChanged.connect(self.changed)
        self.plane.line_dragged.connect(self._dragged)
        # Whether the person brought the table about: since the last preset, theirs was another than NAND's.
        self._by_hand = False

    @property
    def perceptron(self) -> Perceptron:
        """The perceptron on show."""
        return Perceptron((self.w1.value, self.w2.value), self.b.value)

    def show_perceptron(self, perceptron: Perceptron) -> None:
        """Set the weights and the bias, as the program does."""
        self._by_hand = False
        self._set(perceptron)
        self.changed.emit()

    def _set(self, perceptron: Perceptron) -> None:
        for slider, value in zip((self.w1, self.w2, self.b), (*perceptron.weights, perceptron.bias), strict=True):
            slider.set_value(value)

    def _dragged(self, w1: float, w2: float, b: float) -> None:
        self._set(Perceptron((w1, w2), b))
        self._moved()

    def _moved(self) -> None:
        self._by_hand = self._by_hand or self.perceptron.table() != NAND.table
        self.changed.emit()
        if self._by_hand and self.perceptron.table() == NAND.table:
            self._solve()

    def show(self) -> tuple[str, ...]:
        """Show the perceptron in plane and table; return the lines of the formula."""
        perceptron = self.perceptron
        table, z = perceptron.table(), perceptron.weighted_input(ROWS)
        self.plane.show_field(perceptron.output)
        w1, w2 = perceptron.weights
        self.plane.show_line(w1, w2, perceptron.bias)
        self.plane.show_marks([Mark(x1, x2, str(y), bool(y)) for (x1, x2), y in zip(ROWS, table, strict=True)])
        chosen = self.row.currentIndex()
        for i, ((x1, x2), y) in enumerate(zip(ROWS, table, strict=True)):
            for cell, text in zip(self.cells[i], (str(x1), str(x2), whole(z[i]), str(y)), strict=True):
                cell.setText(f"<b>{text}</b>" if i == chosen else text)
        gate = named(table)
        self.gate.setText(f"This perceptron computes <b>{gate or 'neither AND nor OR nor NAND'}</b>.")
        return both_forms(perceptron, ROWS[chosen])


def row_choice(tip: str) -> QComboBox:
    """Return a box to choose a row of the truth table from, at first 0 and 1."""
    box = choice("Row of the truth table", tip, *(f"x₁ = {x1}, x₂ = {x2}" for x1, x2 in ROWS))
    box.setCurrentIndex(1)
    return box
