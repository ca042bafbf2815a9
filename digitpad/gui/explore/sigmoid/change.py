"""``ChangeView``: a sigmoid neuron of two inputs, and what small changes of its weights and bias make of its output."""

from digitpad.explore.perceptron import Perceptron
from digitpad.explore.sigmoid import SmallChange, small_change
from digitpad.gui.explore.controls import table_of
from digitpad.gui.explore.plane import Plane
from digitpad.gui.explore.sigmoid.output_view import OutputView
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DELTA, DOT, MINUS, SIGMA, letter, number, whole_added, whole_factor
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import caption
from digitpad.nn.neurons import sigmoid

_STEP = 0.05
_SMALL_DELTA, _SMALL_OUTPUT = 0.1, 0.02  # of the task
_COLUMNS = 76, 50, 50, 58  # pixels: the widths of the table's


class ChangeView(View):
    """Weights, bias and input by slider or mouse, and three changes at once.

    It is solved when a small change that the person has just moved makes the perceptron jump from 0 to 1, and the
    sigmoid neuron's output hardly change.
    """

    NAME = "Small change"
    TIP = "Weights, bias and input, and what changes of them do"

    def __init__(self) -> None:
        """Fill the columns of the view; begin far from the line, with a change of the first weight by 0.1."""
        super().__init__()
        self.plane = Plane("Input plane: the deeper the colour, the nearer the output is to 1")
        self.outputs = OutputView()
        self.w1 = NumberSlider(letter("w", 1), "Weight of the first input", -4, 4, 2, _STEP)
        self.w2 = NumberSlider(letter("w", 2), "Weight of the second input", -4, 4, 2, _STEP)
        self.b = NumberSlider(letter("b"), "Bias", -6, 6, -1, _STEP)
        self.x1 = NumberSlider(letter("x", 1), "First input", -0.5, 1.5, 1, 0.01)
        self.x2 = NumberSlider(letter("x", 2), "Second input", -0.5, 1.5, 0.5, 0.01)
        self.deltas = [
            NumberSlider(f"{DELTA}{name}", f"Change of the {of}", -1, 1, start, 0.01)
            for name, of, start in (
                (letter("w", 1), "first weight", 0.1),
                (letter("w", 2), "second weight", 0),
                (letter("b"), "bias", 0),
            )
        ]
        headers = ("", "output", f"after {DELTA}", f"{DELTA} output")
        table, self.cells = table_of(2, 4, headers, "Outputs before and after the change", _COLUMNS)
        for name, row in zip(("sigmoid", "perceptron"), self.cells, strict=True):
            row[0].setText(name)
        for slider in (self.w1, self.w2, self.b, self.x1, self.x2):
            slider.moved.connect(self.changed)
            self.controls.addWidget(slider)
        self.controls.addWidget(caption("Changes, all at once"))
        for slider in self.deltas:
            slider.moved.connect(self._delta_moved)
            self.controls.addWidget(slider)
        self.pictures.addWidget(self.plane, 3)
        self.pictures.addWidget(self.outputs, 2)
        self.pictures.addWidget(table)
        self.pictures.addStretch(1)  # what is beside it is higher than most screens
        self.plane.line_dragged.connect(self._line_dragged)
        self.plane.point_dragged.connect(self._point_dragged)

    @property
    def neuron(self) -> Perceptron:
        """The weights and the bias, which the sigmoid neuron and the perceptron share."""
        return Perceptron((self.w1.value, self.w2.value), self.b.value)

    @property
    def change(self) -> SmallChange:
        """What the changes do at the chosen input."""
        deltas = [slider.value for slider in self.deltas]
        return small_change(self.neuron, (self.x1.value, self.x2.value), deltas)

    def _line_dragged(self, w1: float, w2: float, b: float) -> None:
        for slider, value in ((self.w1, w1), (self.w2, w2), (self.b, b)):
            slider.set_value(value)
        self.changed.emit()

    def _point_dragged(self, x1: float, x2: float) -> None:
        self.x1.set_value(x1)
        self.x2.set_value(x2)
        self.changed.emit()

    def change_from_zero(self, delta: float) -> None:
        """Have z = 0, and ``delta`` added to it by the first weight alone."""
        for slider, value in zip((self.w1, self.w2, self.b, self.x1, self.x2), (2, 2, -3, 1, 0.5), strict=True):
            slider.set_value(value)
        for slider, value in zip(self.deltas, (delta, 0, 0), strict=True):
            slider.set_value(value)
        self.changed.emit()

    def _delta_moved(self) -> None:
        self.changed.emit()
        change = self.change
        small = all(abs(slider.value) <= _SMALL_DELTA for slider in self.deltas)
        # Only a change that was moved counts: who drags the input across the line has found nothing.
        if small and change.jump == 1 and abs(change.measured) < _SMALL_OUTPUT:
            self._solve()

    def show(self) -> tuple[str, ...]:
        """Show the neuron and the change; return the lines of the formula."""
        neuron, change = self.neuron, self.change
        w1, w2 = neuron.weights
        self.plane.show_field(lambda x: sigmoid(neuron.weighted_input(x)))
        self.plane.show_line(w1, w2, neuron.bias)
        self.plane.show_point(self.x1.value, self.x2.value)
        self.outputs.show_change(change)
        smooth, sharp = self.cells
        for cell, value in zip(smooth[1:], (*change.sigmoid, change.measured), strict=True):
            cell.setText(number(value, 4))
        for cell, output in zip(sharp[1:], (*change.perceptron, change.jump), strict=True):
            cell.setText(number(output, 0))
        return self._lines(neuron, change)

    def _lines(self, neuron: Perceptron, change: SmallChange) -> tuple[str, ...]:
        (w1, w2), b, z = neuron.weights, neuron.bias, letter("z")
        x1, x2 = self.x1.value, self.x2.value
        terms = [
            f"{whole_factor(x)} {DOT} {whole_factor(d.value)}" for x, d in zip((x1, x2), self.deltas[:2], strict=True)
        ]
        exponent = number(-change.z[0], 4).removesuffix("00")
        return (
            f"{z} = {letter('w', 1)}{letter('x', 1)} + {letter('w', 2)}{letter('x', 2)} + {letter('b')}<br>"
            f"&nbsp;&nbsp;= {whole_factor(w1)} {DOT} {whole_factor(x1)} + {whole_factor(w2)} {DOT} {whole_factor(x2)} "
            f"{whole_added(b)}<br>"
            f"&nbsp;&nbsp;= {number(change.z[0], 4)}",
            f"output = {SIGMA}({z}) = 1 / (1 + exp({MINUS}Σ<sub><i>j</i></sub> {letter('w', '<i>j</i>')}"
            f"{letter('x', '<i>j</i>')} {MINUS} {letter('b')})) (equation 4)<br>"
            f"&nbsp;&nbsp;= 1 / (1 + e<sup>{exponent}</sup>) = {number(change.sigmoid[0], 4)}",
            f"{DELTA}output ≈ Σ<sub><i>j</i></sub> ∂output/∂{letter('w', '<i>j</i>')} {DELTA}{letter('w', '<i>j</i>')}"
            f" + ∂output/∂{letter('b')} {DELTA}{letter('b')} (equation 5)<br>"
            f"&nbsp;&nbsp;= {SIGMA}′({z}) ({letter('x', 1)} {DELTA}{letter('w', 1)} + {letter('x', 2)}"
            f" {DELTA}{letter('w', 2)} + {DELTA}{letter('b')})<br>"
            f"&nbsp;&nbsp;= {number(change.slope, 4)} {DOT} ({' + '.join(terms)} "
            f"{whole_added(self.deltas[2].value)})<br>"
            f"&nbsp;&nbsp;= <b>{number(change.predicted, 4)}</b>; measured: <b>{number(change.measured, 4)}</b>",
        )
