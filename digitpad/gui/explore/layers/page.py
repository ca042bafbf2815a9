"""``LayersPage``: the layers of a network, one neuron written out, and neurons that feed back."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.explore.chapter import Idea
from digitpad.explore.exercises.components import COMPONENTS
from digitpad.explore.layers import Components, Neuron, pixels, sample, votes
from digitpad.explore.task import Task
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import button, choice
from digitpad.gui.explore.layers.equation import in_network, in_small_network
from digitpad.gui.explore.layers.facts import Facts
from digitpad.gui.explore.layers.network_picture import LayersView
from digitpad.gui.explore.layers.places import Layers
from digitpad.gui.explore.layers.recurrent import RecurrentPart
from digitpad.gui.explore.neuron_choice import NeuronChoice
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.services.ways import ToDraw
from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.layouts import column_in, row_of
from digitpad.gui.widgets.slider import NumberSlider
from digitpad.gui.widgets.theme import GAP
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
        "the name multilayer perceptron (MLP), though its neurons are no perceptrons. A connection is blue where its "
        "weight is positive, orange where it is negative: click a neuron to see its sum."
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
        self._activations: list[Floats] | None = None
        self._follow = True  # whether it is the output that wins, whichever it is: until the person chooses another
        self._by_hand = False  # whether the person, and not the page, chose the neuron for this network and drawing
        self._sizes: tuple[int, ...] = ()
        self.chosen = (0, 0)  # the neuron: that weights[layer][neuron] lead to
        self.view, self.facts, self.recurrent = LayersView(), Facts(), RecurrentPart()
        self.picture.addWidget(self.view, 3)
        self.picture.addWidget(self.facts)
        self.picture.addWidget(self.recurrent, 2)
        self._make_choice()
        self._make_stack()
        self.play.clicked.connect(self.view.play)
        self.view.neuron_clicked.connect(self._clicked)
        shared.chosen.changed.connect(self._renew)
        shared.session.seen_changed.connect(self._renew)

    def _make_choice(self) -> None:
        """Make what the network and the neuron are chosen by."""
        self.which = NetworkChoice(self.shared.chosen, "Small: 3-4-2 sigmoid neurons")
        self.choice = NeuronChoice("written out")
        self.play = button("&Play", "Let the activations flow from layer to layer")
        self.controls.addWidget(self.which)
        row = row_of(self.choice, self.play)
        row.setStretch(0, 1)
        self.controls.addLayout(row)
        self.which.currentIndexChanged.connect(self._renew)
        self.choice.changed.connect(self._choose)

    def _make_stack(self) -> None:
        """Make what belongs to large networks, and in the same place the inputs of the small one."""
        samples = "Strongest activations", "Evenly spaced"
        self.sample = choice("Neurons shown", "Which neurons are painted where a layer has more than ten", *samples)
        self.sample.currentIndexChanged.connect(self.update_soon)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.inputs = [
            NumberSlider(letter("x", i), f"Input {i}", 0, 1, x, 0.01) for i, x in ((1, 1.0), (2, 0.5), (3, 0.2))
        ]
        for slider in self.inputs:
            slider.changed.connect(self._renew)
        self.stack = QStackedWidget()
        for widgets in ((self.sample, self.note), self.inputs):
            part = QWidget()
            rows = column_in(part, GAP // 4)
            for widget in widgets:
                rows.addWidget(widget)
            rows.addStretch()
            self.stack.addWidget(part)
        self.controls.addWidget(self.stack)

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

    # Choosing

    def _renew(self) -> None:
        """Take what there is now: another network, another drawing or other inputs."""
        self._activations, self._by_hand = None, False
        self.update_soon()

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
            self._follow = True
        if self._follow:
            self.chosen = (len(network.weights) - 1, int(np.argmax(self.activations[-1])))
        self.choice.show_neuron(network, *self.chosen)
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
        one = Neuron.of(network, activations, layer, neuron, _TERMS)
        sampled = self._sampled(one.components)
        image = activations[0].reshape(SIDE, SIDE) if self._has_image else None
        self.view.show_layers(Layers(network, activations, sampled, self.chosen, image))
        self.note.setText(self._noted(sampled))
        self.facts.show_network(network, reads_digits=not self.small)
        grey = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        self.formula.show_lines(*(in_small_network(one, grey) if self.small else in_network(one)))
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

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme into the formula."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing flow while nobody looks."""
        super().hideEvent(event)
        self.view.rest()
