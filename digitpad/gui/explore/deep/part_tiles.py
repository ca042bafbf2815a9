"""``PartTiles``: neurons that another one asks, each by what it looks for; one that is picked is seen by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal

from digitpad.explore.deep import Part
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import weights_image
from digitpad.gui.widgets.tiles import Tile, Tiles

MOST = 6  # parts that are shown


class PartTiles(Tiles):
    """Parts of a question. Signal: ``neuron_picked(layer, neuron)``, which ``weights[layer][neuron]`` lead to."""

    neuron_picked = Signal(int, int)

    def __init__(self, name: str, side: int) -> None:
        """Start empty; pictures are ``side`` pixels large."""
        super().__init__(name, "Click it to see which digits excite it most", side)
        self._layer = 0
        self._parts: Sequence[Part] = ()
        self.picked.connect(self._tell_neuron)

    def show_parts(self, parts: Sequence[Part], layer: int) -> None:
        """Show these ``parts``, neurons that ``weights[layer]`` leads to."""
        self._parts, self._layer = parts, layer
        self.show_tiles([self._tile(part) for part in parts])
        self.setVisible(bool(parts))

    def _tile(self, part: Part) -> Tile:
        speaks = "for" if part.weight > 0 else "against"
        how = ", as the layers below mix the pixels" if self._layer else ""
        now = "" if part.activation is None else f", now {number(part.activation)}"
        said = f"Neuron {part.neuron + 1}: what it looks for{how}; weight {number(part.weight)}, {speaks} it{now}"
        return Tile(weights_image(part.pattern, self.palette()), number(part.weight), said)

    def _tell_neuron(self, i: int, _: QRectF) -> None:
        self.neuron_picked.emit(self._layer, self._parts[i].neuron)
