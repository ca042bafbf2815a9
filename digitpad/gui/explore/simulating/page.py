"""``SimulatingPage``, page 3: sigmoid neurons simulating perceptrons, all weights and biases multiplied by c."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.simulating_first import SIMULATING_FIRST
from digitpad.explore.exercises.simulating_second import SIMULATING_SECOND
from digitpad.explore.guesses import LARGE_C
from digitpad.explore.perceptron import ROWS, step
from digitpad.explore.simulating import EXAMPLES, Example, Layer, Rule, bounds, multiplied, shares
from digitpad.gui.explore.page import Page, Shared, choice, table_of
from digitpad.gui.explore.plane import LEFT, Mark, Plane
from digitpad.gui.services.ways import ToPage
from digitpad.gui.widgets.colours import legible, mixed
from digitpad.gui.widgets.formula import DOT, MINUS, SIGMA, added, factor, letter, number
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, SMALL, caption, font, grow, grown, points
from digitpad.nn.neurons import sigmoid

_FAR = 0.4  # of the task: how far the sigmoid network has to stay from the perceptrons
_LARGEST = 1000.0
_SUMS = 9.75  # points, of the type scale
_SOLID, _DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
_PLANE = 200  # pixels: the least side of a plane
_WIDE, _HIGH = 200, 150  # pixels: the least that the neurons can be read at
_NARROW = 2 * _PLANE + GAP  # pixels: below this, nothing fits beside a plane
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
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
    TASK = (
        "with XOR, find an input for which the output of the sigmoid network stays more than 0.4 away from that of the "
        "perceptrons, and then raise c to 1000."
    )
    DONE = (
        "On the line w·x + b = 0 of a hidden neuron a sigmoid neuron gives ½ for every c, the perceptron 0. "
        "AND then gets a half times a weight that grows with c. Everywhere else the gap is at most e^(−c|z|) and its "
        "like, which go to 0."
    )
    WAYS = (("What σ does at both ends", ToPage(Idea.SIGMOID, "Function")),)
    EXERCISES = (SIMULATING_FIRST, SIMULATING_SECOND)

    def __init__(self, shared: Shared) -> None:
        """Begin with XOR and c = 1."""
        super().__init__(shared)
        self.sides = (
            _Side("Perceptrons", step, "Input plane of the perceptrons"),
            _Side("Sigmoid neurons", sigmoid, "Input plane of the sigmoid neurons"),
        )
        self.picture.addWidget(_Both(self.sides))
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
            (z, a), (other_z, other_a) = _neuron(steps, i), _neuron(smooth, i)
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
        sums = [self._sum(example, i, inputs[i], _neuron(smooth, i)[0]) for i in range(3)]
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
        if example is EXAMPLES[0] and c >= _LARGEST and abs(_neuron(smooth, 2)[1] - _neuron(steps, 2)[1]) > _FAR:
            self._done()

    def _sum(self, example: Example, i: int, x: Sequence[float], z: float) -> str:
        """Return the sum of neuron ``i`` written out; terms with weight 0 are left out."""
        w, b = (example.network.weights[i // 2][i % 2], example.network.biases[i // 2][i % 2])
        digits = 2 if i < 2 else 4
        first, *others = [(float(weight), factor(value, digits)) for weight, value in zip(w, x, strict=True) if weight]
        parts = [f"{number(first[0], 0)} {DOT} {first[1]}", *(f"{added(v, 0)} {DOT} {text}" for v, text in others)]
        name = example.neurons[i].replace(">", "&gt;")
        return f"{name}: {self.c.shown.text()} {DOT} ({' '.join(parts)} {added(float(b), 0)}) = {_short(z)}"


def _neuron(layers: Sequence[Layer], i: int) -> tuple[float, float]:
    """Return weighted input and output of neuron ``i``: two hidden ones, then the output."""
    layer = layers[i // 2]
    return float(layer.z[i % 2]), float(layer.a[i % 2])


def _apart(
    example: Example, c: float, x: tuple[float, float], steps: Sequence[Layer], smooth: Sequence[Layer]
) -> tuple[str, ...]:
    """Return the lines on how far the outputs of sigmoid neurons and perceptrons are apart, and can be."""
    hidden, (last,) = (bound.tolist() for bound in bounds(example.network, x, c))
    gaps = [abs(_neuron(smooth, i)[1] - _neuron(steps, i)[1]) for i in range(3)]
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
    zeros = [names[i] for i in range(3) if _neuron(steps, i)[0] == 0]
    said = (
        f"<b>{' and '.join(zeros)}</b>: {letter('w')}{DOT}{letter('x')} + {letter('b')} is exactly 0 for the "
        f"perceptron, which gives 0. “≤ 0 gives about 0” is true below 0 alone: {SIGMA}({letter('c')} {DOT} 0) = ½ for "
        f"every {letter('c')}, and the bound stays at 1."
        if zeros
        else f"As {letter('c')} grows all of these go to 0: {letter('e')}{power} falls faster than {letter('c')} grows."
    )
    return f'<span style="font-size: {points(_SUMS):.2f}pt">{"<br>".join(lines)}</span>', said


def _short(z: float) -> str:
    return number(z, 2 if abs(z) < 99.995 else 0)


class _Side(QWidget):
    """The network with neurons of one rule: its output over the input plane, and its neurons at the chosen input."""

    def __init__(self, title: str, rule: Rule, name: str) -> None:
        """Start empty."""
        super().__init__()
        self._rule = rule
        self.head = caption(title)
        self.plane, self.neurons = Plane(name), NetworkView(2 if rule is sigmoid else 0)
        self.body = QBoxLayout(_DOWN)
        self.body.setSpacing(0)
        self.body.addWidget(self.plane, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.neurons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addLayout(self.body)
        rows.addStretch(1)

    def arrange(self, direction: QBoxLayout.Direction, plane: int) -> None:
        """Put the neurons below the plane or to the right of it, which becomes ``plane`` pixels wide and high."""
        self.body.setDirection(direction)
        self.plane.setFixedSize(plane, plane)
        self.neurons.setMaximumHeight(plane if direction == _ACROSS else grown(_HIGH))
        # In the middle, or over the left edge of what the plane shows.
        self.head.setAlignment(Qt.AlignmentFlag.AlignLeft if direction == _ACROSS else Qt.AlignmentFlag.AlignHCenter)
        self.head.setIndent(grown(LEFT) if direction == _ACROSS else 0)

    def show_network(self, example: Example, c: float, x: tuple[float, float]) -> list[Layer]:
        """Show what ``example`` gives, multiplied by ``c``; return its layers at ``x``."""
        network = example.network
        self.plane.show_field(lambda points: multiplied(network, points, self._rule, c)[-1].a[:, 0])
        corners = multiplied(network, ROWS, self._rule, c)[-1].a[:, 0].tolist()
        digits = self.neurons.digits
        self.plane.show_marks([Mark(*row, f"{a:.{digits}f}", a > 0.5) for row, a in zip(ROWS, corners, strict=True)])
        self.plane.show_point(*x)
        layers = multiplied(network, x, self._rule, c)
        self.neurons.show_layers(example, x, layers)
        return layers


class _Both(QWidget):
    """Two sides beside each other or one above the other, as the planes become larger."""

    def __init__(self, sides: Sequence[_Side]) -> None:
        """Hold ``sides``."""
        super().__init__()
        self._sides = sides
        self._row = QBoxLayout(_ACROSS, self)
        # Otherwise two beside each other would keep the window from becoming too narrow for them.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        for side in sides:
            self._row.addWidget(side, 1)

    def minimumSizeHint(self) -> QSize:
        """Return room for one side's width, and for the height that this width asks for."""
        return QSize(240, grown(780 if self._narrow() else 380))

    def sizeHint(self) -> QSize:
        """Return the least, as the plane does."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the sides out anew."""
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        each, head = (height - GAP) // 2, self._sides[0].head.sizeHint().height()
        beside = min((width - GAP) // 2, height - head - grown(_HIGH))  # the neurons below each plane
        above = min(width - grown(_WIDE), each - head)  # the neurons to the right of each plane
        if self._narrow():
            directions, plane = (_DOWN, _DOWN), min(width, each - head - grown(_HIGH))
        elif above > beside:
            directions, plane = (_DOWN, _ACROSS), above
        else:
            directions, plane = (_ACROSS, _DOWN), beside
        self._row.setDirection(directions[0])
        for side in self._sides:
            side.arrange(directions[1], max(plane, _PLANE))
        if self._narrow() != (event.oldSize().width() < grown(_NARROW)):
            self.updateGeometry()

    def _narrow(self) -> bool:
        return self.width() < grown(_NARROW)


class NetworkView(QWidget):
    """Two inputs, two hidden neurons and an output, each with its name and its value; wires coloured by their sign."""

    def __init__(self, digits: int) -> None:
        """Start empty; outputs of neurons are written with ``digits``."""
        super().__init__()
        self.digits = digits
        grow(self, minimumHeight=_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            "Blue: a positive weight. Orange, dashed: a negative one. The thicker, the larger before it is multiplied."
        )
        self._example: Example = EXAMPLES[0]
        self._inputs: tuple[float, float] = (0.0, 0.0)
        self._outputs: tuple[float, ...] = (0.0, 0.0, 0.0)

    def sizeHint(self) -> QSize:
        """Return the least it can be read at."""
        return QSize(grown(_WIDE), grown(_HIGH))

    def show_layers(self, example: Example, x: tuple[float, float], layers: Sequence[Layer]) -> None:
        """Show the outputs of ``example`` at ``x``."""
        self._example, self._inputs = example, x
        self._outputs = tuple(_neuron(layers, i)[1] for i in range(3))
        values = (f"{name} {a:.{self.digits}f}" for name, a in zip(example.neurons, self._outputs, strict=True))
        self.setAccessibleName(f"Outputs of the neurons: {', '.join(values)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint wires and neurons."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, radius = self.palette(), float(grown(21))
            most = float(grown(130))
            wide, high = min(self.width() / 2 - radius - 7, most), min(self.height() - 2 * radius - grown(26), most)
            left, right = self.width() / 2 - wide, self.width() / 2 + wide
            upper = (self.height() - high) / 2 + grown(9)  # the names are above the neurons
            lower = upper + high
            inputs = (QPointF(left, upper), QPointF(left, lower))
            neurons = (QPointF((left + right) / 2, upper), QPointF((left + right) / 2, lower))
            output = QPointF(right, (upper + lower) / 2)
            network = self._example.network
            wires = [(inputs[k], neurons[j], network.weights[0][j, k]) for j in range(2) for k in range(2)]
            wires += [(neurons[k], output, network.weights[1][0, k]) for k in range(2)]
            accent, contrast = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.BrightText)
            for start, end, weight in wires:
                if weight:
                    colour, style = (accent, _SOLID) if weight > 0 else (contrast, _DASHED)
                    painter.setPen(QPen(colour, abs(weight), style))
                    painter.drawLine(start, end)
            text, paper = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
            names = ("x₁", "x₂", *self._example.neurons)
            shown = [*(number(x) for x in self._inputs), *(number(a, self.digits) for a in self._outputs)]
            depths = (0.0, 0.0, *self._outputs)
            for place, name, value, on in zip((*inputs, *neurons, output), names, shown, depths, strict=True):
                painter.setFont(font(SMALL, strong=True))
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1.5))
                fill = mixed(paper, accent, 0.55 * on)  # as deep as the plane is
                painter.setBrush(fill)
                painter.drawEllipse(place, radius, radius)
                painter.setPen(legible(fill, text))
                circle = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, value)
                painter.setFont(font(SMALL))
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                above = QRectF(place.x() - 60, circle.top() - grown(18), 120, grown(16))
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, name)
