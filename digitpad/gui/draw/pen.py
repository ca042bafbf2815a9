"""The stroke under way."""

import numpy as np

from digitpad.draw.drawing import Points

_ROOM = 256  # points, to begin with


class Pen:
    """Points that come one by one; empty while the pen is up."""

    def __init__(self) -> None:
        """Begin without a point."""
        self._room = np.empty((_ROOM, 3))
        self._n = 0

    def __len__(self) -> int:
        return self._n

    @property
    def points(self) -> Points:
        """The points so far, (n, 3): x, y and pressure. They stay as they are when others come."""
        return self._room[: self._n]

    def add(self, x: float, y: float, pressure: float) -> None:
        """Add a point."""
        if self._n == len(self._room):
            self._room = np.concatenate([self._room, np.empty_like(self._room)])
        self._room[self._n] = x, y, pressure
        self._n += 1
