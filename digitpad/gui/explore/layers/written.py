"""Functions that write what page Layers says of a network: shapes, wanted outputs, equation 22 for one neuron."""

from digitpad.gui.widgets.formula import letter
from digitpad.gui.widgets.matrices import columns
from digitpad.nn.network import Network

_WIDTHS = 88, 84, 44, 64  # pixels, of the columns


def prime(name: str, index: object = None) -> str:
    """Return an activation of the layer after: a with a stroke."""
    below = "" if index is None else f"<sub>{index}</sub>"
    return f"<i>{name}</i>′{below}"


def in_components(rule: str) -> str:
    """Return equation 22 for one neuron j, with both indices; ``rule`` is its function."""
    terms = f"{letter('w', '<i>jk</i>')}{letter('a', '<i>k</i>')}"
    return f"{prime('a', '<i>j</i>')} = {rule}(Σ<sub><i>k</i></sub> {terms} + {letter('b', '<i>j</i>')})"


def one_of_ten(digit: int) -> str:
    """Return the outputs that are wanted for a digit, as the book writes them."""
    row = ", ".join("<b>1</b>" if i == digit else "0" for i in range(10))
    return f"({row})<sup>T</sup>"


def shapes_of(network: Network) -> str:
    """Return a table of the shapes of all weights and biases, and how many numbers they are."""
    sizes, last = network.sizes, len(network.weights)
    rows = [("", letter("w"), letter("b"), "numbers"), (f"input {sizes[0]:,}", "", "", "")]
    for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True), 1):
        name = f"{'output' if layer == last else 'hidden'} {sizes[layer]:,}"
        rows.append((name, f"{w.shape[0]:,} × {w.shape[1]:,}", f"{b.size:,}", f"{w.size + b.size:,}"))
    rows.append(("all", "", "", f"<b>{network.parameters.size:,}</b>"))
    return columns(rows, _WIDTHS)
