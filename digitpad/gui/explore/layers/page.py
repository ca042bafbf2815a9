"""``LayersPage``: the layers of a network, one neuron written out, and neurons that feed back."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.components import COMPONENTS
from digitpad.explore.layers import Components, components, pixels, sample, votes
from digitpad.explore.task import Task
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, choice
from digitpad.gui.explore.layers.network_picture import Layers, LayersView
from digitpad.gui.explore.layers.recurrent import RecurrentPart
from digitpad.gui.explore.layers.written import in_components, one_of_ten, prime, shapes_of
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.services.ways import ToDraw
from digitpad.gui.widgets.beside import BesideOrBelow
from digitpad.gui.widgets.formula import DOT, SIGMA, added, factor, letter, number
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.matrices import beside, bracketed
from digitpad.gui.widgets.neuron_formula import rule, sum_in_columns, written_rule
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP, grow
from digitpad.gui.words import a_digit
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_TERMS = 4  # of a long sum that are written out
_SHOWN = 10  # neurons of a layer that are painted

_SMALL = Network.of(
    [
        np.array([[1.5, -2.0, 0.5], [-1.0, 2.5, 1.0], [2.0, 1.0, -3.0], [0.5, -0.5, 2.0]]),
        np.array([[2.0, -1.5, 1.0, 0.5], [-1.0, 2.0, -2.5, 1.5]]),
    ],
    [np.array([0.5, -1.0, 0.0, -0.5]), np.array([-0.5, 0.5])],
    activation="sigmoid",
    cost="quadratic",
)


class LayersPage(Page):
    """Any network layer by layer, with the drawing's activations; the sum of a neuron; a loop beside a chain."""

    IDEA = Idea.LAYERS
    TEXT = (
        "Input neurons give out the numbers they are given; hidden neurons, so called as they are neither inputs nor "
        "outputs, and output neurons turn activations of the layer before into their own. Such a network also goes by "
        "the name multilayer perceptron (MLP), though its neurons are none. A connection is blue where its weight "
        "is positive, orange where it is negative: click a neuron to see its sum."
    )
    TASK = Task(
        "choose the neuron of the last hidden layer that adds most to the output that wins for your drawing.",
        "It is the product of weight and activation that counts: a neuron that fires says nothing by a weight near 0, "
        "nor a large weight of one that rests.",
    )
    WAYS = (("Draw a digit", ToDraw()),)
    EXERCISES = (COMPONENTS,)

    def __init__(self, shared: Shared) -> None:
        """Begin with the output that wins."""
        super().__init__(shared)
        self.view, self.recurrent = LayersView(), RecurrentPart()
        self.picture.addWidget(self.view, 3)
        self.picture.addWidget(self._facts())
        self.picture.addWidget(self.recurrent, 2)
        self.which = NetworkChoice(shared.chosen, "Small: 3-4-2 sigmoid neurons")
        self.layer = choice("Layer", "The layer of the neuron that is written out")
        self.neuron = QSpinBox()
        self.neuron.setAccessibleName("Neuron")
        self.neuron.setToolTip("The neuron that is written out: type its number or press the arrow keys")
        self.neuron.setKeyboardTracking(False)
        grow(self.neuron, minimumWidth=64, maximumWidth=64)
        samples = "Strongest activations", "Evenly spaced"
        self.sample = choice("Neurons shown", "Which neurons are painted where a layer has more than ten", *samples)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.inputs = [
            NumberSlider(letter("x", i), f"Input {i}", 0, 1, x, 0.01) for i, x in ((1, 1.0), (2, 0.5), (3, 0.2))
        ]
        self.play = button("&Play", "Let the activations flow from layer to layer")
        self.stack = QStackedWidget()
        for widgets in ((self.sample, self.note), self.inputs):
            part = QWidget()
            rows = QVBoxLayout(part)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(GAP // 4)
            for widget in widgets:
                rows.addWidget(widget)
            rows.addStretch()
            self.stack.addWidget(part)
        self.controls.addWidget(self.which)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.layer, 1)
        row.addWidget(self.neuron)
        row.addWidget(self.play)
        self.controls.addLayout(row)
        self.controls.addWidget(self.stack)
        self._activations: list[Floats] | None = None
        self._follow = True  # whether it is the output that wins, whichever it is: until the person chooses another
        self._by_hand = False  # whether the person, and not the page, chose the neuron for this network and drawing
        self._sizes: tuple[int, ...] = ()
        self.chosen = (0, 0)  # the neuron: that weights[layer][neuron] lead to
        self.which.currentIndexChanged.connect(self._renew)
        self.layer.currentIndexChanged.connect(self._layer_chosen)
        self.neuron.valueChanged.connect(self._neuron_chosen)
        self.sample.currentIndexChanged.connect(self.update_soon)
        self.digit.currentIndexChanged.connect(self.update_soon)
        self.play.clicked.connect(self.view.play)
        self.view.neuron_clicked.connect(self._clicked)
        for slider in self.inputs:
            slider.changed.connect(self._renew)
        shared.chosen.changed.connect(self._renew)
        shared.session.seen_changed.connect(self._renew)

    def _facts(self) -> QWidget:
        """Make what is told of the whole network: its shapes, and the outputs that are wanted for a digit."""
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
        return BesideOrBelow(self.shapes, wanted)

    # What is shown

    @property
    def small(self) -> bool:
        """Whether the small network is on show."""
        return self.which.other is not None

    def _sizes_in_code(self) -> Sequence[int]:
        return self.network.sizes

    @property
    def network(self) -> Network:
        """The network on show."""
        return _SMALL if self.small else self.shared.chosen.network

    @property
    def activations(self) -> list[Floats]:
        """The activations of every layer, the input first."""
        if self._activations is None:
            self._activations = self.network.activations(self._x())
        return self._activations

    def _x(self) -> Floats:
        if self.small:
            return np.array([slider.value for slider in self.inputs])
        image = self.shared.session.image
        return np.zeros(self.network.sizes[0]) if image is None else image

    def name(self, layer: int, neuron: int) -> str:
        """Return the number by which a neuron goes: outputs by their digit, others from 1 on."""
        return str(neuron + self._first(layer))

    def _first(self, layer: int) -> int:
        return 0 if layer == len(self.network.weights) - 1 and self.network.sizes[-1] == 10 else 1

    def _layer_name(self, layer: int) -> str:
        last = len(self.network.weights) - 1
        size = self.network.sizes[layer + 1]
        return f"Output ({size})" if layer == last else f"Hidden{f' {layer + 1}' if last > 1 else ''} ({size})"

    # Choosing

    def _renew(self) -> None:
        """Take what there is now: another network, another drawing or other inputs."""
        self._activations, self._by_hand = None, False
        self.update_soon()

    def _layer_chosen(self, layer: int) -> None:
        self._choose(layer, 0 if layer != self.chosen[0] else self.chosen[1])

    def _neuron_chosen(self, value: int) -> None:
        self._choose(self.chosen[0], value - self._first(self.chosen[0]))

    def _clicked(self, layer: int, neuron: int) -> None:
        self._choose(layer - 1, neuron)

    def _choose(self, layer: int, neuron: int) -> None:
        self.chosen, self._by_hand, self._follow = (layer, neuron), True, False
        self.update_soon()

    def _fit_network(self) -> None:
        """Offer the layers of the network on show; begin anew with the output that wins when they are others."""
        network = self.network
        if network.sizes != self._sizes:
            self._sizes = network.sizes
            with QSignalBlocker(self.layer):
                self.layer.clear()
                self.layer.addItems([self._layer_name(layer) for layer in range(len(network.weights))])
            self._follow = True
        if self._follow:
            self.chosen = (len(network.weights) - 1, int(np.argmax(self.activations[-1])))
        layer, neuron = self.chosen
        first = self._first(layer)
        with QSignalBlocker(self.layer), QSignalBlocker(self.neuron):
            self.layer.setCurrentIndex(layer)
            self.neuron.setRange(first, network.sizes[layer + 1] - 1 + first)
            self.neuron.setValue(neuron + first)
        self.stack.setCurrentIndex(int(self.small))

    def _sampled(self, made: Components) -> list[NDArray[np.intp]]:
        """Return for each layer, the input first, which of its neurons are painted.

        The chosen one is among them, and those that have the largest terms in its sum.
        """
        strongest = self.sample.currentIndex() == 0 and bool(self.small or self.shared.session.image is not None)
        found = []
        for layer, a in enumerate(self.activations):
            if layer == 0 and self._has_image:
                found.append(pixels(a, _SHOWN, strongest))
                continue
            wanted = {self.chosen[0] + 1: [self.chosen[1]], self.chosen[0]: made.largest.tolist()}
            found.append(sample(a, _SHOWN, strongest, wanted.get(layer, ())))
        return found

    @property
    def _has_image(self) -> bool:
        return self.network.sizes[0] == SIDE * SIDE

    # Showing

    def _update(self) -> None:
        self._fit_network()
        network, activations, (layer, neuron) = self.network, self.activations, self.chosen
        made = components(network, layer, neuron, activations[layer], _TERMS)
        sampled = self._sampled(made)
        image = activations[0].reshape(SIDE, SIDE) if self._has_image else None
        self.view.show_layers(Layers(network, activations, sampled, self.chosen, image, self._first))
        self.note.setText(self._noted(sampled))
        self.shapes.setText(shapes_of(network))
        digit = self.digit.currentIndex()
        self.wanted.setText(
            f"{letter('x')} is a column of {SIDE * SIDE} greys, 0 to 1, one a pixel. For {a_digit(digit)} wanted is "
            f"{letter('y')}({letter('x')}) = {one_of_ten(digit)}; <sup>T</sup> makes a column of the row."
        )
        for widget in (self.digit, self.wanted):
            widget.setVisible(not self.small)
        self.formula.show_lines(*(self._written_small(made) if self.small else self._written(made)))
        self._check_task()

    def _noted(self, sampled: Sequence[NDArray[np.intp]]) -> str:
        """Return what must be known of the picture, and why the task cannot be done where it cannot."""
        layers = zip(sampled[1:], self.activations[1:], strict=True)
        parts = [f"{len(some)} of {len(a)}" for some, a in layers if len(some) < len(a)]
        found = [f"Painted: {', '.join(parts)}."] if parts else []
        hidden = len(self.network.weights) > 1
        if hidden and self.network.activation.name == "relu":
            found.append("Full blue: the layer's largest activation.")
        if not hidden:
            found.append("The task asks for a network with a hidden layer: this one has none.")
        elif self.shared.session.image is None:
            found.append("The canvas is blank: the task asks for a drawing.")
        return " ".join(found)

    def _check_task(self) -> None:
        layer, neuron = self.chosen
        last_hidden = layer == len(self.network.weights) - 2
        if self.small or not self._by_hand or self.shared.session.image is None or not last_hidden:
            return
        if neuron == int(np.argmax(votes(self.network, self.activations)[1])):
            self._done()

    def _rule(self) -> str:
        """Return the name of the function of the chosen neuron."""
        return rule(self.network.neurons(self.chosen[0]).name)

    def _both(self, made: Components) -> tuple[str, str]:
        """Return the activation as equation 22 and as the sum give it, in as many digits as float32 is good for."""
        layer, neuron = self.chosen
        matrix, sum_ = float(self.activations[layer + 1][neuron]), made.activation
        same = next((digits for digits in (4, 3, 2) if number(matrix, digits) == number(sum_, digits)), 1)
        return number(matrix, same), number(sum_, same)

    def _written(self, made: Components) -> list[str]:
        layer, neuron = self.chosen
        network, rule, name = self.network, self._rule(), self.name(layer, neuron)
        outputs, inputs = network.weights[layer].shape
        matrix, sum_ = self._both(made)
        first = self._first(layer - 1) if layer else 1
        # Both equations of the book are about sigmoid neurons; the second is their rule alone.
        equation, named = ("equation 22", " (rule 4)") if rule == SIGMA else ("as equation 22", "")
        lines = [
            f"All {outputs} ({equation}): {prime('a')} = {rule}({letter('wa')} + {letter('b')})",
            f"{letter('w')} is {outputs} × {inputs}; number {name} of {prime('a')} is <b>{matrix}</b>",
            f"Each by itself, in components{named}: {in_components(rule)}. Row {letter('j')} of {letter('w')} has the "
            f"weights to neuron {letter('j')}. Here {letter('j')} = {name}:",
            sum_in_columns(made, lambda k: f"{letter('k')} = {k + first}", neuron=name),
            f"{written_rule(network.neurons(layer).name, prime('a', name))} = <b>{sum_}</b>",
        ]
        if layer == len(network.weights) - 2:
            answer, adds = votes(network, self.activations)
            lines.append(f"To output {self.name(layer + 1, answer)}, which wins, it adds {number(adds[neuron])}.")
        return lines

    def _written_small(self, made: Components) -> list[str]:
        layer, neuron = self.chosen
        w, b = self.network.weights[layer], self.network.biases[layer]
        before, after = self.activations[layer], self.activations[layer + 1]
        matrix, sum_ = self._both(made)
        grey = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        equation = beside(
            f"{SIGMA}(",
            bracketed(w, 1, grey, neuron),
            DOT,
            bracketed(before[:, None], 2, grey),
            "+",
            bracketed(b[:, None], 1, grey, neuron),
            ")&nbsp;=",
            bracketed(after[:, None], 2, grey, neuron),
        )
        terms = " + ".join(
            f"{factor(weight, 1)} {DOT} {number(a)}" for weight, a in zip(w[neuron], before, strict=True)
        )
        z, name = number(made.z), self.name(layer, neuron)
        return [
            f"{prime('a')} = {SIGMA}({letter('wa')} + {letter('b')}), the whole layer (equation 22):",
            equation,
            f"In components (rule 4): {in_components(SIGMA)}, with row {letter('j')} of {letter('w')}; here "
            f"{letter('j')} = {name}:",
            f"{letter('z', name)} = {terms} {added(made.bias, 1)} = {z}",
            f"{prime('a', name)} = {SIGMA}({z}) = 1 / (1 + {letter('e', power=number(-made.z))}) = <b>{sum_}</b>",
            f"By equation 22 it is <b>{matrix}</b>: the same number.",
            f'<span style="color: {grey}">The task is about the networks that read digits.</span>',
        ]

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme into the formula."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing flow while nobody looks."""
        super().hideEvent(event)
        self.view.rest()
