"""A drawing as data: strokes of a pen and perhaps a picture, in units of the canvas's side.

x runs right and y down, from 0 to 1. Drawings never change; drawing, erasing and undoing replace one by another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink
from digitpad.draw.preprocess import WHOLE, Greys, Stages, preprocess

Points = NDArray[np.float64]

BRUSH = 0.055  # canvas sides: a brush of medium width
FILL = 0.7  # canvas sides: the longer side of what is laid on the canvas without a place of its own
SMALLEST = 0.03  # canvas sides: what is smaller is a dot, however the hand trembled


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen: ``points`` (n, 3) are x, y and the pressure in (0, 1], n at least 1.

    ``brush`` is the width of the line at full pressure, in canvas sides. It is for the eye alone.
    """

    points: Points
    brush: float


@dataclass(frozen=True, eq=False)
class Picture:
    """Ink read from a picture: greys (h, w) in [0, 1], laid on the canvas in ``box`` = (left, top, width, height).

    ``otherwise``, each (784,), is what a network might be fed as well: it is not always plain what of a picture is ink.
    """

    ink: Greys
    box: tuple[float, float, float, float]
    otherwise: tuple[Greys, ...] = ()

    @staticmethod
    def fitted(greys: Greys, otherwise: tuple[Greys, ...] = ()) -> "Picture":
        """Return the ink in the middle of the canvas, its longer side ``FILL`` of the canvas's."""
        height, width = (FILL * side / max(greys.shape) for side in greys.shape)
        return Picture(greys, ((1 - width) / 2, (1 - height) / 2, width, height), otherwise)


IsNumber = Callable[[Picture], bool]  # whether the ink of several digits is read as a number


@dataclass(frozen=True)
class Drawing:
    """Everything on the canvas. Two are equal that have the very same strokes and picture."""

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
        return stages_of([self])[0]

    def goes_on_from(self, other: "Drawing") -> bool:
        """Whether this is ``other``, perhaps with more strokes."""
        n = len(other.strokes)
        return self.picture is other.picture and len(self.strokes) >= n and self.strokes[:n] == other.strokes

    @property
    def picture_ink(self) -> ink.Picture | None:
        """The picture as ink to draw with, if there is one."""
        return (self.picture.ink, self.picture.box) if self.picture else None


def stages_of(drawings: Sequence[Drawing]) -> list[Stages]:
    """Return the stages of each drawing. Each step is done for all before the next: that is quicker."""
    stages = [preprocess(*one) for one in _inks(drawings)]
    return [_with_otherwise(*one) for one in zip(stages, drawings, strict=True)]


def _inks(drawings: Sequence[Drawing]) -> list[ink.Picture]:
    """Return the greys of each drawing, and where they lie."""
    paths = [[stroke.points[:, :2] for stroke in drawing.strokes] for drawing in drawings]
    plain = [i for i, drawing in enumerate(drawings) if drawing.strokes and not drawing.picture]
    drawn = dict(zip(plain, ink.render_each([paths[i] for i in plain], SMALLEST), strict=True))
    return [
        (drawn[i][0], ink.place_of(drawn[i][1])) if i in drawn else _with_picture(drawing.picture_ink, paths[i])
        for i, drawing in enumerate(drawings)
    ]


def _with_picture(picture: ink.Picture | None, paths: list[Points]) -> ink.Picture:
    if not paths:  # nothing to draw: a picture keeps its own resolution
        return picture or (ink.render([]), WHOLE)
    frame = ink.frame(paths, picture, SMALLEST)
    return ink.render_in(frame, paths, picture), ink.place_of(frame)


def _with_otherwise(stages: Stages, drawing: Drawing) -> Stages:
    """Return the stages with what else a picture might be read as, where it is all there is."""
    picture = None if drawing.strokes else drawing.picture
    return replace(stages, otherwise=picture.otherwise) if picture else stages
