"""``NeuronChoice``, boxes to choose a neuron of a network by its layer and number, and what layers go by."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from digitpad.explore.layers import first_number
from digitpad.gui.explore.controls import choice
from digitpad.gui.widgets.layouts import row_of
from digitpad.gui.widgets.theme import grow
from digitpad.gui.widgets.wheel import WheelScrolls
from digitpad.nn.network import Network

_BEFORE = 6  # pixels before a number, as in the boxes beside it: not every Qt heeds a style sheet's


def layer_name(network: Network, layer: int) -> str:
    """Return the name of the layer that ``weights[layer]`` leads to, with its size: "Hidden 2 (30)"."""
    last, size = len(network.weights) - 1, network.sizes[layer + 1]
    return f"Output ({size})" if layer == last else f"Hidden{f' {layer + 1}' if last > 1 else ''} ({size})"


class _SpinBox(WheelScrolls, QSpinBox):
    """A field for a number, under which the wheel scrolls the page."""


class NeuronChoice(QWidget):
    """Chooses a layer and a neuron of it. Signal: ``changed(layer, neuron)``, which ``weights[layer][neuron]`` lead to.

    The neuron is counted from 0 there, and on the screen from what ``first_number`` says. Only what the person chooses
    is told.
    """

    changed = Signal(int, int)

    def __init__(self, what: str) -> None:
        """Begin without a network; ``what`` is done with the neuron, as in "The neuron that is written out"."""
        super().__init__()
        self._layer, self._first = 0, 1
        self.layer = choice("Layer", f"The layer of the neuron that is {what}")
        self.number = _SpinBox()
        self.number.lineEdit().setTextMargins(_BEFORE, 0, 0, 0)
        self.number.setAccessibleName("Neuron")
        self.number.setToolTip(f"The neuron that is {what}: type its number or press the arrow keys")
        self.number.setKeyboardTracking(False)
        grow(self.number, minimumWidth=64, maximumWidth=64)
        row_of(self.layer, self.number, parent=self).setStretch(0, 1)
        self.layer.currentIndexChanged.connect(self._choose_layer)
        self.number.valueChanged.connect(lambda number: self.changed.emit(self._layer, number - self._first))

    def show_neuron(self, network: Network, layer: int, neuron: int) -> None:
        """Offer the layers and neurons of ``network``, and show one as chosen."""
        names = [layer_name(network, at) for at in range(len(network.weights))]
        with QSignalBlocker(self.layer), QSignalBlocker(self.number):
            if names != [self.layer.itemText(at) for at in range(self.layer.count())]:
                self.layer.clear()
                self.layer.addItems(names)
            self._layer, self._first = layer, first_number(network, layer)
            self.layer.setCurrentIndex(layer)
            self.number.setRange(self._first, network.sizes[layer + 1] - 1 + self._first)
            self.number.setValue(neuron + self._first)

    def _choose_layer(self, layer: int) -> None:
        if layer != self._layer:
            self.changed.emit(layer, 0)
