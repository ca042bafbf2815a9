"""``LayersView``: a network as columns of neurons, the connections between them, and activations that flow."""

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.explore.layers import first_number, full
from digitpad.gui.explore.layers.places import Layers, Places
from digitpad.gui.explore.plane import coloured
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import shares, signed_image
from digitpad.gui.widgets.theme import SMALL, font, grow, grown
from digitpad.gui.widgets.wires import Wire, disc, paint_wires

_LEAST = 260  # pixels


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
        self.setAccessibleDescription("none yet")
        self.setMinimumWidth(_LEAST)
        grow(self, minimumHeight=_LEAST)  # as high as ten outputs with their numbers
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
        return QSize(_LEAST, self.minimumHeight())

    def show_layers(self, layers: Layers) -> None:
        """Show these."""
        self._layers, self._images = layers, None
        layer, neuron = layers.chosen
        largest = int(np.argmax(layers.activations[-1]))
        self.setAccessibleDescription(
            f"{'-'.join(str(len(a)) for a in layers.activations)}. Chosen: {self._told(layer + 1, neuron)}. "
            f"Largest: {self._told(len(layers.activations) - 1, largest)}"
        )
        self.update()

    # The animation

    @property
    def playing(self) -> bool:
        """Whether the activations are flowing."""
        return self._timer.isActive()

    def play(self) -> None:
        """Let the activations flow forward once."""
        self.show_flow(0.0)
        self._clock.start()
        self._timer.start()

    def show_flow(self, passed: float) -> None:
        """Show the activations on their way, when they have ``passed`` so many layers of weights."""
        self._flow = passed
        self.update()

    def rest(self) -> None:
        """End the animation: all layers are shown as they are."""
        self._timer.stop()
        self._flow = None
        self.update()

    def _advance(self) -> None:
        assert self._layers is not None
        passed = self._clock.elapsed() / 1000 / self.SECONDS
        if passed < len(self._layers.network.weights):
            self.show_flow(passed)
        else:
            self.rest()

    def reached(self, layer: int) -> float:
        """Return how far the flow is on its way to ``layer``, the input being 0; 1 when it is there."""
        return 1.0 if self._flow is None or layer == 0 else float(np.clip(self._flow - (layer - 1), 0, 1))

    # Places

    @property
    def _places(self) -> Places:
        assert self._layers is not None
        return Places(self._layers, self.width(), self.height())

    def place(self, layer: int, neuron: int) -> QPointF:
        """Return where a neuron that is painted lies; the layer is counted with the input as 0."""
        return self._places.of(layer, neuron)

    def weights_area(self) -> QRectF:
        """Return where the weights of a chosen neuron of the first layer are shown as an image."""
        return self._places.weights

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        return None if self._layers is None else self._places.neuron_at(place)

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
        return self._told(*found)

    def _told(self, layer: int, neuron: int) -> str:
        """Return the number and the activation of a neuron; the layer is counted with the input as 0."""
        assert self._layers is not None
        kind = "Output" if layer == len(self._layers.network.weights) else "Neuron"
        a = float(self._layers.activations[layer][neuron])
        return f"{kind} {neuron + first_number(self._layers.network, layer - 1)}: activation {number(a)}"

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
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_image(painter)
            for layer in range(len(self._layers.network.weights)):
                self._paint_wires(painter, layer)
            self._paint_weights(painter)
            for layer in range(len(self._layers.sampled)):
                self._paint_neurons(painter, layer)

    def _paint_image(self, painter: QPainter) -> None:
        layers, palette = self._layers, self.palette()
        assert layers is not None
        if layers.image is None:
            return
        if self._images is None:
            low, high = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
            layer, neuron = layers.chosen
            weights = layers.network.weights[0][neuron].reshape(SIDE, SIDE) if layer == 0 else None
            self._images = (
                coloured(np.asarray(layers.image, dtype=np.float64), low, high),
                None if weights is None else signed_image(weights, palette),
            )
        area = self._places.image
        painter.drawImage(area, self._images[0])
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_weights(self, painter: QPainter) -> None:
        """Paint the weights of a chosen neuron of the first layer as an image, above the connections."""
        if self._images is None or self._images[1] is None:
            return
        palette, area = self.palette(), self._places.weights
        head = QRectF(area.left(), area.top() - grown(20), area.width(), grown(20))
        painter.fillRect(head.united(area), palette.color(QPalette.ColorRole.Window))  # their edges lie between pixels
        painter.setFont(font(SMALL))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(head, 0, "its weights")
        painter.drawImage(area, self._images[1])
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_wires(self, painter: QPainter, layer: int) -> None:
        layers, places = self._layers, self._places
        assert layers is not None
        before, after = layers.sampled[layer], layers.sampled[layer + 1]
        starts = [places.of(layer, int(k)) for k in before]
        ends = [places.of(layer + 1, int(j)) for j in after]
        weights, reached = shares(layers.network.weights[layer][np.ix_(after, before)]), self.reached(layer + 1)
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
        layers, places, palette = self._layers, self._places, self.palette()
        assert layers is not None
        text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        some, a, last = layers.sampled[layer], layers.activations[layer], len(layers.sampled) - 1
        painter.setFont(font(SMALL))
        painter.setPen(quiet)
        name = "input" if layer == 0 else "output" if layer == last else "hidden"
        head = QRectF(places.x(layer) - grown(40), 2, grown(80), grown(16))
        wide = places.apart >= grown(50)
        if wide or layer == 0:
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, name)
        lower = wide or layer % 2 == 0  # in narrow columns numbers at one height would touch
        painter.drawText(head.translated(0, grown(16) if lower else 0), Qt.AlignmentFlag.AlignCenter, str(len(a)))
        if layer == 0 and layers.image is not None:
            return
        largest = full(layers.network, layer, a)
        radius, arrived = places.radius(len(some)), self.reached(layer) >= 1
        for j in some:
            at, value = places.of(layer, int(j)), float(a[j])
            share = value / largest if arrived else 0.0
            painter.setFont(font(SMALL))
            inside = three_figures(value) if radius >= grown(16) and arrived else ""
            disc(painter, palette, at, radius, share, layers.chosen == (layer - 1, int(j)), text=inside)
            if layer == last:
                best = arrived and int(j) == int(np.argmax(a))
                painter.setFont(font(SMALL, strong=best))
                painter.setPen(text if best else quiet)
                label = str(int(j) + first_number(layers.network, layer - 1)) + (
                    f"  {number(value)}" if arrived and radius < grown(16) else ""
                )
                beside = QRectF(at.x() + radius + 6, at.y() - grown(8), grown(60), grown(16))
                painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, label)


def three_figures(value: float) -> str:
    """Return a number of at most three figures where it is below 1000: what a disc has room for."""
    return number(value, 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0)
