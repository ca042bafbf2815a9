"""``WholeView``: all layers, and below them what is to be told of the neuron that is pointed at."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from digitpad.gui.inside.layers.activity_view import ActivityView
from digitpad.gui.inside.layers.made_of import Found, input_tiles, pixel_tiles
from digitpad.gui.inside.layers.neuron_words import neuron_name
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.elided import ElidedLabel, elided_caption
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.neuron_formula import rule
from digitpad.gui.widgets.theme import GAP, NORMAL, font
from digitpad.gui.widgets.tiles import EDGE, Tiles
from digitpad.inside.activity import Activity, Neuron

_WIRES = 12  # inputs that are joined to the neuron that is pointed at
_TILES = 12  # of them are shown as pictures
_SIDE, _LARGE, _BROAD = 64, 96, 900  # pixels: how large, and how large where the view is so broad


class WholeView(QWidget):
    """Points at the largest output until the pointer or a key points at another neuron.

    Signal: ``opened(neuron, place)`` when one is to be seen by itself; ``place`` is where it lies, a QRectF.
    """

    opened = Signal(object, QRectF)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.view = ActivityView()
        self.name, self.value = ElidedLabel(), QLabel()
        self.name.setFont(font(NORMAL, strong=True))
        self.value.setWordWrap(True)
        self.made_of = elided_caption()
        self.tiles = Tiles("Strongest inputs", "Click it to see what it is made of itself", _SIDE)
        self._activity: Activity | None = None
        self._found: Found | None = None
        self._pointed: Neuron | None = None
        self._inputs: list[Neuron] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP // 2)
        rows.addWidget(self.view)
        for label in (self.name, self.value, self.made_of):
            label.setContentsMargins(EDGE, 0, 0, 0)
            rows.addWidget(label)
        rows.addWidget(self.tiles)
        rows.addStretch(1)
        self.view.pointed.connect(self._point)
        self.view.opened.connect(lambda neuron: self.opened.emit(neuron, self._place_of(neuron)))
        self.tiles.picked.connect(self._open_input)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have larger pictures where there is much room."""
        super().resizeEvent(event)
        self.tiles.set_side(_LARGE if self.width() >= _BROAD else _SIDE)

    @property
    def at(self) -> Neuron:
        """The neuron that is pointed at, or the largest output."""
        activity, pointed = self._activity, self._pointed
        if activity is None:
            return Neuron(0, 0)
        sizes = activity.network.sizes
        there = pointed is not None and pointed.layer < len(sizes) and pointed.index < sizes[pointed.layer]
        return pointed if pointed is not None and there else activity.winner

    def show_activity(self, activity: Activity, found: Found | None) -> None:
        """Show what all neurons do, and which digits excite them, where that was ``found``."""
        self._activity, self._found = activity, found
        self._show()

    def _point(self, neuron: Neuron | None) -> None:
        self._pointed = neuron
        if self._activity is not None:
            self._show()
            if neuron is not None and self.view.hasFocus():
                announce(self.view, f"{self.name.text()}: {self.value.text()}")

    def _show(self) -> None:
        activity, at = self._activity, self.at
        assert activity is not None
        self.name.setText(neuron_name(activity.network, at))
        if at.layer == 0:
            self.view.show_activity(activity, at, [])
            self.value.setText(f"Grey {number(activity.value(at))}: 0 is paper, 1 is ink.")
            self.made_of.setText("")
            self._inputs = []
            self.tiles.show_tiles([])
            return
        made = activity.sum_of(at, max(_WIRES, _TILES))
        inputs = [Neuron(at.layer - 1, int(k)) for k in made.largest]
        largest = abs(float(made.terms[0])) if len(made.terms) else 1.0
        wires = zip(inputs[:_WIRES], made.terms.tolist(), strict=False)
        self.view.show_activity(activity, at, [(one, term / largest) for one, term in wires if largest < float("inf")])
        function = rule(activity.network.neurons(at.layer - 1).name)
        function = "max" if function == "relu" else function
        of_z = f"max(0, {number(made.z)})" if function == "max" else f"{function}({number(made.z)})"
        self.value.setText(f"Activation {number(made.activation, 4)} = {of_z}, with a bias of {number(made.bias)}.")
        if at.layer == 1:
            self._inputs = []
            self.made_of.setText("What it makes of the drawing")
            self.tiles.show_tiles(pixel_tiles(activity, at, self.palette()))
        else:
            self._inputs = inputs[:_TILES]
            self.made_of.setText(f"Its strongest of {len(activity.layers[at.layer - 1]):,} inputs, and what each adds")
            chosen, adds = made.largest[:_TILES].tolist(), made.terms[:_TILES].tolist()
            self.tiles.show_tiles(input_tiles(activity, at, chosen, adds, self._found, self.palette()))

    def _open_input(self, i: int, place: QRectF) -> None:
        neuron = self._inputs[i] if self._inputs else self.at
        self.opened.emit(neuron, place.translated(self.tiles.pos()))

    def _place_of(self, neuron: Neuron) -> QRectF:
        return self.view.place(neuron).translated(self.view.pos())
