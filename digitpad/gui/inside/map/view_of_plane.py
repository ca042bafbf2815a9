"""Which part of a plane is seen, and where on the screen: ``ViewOfPlane``."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

Places = NDArray[np.float64]

_STRAYS = 0.3  # per cent of the digits that may lie outside, on each side, or a few would make all others small
_FURTHEST = 40.0  # how many times larger than when all is seen


class ViewOfPlane:
    """Lays a plane into a widget, on one scale or one for each direction; a person comes nearer and moves about."""

    def __init__(self) -> None:
        """See all."""
        self.zoom = 1.0
        self._middle, self._span = np.zeros(2), np.ones(2)
        self._moved, self._stretched = QPointF(), False

    def fit(self, places: Places, *, stretched: bool = False) -> None:
        """Have all of ``places`` (n, 2) seen, but for a few strays, where nobody has come nearer.

        What is ``stretched`` fills the area in both directions, by a scale for each.
        """
        self._stretched = stretched
        if len(places):
            low, high = np.percentile(places, (_STRAYS, 100 - _STRAYS), axis=0)
            self._middle, self._span = (low + high) / 2, np.maximum(high - low, 1e-9)

    def reset(self) -> None:
        """See all again."""
        self.zoom, self._moved = 1.0, QPointF()

    @property
    def whole(self) -> bool:
        """Whether all is seen."""
        return self.zoom == 1 and self._moved.isNull()

    def to_screen(self, places: Places, area: QRectF) -> Places:
        """Return where ``places`` (..., 2) of the plane lie on the screen, in pixels."""
        scale = self._scale(area)
        middle = area.center() + self._moved
        x = middle.x() + scale[0] * (places[..., 0] - self._middle[0])
        y = middle.y() - scale[1] * (places[..., 1] - self._middle[1])
        return np.stack([x, y], axis=-1)

    def from_screen(self, places: Places, area: QRectF) -> Places:
        """Return which places of the plane lie at ``places`` (n, 2) of the screen."""
        middle, scale = area.center() + self._moved, self._scale(area)
        from_middle = (places - [middle.x(), middle.y()]) * [1, -1]
        return np.asarray(from_middle / scale + self._middle)

    def move(self, by: QPointF) -> None:
        """Move what is seen by so many pixels."""
        self._moved += by

    def come_nearer(self, times: float, at: QPointF, area: QRectF) -> None:
        """Show all so many ``times`` larger, where the place under ``at`` stays; never smaller than at first."""
        zoom = min(max(self.zoom * times, 1.0), _FURTHEST)
        from_middle = at - area.center()
        self._moved = from_middle - (from_middle - self._moved) * (zoom / self.zoom)
        self.zoom = zoom
        if zoom == 1:
            self._moved = QPointF()

    def _scale(self, area: QRectF) -> Places:
        """Return pixels for each direction's unit."""
        scales = self.zoom * np.maximum([area.width(), area.height()], 1.0) / self._span
        return scales if self._stretched else np.full(2, scales.min())


def next_in(places: Places, start: Places, direction: tuple[int, int], current: int | None) -> int:
    """Return which of ``places`` (n, 2) is next to ``start`` (2,) in a direction, where ``current`` is, if any is.

    None is passed by that is nearer and less to the side. Where none lies there it is the current one, or without
    that the nearest of all.
    """
    offsets = places - start
    ahead = offsets @ np.array(direction, dtype=float)
    aside = np.abs(offsets @ np.array(direction[::-1], dtype=float))
    cost = np.where((ahead > 0.5) & (aside <= 2 * ahead), ahead + 2 * aside, np.inf)
    if current is not None:
        cost[current] = np.inf
    elif not np.isfinite(cost).any():
        return int(np.hypot(*offsets.T).argmin())
    return int(cost.argmin()) if np.isfinite(cost).any() else current or 0
