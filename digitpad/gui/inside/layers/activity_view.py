"""``ActivityView``: every layer of a network as a picture of what its neurons do, one of which is pointed at."""

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.gui.images import image_of, rgb
from digitpad.gui.inside.layers.neuron_words import layer_name
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import sign_colour
from digitpad.gui.widgets.theme import SMALL, font, grown
from digitpad.gui.widgets.tiles import EDGE
from digitpad.gui.widgets.wires import Wire, paint_wires
from digitpad.inside.activity import Activity, Neuron, rows_and_columns
from digitpad.nn.neurons import Floats

_LEAST, _MOST = 84, 280  # pixels: side of a layer's picture
_APART, _HEAD = 14, 18  # pixels: between two, and the height of the words above
_OUTPUTS, _ROW = 86, 15  # pixels: the width of the outputs, and the least height of one, where text has its usual size
_LINES = 12.0  # pixels: neurons so large have lines between them
_KEYS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class ActivityView(QWidget):
    """The input as the image it is, each hidden layer as a grid near to a square, and the outputs as a column.

    Signals: ``pointed(neuron)`` with the Neuron under the pointer or the keys, None when the pointer leaves;
    ``opened(neuron)`` when one that is no pixel was clicked, or Return pressed.
    """

    pointed = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.setAccessibleName("Layers of the network")
        self.setAccessibleDescription(
            "The arrow keys go from neuron to neuron and on to the next layer, Return opens one"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # Not fixed: no width would then make it higher than its hint.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._activity: Activity | None = None
        self._at = Neuron(0, 0)
        self._wires: list[tuple[Neuron, float]] = []
        self._images: list[QImage] = []

    def show_activity(self, activity: Activity, at: Neuron, wires: list[tuple[Neuron, float]]) -> None:
        """Show what all neurons do; the one ``at`` is marked, and ``wires`` lead to it from the inputs they name.

        Each has a share from -1 to 1.
        """
        if activity is not self._activity:
            changed = self._activity is None or activity.network.sizes != self._activity.network.sizes
            self._activity, self._images = activity, []
            if changed:
                self.updateGeometry()
        self._at, self._wires = at, wires
        self.update()

    # Places

    @property
    def _sizes(self) -> tuple[int, ...]:
        return self._activity.network.sizes if self._activity else (784, 10)

    def _sides(self, width: int) -> tuple[int, float]:
        """Return how many pictures stand in a row, and how large one is."""
        n, room = len(self._sizes) - 1, width - grown(_OUTPUTS) - _APART - 2 * EDGE
        for rows in range(1, n + 1):
            columns = ceil(n / rows)
            side = (room - (columns - 1) * _APART) / columns
            if side >= _LEAST:
                break
        return columns, max(min(side, _MOST), 28)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all pictures."""
        columns, side = self._sides(width)
        rows = ceil((len(self._sizes) - 1) / columns)
        pictures = rows * (side + grown(_HEAD)) + (rows - 1) * _APART
        return 2 * EDGE + ceil(max(pictures, grown(_HEAD) + 10 * max(side / 10, grown(_ROW))))

    def sizeHint(self) -> QSize:
        """Return a size at which all stand in a row."""
        width = (len(self._sizes) - 1) * (_LEAST + 40) + grown(_OUTPUTS) + 2 * EDGE
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the neurons of large layers can be told apart."""
        return QSize(_LEAST + _APART + grown(_OUTPUTS) + 2 * EDGE, self.heightForWidth(max(self.width(), 200)))

    def area(self, layer: int) -> QRectF:
        """Return where the picture of a layer lies, that of the outputs without their numbers."""
        columns, side = self._sides(self.width())
        if layer == len(self._sizes) - 1:
            row = max(side / 10, grown(_ROW))
            beside = self.width() - EDGE - grown(_OUTPUTS) + grown(18)
            return QRectF(beside, EDGE + grown(_HEAD), row, row * self._sizes[-1])
        down, across = divmod(layer, columns)
        left, top = EDGE + across * (side + _APART), EDGE + down * (side + grown(_HEAD) + _APART) + grown(_HEAD)
        rows_, columns_ = self._grid(layer)
        ratio = self.devicePixelRatioF()
        cell = max(int(side * ratio / columns_), 1) / ratio  # whole pixels of the screen: all neurons are of one size
        return QRectF(left, top, cell * columns_, cell * rows_)

    def _grid(self, layer: int) -> tuple[int, int]:
        last = layer == len(self._sizes) - 1
        return (self._sizes[layer], 1) if last else rows_and_columns(self._sizes[layer])

    def place(self, neuron: Neuron) -> QRectF:
        """Return where a neuron is painted."""
        area, (rows, columns) = self.area(neuron.layer), self._grid(neuron.layer)
        row, column = divmod(neuron.index, columns)
        wide, high = area.width() / columns, area.height() / rows
        return QRectF(area.x() + column * wide, area.y() + row * high, wide, high)

    def neuron_at(self, place: QPointF) -> Neuron | None:
        """Return the neuron that is painted there; an output also where its number stands."""
        for layer, size in enumerate(self._sizes):
            area, (rows, columns) = self.area(layer), self._grid(layer)
            if layer == len(self._sizes) - 1:
                area = QRectF(area.x() - grown(18), area.y(), grown(_OUTPUTS), area.height())
            if area.contains(place):
                row = int((place.y() - area.y()) * rows / area.height())
                column = int((place.x() - area.x()) * columns / area.width())
                index = min(row, rows - 1) * columns + min(column, columns - 1)
                return Neuron(layer, index) if index < size else None
        return None

    # The hand and the keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the neuron under the pointer."""
        found = self.neuron_at(event.position())
        opens = found is not None and found.layer > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        if found is not None and found != self._at:
            self.pointed.emit(found)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the neuron under the pointer."""
        found = self.neuron_at(event.position())
        if found is not None and found.layer and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, within a layer and from one to the next; open with Return or Space."""
        key = Qt.Key(event.key())
        if self._activity and key in _KEYS:
            self.pointed.emit(self._next(*_KEYS[key]))
        elif self._activity and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._at.layer:
                self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _next(self, down: int, across: int) -> Neuron:
        """Return the neuron so many rows and columns farther; beyond the edge of a layer the one level in the next."""
        layer, (rows, columns) = self._at.layer, self._grid(self._at.layer)
        row, column = divmod(self._at.index, columns)
        row, column = min(max(row + down, 0), rows - 1), column + across
        ended = column < 0 or column >= columns or (across and row * columns + column >= self._sizes[layer])
        if ended and 0 <= layer + across < len(self._sizes):
            level = (row + 0.5) / rows
            layer += across
            rows, columns = self._grid(layer)
            row, column = min(int(level * rows), rows - 1), 0 if across > 0 else columns - 1
        column = min(max(column, 0), columns - 1)
        return Neuron(layer, min(row * columns + column, self._sizes[layer] - 1))

    # How it looks

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._images = []

    def _image(self, layer: int) -> QImage:
        """Return the picture of a layer, a pixel to a neuron: the more it fires, the deeper its colour."""
        assert self._activity is not None
        palette, (rows, columns) = self.palette(), self._grid(layer)
        paper = rgb(palette.color(QPalette.ColorRole.Base))
        full = rgb(sign_colour(palette, True) if layer else palette.color(QPalette.ColorRole.Text))
        less = rgb(sign_colour(palette, False))
        shares = self._activity.shares(layer).astype(np.float32)[:, None]
        cells = np.empty((rows * columns, 3), dtype=np.uint8)
        cells[:] = rgb(palette.color(QPalette.ColorRole.Window))  # where the last row is not full
        cells[: len(shares)] = np.round(paper + np.abs(shares) * (np.where(shares < 0, less, full) - paper))
        return image_of(cells.reshape(rows, columns, 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the layers, each as one image, and what leads to the neuron that is pointed at."""
        if self._activity is None:
            return
        if not self._images:
            self._images = [self._image(layer) for layer in range(len(self._sizes))]
        with QPainter(self) as painter:
            palette = self.palette()
            painter.setFont(font(SMALL))
            for layer, image in enumerate(self._images):
                area = self.area(layer)
                painter.drawImage(area, image)
                self._paint_lines(painter, layer, area)
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                self._paint_head(painter, layer, area)
            self._paint_outputs(painter, self._activity.layers[-1])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            end = self.place(self._at).center()
            if self._at.layer == len(self._sizes) - 1:
                end.setX(self.area(self._at.layer).x() - grown(18))  # before its digit
            wires = [Wire(self.place(neuron).center(), end, share) for neuron, share in self._wires]
            paint_wires(painter, palette, wires, dashed=True)
            self._paint_mark(painter)

    def _paint_head(self, painter: QPainter, layer: int, area: QRectF) -> None:
        assert self._activity is not None
        last = layer == len(self._sizes) - 1
        room = self.width() - EDGE - area.x() + grown(18) if last else self._sides(self.width())[1] + _APART - 4
        words = layer_name(self._activity.network, layer)
        if not last:
            words += f" · {self._sizes[layer]:,}"
        left = area.x() - (grown(18) if last else 0)
        head = QRectF(left, area.y() - grown(_HEAD), room, grown(_HEAD) - 2)
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_lines(self, painter: QPainter, layer: int, area: QRectF) -> None:
        """Paint the edge, and lines between neurons that are large enough for it."""
        rows, columns = self._grid(layer)
        wide, high = area.width() / columns, area.height() / rows
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if min(wide, high) >= _LINES and layer:
            lines = [QLineF(area.x() + i * wide, area.y(), area.x() + i * wide, area.bottom()) for i in range(columns)]
            lines += [QLineF(area.x(), area.y() + i * high, area.right(), area.y() + i * high) for i in range(rows)]
            painter.drawLines(lines)
        painter.drawRect(area)

    def _paint_outputs(self, painter: QPainter, outputs: Floats) -> None:
        assert self._activity is not None
        palette, winner = self.palette(), self._activity.winner
        middle = Qt.AlignmentFlag.AlignVCenter
        for digit, output in enumerate(outputs.tolist()):
            neuron = Neuron(len(self._sizes) - 1, digit)
            place, best = self.place(neuron), neuron == winner
            painter.setFont(font(SMALL, strong=best))
            role = QPalette.ColorRole.Text if best else QPalette.ColorRole.PlaceholderText
            painter.setPen(palette.color(role))
            before = QRectF(place.x() - grown(18), place.y(), grown(13), place.height())
            painter.drawText(before, middle | Qt.AlignmentFlag.AlignRight, str(digit))
            after = QRectF(place.right() + 6, place.y(), grown(60), place.height())
            painter.drawText(after, middle, number(output))

    def _paint_mark(self, painter: QPainter) -> None:
        """Paint a frame around the neuron that is pointed at, which is seen on every colour."""
        place = self.place(self._at)
        palette = self.palette()
        by = max((5 - place.width()) / 2, 0)
        for role, out, width in ((QPalette.ColorRole.Base, 2.5, 1.5), (QPalette.ColorRole.Text, 1.0, 1.5)):
            painter.setPen(QPen(palette.color(role), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-by - out, -by - out, by + out, by + out))
