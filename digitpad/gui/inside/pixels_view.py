"""Marks over the greys of the 784 pixels, of which each is told: ``PixelsView``, a legend, and marks on the canvas."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.draw.preprocess import SIDE, Greys
from digitpad.gui.images import image_of, rgb
from digitpad.gui.inside.pixels import Pixel, Pixels
from digitpad.gui.widgets.formula import number
from digitpad.gui.widgets.signed import shares, sign_colour
from digitpad.gui.widgets.theme import SMALL, font, grown

_LEAST = 196  # pixels: seven for each
_INK = 0.3  # how dark ink is under the marks, of the way from paper to text: both are to be seen
_FAINTEST = 0.06  # of the side of a pixel: marks that are smaller are none
_FULL = 0.92  # the side of the largest


def paint_mark(painter: QPainter, palette: QPalette, place: QRectF, share: float) -> None:
    """Paint the mark of a ``share`` from -1 to 1 into ``place``: a square where it is positive, a disc where negative.

    Its area tells how large the share is.
    """
    side = abs(share) ** 0.5
    if side < _FAINTEST:
        return
    size = place.width() * _FULL * side
    area = QRectF(0, 0, size, size)
    area.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(sign_colour(palette, share > 0))
    if share > 0:
        painter.drawRect(area)
    else:
        painter.drawEllipse(area)


def paint_marks(painter: QPainter, palette: QPalette, square: QRectF, values: NDArray[np.floating]) -> None:
    """Paint the marks of all ``values`` (784,) over ``square``, each as its share of the largest."""
    unit = square.width() / SIDE
    all_shares = shares(values)
    for pixel in np.flatnonzero(all_shares).tolist():
        row, column = divmod(pixel, SIDE)
        place = QRectF(square.x() + column * unit, square.y() + row * unit, unit, unit)
        paint_mark(painter, palette, place, float(all_shares[pixel]))


class PixelsView(Pixels):
    """Shows a picture (784,) in pale greys with marks on it, and tells each pixel, by the pointer or the arrow keys."""

    def __init__(self, name: str, object_name: str, tip: str) -> None:
        """Start empty; ``name`` is for those who hear it, and ``tip`` says what the marks are."""
        super().__init__(name, object_name, tip, _LEAST, SIDE * 12)
        self._greys: Greys = np.zeros(SIDE * SIDE, dtype=np.float32)
        self._values: NDArray[np.floating] = np.zeros(SIDE * SIDE)
        self._told: list[str] = []
        self._summary = ""
        self._describe()

    def show_values(self, greys: Greys, values: NDArray[np.floating], told: list[str], summary: str) -> None:
        """Show ``greys`` (784,) in [0, 1] and marks of ``values`` (784,); ``told`` is what is said of each pixel.

        ``summary`` is what is said of all.
        """
        self._greys, self._values, self._told, self._summary = greys, values, told, summary
        self._describe()
        self.update()

    def words(self, pixel: Pixel) -> str:
        """Return what is told of the pixel in a row and a column."""
        row, column = pixel
        index = row * SIDE + column
        told = self._told[index] if self._told else ""
        return f"Row {row}, column {column}: grey {round(255 * float(self._greys[index]))} of 255{told}"

    def _describe(self) -> None:
        self.setAccessibleDescription(f"{self.words(self._at)}. {self._summary} {self.toolTip()}")

    def square(self) -> QRectF:
        """Return where the picture is."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the greys on paper, the marks over them, and where the keyboard is."""
        with QPainter(self) as painter:
            palette, square = self.palette(), self.square()
            paper, ink = (rgb(palette.color(role)) for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text))
            colours = paper + _INK * self._greys[:, None] * (ink - paper)
            painter.drawImage(square, image_of(np.round(colours).astype(np.uint8).reshape(SIDE, SIDE, 3)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_marks(painter, palette, square, self._values)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
            if self.hasFocus():
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
                painter.drawRect(self.place(self._at))


class MarksLegend(QWidget):
    """What marks stand for: one of each kind and size, with how much it is, and in words what either kind means."""

    def __init__(self, object_name: str) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName("Legend")
        self.setAccessibleDescription("Nothing yet")
        self._most, self._places, self._minus, self._plus = 0.0, 2, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of two lines; it takes the width there is."""
        return QSize(grown(_LEAST), grown(40))

    minimumSizeHint = sizeHint

    def show_scale(self, most: float, minus: str, plus: str, *, places: int = 2) -> None:
        """Tell that the largest mark is ``most``, and what discs, ``minus``, and squares, ``plus``, mean.

        Numbers are written with so many ``places`` behind the point.
        """
        self._most, self._places, self._minus, self._plus = most, places, minus, plus
        self.setAccessibleDescription(f"Discs: {minus}. Squares: {plus}. The largest mark is {number(most, places)}.")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint four marks from the largest disc to the largest square, and the words below."""
        with QPainter(self) as painter:
            palette, line = self.palette(), self.height() / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(SMALL))
            step = self.width() / 4
            for i, share in enumerate((-1.0, -0.5, 0.5, 1.0)):
                mark = QRectF(i * step, 3, line - 6, line - 6)
                paint_mark(painter, palette, mark, share)
                painter.setPen(palette.color(QPalette.ColorRole.Text))
                words = QRectF(i * step + line, 0, step - line, line)
                text = number(abs(share) * self._most, self._places)
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            below = QRectF(0, line, self.width(), line)
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, f"● {self._minus}")
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"■ {self._plus}")


class MarksOverlay:
    """Paints marks of ``values`` (784,) over the canvas, where ``place`` has the 28 x 28 pixels."""

    def __init__(self, values: NDArray[np.floating], place: tuple[float, float, float, float]) -> None:
        """Take in what there is to paint."""
        self._values, self._place = values, place

    def paint(self, painter: QPainter, paper: QRectF, palette: QPalette) -> None:
        """Paint over ``paper``, on a veil through which the ink is seen."""
        left, top, width, height = (part * paper.width() for part in self._place)
        painter.save()
        veil = palette.color(QPalette.ColorRole.Base)
        veil.setAlphaF(1 - _INK)
        painter.fillRect(paper, veil)
        paint_marks(painter, palette, QRectF(paper.x() + left, paper.y() + top, width, height), self._values)
        painter.restore()
