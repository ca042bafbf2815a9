"""What neurons are called on the screen."""

from digitpad.draw.preprocess import SIDE
from digitpad.inside.activity import Neuron
from digitpad.nn.network import Network


def layer_name(network: Network, layer: int) -> str:
    """Return the name of a layer, the input being 0: "Input", "Hidden", "Hidden 2", "Outputs"."""
    last = len(network.weights)
    if layer == 0:
        return "Input"
    return "Outputs" if layer == last else "Hidden" if last == 2 else f"Hidden {layer}"


def neuron_name(network: Network, neuron: Neuron) -> str:
    """Return the name of a neuron with its layer; hidden neurons are counted from 1, outputs by their digit."""
    if neuron.layer == 0:
        return f"Pixel in {short_name(network, neuron)}"
    if neuron.layer == len(network.weights):
        return f"Output {neuron.index}"
    return f"{layer_name(network, neuron.layer)}, neuron {short_name(network, neuron)}"


def short_name(network: Network, neuron: Neuron) -> str:
    """Return its name where its layer is known."""
    if neuron.layer == 0:
        row, column = divmod(neuron.index, SIDE)
        return f"row {row}, column {column}"
    return str(neuron.index) if neuron.layer == len(network.weights) else f"{neuron.index + 1:,}"
