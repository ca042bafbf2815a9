"""The pictures of neurons side by side, and one of them large: ``Wall``."""

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolTip, QVBoxLayout, QWidget

from digitpad.draw.preprocess import SIDE
from digitpad.gui.images import image_of, rgb
from digitpad.gui.widgets.signed import strengths
from digitpad.gui.widgets.theme import GAP, SMALL, font
from digitpad.nn.network import Network

_EDGE = 2  # pixels of an image between two
_SCALES = 4, 3, 2  # pixels of the screen to one of a picture, the first at which all are in sight
_LARGE = 12  # the same where one is looked at by itself
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Wall(QWidget):
    """The pictures in rows; those in sight are made when they are painted."""

    def __init__(self, view: QScrollArea) -> None:
        """Start empty, in ``view``, which scrolls."""
        super().__init__()
        self.setAccessibleName("Weights of the first layer")
        self.setAccessibleDescription(
            "A picture for each neuron; the arrow keys go from one to the next, Return enlarges"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(" ")  # made by event() for the pixel under the pointer
        self._view = view
        self._network: Network | None = None
        self._at = 0
        self._large: _Large | None = None

    def show_network(self, network: Network | None) -> None:
        """Show the first layer of ``network``."""
        changed = network is not self._network
        self._network = network
        self._at = min(self._at, max(self.count - 1, 0))
        self.fit()
        if changed:
            self.update()

    @property
    def count(self) -> int:
        """How many neurons there are."""
        return 0 if self._network is None else len(self._network.weights[0])

    # Places

    def fit(self) -> None:
        """Take the size that the pictures need."""
        wide = self._view.viewport().width()
        high = ceil(self.count / self._columns()) * self._tile()
        if (self.width(), self.height()) != (wide, max(high, 1)):
            self.resize(wide, max(high, 1))
            self.update()

    def _tile(self, scale: int | None = None) -> int:
        return (SIDE + _EDGE) * (scale or self._scale())

    def _scale(self) -> int:
        area = self._view.viewport().size()

        def fits(scale: int) -> bool:
            tile = self._tile(scale)
            return ceil(self.count / max(area.width() // tile, 1)) * tile <= area.height()

        return next((scale for scale in _SCALES if fits(scale)), _SCALES[-1])

    def _columns(self) -> int:
        return max(self._view.viewport().width() // self._tile(), 1)

    def place(self, neuron: int) -> QRect:
        """Return where the picture of a neuron is painted."""
        row, column = divmod(neuron, self._columns())
        return QRect(column * self._tile(), row * self._tile(), SIDE * self._scale(), SIDE * self._scale())

    def _neuron_at(self, place: QPoint) -> int | None:
        columns, tile = self._columns(), self._tile()
        neuron = place.y() // tile * columns + place.x() // tile
        return neuron if place.x() < columns * tile and 0 <= neuron < self.count else None

    # The pointer and the keys

    def event(self, event: QEvent) -> bool:
        """Tell the neuron and the weight under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words(event.pos()), self)
            return True
        return super().event(event)

    def words(self, place: QPoint) -> str:
        """Return what is at ``place``, or nothing."""
        neuron = self._neuron_at(place)
        if self._network is None or neuron is None:
            return ""
        words = self._named(neuron)
        corner = self.place(neuron).topLeft()
        x, y = (place.x() - corner.x()) // self._scale(), (place.y() - corner.y()) // self._scale()
        if x < SIDE and y < SIDE:
            words += f"\nrow {y}, column {x}: weight {float(self._network.weights[0][neuron, y * SIDE + x]):.2f}"
        return words

    def _named(self, neuron: int) -> str:
        assert self._network is not None
        bias = float(self._network.biases[0][neuron])
        return f"neuron {neuron + 1} of {self.count:,}, bias {bias:.2f}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the neuron under the pointer large."""
        neuron = self._neuron_at(event.position().toPoint())
        if neuron is not None:
            self._at = neuron
            self.enlarge(neuron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, enlarge with Return or Space."""
        key = Qt.Key(event.key())
        steps = _STEPS | {Qt.Key.Key_Up: -self._columns(), Qt.Key.Key_Down: self._columns()}
        if key in steps and 0 <= self._at + steps[key] < self.count:
            self._at += steps[key]
            middle = self.place(self._at).center()
            self._view.ensureVisible(middle.x(), middle.y(), self._tile(), self._tile())
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.count:
            self.enlarge(self._at)
        elif key not in steps:
            super().keyPressEvent(event)

    def enlarge(self, neuron: int) -> None:
        """Show a neuron large, over the window, until the next click or Escape."""
        assert self._network is not None
        self.update()
        self._large = _Large(self, self.picture(neuron, neuron + 1, 1), self._named(neuron))
        self._large.popup(self.mapToGlobal(self.place(neuron).topRight()))

    # How it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures in sight."""
        if self._network is None:
            return
        columns, tile = self._columns(), self._tile()
        first, last = event.rect().top() // tile, event.rect().bottom() // tile
        begin, end = first * columns, min((last + 1) * columns, self.count)
        if begin >= end:
            return
        image = self.picture(begin, end, columns)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            scale = self._scale()
            painter.drawImage(QRectF(0, first * tile, image.width() * scale, image.height() * scale), image)
            if self.hasFocus():
                painter.setPen(self.palette().color(QPalette.ColorRole.Text))
                painter.drawRect(self.place(self._at).adjusted(0, 0, -1, -1))

    def picture(self, begin: int, end: int, columns: int) -> QImage:
        """Return the pictures of some neurons side by side, each scaled so that its own weights tell."""
        assert self._network is not None
        weights = self._network.weights[0][begin:end]
        n = len(weights)
        rows = ceil(n / columns)
        strength = strengths(weights).reshape(n, SIDE, SIDE, 1)
        palette = self.palette()
        none, more, less = (
            rgb(palette.color(role))
            for role in (QPalette.ColorRole.AlternateBase, QPalette.ColorRole.Highlight, QPalette.ColorRole.BrightText)
        )
        pictures = none + np.maximum(strength, 0) * (more - none) + np.maximum(-strength, 0) * (less - none)
        side = SIDE + _EDGE
        tiles = np.empty((rows * columns, side, side, 3), dtype=np.uint8)
        tiles[:] = rgb(palette.color(QPalette.ColorRole.Base))
        tiles[:n, :SIDE, :SIDE] = pictures
        whole = tiles.reshape(rows, columns, side, side, 3).transpose(0, 2, 1, 3, 4)
        return image_of(whole.reshape(rows * side, columns * side, 3))


class _Large(QFrame):
    """One neuron by itself."""

    def __init__(self, parent: QWidget, image: QImage, words: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture, name = QLabel(), QLabel(words)
        picture.setObjectName("large_neuron")
        self._image = image.copy(0, 0, SIDE, SIDE).scaled(SIDE * _LARGE, SIDE * _LARGE)
        picture.setFixedSize(self._image.size())
        picture.setPixmap(QPixmap.fromImage(self._image))
        picture.setAccessibleName(words)
        name.setFont(font(SMALL))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP // 2)
        column.addWidget(picture)
        column.addWidget(name)

    def popup(self, place: QPoint) -> None:
        """Appear at ``place``, in global coordinates, as far as it is on the screen."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = min(place.x(), area.right() - self.width())
        y = min(place.y(), area.bottom() - self.height())
        self.move(max(x, area.left()), max(y, area.top()))
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away."""
        self.close()
        event.accept()
