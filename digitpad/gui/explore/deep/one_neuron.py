"""``OneNeuron``, the view of the page toward deep learning that asks the data what a neuron looks for."""

from functools import partial

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from digitpad.data.dataset import Digits
from digitpad.explore.deep import parts, patterns
from digitpad.explore.exciting import Excited, Exciting, Search
from digitpad.explore.layers import components, first_number
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.deep.excited_words import CAVEAT, COLOURS, MIXED, fires, head, in_common, of_the_beginning
from digitpad.gui.explore.deep.part_tiles import MOST, PartTiles
from digitpad.gui.explore.deep.weights_and_digits import WeightsAndDigits
from digitpad.gui.explore.neuron_choice import NeuronChoice
from digitpad.gui.explore.options import words
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.working import Slice, WorkingView, advance
from digitpad.gui.widgets.formula import letter, number
from digitpad.gui.widgets.gallery import picture
from digitpad.gui.widgets.neuron_formula import written_rule
from digitpad.gui.widgets.signed import weights_image
from digitpad.gui.widgets.tiles import Tile
from digitpad.gui.words import a_digit, counted
from digitpad.nn.network import Network

_DIGITS = 9  # that excite it most
_SIDE = 84  # pixels of each part


class OneNeuron(WorkingView):
    """A neuron by its weights, by the digits that excite it most, and by the neurons that it asks itself.

    All that is shown is of one network: while another of the same sizes is looked through, of the one before.

    Signal: ``picked(layer, neuron)``, which ``weights[layer][neuron]`` lead to, when another is to be seen.
    """

    NAME = "One neuron"
    TIP = "The digits that excite a neuron most"

    picked = Signal(int, int)

    def __init__(self, shared: Shared) -> None:
        """Fill the columns of the view, with the first neuron chosen."""
        super().__init__()
        self._shared = shared
        self._layer, self._neuron = 0, 0
        self._search: tuple[Search, Digits] | None = None  # under way
        self._found: tuple[Exciting, Digits] | None = None
        self.head, self.both, self.said, self.below = words(""), WeightsAndDigits(_DIGITS), words(""), words("")
        self.tiles_below = PartTiles("Neurons that it asks", _SIDE)
        self.tiles_below.neuron_picked.connect(self.picked)
        self.caveat, self.key = QLabel(CAVEAT), QLabel()
        for label in (self.caveat, self.key):
            label.setWordWrap(True)
            label.setProperty("quiet", True)
        for widget in (self.head, self.both, self.said, self.caveat, self.below, self.tiles_below, self.key):
            self.pictures.addWidget(widget)
        self.pictures.addStretch()
        self.network, self.choice = NetworkChoice(shared.chosen), NeuronChoice("looked at")
        self.choice.changed.connect(self._choose)
        for box in (self.network, self.choice):
            self.controls.addWidget(box)

    def choose(self, layer: int, neuron: int) -> None:
        """Look at the neuron that ``weights[layer][neuron]`` lead to."""
        self._layer, self._neuron = layer, neuron

    def _choose(self, layer: int, neuron: int) -> None:
        self.choose(layer, neuron)
        self.changed.emit()

    # The search

    def wanted(self, digits: Digits) -> Slice | None:
        """Return the search, until the network there is was looked through.

        A search under way goes on to its end where another network of the same sizes has come, as it does with each
        step of training: or none would ever end.
        """
        network = self._shared.chosen.network
        if self._search is None or self._search[1] is not digits or self._search[0].network.sizes != network.sizes:
            if self._found is not None and self._found[1] is digits and self._found[0].network is network:
                return None
            training = digits.training
            self._search = Search(network, training.images, training.labels, _DIGITS), digits
        return Slice(partial(advance, self._search[0]), self._take)

    def _take(self, ended: bool) -> None:
        if self._search is None:
            return
        search, digits = self._search
        if self._known(digits) is None:
            self.head.setText(_looking(search.progress))
        if ended:
            self._search = None
            if search.found is not None:
                self._found = search.found, digits
                self.changed.emit()

    def give_up(self) -> None:
        """Begin anew when it is asked for again."""
        self._search = None

    # Showing

    def show(self) -> tuple[str, ...]:
        """Show the neuron as far as it is known, or what is in the way of it; return the lines of the formula."""
        digits = self._shared.digits.current
        known = None if self.trouble else self._known(digits)
        chosen = self._shared.chosen
        network = known.network if known else chosen.network
        self._layer = min(self._layer, len(network.weights) - 1)
        self._neuron = min(self._neuron, network.sizes[self._layer + 1] - 1)
        layer, neuron = self._layer, self._neuron
        self.choice.show_neuron(network, layer, neuron)
        excited = known.of(layer + 1, neuron) if known else None
        self._show_weights(network, layer, neuron)
        self._show_digits(excited, digits)
        asked = parts(network, layer + 1, neuron, None, MOST)
        self.tiles_below.show_parts(asked, layer - 1)
        self.below.setVisible(bool(asked))
        which = chosen.which if network is chosen.network else None  # that is shown
        self.key.setText(" ".join(filter(None, (COLOURS, MIXED if layer else "", of_the_beginning(which)))))
        self.below.setText(
            f"<b>It asks</b> the {counted(network.sizes[layer], 'neuron')} of the layer below. Those of the largest "
            "weights:"
        )
        return tuple(self._lines(network, layer, neuron, excited))

    def _known(self, digits: Digits | None) -> Exciting | None:
        """Return what was found, if it is of ``digits`` and of a network of the sizes of the one there is."""
        if self._found is None or self._found[1] is not digits:
            return None
        found = self._found[0]
        return found if found.network.sizes == self._shared.chosen.network.sizes else None

    def _show_weights(self, network: Network, layer: int, neuron: int) -> None:
        pattern = patterns(network, layer + 1, np.array([neuron]))[0]
        below = "weights, mixed" if layer else "weights"
        how = " mixed with those of the layers below, which leaves out what the neurons between do" if layer else ""
        said = f"Its weights{how}: ink on blue speaks for the neuron, on orange against it"
        self.both.weights.show_tiles([Tile(weights_image(pattern, self.both.palette()), below, said)])

    def _show_digits(self, excited: Excited | None, digits: Digits | None) -> None:
        if excited is None or digits is None:
            self.head.setText(self.trouble or _looking(self._search[0].progress if self._search else 0))
            self.both.digits.show_tiles([])
            self.said.setText("")
            return
        labels = digits.training.labels[excited.images]
        shown, below = head(excited)
        self.head.setText(shown)
        self.both.digits.show_tiles([
            Tile(
                picture(digits.training.images[i]),
                number(float(below[at])),
                f"{a_digit(int(labels[at])).capitalize()}, z = {number(float(excited.z[at]))}, "
                f"activation {number(float(excited.activations[at]))}",
            )
            for at, i in enumerate(excited.images.tolist())
        ])  # fmt: skip
        self.said.setText(f"{in_common(labels)} {fires(excited, labels, digits)}")

    def _lines(self, network: Network, layer: int, neuron: int, excited: Excited | None) -> list[str]:
        """Return the neuron's rule, and its numbers for the first digit and for the drawing."""
        j = neuron + first_number(network, layer)
        z, a, image = letter("z", j), letter("a", j), self._shared.session.image
        inputs = letter("a" if layer else "x", "k")
        lines = [
            f"{z} = Σ {letter('w', f'{j},k')}{inputs} + {letter('b', j)}",
            written_rule(network.neurons(layer).name, a),
        ]
        if excited is not None and excited.images.size:
            lines.append(
                _numbers("the first of these digits", z, a, float(excited.z[0]), float(excited.activations[0]))
            )
        if image is not None:
            made = components(network, layer, neuron, network.activations(image)[layer])
            lines.append(_numbers("your drawing", z, a, made.z, made.activation))
        return lines


def _looking(progress: float) -> str:
    return f"Looking for the digits that excite it most… {100 * progress:.0f}&nbsp;%"


def _numbers(what: str, z: str, a: str, z_value: float, a_value: float) -> str:
    return f"{what}: {z}&nbsp;=&nbsp;{number(z_value)}, {a}&nbsp;=&nbsp;{number(a_value)}"
