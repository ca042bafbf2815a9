"""The weights into each neuron of the first layer, as pictures."""

from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.gui.images import image_of
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_MOST = 100  # neurons shown
_EDGE = 2  # pixels of an image between two


class FirstLayerView(QWidget):
    """A picture for each neuron: what ink in each pixel adds to its weighted input, blue, or takes from it, orange."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("first_layer")
        self.setAccessibleName("Weights of the first layer")
        self.setMinimumSize(190, 190)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(" ")  # made by event() for the pixel under the pointer
        self._network: Network | None = None
        self._image: QImage | None = None

    def sizeHint(self) -> QSize:
        """Return a size at which thirty neurons can be seen."""
        return QSize(330, 330)

    def show_network(self, network: Network | None) -> None:
        """Show the first layer of ``network``."""
        self._network, self._image = network, None
        self.update()

    @property
    def count(self) -> int:
        """How many neurons are shown."""
        return 0 if self._network is None else min(len(self._network.weights[0]), _MOST)

    def _columns(self) -> int:
        return max(1, ceil(sqrt(self.count * max(self.width(), 1) / max(self.height(), 1))))

    def _place(self) -> QRectF:
        """Return where the pictures together are painted."""
        columns = self._columns()
        rows = ceil(self.count / columns)
        tile = min(self.width() / columns, self.height() / max(rows, 1))
        return QRectF(0, 0, columns * tile, rows * tile)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._image = None

    def event(self, event: QEvent) -> bool:
        """Tell the neuron and the weight under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words(event.pos()), self)
            return True
        return super().event(event)

    def words(self, place: QPoint) -> str:
        """Return what is at ``place``, or nothing."""
        if self._network is None:
            return ""
        columns = self._columns()
        tile = self._place().width() / columns
        column, row = int(place.x() // tile), int(place.y() // tile)
        neuron = row * columns + column
        if column >= columns or neuron >= self.count:
            return ""
        scale = (SIDE + _EDGE) / tile
        x, y = int((place.x() - column * tile) * scale), int((place.y() - row * tile) * scale)
        bias = float(self._network.biases[0][neuron])
        words = f"neuron {neuron + 1} of {len(self._network.biases[0])}, bias {bias:.2f}"
        if x < SIDE and y < SIDE:
            words += f"\nrow {y}, column {x}: weight {float(self._network.weights[0][neuron, y * SIDE + x]):.2f}"
        return words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures, large enough to fill the width or the height."""
        if self._network is None:
            return
        columns = self._columns()
        wide = columns * (SIDE + _EDGE)
        if self._image is None or self._image.width() != wide:
            self._image = self._picture(self._network.weights[0][:_MOST], columns)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(self._place(), self._image)

    def _picture(self, weights: Floats, columns: int) -> QImage:
        """Return the pictures side by side, each scaled so that its own weights tell."""
        n = len(weights)
        rows = ceil(n / columns)
        spread = np.sqrt(np.mean(np.square(weights), axis=1, keepdims=True))
        strength = np.clip(weights / np.maximum(2.5 * spread, 1e-9), -1, 1).reshape(n, SIDE, SIDE, 1)
        palette = self.palette()
        none, more, less = (
            _rgb(palette, role)
            for role in (QPalette.ColorRole.AlternateBase, QPalette.ColorRole.Highlight, QPalette.ColorRole.BrightText)
        )
        pictures = none + np.maximum(strength, 0) * (more - none) + np.maximum(-strength, 0) * (less - none)
        paper = _rgb(palette, QPalette.ColorRole.Base)
        tiles = np.empty((rows * columns, SIDE + _EDGE, SIDE + _EDGE, 3), dtype=np.uint8)
        tiles[:] = paper
        tiles[:n, :SIDE, :SIDE] = pictures
        side = SIDE + _EDGE
        whole = tiles.reshape(rows, columns, side, side, 3).transpose(0, 2, 1, 3, 4)
        return image_of(whole.reshape(rows * side, columns * side, 3))


def _rgb(palette: QPalette, role: QPalette.ColorRole) -> Floats:
    colour = palette.color(role)
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float32)
