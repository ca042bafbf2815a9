"""``HandfulView``, some digits and what each costs; ``TermsView``, the ten terms of one digit's quadratic cost."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.explore.cost import in_words
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.gallery import picture
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, font, grow, grown
from digitpad.gui.words import a_digit
from digitpad.nn.neurons import Floats

_MOST = 84  # pixels: side of an image
_TOP = 6  # pixels above an image: for its frame, and the ring of the focus around all
_ROOM = _MOST + 33  # pixels: how high an image is with its cost below


class HandfulView(QWidget):
    """Some images side by side, each with its cost, one of them chosen by mouse or arrow keys.

    Signal: ``picked(i)``.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        grow(self, minimumHeight=_ROOM, maximumHeight=_ROOM)
        self.setMinimumWidth(260)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Click a digit, or use the arrow keys, to see what it costs")
        self.setAccessibleName("Digits")
        self._images: NDArray[np.uint8] = np.empty((0, 784), dtype=np.uint8)
        self.costs: Floats = np.empty(0)  # (n,) of the images
        self.chosen = 0

    def sizeHint(self) -> QSize:
        """Return the least: it takes the width there is."""
        return QSize(260, grown(_ROOM))

    def show_digits(self, images: NDArray[np.uint8], labels: NDArray[np.uint8], costs: Floats, chosen: int) -> None:
        """Show ``images`` (n, 784) with their ``costs`` (n,)."""
        self._images, self.costs, self.chosen = images, costs, chosen
        name = a_digit(int(labels[chosen]))
        self.setAccessibleName(f"Digit {chosen + 1} of {len(images)}, {name}, cost {in_words(float(costs[chosen]))}")
        self.update()

    def place(self, i: int) -> QRectF:
        """Return where the ``i``-th image lies."""
        n = max(len(self._images), 1)
        most = grown(_MOST)
        step = min((self.width() - 2 * GAP) / n, most + 2 * GAP)
        side = min(step - GAP, most)
        left = (self.width() - n * step) / 2
        return QRectF(left + i * step + (step - side) / 2, _TOP, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the image under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            for i in range(len(self._images)):
                if self.place(i).adjusted(-4, -4, 4, 24).contains(event.position()):
                    self.picked.emit(i)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the next or the last image."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._images) - 1}
        key = Qt.Key(event.key())
        wanted = ends.get(key, self.chosen + steps.get(key, 0))
        if key not in steps and key not in ends:
            super().keyPressEvent(event)
        elif 0 <= wanted < len(self._images):
            self.picked.emit(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint images, frames and costs."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            palette = self.palette()
            for i, image in enumerate(self._images):
                place, chosen = self.place(i), i == self.chosen
                painter.drawImage(place, picture(image))
                frame = palette.color(QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Mid)
                painter.setPen(QPen(frame, 3 if chosen and self.hasFocus() else 2 if chosen else 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(-1, -1, 1, 1))
                painter.setFont(font(SMALL, strong=chosen))
                role = QPalette.ColorRole.Text if chosen else QPalette.ColorRole.PlaceholderText
                painter.setPen(palette.color(role))
                words = QRectF(place.left() - 6, place.bottom() + 5, place.width() + 12, grown(18))
                painter.drawText(words, Qt.AlignmentFlag.AlignCenter, in_words(float(self.costs[i])))


class TermsView(QWidget):
    """Row by row the wanted y beside the output a, and the square of their difference as one."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setMinimumWidth(260)
        grow(self, minimumHeight=12 * 22, maximumHeight=12 * 36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._a: Floats | None = None
        self._y: Floats = np.zeros(0)
        self.setAccessibleName("Terms of the cost")
        self.setAccessibleDescription("Each output a beside the y that is wanted, and the square of their difference")

    def sizeHint(self) -> QSize:
        """Return the least: it takes the room there is."""
        return self.minimumSize()

    def clear(self) -> None:
        """Show none."""
        self._a = None
        self.setAccessibleName("Terms of the cost")
        self.update()

    def show_terms(self, a: Floats, y: Floats) -> None:
        """Show the outputs ``a`` and the wanted ``y``, both (n,)."""
        self._a, self._y = a, y
        terms = ", ".join(f"{j}: {float((y[j] - a[j]) ** 2):.4f}" for j in range(len(a)))
        self.setAccessibleName(f"Terms of the cost, by output: {terms}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint header, rows and sum."""
        if self._a is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette, n = self.palette(), len(self._a)
            quiet, text = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Text)
            row = self.height() / (n + 2)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            left_ = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            term, output, digit = grown(60), grown(46), grown(24)  # how wide the columns are
            numbers = (self.width() - term - 2.0, self.width() - term - output - 4.0 - row)  # where two of them begin
            track_left, track_right = digit + 4.0, numbers[1] - 6
            painter.setFont(font(SMALL, strong=True))
            painter.setPen(quiet)
            painter.drawText(QRectF(0, 0, digit, row), left_, "j")
            painter.drawText(QRectF(track_left, 0, track_right - track_left, row), left_, "y above, a below")
            painter.drawText(QRectF(numbers[1], 0, output, row), right, "a")
            painter.drawText(QRectF(numbers[0] - row, 0, term + row, row), right, "(y − a)²")
            painter.setFont(font(NORMAL if row >= grown(20) else SMALL))
            for j in range(n):
                a, y, top = float(self._a[j]), float(self._y[j]), (j + 1) * row
                painter.setPen(text if y else quiet)
                painter.drawText(QRectF(0, top, digit, row), left_, str(j))
                thick = row * 0.24
                for value, up, role in (
                    (y, 0.2, QPalette.ColorRole.Text), (a, 0.54, QPalette.ColorRole.Highlight),
                ):  # fmt: skip
                    track = QRectF(track_left, top + up * row, track_right - track_left, thick)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
                    painter.drawRect(track)
                    painter.setBrush(palette.color(role))
                    painter.drawRect(QRectF(track.left(), track.top(), track.width() * value, thick))
                painter.setPen(text if y else quiet)
                painter.drawText(QRectF(numbers[1], top, output, row), right, number(a, 3))
                painter.drawText(QRectF(numbers[0], top, term, row), right, number((y - a) ** 2, 4))
                self._paint_square(
                    painter, QPointF(numbers[0] - row / 2 + 4, top + row / 2), (row - 5) * abs(y - a), row - 5
                )
            total = float(np.sum((self._y - self._a) ** 2))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.drawLine(QPointF(0, (n + 1) * row + 1), QPointF(self.width(), (n + 1) * row + 1))
            painter.setPen(text)
            painter.setFont(font(SMALL, strong=True))
            words = f"half of the sum {in_words(total)}:  {in_words(total / 2)}"
            painter.drawText(QRectF(0, (n + 1) * row, self.width() - 2, row), right, words)

    def _paint_square(self, painter: QPainter, middle: QPointF, side: float, most: float) -> None:
        """Paint a square of side |y - a|, whose area is the term, in the frame of the largest there can be."""
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(middle.x() - most / 2, middle.y() - most / 2, most, most))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.BrightText))
        painter.drawRect(QRectF(middle.x() - most / 2, middle.y() + most / 2 - side, side, side))
