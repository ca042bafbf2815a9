"""``Questions``, the view of the page toward deep learning that cuts the question of an output into smaller ones."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.explore.deep import Part, parts
from digitpad.gui.explore.chosen_network import NetworkChoice
from digitpad.gui.explore.controls import choice
from digitpad.gui.explore.deep.excited_words import COLOURS, MIXED, of_the_beginning
from digitpad.gui.explore.deep.part_tiles import MOST, PartTiles
from digitpad.gui.explore.options import words
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.views import View
from digitpad.gui.widgets.formula import DOT, added, factor, letter
from digitpad.gui.words import counted
from digitpad.nn.network import Network

_SIDE = 112  # pixels of each part
_SMALLER = {
    0: "Is there a ring? Is it empty within? Does no line end?",
    1: "Is there one upright line? Is there nothing beside it?",
    2: "Is there an arc above, open at its left? A line along the bottom?",
    3: "Are there two arcs, one on the other, both open at their left?",
    4: "Is there an upright line at the right? A corner at its left? Is the top open?",
    5: "Is there a line along the top? An arc below, open at its left?",
    6: "Is there a ring below? A line that comes down to it from above?",
    7: "Is there a line along the top? One that slants down from its right end?",
    8: "Are there two rings, one on the other?",
    9: "Is there a ring above? A line down from its right side?",
}
_KEY = f"{COLOURS} Below each: its weight to the neuron above."


class Questions(View):
    """The neurons that an output asks, and those that the first of these asks.

    Signal: ``picked(layer, neuron)``, which ``weights[layer][neuron]`` lead to, when one is to be seen by itself.
    """

    NAME = "Questions"
    TIP = "What the neurons below an output look for"

    picked = Signal(int, int)

    def __init__(self, shared: Shared) -> None:
        """Fill the columns of the view, beginning with the question whether it is a 9."""
        super().__init__()
        self._shared = shared
        self.asked = words("")
        self.tiles = PartTiles("Parts of the question", _SIDE)
        self.key = QLabel()
        self.key.setWordWrap(True)
        self.key.setProperty("quiet", True)
        self.below = words("")
        self.tiles_below = PartTiles("Parts of the first of them", _SIDE)
        for tiles in (self.tiles, self.tiles_below):
            tiles.neuron_picked.connect(self.picked)
        for widget in (self.asked, self.tiles, self.below, self.tiles_below, self.key):
            self.pictures.addWidget(widget)
        self.pictures.addStretch()
        self.digit = choice(
            "Question", "The output whose parts are shown", *(f"Is it a {digit}?" for digit in range(10))
        )
        self.digit.setCurrentIndex(9)
        self.network = NetworkChoice(self._shared.chosen)
        self.digit.currentIndexChanged.connect(self.changed)
        for box in (self.digit, self.network):
            self.controls.addWidget(box)

    def show(self) -> tuple[str, ...]:
        """Show the parts for the drawing and the network there are; return the line of the formula."""
        digit, network, image = self.digit.currentIndex(), self._shared.chosen.network, self._shared.session.image
        last = len(network.weights)
        found = parts(network, last, digit, image, MOST)
        below = parts(network, last - 1, found[0].neuron, image, MOST) if found else []
        those = "that say most now" if image is not None else "of the largest weights"
        which = self._shared.chosen.which
        how = "By chance" if which is ChapterNetwork.UNTRAINED else "By learning"
        by_hand = f"<b>By thinking:</b> is it a {digit}? {_SMALLER[digit]}"
        if not found:
            self.asked.setText(f"{by_hand}<br><br>Without a hidden layer a network asks each pixel, and nothing else.")
        else:
            self.asked.setText(
                f"{by_hand}<br><br><b>{how}:</b> this network cuts it into {_smaller(network.sizes[-2])} of its last "
                f"hidden layer. Those {those}:"
            )
        self.key.setText(" ".join(filter(None, (_KEY, MIXED if last > 2 else "", of_the_beginning(which)))))
        self.tiles.show_parts(found, last - 2)
        self.tiles_below.show_parts(below, last - 3)
        if below:
            self.below.setText(
                f"<b>And again:</b> the first of these is cut into {_smaller(network.sizes[-3])} below it. "
                f"Those {those}:"
            )
        self.key.setVisible(bool(found))
        self.below.setVisible(bool(below))
        return (_sum(found, digit, network),)


def _smaller(count: int) -> str:
    return f"{counted(count, 'smaller question')}, the neuron{'' if count == 1 else 's'}"


def _sum(found: list[Part], digit: int, network: Network) -> str:
    """Return the sum of an output, as far as a drawing gives it."""
    z, b = letter("z", digit), letter("b")
    if not found:
        return f"{z} = {letter('w')}{DOT}{letter('x')} + {b}: a weight for each pixel, with nothing in between"
    if found[0].activation is None:
        return f"{z} = Σ {letter('w')}{letter('a')} + {b}: a drawing gives it numbers"
    first, bias = found[:3], float(network.biases[-1][digit])
    products = " + ".join(f"{factor(part.weight)} {DOT} {factor(part.activation or 0.0)}" for part in first)
    others = " + the others" if network.sizes[-2] > len(first) else ""
    return f"{z} = {products}{others} {added(bias)}"
