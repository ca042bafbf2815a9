"""``WeightsAndDigits``: the weights of a neuron, large, beside the digits that excite it most."""

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from digitpad.gui.widgets.placed import Placed
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.widgets.tiles import EDGE, Tiles

_DIGIT, _LARGE, _SMALL = 56, 196, 84  # pixels: a digit's side, and the weights', where there is room and elsewhere
_COLUMNS = 3


class WeightsAndDigits(Placed):
    """Both side by side, or one below the other where it is narrow."""

    def __init__(self, most: int) -> None:
        """Start empty, with room for ``most`` digits."""
        key, order, rows = "Ink on blue speaks for the neuron", "The most exciting first", ceil(most / _COLUMNS)
        weights = Tiles("Weights", key, _SMALL, picks=False, columns=1)
        digits = Tiles("Digits that excite it most", order, _DIGIT, picks=False, columns=_COLUMNS, rows=rows)
        super().__init__((weights, digits), QSizePolicy.Policy.Fixed)
        self.weights, self.digits = weights, digits

    def minimumSizeHint(self) -> QSize:
        """Return the size with which both fit, one below the other."""
        width = max(self.digits.sizeHint().width(), self.weights.sizeHint().width())
        return QSize(width, self.heightForWidth(width))

    sizeHint = minimumSizeHint

    def heightForWidth(self, width: int) -> int:
        """Return the height with ``width``."""
        weights, digits = self._weights_height(width), self.digits.sizeHint().height()
        return max(weights, digits) if self._is_beside(width) else weights + GAP + digits

    def _room(self, width: int) -> int:
        """Return how large the picture of the weights may be beside the digits."""
        return width - self.digits.sizeHint().width() - GAP - 2 * EDGE

    def _is_beside(self, width: int) -> bool:
        return self._room(width) >= _SMALL

    def _weights_side(self, width: int) -> int:
        return _LARGE if self._room(width) >= _LARGE else _SMALL

    def _weights_height(self, width: int) -> int:
        return self.weights.sizeHint().height() - self.weights.side + self._weights_side(width)

    def _place(self) -> None:
        width = self.width()
        self.weights.set_side(self._weights_side(width))
        one, other = self.weights.sizeHint(), self.digits.sizeHint()
        self.weights.setGeometry(0, 0, one.width(), one.height())
        left, top = (one.width() + GAP, 0) if self._is_beside(width) else (0, one.height() + GAP)
        self.digits.setGeometry(left, top, other.width(), other.height())
