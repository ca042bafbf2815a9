"""``FunctionView``: the sigmoid function itself, what becomes of it at both ends, and why it is this one."""

import numpy as np
from PySide6.QtWidgets import QLabel

from digitpad.explore.perceptron import step
from digitpad.gui.explore.chart import Chart, Line
from digitpad.gui.explore.controls import table_of
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DOT, MINUS, SIGMA, letter, number, whole
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.nn.neurons import sigmoid, sigmoid_prime

_MOST = 10.0  # of z, either way
_ROWS = (-5, -2, -1, 0, 1, 2, 5)
_COLUMNS = 44, 66, 58, 58, 54  # pixels: widths of the table's
_Z, _E = letter("z"), f"<i>e</i><sup>{MINUS}<i>z</i></sup>"


def _exp(value: float) -> str:
    """Return a positive number with four decimals, or where these say too little with more or with a power of ten."""
    if 1e-3 <= value < 1e4:
        return number(value, 6 if 0.999 < value < 1 else 4)
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa} {DOT} 10<sup>{number(int(exponent), 0)}</sup>"


def _sigma(z: float) -> float:
    return float(sigmoid(np.array(z)))


def _slope(z: float) -> float:
    return float(sigmoid_prime(np.array(z)))


def _at(z: float) -> str:
    """Return the sigmoid at ``z``, written out."""
    return f"{SIGMA}({number(z, 0)}) = 1 / (1 + {number(np.exp(-z), 4)}) = {number(_sigma(z), 4)}"


_ENDS = (
    f"<b>Both ends.</b> Where {_Z} is large, {_E} is nearly 0, and the output nearly 1: {_at(5)}. Where {_Z} is very "
    f"negative, {_E} grows without bound, and the output goes to 0: {_at(-5)}. There the neuron does nearly what a "
    f"perceptron does. Only where {_Z} is of modest size does it do something else."
)
_WHY = (
    f"<b>Why this {SIGMA}?</b> What matters is that it is smooth: then small changes make small ones. Another smooth "
    "step would do, with other derivatives in equation 5. This one is easy to differentiate, as exponentials are: "
    f"{SIGMA}′ = {SIGMA} (1 {MINUS} {SIGMA}), so that once the output is known the slope costs a subtraction and a "
    "multiplication. A perceptron’s step has slope 0 wherever it has one, and none at 0: it does not tell which way to "
    "go."
)


class FunctionView(View):
    """The sigmoid, its slope and the step over the weighted input, with one place to move."""

    NAME = "Function"
    TIP = f"{SIGMA}(z), its slope, and both ends"

    def __init__(self) -> None:
        """Fill the columns of the view; begin at z = 2."""
        super().__init__()
        self.chart = Chart("The sigmoid function", "z", "Output", height=200)
        self.chart.set_view(-_MOST, _MOST, 0, 1)
        z = np.linspace(-_MOST, _MOST, 201)
        self.chart.show_lines(
            Line(f"{SIGMA}(z)", 0, z.tolist(), sigmoid(z).tolist()),
            Line(f"{SIGMA}′(z)", 2, z.tolist(), sigmoid_prime(z).tolist()),
            Line("step(z)", 1, (-_MOST, 0, 0, _MOST), (0, 0, 1, 1)),
        )
        self.z = NumberSlider(_Z, "Weighted input", -_MOST, _MOST, 2, 0.05)
        headers = ("z", f"e<sup>{MINUS}z</sup>", f"{SIGMA}(z)", f"{SIGMA}′(z)", "step(z)")
        table, self.cells = table_of(len(_ROWS), 5, headers, "The sigmoid in numbers", _COLUMNS)
        self.pictures.addWidget(self.chart, 1)
        self.pictures.addWidget(table)
        for text in (_ENDS, _WHY):
            label = QLabel(text)
            label.setWordWrap(True)
            self.pictures.addWidget(label)
        for row, place in zip(self.cells, _ROWS, strict=True):
            values = (_exp(f(place)) for f in (_sigma, _slope))
            texts = (number(place, 0), _exp(float(np.exp(-place))), *values, number(float(step(place)), 0))
            for cell, text in zip(row, texts, strict=True):
                cell.setText(text)
        self.controls.addWidget(self.z)
        self.z.moved.connect(self.changed)
        self.chart.placed.connect(self._place)

    def _place(self, z: float) -> None:
        self.z.choose(z)

    def show(self) -> tuple[str, ...]:
        """Mark the place; return the lines of the formula."""
        z = self.z.value
        self.chart.show_mark(z)
        e, output, slope = float(np.exp(-z)), _sigma(z), _slope(z)
        exponent = whole(-z)
        return (
            f"{SIGMA}({_Z}) = 1 / (1 + {_E}) (equation 3)<br>"
            f"&nbsp;&nbsp;= 1 / (1 + <i>e</i><sup>{exponent}</sup>) = 1 / (1 + {_exp(e)})<br>"
            f"&nbsp;&nbsp;= <b>{_exp(output)}</b>",
            f"{SIGMA}′({_Z}) = {_E} / (1 + {_E})<sup>2</sup><br>"
            f"&nbsp;&nbsp;= 1 / (1 + {_E}) {DOT} {_E} / (1 + {_E})<br>"
            f"&nbsp;&nbsp;= {SIGMA}({_Z}) (1 {MINUS} {SIGMA}({_Z}))<br>"
            f"&nbsp;&nbsp;= {_exp(output)} {DOT} {_exp(_sigma(-z))}<br>"
            f"&nbsp;&nbsp;= <b>{_exp(slope)}</b>, at most ¼, at {_Z} = 0",
        )
