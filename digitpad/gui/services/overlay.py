"""What lies over the drawing on the canvas for a while, such as a neuron's weights: ``Overlay``."""

from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPalette


class Overlay(Protocol):
    """Anything that can be painted over a drawing."""

    def paint(self, painter: QPainter, paper: QRectF, palette: QPalette) -> None:
        """Paint over ``paper``, the square of the widget on which the drawing lies from (0, 0) to (1, 1)."""
