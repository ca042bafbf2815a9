"""``SimulatingPage``: sigmoid neurons simulating perceptrons, all weights and biases multiplied by c."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QLabel

from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.simulating_first import SIMULATING_FIRST
from digitpad.explore.exercises.simulating_second import SIMULATING_SECOND
from digitpad.explore.guesses import LARGE_C
from digitpad.explore.perceptron import step
from digitpad.explore.simulating import EXAMPLES, Example, Layer, bounds, multiplied, shares
from digitpad.explore.task import Task
from digitpad.gui.explore.controls import choice, table_of
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.simulating.sides import Both, Side, of_neuron
from digitpad.gui.services.ways import ToPage
from digitpad.gui.widgets.formula import DOT, MINUS, SIGMA, added, decimals, factor, letter, not_0, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import points
from digitpad.nn.neurons import sigmoid

_FAR = 0.4  # of the task: how far the sigmoid network has to stay from the perceptrons
_LARGEST = 1000.0
_SUMS = 9.75  # points, of the type scale
_COLUMNS = 43, 49, 43, 49, 49  # pixels: the widths of the table's

# Inputs spread over the plane that is shown, none on the lines of the examples.
_SPREAD = np.stack(np.meshgrid(*[(np.arange(80) + 0.3) / 40 - 0.5] * 2), axis=-1).reshape(-1, 2)


class SimulatingPage(Page):
    """A network of three neurons, as perceptrons and as sigmoid neurons side by side, and the factor c."""

    IDEA = Idea.SIMULATING
    TEXT = (
        "Multiply all weights and biases by c > 0: the perceptrons' outputs stay as they are, and those of sigmoid "
        "neurons go to the perceptrons' as c grows. "
        "Where w·x + b = 0, a sigmoid neuron stays at ½ for every c; press in either plane to choose the input."
    )
    TASK = Task(
        "with XOR, find an input for which the output of the sigmoid network stays more than 0.4 away from that of the "
        "perceptrons, and then raise c to 1000.",
        "On the line w·x + b = 0 of a hidden neuron a sigmoid neuron gives ½ for every c, the perceptron 0. "
        "AND then gets a half times a weight that grows with c. Everywhere else the gap is at most e^(−c|z|) and its "
        "like, which go to 0.",
    )
    WAYS = (("What σ does at both ends", ToPage(Idea.SIGMOID, "Function")),)
    EXERCISES = (SIMULATING_FIRST, SIMULATING_SECOND)

    def __init__(self, shared: Shared) -> None:
        """Begin with XOR and c = 1."""
        super().__init__(shared)
        self.sides = (
            Side("Perceptrons", step, "Input plane of the perceptrons"),
            Side("Sigmoid neurons", sigmoid, "Input plane of the sigmoid neurons"),
        )
        self.picture.addWidget(Both(self.sides))
        names = (example.name for example in EXAMPLES)
        self.example = choice("Network", "The network of two hidden neurons and one output", *names)
        self.c = NumberSlider(letter("c"), "Factor of all weights and biases", -1, 3, 1, 0.05, power=True)
        self.x1 = NumberSlider(letter("x", 1), "First input", -0.5, 1.5, 0.4, 0.05)
        self.x2 = NumberSlider(letter("x", 2), "Second input", -0.5, 1.5, 0.3, 0.05)
        headers = ("", "z", "step(z)", "z", f"{SIGMA}(z)")
        table, self.cells = table_of(3, 5, headers, "The neurons as perceptrons, then as sigmoid neurons", _COLUMNS)
        self.whole = QLabel()
        self.controls.addWidget(self.example)
        for slider in (self.c, self.x1, self.x2):
            slider.moved.connect(self.update_soon)
            self.controls.addWidget(slider)
        self.c.moved.connect(self._c_moved)
        self.controls.addWidget(table)
        self.controls.addWidget(self.whole)
        self.example.currentIndexChanged.connect(self.update_soon)
        for side in self.sides:
            side.plane.point_dragged.connect(self._point_dragged)

    def _point_dragged(self, x1: float, x2: float) -> None:
        self.x1.set_value(x1)
        self.x2.set_value(x2)
        self.update_soon()

    def _try(self) -> None:
        self.example.setCurrentIndex(0)
        for slider, value in ((self.x1, 0.25), (self.x2, 0.25), (self.c, LARGE_C)):
            slider.set_value(value)
        self.update_soon()

    def _update(self) -> None:
        example, c, x = EXAMPLES[self.example.currentIndex()], self.c.value, (self.x1.value, self.x2.value)
        steps, smooth = (side.show_network(example, c, x) for side in self.sides)
        for i, row in enumerate(self.cells):
            row[0].setText(example.neurons[i])
            (z, a), (other_z, other_a) = of_neuron(steps, i), of_neuron(smooth, i)
            texts = (_short(z), number(a, 0), _short(other_z), number(other_a, 4))
            for cell, text in zip(row[1:], texts, strict=True):
                cell.setText(text)
        same, near = shares(example.network, c, _SPREAD)
        self.whole.setText(
            f"At {len(_SPREAD):,} inputs spread over the plane:<br>"
            f"perceptrons as with {letter('c')} = 1: {100 * same:.0f} %<br>"
            f"sigmoid neurons within 0.1 of these: {100 * near:.0f} %"
        )
        inputs = (x, x, smooth[0].a.tolist())
        sums = [self._sum(example, i, inputs[i], of_neuron(smooth, i)[0]) for i in range(3)]
        self.formula.show_lines(
            f"{letter('z')} = {letter('c')} ({letter('w')}{DOT}{letter('x')} + {letter('b')}), for sigmoid neurons:",
            # Smaller than other formulas: the longest sums then keep to one line.
            f'<span style="font-size: {points(_SUMS):.2f}pt">{"<br>".join(sums)}</span>',
            *_apart(example, c, x, steps, smooth),
        )

    def _c_moved(self) -> None:
        """See whether the task is done: only by raising c, for who drags the input across a line has found nothing."""
        example, c, x = EXAMPLES[self.example.currentIndex()], self.c.value, (self.x1.value, self.x2.value)
        smooth, steps = multiplied(example.network, x, sigmoid, c), multiplied(example.network, x, step)
        if example is EXAMPLES[0] and c >= _LARGEST and abs(of_neuron(smooth, 2)[1] - of_neuron(steps, 2)[1]) > _FAR:
            self._done()

    def _sum(self, example: Example, i: int, x: Sequence[float], z: float) -> str:
        """Return the sum of neuron ``i`` written out; terms with weight 0 are left out."""
        w, b = (example.network.weights[i // 2][i % 2], example.network.biases[i // 2][i % 2])
        first, *others = [
            (float(weight), factor(value, decimals(value) if i < 2 else 4))
            for weight, value in zip(w, x, strict=True)
            if weight
        ]
        parts = [f"{number(first[0], 0)} {DOT} {first[1]}", *(f"{added(v, 0)} {DOT} {text}" for v, text in others)]
        name = example.neurons[i].replace(">", "&gt;")
        return f"{name}: {self.c.shown.text()} {DOT} ({' '.join(parts)} {added(float(b), 0)}) = {_short(z)}"


def _apart(
    example: Example, c: float, x: tuple[float, float], steps: Sequence[Layer], smooth: Sequence[Layer]
) -> tuple[str, ...]:
    """Return the lines on how far the outputs of sigmoid neurons and perceptrons are apart, and can be."""
    hidden, (last,) = (bound.tolist() for bound in bounds(example.network, x, c))
    gaps = [abs(of_neuron(smooth, i)[1] - of_neuron(steps, i)[1]) for i in range(3)]
    names = [name.replace(">", "&gt;") for name in example.neurons]
    power = f"<sup>{MINUS}<i>c</i>|<i>z</i>|</sup>"
    lines = [f"|{SIGMA}({letter('c')}{letter('z')}) {MINUS} step({letter('z')})| ≤ {letter('e')}{power}:"]
    lines += [f"{names[i]}: {number(gaps[i], 4)} ≤ {number(hidden[i], 4)}" for i in range(2)]
    off = c * sum(abs(float(w)) * bound for w, bound in zip(example.network.weights[1][0], hidden, strict=True))
    lines.append(
        f"{names[2]}: its sum is off by at most {letter('c')} Σ|{letter('w', 'k')}|{letter('e')}"
        f"<sup>{MINUS}<i>c</i>|<i>z<sub>k</sub></i>|</sup> = {_short(off)}, and {number(gaps[2], 4)} ≤ "
        f"{number(last, 4)}"
    )
    zeros = [names[i] for i in range(3) if of_neuron(steps, i)[0] == 0]
    zeros = [name for name in zeros if name != names[2]] or zeros  # where a hidden one has 0, what follows comes of it
    said = (
        f"<b>{' and '.join(zeros)}</b>: {letter('w')}{DOT}{letter('x')} + {letter('b')} is exactly 0 for the "
        f"perceptron, which gives 0. “≤ 0 gives about 0” is true below 0 alone: {_half(zeros != names[2:])}, and the "
        "bound stays at 1."
        if zeros
        else f"As {letter('c')} grows all of these go to 0: {letter('e')}{power} falls faster than {letter('c')} grows."
    )
    return f'<span style="font-size: {points(_SUMS):.2f}pt">{"<br>".join(lines)}</span>', said


def _half(hidden: bool) -> str:
    """Return why a sigmoid neuron gives ½ there: a ``hidden`` one has just that sum, the last one nearly."""
    if hidden:
        return f"{SIGMA}({letter('c')} {DOT} 0) = ½ for every {letter('c')}"
    return f"the sigmoid neuron’s {letter('z')} goes to 0 as {letter('c')} grows, and its output to ½"


def _short(z: float) -> str:
    return not_0(z) if abs(z) < 99.995 else number(z, 0)
