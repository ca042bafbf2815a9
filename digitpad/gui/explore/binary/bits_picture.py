"""Four neurons that turn ten outputs into bits: ``BitsLayerView``, the layer, and ``WeightMaps``, its weights."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import shares, signed_image
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, font, grow, grown
from digitpad.gui.widgets.wires import Wire, disc, nearest, paint_wires
from digitpad.nn.binary import BIT_VALUES, OLD_OUTPUTS, WEIGHTS, spelled

_LEAST = 260, 140  # pixels
_ABOVE, _BELOW = 18, 18  # pixels, for the numbers above and below the neurons


class BitsLayerView(QWidget):
    """Ten old outputs above, four bits below, the connections by weight.

    Signals: ``digit_clicked(digit)``, ``bit_clicked(neuron)``.
    """

    digit_clicked = Signal(int)
    bit_clicked = Signal(int)

    def __init__(self) -> None:
        """Start with the weights set by hand."""
        super().__init__()
        self.setMinimumWidth(_LEAST[0])
        grow(self, minimumHeight=_LEAST[1])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleDescription("The table below has the weights of all connections; click a neuron to choose it")
        self._weights: NDArray[np.float64] = WEIGHTS
        self._outputs: NDArray[np.floating] = OLD_OUTPUTS[0]
        self._bits: NDArray[np.floating] = np.zeros(4)
        self._chosen = 0

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return QSize(_LEAST[0], grown(_LEAST[1]))

    def show_layer(
        self, weights: NDArray[np.float64], outputs: NDArray[np.floating], fires: NDArray[np.floating], chosen: int
    ) -> None:
        """Show ``weights`` (4, 10), the old ``outputs`` (10,), the bits (4,), and which of them is chosen."""
        self._weights, self._outputs, self._bits, self._chosen = weights.copy(), outputs, fires, chosen
        read = "".join(str(int(bit > 0.5)) for bit in fires)
        self.setAccessibleName(f"Ten outputs and four bits: {read} is {int(spelled(fires))}")
        self.update()

    def digit_place(self, digit: int) -> QPointF:
        """Return where the neuron of an old output lies."""
        return QPointF((digit + 0.5) * self.width() / 10, grown(_ABOVE) + 14)

    def bit_place(self, neuron: int) -> QPointF:
        """Return where the neuron of a bit lies."""
        return QPointF(self.width() * (0.5 + 0.17 * (neuron - 1.5)), self.height() - grown(_BELOW) - 16)

    def _at(self, place: QPointF) -> tuple[bool, int] | None:
        places = [((True, digit), self.digit_place(digit)) for digit in range(10)]
        places += [((False, neuron), self.bit_place(neuron)) for neuron in range(4)]
        return nearest(places, place, 18)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose an old output or a bit."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            (self.digit_clicked if found[0] else self.bit_clicked).emit(found[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer's shape what can be chosen."""
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint connections and neurons."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
            share = shares(self._weights)
            for chosen in (False, True):  # the chosen neuron's own connections above the others
                wires = [
                    Wire(self.digit_place(digit), self.bit_place(neuron), float(share[neuron, digit]))
                    for neuron in range(4)
                    for digit in range(10)
                    if (neuron == self._chosen) is chosen
                ]
                paint_wires(painter, palette, wires, faint=not chosen)
            best = int(np.argmax(self._outputs))
            radius = min(12.0, 0.042 * self.width())
            for digit in range(10):
                place = self.digit_place(digit)
                disc(painter, palette, place, radius, float(self._outputs[digit]))
                painter.setFont(font(SMALL, strong=digit == best))
                painter.setPen(text if digit == best else quiet)
                painter.drawText(
                    QRectF(place.x() - 20, 2, 40, grown(_ABOVE - 2)), Qt.AlignmentFlag.AlignCenter, str(digit)
                )
            for neuron, value in enumerate(BIT_VALUES):
                place, fires = self.bit_place(neuron), float(self._bits[neuron])
                painter.setFont(font(SMALL, strong=True))
                disc(painter, palette, place, 15, fires, neuron == self._chosen, text=str(value))
                painter.setFont(font(SMALL))
                painter.setPen(quiet)
                below = QRectF(place.x() - 30, place.y() + 15, 60, grown(_BELOW))
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, number(fires))
            painter.setFont(font(NORMAL, strong=True))
            painter.setPen(text)
            place = self.bit_place(3)
            rest = QRectF(place.x() + 24, place.y() - grown(12), self.width() - place.x() - 24, grown(24))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"= {int(spelled(self._bits))}")


class WeightMaps(QWidget):
    """The weights of two tables as colours: a row for each bit, a column for each digit."""

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setAccessibleName("Weights by hand and learned")
        self.setAccessibleDescription("none yet")
        grow(self, minimumHeight=84, maximumHeight=84)
        self._maps: list[tuple[str, NDArray[np.float64] | None]] = []

    def show_layers(self, hand: NDArray[np.float64], learned: NDArray[np.float64] | None) -> None:
        """Show the weights (4, 10) set by hand, and those that were learned."""
        self._maps = [("by hand", hand), ("learned by SGD", learned)]
        told = (f"{name}: {'not yet' if weights is None else _reach(weights)}" for name, weights in self._maps)
        self.setAccessibleDescription(f"A row for each bit, a column for each digit; {'; '.join(told)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both."""
        with QPainter(self) as painter:
            palette = self.palette()
            cell = min(float(grown(15)), (self.width() - 3 * GAP) / 20)
            for i, (name, weights) in enumerate(self._maps):
                area = QRectF(i * (10 * cell + 3 * GAP), grown(20), 10 * cell, 4 * cell)
                painter.setFont(font(SMALL))
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                above = QRectF(area.left(), 0, area.width() + 2 * GAP, grown(18))
                painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, name)
                if weights is None:
                    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "not yet")
                else:
                    painter.drawImage(area, signed_image(weights, palette))
                painter.setPen(palette.color(QPalette.ColorRole.Mid))
                painter.drawRect(area)


def _reach(weights: NDArray[np.float64]) -> str:
    return f"weights from {number(float(weights.min()))} to {number(float(weights.max()))}"
