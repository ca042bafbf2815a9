"""Page 4: the layers of a network, one neuron written out, and neurons that feed back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from digitpad.gui.explore.formula import DOT, MINUS, SIGMA, added, factor, letter, number
from digitpad.gui.explore.page import Page, Shared, button
from digitpad.gui.explore.plane import coloured
from digitpad.gui.explore.recurrent import RecurrentPart
from digitpad.gui.explore.slider import NumberSlider
from digitpad.gui.explore.wires import Wire, disc, nearest, paint_wires, shares, signed_image
from digitpad.gui.theme import GAP, NORMAL, SMALL, font
from digitpad.nn.components import Components, components, votes
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_SIDE = 28  # pixels of a digit's image
_SHOWN = 10  # neurons of a layer that are painted
_TERMS = 4  # of a long sum that are written out

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

    TITLE = "Layers"
    TEXT = (
        "Activations flow from layer to layer along connections that are blue where the weight is positive, orange "
        "where it is negative. Click a neuron to see its sum; below, step through neurons that feed back."
    )
    TASK = "choose the neuron of the last hidden layer that adds most to the output that wins for your drawing."

    def __init__(self, shared: Shared) -> None:
        """Begin with the network in use and the output that wins."""
        super().__init__(shared)
        self.view, self.recurrent = LayersView(), RecurrentPart()
        self.picture.addWidget(self.view, 3)
        self.picture.addWidget(self.recurrent, 2)
        self.which = _combo("Network", "The network in use, or one small enough to see everything of it")
        self.which.addItems(["", "Small: 3-4-2 sigmoid neurons"])
        self.layer = _combo("Layer", "The layer of the neuron that is written out")
        self.neuron = QSpinBox()
        self.neuron.setAccessibleName("Neuron")
        self.neuron.setToolTip("The neuron that is written out: type its number or press the arrow keys")
        self.neuron.setKeyboardTracking(False)
        self.neuron.setFixedWidth(64)
        self.sample = _combo("Neurons shown", "Which neurons are painted where a layer has more than ten")
        self.sample.addItems(["Strongest activations", "Evenly spaced"])
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
        choice = QHBoxLayout()
        choice.setSpacing(GAP)
        choice.addWidget(self.layer, 1)
        choice.addWidget(self.neuron)
        choice.addWidget(self.play)
        self.controls.addLayout(choice)
        self.controls.addWidget(self.stack)
        self._activations: list[Floats] | None = None
        self._follow = True  # whether it is the output that wins, whichever it is: until the person chooses another
        self._own = False  # whether the person, and not the page, chose the neuron for this network and drawing
        self._sizes: tuple[int, ...] = ()
        self.chosen = (0, 0)  # the neuron: that weights[layer][neuron] lead to
        self.which.currentIndexChanged.connect(self._renew)
        self.layer.currentIndexChanged.connect(self._layer_chosen)
        self.neuron.valueChanged.connect(self._neuron_chosen)
        self.sample.currentIndexChanged.connect(self.update_soon)
        self.play.clicked.connect(self.view.play)
        self.view.neuron_clicked.connect(self._clicked)
        for slider in self.inputs:
            slider.changed.connect(self._renew)
        shared.session.model_changed.connect(self._renew)
        shared.session.image_changed.connect(self._renew)

    # What is shown

    @property
    def small(self) -> bool:
        """Whether the small network is on show."""
        return self.which.currentIndex() == 1

    @property
    def network(self) -> Network:
        """The network on show."""
        return _SMALL if self.small else self.shared.session.model.network

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
        self._activations, self._own = None, False
        self.update_soon()

    def _layer_chosen(self, layer: int) -> None:
        self._choose(layer, 0 if layer != self.chosen[0] else self.chosen[1])

    def _neuron_chosen(self, value: int) -> None:
        self._choose(self.chosen[0], value - self._first(self.chosen[0]))

    def _clicked(self, layer: int, neuron: int) -> None:
        self._choose(layer - 1, neuron)

    def _choose(self, layer: int, neuron: int) -> None:
        self.chosen, self._own, self._follow = (layer, neuron), True, False
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
        sizes = "-".join(str(size) for size in self.shared.session.model.network.sizes)
        self.which.setItemText(0, f"In use: {sizes}")
        self.stack.setCurrentIndex(int(self.small))

    def _sampled(self, made: Components) -> list[NDArray[np.intp]]:
        """Return for each layer, the input first, which of its neurons are painted.

        The chosen one is among them, and those that have the largest terms in its sum.
        """
        strongest = self.sample.currentIndex() == 0 and bool(self.small or self.shared.session.image is not None)
        found = []
        for layer, a in enumerate(self.activations):
            if layer == 0 and self._has_image:
                found.append(pixels(a, strongest))
                continue
            wanted = {self.chosen[0] + 1: [self.chosen[1]], self.chosen[0]: made.largest.tolist()}
            found.append(sample(a, _SHOWN, strongest, wanted.get(layer, ())))
        return found

    @property
    def _has_image(self) -> bool:
        return self.network.sizes[0] == _SIDE * _SIDE

    # Showing

    def _update(self) -> None:
        self._fit_network()
        network, activations, (layer, neuron) = self.network, self.activations, self.chosen
        made = components(network, layer, neuron, activations[layer], _TERMS)
        sampled = self._sampled(made)
        image = activations[0].reshape(_SIDE, _SIDE) if self._has_image else None
        self.view.show_layers(Layers(network, activations, sampled, self.chosen, image, self._first))
        self.note.setText(self._noted(sampled))
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
        if self.small or not self._own or self.shared.session.image is None or layer != len(self.network.weights) - 2:
            return
        if neuron == int(np.argmax(votes(self.network, self.activations)[1])):
            self._done()

    def _rule(self) -> str:
        """Return the name of the function of the chosen neuron."""
        name = self.network.neurons(self.chosen[0]).name
        return SIGMA if name == "sigmoid" else name

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
        rows: list[tuple[str | float, ...]] = [
            ("", letter("w", "k"), letter("a", "k"), f"{letter('w', 'k')}{letter('a', 'k')}")
        ]
        for k, w, a, term in zip(made.largest, made.weights, made.inputs, made.terms, strict=True):
            rows.append((f"{letter('k')} = {int(k) + first}", number(w, 3), a, term))
        if made.others:
            rows.append((f"{made.others} {'others' if len(made.largest) else 'inputs'}", "", "", made.rest))
        rows.append((f"bias {letter('b')}", "", "", made.bias))
        rows.append((f"sum {letter('z')}", "", "", f"<b>{number(made.z)}</b>"))
        rule_of_z = f"{_prime('a', name)} = {rule}({letter('z')})"
        if rule == SIGMA:
            rule_of_z += f" = 1 / (1 + {letter('e', power=f'{MINUS}<i>z</i>')})"
        elif rule == "relu":
            rule_of_z += f" = max(0, {letter('z')})"
        # Both equations of the book are about sigmoid neurons; the second is their rule alone.
        equation, named = ("equation 22", " (rule 4)") if rule == SIGMA else ("as equation 22", "")
        lines = [
            f"All {outputs} ({equation}): {_prime('a')} = {rule}({letter('w')}{DOT}{letter('a')} + {letter('b')})",
            f"{letter('w')} is {outputs} × {inputs}; number {name} of {_prime('a')} is <b>{matrix}</b>",
            f"Number {name} alone, in components{named}:",
            _table(rows),
            f"{rule_of_z} = <b>{sum_}</b>",
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
        equation = _beside(
            f"{SIGMA}(",
            _matrix(w, 1, grey, neuron),
            DOT,
            _matrix(before[:, None], 2, grey),
            "+",
            _matrix(b[:, None], 1, grey, neuron),
            ")&nbsp;=",
            _matrix(after[:, None], 2, grey, neuron),
        )
        terms = " + ".join(
            f"{factor(weight, 1)} {DOT} {number(a)}" for weight, a in zip(w[neuron], before, strict=True)
        )
        z, name = number(made.z), self.name(layer, neuron)
        return [
            f"{_prime('a')} = {SIGMA}({letter('w')}{DOT}{letter('a')} + {letter('b')}), the whole layer (equation 22):",
            equation,
            f"In components (rule 4), only number {name}:",
            f"{letter('z')} = {terms} {added(made.bias, 1)} = {z}",
            f"{_prime('a', name)} = {SIGMA}({z}) = 1 / (1 + {letter('e', power=number(-made.z))}) = <b>{sum_}</b>",
            f"By equation 22 it is <b>{matrix}</b>: the same number.",
            f'<span style="color: {grey}">The task is about the network in use.</span>',
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


def sample(a: Floats, most: int, strongest: bool, wanted: Sequence[int] = ()) -> NDArray[np.intp]:
    """Return up to ``most`` places of ``a`` (n,), in their order, the ``wanted`` among them.

    The others are those of the largest values by size, or evenly spaced.
    """
    n = len(a)
    if n <= most:
        return np.arange(n)
    order = np.argsort(-np.abs(a), kind="stable") if strongest else np.linspace(0, n - 1, most).round().astype(np.intp)
    chosen = list(dict.fromkeys([*wanted, *order[:most].tolist()]))[:most]
    return np.sort(np.array(chosen, dtype=np.intp))


def pixels(image: Floats, strongest: bool) -> NDArray[np.intp]:
    """Return some pixels of a digit's image (784,): of its ink, or a grid over all of it; none of a blank one."""
    if not image.any():
        return np.empty(0, dtype=np.intp)
    ink = np.flatnonzero(image > 0.5 * image.max()) if strongest else np.empty(0, dtype=np.intp)
    if len(ink) < _SHOWN:
        lines = np.arange(3, _SIDE, 7)
        return np.asarray((lines[:, None] * _SIDE + lines).ravel(), dtype=np.intp)
    return np.asarray(ink[np.linspace(0, len(ink) - 1, _SHOWN).round().astype(np.intp)])


def full(network: Network, layer: int, a: Floats) -> float:
    """Return the activation that fills a disc: 1, or for relu neurons, which know no limit, the layer's largest."""
    if layer == 0 or network.neurons(layer - 1).name != "relu":
        return 1.0
    return float(a.max()) or 1.0


def short(value: float) -> str:
    """Return a number of at most three figures where it is below 1000: what a disc has room for."""
    return number(value, 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0)


def _combo(name: str, tip: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    return made


def _prime(name: str, index: object = None) -> str:
    below = "" if index is None else f"<sub>{index}</sub>"
    return f"<i>{name}</i>′{below}"


def _table(rows: Sequence[Sequence[str | float]]) -> str:
    """Return the sum as a table, each column of it one cell: see ``_matrix``."""
    widths = (92, 62, 52, 62)  # fixed, or the columns would move with the numbers
    cells = ""
    for width, column in zip(widths, zip(*rows, strict=True), strict=True):
        texts = (number(value) if isinstance(value, float) else value or "&nbsp;" for value in column)
        cells += f'<td align="right" width="{width}">{"<br>".join(texts)}</td>'
    return f'<table style="font-size: {NORMAL}px; margin-bottom: 6px" cellspacing="0"><tr>{cells}</tr></table>'


def _matrix(values: NDArray[np.floating], digits: int, colour: str, bold: int | None = None) -> str:
    """Return the cells of a matrix in square brackets of a ``colour``, one row of it bold.

    A column is one cell: a cell for each number would be laid out several times as long, at each step of a slider.
    """
    left, right = (
        f'<td style="font-size: 8px{"".join(f"; border-{at}: 1px solid {colour}" for at in (side, "top", "bottom"))}">'
        "&nbsp;</td>"
        for side in ("left", "right")
    )
    cells = ""
    for i, column in enumerate(values.T.tolist()):
        shown = [number(value, digits) for value in column]
        texts = (f"<b>{one}</b>" if row == bold else one for row, one in enumerate(shown))
        style = f"vertical-align: middle; padding-left: {5 if i else 0}px"
        cells += f'<td align="right" style="{style}">{"<br>".join(texts)}</td>'
    return f"{left}{cells}{right}"


def _beside(*parts: str) -> str:
    """Return matrices, which are cells, and what stands between them in one row."""
    cells = "".join(
        part
        if part.startswith("<td")
        else f'<td style="vertical-align: middle; font-size: {NORMAL + 1}px; padding: 0 1px">{part}</td>'
        for part in parts
    )
    style = f"font-size: {SMALL}px; margin-bottom: 6px"
    return f'<table cellspacing="0" style="{style}"><tr>{cells}</tr></table>'


@dataclass(frozen=True)
class Layers:
    """What a ``LayersView`` shows: ``sampled`` are the neurons painted of each layer, the input first.

    ``chosen`` is (layer of weights, neuron); ``image`` is the input where it is one; ``first`` returns the number of
    the first neuron that ``weights[layer]`` lead to.
    """

    network: Network
    activations: list[Floats]
    sampled: list[NDArray[np.intp]]
    chosen: tuple[int, int]
    image: NDArray[np.floating] | None
    first: Callable[[int], int]


class LayersView(QWidget):
    """Neurons in columns, connections by weight, filled as far as they fire.

    Signal: ``neuron_clicked(layer, neuron)``, the layer counted with the input as 0.
    """

    SECONDS = 0.6  # that a layer takes in the animation

    neuron_clicked = Signal(int, int)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setAccessibleName("Layers of the network")
        self.setMinimumSize(260, 260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setToolTip(" ")  # made by event() for the neuron under the pointer
        self._layers: Layers | None = None
        self._flow: float | None = None  # how many layers the animation has passed; None when it rests
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(16)
        self._timer.timeout.connect(self._advance)
        self._images: tuple[QImage, QImage | None] | None = None

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return QSize(260, 260)

    def show_layers(self, layers: Layers) -> None:
        """Show these."""
        self._layers, self._images = layers, None
        self.update()

    # The animation

    @property
    def playing(self) -> bool:
        """Whether the activations are flowing."""
        return self._timer.isActive()

    def play(self) -> None:
        """Let the activations flow forward once."""
        self._flow = 0.0
        self._clock.start()
        self._timer.start()
        self.update()

    def rest(self) -> None:
        """End the animation: all layers are shown as they are."""
        self._timer.stop()
        self._flow = None
        self.update()

    def _advance(self) -> None:
        assert self._layers is not None
        self._flow = self._clock.elapsed() / 1000 / self.SECONDS
        if self._flow >= len(self._layers.network.weights):
            self.rest()
        self.update()

    # Places

    def _image_side(self) -> float:
        return float(max(48, min(0.24 * self.width(), 0.42 * (self.height() - 40), 150)))

    def _image_area(self) -> QRectF:
        side = self._image_side()
        return QRectF(2, 40, side, side)

    def _weights_area(self) -> QRectF:
        area = self._image_area()
        return area.translated(0, area.height() + 26)

    def _x(self, layer: int) -> float:
        assert self._layers is not None
        columns = len(self._layers.sampled)
        right = self.width() - 62.0
        if self._layers.image is None:
            return 26 + (right - 26) * layer / (columns - 1)
        if layer == 0:
            return self._image_area().center().x()
        left = self._image_area().right() + max(34.0, 0.14 * self.width())
        return right if columns == 2 else left + (right - left) * (layer - 1) / (columns - 2)

    def _spread(self, count: int) -> float:
        return min(64.0, (self.height() - 62) / max(count, 1))

    def _columns(self) -> float:
        """Return how far apart two columns of neurons are."""
        assert self._layers is not None
        last = len(self._layers.sampled) - 1
        return self._x(last) - self._x(last - 1)

    def _radius(self, count: int) -> float:
        return min(17.0, 0.42 * self._spread(count), 0.42 * self._columns())

    def place(self, layer: int, neuron: int) -> QPointF:
        """Return where a neuron that is painted lies; the layer is counted with the input as 0."""
        assert self._layers is not None
        some = self._layers.sampled[layer]
        if layer == 0 and self._layers.image is not None:
            area, (row, column) = self._image_area(), divmod(neuron, _SIDE)
            cell = area.width() / _SIDE
            return area.topLeft() + QPointF((column + 0.5) * cell, (row + 0.5) * cell)
        at, spread = int(np.searchsorted(some, neuron)), self._spread(len(some))
        middle = 40 + (self.height() - 50) / 2
        return QPointF(self._x(layer), middle + (at - (len(some) - 1) / 2) * spread)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        if self._layers is None:
            return None
        places = [
            ((layer, int(neuron)), self.place(layer, int(neuron)))
            for layer, some in enumerate(self._layers.sampled)
            for neuron in some
            if layer
        ]
        return cast("tuple[int, int] | None", nearest(places, place, 16))

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a neuron."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.neuron_clicked.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer's shape what can be chosen."""
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        """Tell the neuron under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def words(self, place: QPointF) -> str:
        """Return what is at ``place``, or nothing."""
        found = self._at(place)
        if found is None or self._layers is None:
            return ""
        layer, neuron = found
        kind = "Output" if layer == len(self._layers.network.weights) else "Neuron"
        a = float(self._layers.activations[layer][neuron])
        return f"{kind} {neuron + self._layers.first(layer - 1)}: activation {number(a)}"

    # Paint

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._images = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint image, connections and neurons."""
        if self._layers is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_image(painter)
        for layer in range(len(self._layers.network.weights)):
            self._paint_wires(painter, layer)
        self._paint_weights(painter)
        for layer in range(len(self._layers.sampled)):
            self._paint_neurons(painter, layer)
        painter.end()

    def _reached(self, layer: int) -> float:
        """Return how far the flow is on its way to ``layer``, the input being 0; 1 when it is there."""
        return 1.0 if self._flow is None or layer == 0 else float(np.clip(self._flow - (layer - 1), 0, 1))

    def _paint_image(self, painter: QPainter) -> None:
        layers, palette = self._layers, self.palette()
        assert layers is not None
        if layers.image is None:
            return
        if self._images is None:
            low, high = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
            layer, neuron = layers.chosen
            weights = layers.network.weights[0][neuron].reshape(_SIDE, _SIDE) if layer == 0 else None
            self._images = (
                coloured(np.asarray(layers.image, dtype=np.float64), low, high),
                None if weights is None else signed_image(weights, palette),
            )
        area = self._image_area()
        painter.drawImage(area, self._images[0])
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_weights(self, painter: QPainter) -> None:
        """Paint the weights of a chosen neuron of the first layer as an image, above the connections."""
        if self._images is None or self._images[1] is None:
            return
        palette, area = self.palette(), self._weights_area()
        head = QRectF(area.left(), area.top() - 20, area.width(), 20)
        painter.fillRect(head, palette.color(QPalette.ColorRole.Window))
        painter.setFont(font(SMALL))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(head, 0, "its weights")
        painter.drawImage(area, self._images[1])
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_wires(self, painter: QPainter, layer: int) -> None:
        layers = self._layers
        assert layers is not None
        before, after = layers.sampled[layer], layers.sampled[layer + 1]
        starts = [self.place(layer, int(k)) for k in before]
        ends = [self.place(layer + 1, int(j)) for j in after]
        weights, reached = shares(layers.network.weights[layer][np.ix_(after, before)]), self._reached(layer + 1)
        mine: list[Wire] = []
        others: list[Wire] = []
        for row, j in enumerate(after):
            chosen = layers.chosen == (layer, int(j))
            for column in range(len(before)):
                wire = Wire(starts[column], ends[row], float(weights[row, column]), reached)
                (mine if chosen else others).append(wire)
        painter.save()
        if reached > 0:
            paint_wires(painter, self.palette(), others, faint=True)
            paint_wires(painter, self.palette(), mine)
        painter.restore()

    def _paint_neurons(self, painter: QPainter, layer: int) -> None:
        layers, palette = self._layers, self.palette()
        assert layers is not None
        text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        some, a, last = layers.sampled[layer], layers.activations[layer], len(layers.sampled) - 1
        painter.setFont(font(SMALL))
        painter.setPen(quiet)
        name = "input" if layer == 0 else "output" if layer == last else "hidden"
        head = QRectF(self._x(layer) - 40, 2, 80, 16)
        wide = self._columns() >= 50
        if wide or layer == 0:
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
        lower = (
            wide or layer % 2 == 0
        )  # narrow columns have their numbers at two heights, side by side they would touch
        painter.drawText(head.translated(0, 16 if lower else 0), Qt.AlignmentFlag.AlignCenter, str(len(a)))
        if layer == 0 and layers.image is not None:
            return
        largest = full(layers.network, layer, a)
        radius, arrived = self._radius(len(some)), self._reached(layer) >= 1
        for j in some:
            at, value = self.place(layer, int(j)), float(a[j])
            share = value / largest if arrived else 0.0
            painter.setFont(font(SMALL))
            inside = short(value) if radius >= 16 and arrived else ""
            disc(painter, palette, at, radius, share, layers.chosen == (layer - 1, int(j)), text=inside)
            if layer == last:
                best = arrived and int(j) == int(np.argmax(a))
                painter.setFont(font(SMALL, strong=best))
                painter.setPen(text if best else quiet)
                label = str(int(j) + layers.first(layer - 1)) + (
                    f"  {number(value)}" if arrived and radius < 16 else ""
                )
                painter.drawText(QRectF(at.x() + radius + 6, at.y() - 8, 60, 16), Qt.AlignmentFlag.AlignVCenter, label)
