"""The weights of a neuron of the first layer, to lie over the drawing they look at: ``WeightsOverlay``."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from digitpad.draw.preprocess import SIDE, Place
from digitpad.gui.widgets.signed import signed_veil, strengths
from digitpad.gui.widgets.theme import SMALL, font
from digitpad.nn.neurons import Floats

_OPACITY = 0.6  # of the strongest weights: the ink is seen through them


class WeightsOverlay:
    """Paints weights (784,) over the canvas where ``place`` has the 28 x 28 pixels, and ``words`` at its foot."""

    def __init__(self, weights: Floats, place: Place, words: str) -> None:
        """Take in what there is to paint."""
        self._strengths = strengths(weights).reshape(SIDE, SIDE)
        self._place, self._words = place, words

    def paint(self, painter: QPainter, paper: QRectF, palette: QPalette) -> None:
        """Paint over ``paper``."""
        left, top, width, height = (part * paper.width() for part in self._place)
        square = QRectF(paper.x() + left, paper.y() + top, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setOpacity(_OPACITY)
        painter.drawImage(square, signed_veil(self._strengths, palette))
        painter.setOpacity(1)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        painter.setFont(font(SMALL))
        foot = paper.adjusted(12, 0, -12, -8)
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = painter.boundingRect(foot, int(flags), self._words).adjusted(-6, -2, 6, 2)
        painter.fillRect(room, palette.color(QPalette.ColorRole.Base))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(foot, int(flags), self._words)
        painter.restore()
