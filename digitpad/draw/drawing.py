"""A drawing as data: strokes of a pen and perhaps a picture, in units of the canvas's side.

x runs right and y down, from 0 to 1. Drawings never change; drawing, erasing and undoing replace one by another.
"""

import operator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.preprocess import Greys, Stages, preprocess

Points = NDArray[np.float64]

BRUSH = 0.055  # canvas sides: a brush of medium width
FILL = 0.7  # canvas sides: the longer side of what is laid on the canvas without a place of its own
_SMALLEST = 0.03  # canvas sides: what is smaller is a dot, however the hand trembled


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen: ``points`` (n, 3) are x, y and the pressure in (0, 1], n at least 1.

    ``brush`` is the width of the line at full pressure, in canvas sides. It is for the eye alone.
    """

    points: Points
    brush: float


@dataclass(frozen=True, eq=False)
class Picture:
    """Ink read from a picture: greys (h, w) in [0, 1], laid on the canvas in ``box`` = (left, top, width, height)."""

    ink: Greys
    box: tuple[float, float, float, float]

    @staticmethod
    def fitted(greys: Greys) -> "Picture":
        """Return the ink in the middle of the canvas, its longer side ``FILL`` of the canvas's."""
        height, width = (FILL * side / max(greys.shape) for side in greys.shape)
        return Picture(greys, ((1 - width) / 2, (1 - height) / 2, width, height))


@dataclass(frozen=True, eq=False)
class Drawing:
    """Everything on the canvas."""

    strokes: tuple[Stroke, ...] = ()
    picture: Picture | None = None

    @property
    def empty(self) -> bool:
        """Whether the canvas is blank."""
        return not self.strokes and self.picture is None

    def with_stroke(self, stroke: Stroke) -> "Drawing":
        """Return this drawing and one more stroke."""
        return replace(self, strokes=(*self.strokes, stroke))

    def stages(self) -> Stages:
        """Render what the network sees, every line at one width relative to the digit, and preprocess it."""
        paths, picture = self._parts
        if self.empty:
            return preprocess(ink.render(paths))
        if picture and not paths:
            return preprocess(*picture)  # nothing to draw: the picture keeps its own resolution
        frame = ink.frame(paths, picture, _SMALLEST)
        (left, top), scale, (height, width) = frame
        place = float(left), float(top), width / scale, height / scale
        return preprocess(ink.render_in(frame, paths, picture), place)

    def erased(self, path: Points, radius: float) -> "Drawing":
        """Return what is left after a round eraser moved along ``path`` (n, 2), n at least 1.

        Strokes are cut where it passed. Returns this very drawing where it touched nothing.
        """
        strokes: list[Stroke] = []
        for stroke in self.strokes:
            strokes += _cut(stroke, path, radius)
        picture = _rubbed(self.picture, path, radius) if self.picture else None
        untouched = len(strokes) == len(self.strokes) and all(map(operator.is_, strokes, self.strokes))
        return self if untouched and picture is self.picture else Drawing(tuple(strokes), picture)

    @property
    def _parts(self) -> tuple[list[Points], ink.Picture | None]:
        picture = (self.picture.ink, self.picture.box) if self.picture else None
        return [stroke.points[:, :2] for stroke in self.strokes], picture


def _cut(stroke: Stroke, path: Points, radius: float) -> list[Stroke]:
    points = ink.resampled(stroke.points, radius / 4)
    gone = _distance(points[:, :2], path) < radius + stroke.brush * points[:, 2] / 2
    if not gone.any():
        return [stroke]
    pieces = np.split(points, np.flatnonzero(np.diff(gone)) + 1)
    return [Stroke(piece, stroke.brush) for piece in pieces[bool(gone[0]) :: 2]]


def _rubbed(picture: Picture, path: Points, radius: float) -> Picture | None:
    left, top, width, height = picture.box
    rows, columns = picture.ink.shape
    y, x = np.indices(picture.ink.shape)
    centres = np.stack([left + (x + 0.5) * width / columns, top + (y + 0.5) * height / rows], axis=-1)
    gone = np.zeros(picture.ink.shape, dtype=bool)
    for point in ink.resampled(path, radius / 2):
        gone |= ((centres - point) ** 2).sum(axis=-1) < radius**2
    if not (picture.ink[gone] > 0).any():
        return picture
    greys = np.where(gone, np.float32(0), picture.ink)
    return replace(picture, ink=greys) if greys.any() else None


def _distance(points: Points, path: Points) -> Points:
    """Return for each of ``points`` (n, 2) the distance to the nearest place on ``path`` (m, 2)."""
    starts, ends = (path, path) if len(path) == 1 else (path[:-1], path[1:])
    along = ends - starts
    from_start = points[:, None] - starts
    t = np.clip((from_start * along).sum(-1) / np.maximum((along * along).sum(-1), 1e-18), 0, 1)
    nearest: Points = np.sqrt(((from_start - t[..., None] * along) ** 2).sum(-1)).min(axis=1)
    return nearest
