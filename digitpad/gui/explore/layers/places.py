"""Where the parts of a network's picture lie: ``Places``, of what a picture shows, its ``Layers``."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from digitpad.draw.preprocess import SIDE
from digitpad.gui.widgets.theme import grown
from digitpad.gui.widgets.wires import nearest
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_HEAD = 40  # pixels above the neurons, for the names of layers and how many they have


@dataclass(frozen=True, eq=False)
class Layers:
    """What is shown of a network: ``sampled`` are the neurons painted of each layer, the input first.

    ``chosen`` is (layer of weights, neuron); ``image`` is the input where it is one.
    """

    network: Network
    activations: list[Floats]
    sampled: list[NDArray[np.intp]]
    chosen: tuple[int, int]
    image: NDArray[np.floating] | None


@dataclass(frozen=True)
class Places:
    """Where image and neurons lie in a picture of ``width`` and ``height``, in pixels; the input is layer 0."""

    layers: Layers
    width: int
    height: int

    @cached_property
    def image(self) -> QRectF:
        """Where the input is shown, if it is an image."""
        side = float(max(48, min(0.24 * self.width, 0.42 * (self.height - grown(_HEAD)), 150)))
        return QRectF(2, grown(_HEAD), side, side)

    @property
    def weights(self) -> QRectF:
        """Where the weights of a chosen neuron of the first layer are shown as an image."""
        return self.image.translated(0, self.image.height() + grown(26))

    def x(self, layer: int) -> float:
        """Return the middle of a layer's column."""
        columns = len(self.layers.sampled)
        right = self.width - grown(62)
        if self.layers.image is None:
            return 26 + (right - 26) * layer / (columns - 1)
        if layer == 0:
            return self.image.center().x()
        left = self.image.right() + max(34.0, 0.14 * self.width)
        return right if columns == 2 else left + (right - left) * (layer - 1) / (columns - 2)

    @property
    def apart(self) -> float:
        """How far apart two columns of neurons are."""
        last = len(self.layers.sampled) - 1
        return self.x(last) - self.x(last - 1)

    def _spread(self, count: int) -> float:
        return min(64.0, (self.height - grown(_HEAD) - 22) / max(count, 1))

    def radius(self, count: int) -> float:
        """Return how large a neuron of a column with ``count`` of them is."""
        return min(float(grown(17)), 0.42 * self._spread(count), 0.42 * self.apart)

    def of(self, layer: int, neuron: int) -> QPointF:
        """Return where a neuron that is painted lies, or a pixel of the image."""
        some = self.layers.sampled[layer]
        if layer == 0 and self.layers.image is not None:
            row, column = divmod(neuron, SIDE)
            cell = self.image.width() / SIDE
            return self.image.topLeft() + QPointF((column + 0.5) * cell, (row + 0.5) * cell)
        at, spread = int(np.searchsorted(some, neuron)), self._spread(len(some))
        middle = grown(_HEAD) + (self.height - grown(_HEAD) - 10) / 2
        return QPointF(self.x(layer), middle + (at - (len(some) - 1) / 2) * spread)

    def neuron_at(self, place: QPointF) -> tuple[int, int] | None:
        """Return the layer and the number, from 0, of the neuron at ``place``, none of the input's."""
        places = [
            ((layer, int(neuron)), self.of(layer, int(neuron)))
            for layer, some in enumerate(self.layers.sampled)
            for neuron in some
            if layer
        ]
        return nearest(places, place, 16)
