"""What the page shows twice: ``Side``, a plane and the neurons of one rule, and ``Both`` of them as room allows."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from digitpad.explore.perceptron import ROWS
from digitpad.explore.simulating import EXAMPLES, Example, Layer, Rule, multiplied
from digitpad.gui.explore.plane import LEFT, Mark, Plane
from digitpad.gui.widgets.colours import legible, mixed
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.theme import GAP, SMALL, caption, font, grow, grown
from digitpad.nn.neurons import sigmoid

_SOLID, _DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
_PLANE = 200  # pixels: the least side of a plane
_WIDE, _HIGH = 200, 150  # pixels: the least that the neurons can be read at
_NARROW = 2 * _PLANE + GAP  # pixels: below this, nothing fits beside a plane
_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


def of_neuron(layers: Sequence[Layer], i: int) -> tuple[float, float]:
    """Return weighted input and output of neuron ``i``: two hidden ones, then the output."""
    layer = layers[i // 2]
    return float(layer.z[i % 2]), float(layer.a[i % 2])


class Side(QWidget):
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


class Both(QWidget):
    """Two sides beside each other or one above the other, as the planes become larger."""

    def __init__(self, sides: Sequence[Side]) -> None:
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
        self._outputs = tuple(of_neuron(layers, i)[1] for i in range(3))
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
