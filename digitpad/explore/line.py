"""A perceptron's line in the plane of its two inputs, to be moved and turned by hand."""

from typing import NamedTuple

import numpy as np

from digitpad.nn.neurons import Floats

_HANDLE = 0.6  # distance of the two handles from the middle of the line
_LEAST = 0.05  # distance of the handles below which no direction is taken from them


class Line(NamedTuple):
    """The line on which w.x + b = 0, for x = (x1, x2)."""

    w1: float
    w2: float
    b: float

    @property
    def handles(self) -> list[Floats]:
        """The places (2,) of its two handles, either side of its point next to (1/2, 1/2); none where w is 0."""
        if not any(self[:2]):
            return []
        w, middle = np.array(self[:2]), np.array([0.5, 0.5])
        foot = middle - w * (w @ middle + self.b) / (w @ w)
        along = np.array([-w[1], w[0]]) / np.hypot(*w)
        return [foot - _HANDLE * along, foot + _HANDLE * along]

    def moved(self, by: Floats) -> "Line":
        """Return the line moved ``by`` (2,), in the same direction."""
        return self._replace(b=self.b - float(np.array(self[:2]) @ by))

    def turned(self, handle: int, by: Floats) -> "Line | None":
        """Return the line with one ``handle`` moved ``by`` (2,), where it turns about the other.

        The length of w stays, and the side that fires. Where the handles would meet there is none.
        """
        first, second = self.handles
        along = second - first - by if handle == 0 else second + by - first
        if np.hypot(*along) < _LEAST:
            return None
        w = np.hypot(*self[:2]) * np.array([along[1], -along[0]]) / np.hypot(*along)
        return Line(float(w[0]), float(w[1]), -float(w @ (second if handle == 0 else first)))
