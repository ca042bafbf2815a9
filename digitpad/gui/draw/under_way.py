"""The stroke under way: its points, a ``Pen``, and what it does, ``UnderWay``."""

import numpy as np
from PySide6.QtCore import QRect, QRectF

from digitpad.draw.drawing import Drawing, Points, Stroke
from digitpad.draw.erasing import Eraser
from digitpad.gui.draw.number_boxes import Hit

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


class UnderWay:
    """The stroke under way, over a drawing as it was ``before``: it is ink, or an ``eraser`` rubs out along it.

    Its ink is as wide as the ``brush``, in canvas sides, was when it began. ``hit`` is the box that it was put down on,
    as long as it goes nowhere: it may be a click, and is no ink so far. It is ``untold`` what an eraser has left where
    that was to be found out first; until then its stroke stays under way, also once the pen is ``lifted``.
    """

    def __init__(self, before: Drawing, brush: float, eraser: Eraser | None, hit: Hit | None) -> None:
        """Begin without a point."""
        self.before, self.brush, self.eraser, self.hit = before, brush, eraser, hit
        self.lifted = self.untold = False
        self._pen = Pen()
        self._ink: Stroke | None = None

    @property
    def points(self) -> Points:
        """The points so far, (n, 3): x, y and pressure."""
        return self._pen.points

    @property
    def ink(self) -> Stroke | None:
        """The ink so far, the same until there is another point; None where it is none."""
        if not len(self._pen) or self.eraser or self.hit:
            return None
        if self._ink is None:
            self._ink = Stroke(self.points, self.brush)
        return self._ink

    @property
    def is_quick(self) -> bool:
        """Whether it takes no more than an instant to know what there is."""
        return self.eraser is None or self.eraser.is_quick

    def add(self, x: float, y: float, pressure: float) -> bool:
        """Go on to a place, in canvas sides, and return whether it is another."""
        if len(self._pen) and (self.points[-1, :2] == (x, y)).all():
            return False
        self._pen.add(x, y, pressure)
        self._ink = None
        return True

    def leave_box(self, within: float) -> bool:
        """Be no click any more once it went further than ``within``, in canvas sides; return whether it just did."""
        if not self.hit or np.ptp(self.points[:, :2], axis=0).max() <= within:
            return False
        self.hit = None
        return True

    def touched(self, square: QRectF, eraser: float) -> QRect:
        """Return the pixels that its end, which still bends with what follows, can change on a paper at ``square``.

        An eraser is so wide, in canvas sides.
        """
        side, points = square.width(), self.points[-6:, :2]
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        end = QRectF(left * side, top * side, (right - left) * side, (bottom - top) * side)
        margin = ((eraser if self.eraser else 0) + self.brush) * side + 4
        return end.translated(square.topLeft()).adjusted(-margin, -margin, margin, margin).toAlignedRect()

    def rub(self) -> Points | None:
        """Rub out along its last step, and return that (n, 2) where anything is gone."""
        path = self.points[-2:, :2]
        return path if self.eraser and self.eraser.move(path) else None
