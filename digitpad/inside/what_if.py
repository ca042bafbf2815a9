"""What a network would say to the same digit moved, turned, slanted, larger, thicker or blurred.

What is changed is the picture that the network reads, and not the drawing: that is cropped, scaled and centred before
it is read, which takes back where it lies and how large it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from digitpad.draw import ink
from digitpad.draw.drawing import SMALLEST, Drawing
from digitpad.draw.preprocess import SIDE, Greys, Stages, preprocess
from digitpad.draw.reading import outputs_of
from digitpad.nn.augment import affine, bumps, places, rewidth, sample
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_MOST_POINTS = 2000  # of strokes that are drawn anew for each width
_SMOOTHNESS = 4.0  # pixels, of what is elastic, which nothing here is


@dataclass(frozen=True)
class Change:
    """What is done to a digit, by default nothing.

    ``right`` and ``down`` in pixels; ``rotate``, clockwise, and ``slant``, to the right, in degrees; ``size`` in per
    cent; ``thicken`` is by how many pixels lines are wider; ``blur`` the standard deviation in pixels.
    """

    right: float = 0.0
    down: float = 0.0
    rotate: float = 0.0
    slant: float = 0.0
    size: float = 100.0
    thicken: float = 0.0
    blur: float = 0.0


@dataclass(frozen=True)
class Knob:
    """One way to change a digit: the ``field`` of ``Change``, its least and its most, and how far apart it is tried."""

    field: str
    low: float
    high: float
    step: float

    @property
    def values(self) -> Floats:
        """All that are tried, (n,)."""
        return np.asarray(self.low + self.step * np.arange(round((self.high - self.low) / self.step) + 1))

    def value(self, change: Change) -> float:
        """Return how far ``change`` goes in this way."""
        return float(getattr(change, self.field))

    def set(self, change: Change, value: float) -> Change:
        """Return ``change``, but so far in this way."""
        return replace(change, **{self.field: float(value)})


KNOBS = (
    Knob("right", -10, 10, 0.5),
    Knob("down", -10, 10, 0.5),
    Knob("rotate", -180, 180, 5),
    Knob("slant", -40, 40, 2),
    Knob("size", 50, 150, 2.5),
    Knob("thicken", -1.5, 2.5, 0.1),
    Knob("blur", 0, 4, 0.1),
)


@dataclass(frozen=True, eq=False)
class Sweep:
    """The ``outputs`` (n, 10) of a network for each of the ``values`` (n,) of a ``knob``."""

    knob: Knob
    values: Floats
    outputs: Floats


class Subject:
    """A digit to be changed: as the network reads it, and the strokes it was drawn with, if it was."""

    def __init__(self, drawing: Drawing, stages: Stages) -> None:
        """Take a ``drawing`` that is not blank, and its ``stages``."""
        self.image = stages.image
        points = sum(len(stroke.points) for stroke in drawing.strokes)
        by_strokes = drawing.picture is None and points <= _MOST_POINTS
        self._paths = [stroke.points[:, :2] for stroke in drawing.strokes] if by_strokes else []

    def thickened(self, pixels: Floats) -> Greys:
        """Return the digit with lines that are wider by so many ``pixels`` (m,): (m, 784).

        Its strokes are drawn with a wider line where it has some; otherwise ink spreads or shrinks from its edges.
        """
        if not pixels.any():
            return np.repeat(self.image[None], len(pixels), axis=0)
        if not self._paths:
            return _spread(self.image, pixels)
        return np.stack([self._with_line(ink.LINE + wider) if wider else self.image for wider in pixels.tolist()])

    def _with_line(self, line: float) -> Greys:
        return preprocess(ink.render(self._paths, None, SMALLEST, line)).image


def changed(subject: Subject, changes: Sequence[Change], painted: Greys | None = None) -> Greys:
    """Return what becomes of the digit by each of ``changes``: (m, 784), greys in [0, 1].

    First its lines are made thicker, then it is slanted, turned, made larger and moved, and blurred at last. Where
    ``painted`` (784,) is a number, that is the grey of the pixel whatever the change.
    """
    column = {knob.field: np.array([knob.value(change) for change in changes]) for knob in KNOBS}
    images: Greys = subject.thickened(column["thicken"]).reshape(-1, SIDE, SIDE)
    rotate, slant = np.radians(column["rotate"]), np.tan(np.radians(column["slant"]))
    smaller = np.repeat(-np.log(column["size"] / 100)[:, None], 2, axis=1)
    move = np.stack([column["down"], column["right"]], axis=1)
    if rotate.any() or slant.any() or smaller.any() or move.any():
        # Where a pixel comes from: back by the move first, and then through the rest.
        back = -np.einsum("mij,mj->mi", affine(rotate, slant, smaller), move)
        still = np.zeros((len(changes), 2, bumps(SIDE, _SMOOTHNESS)), dtype=np.float32)
        images = sample(images, places(SIDE, rotate, slant, smaller, back, still, _SMOOTHNESS))
    images = _blurred(images, column["blur"]).reshape(len(changes), SIDE * SIDE)
    return images if painted is None else np.where(np.isnan(painted), images, painted)


def sweep(network: Network, subject: Subject, change: Change, knob: Knob, painted: Greys | None = None) -> Sweep:
    """Return what ``network`` says for all values of ``knob``, while all else is changed by ``change``."""
    values = knob.values
    images = changed(subject, [knob.set(change, value) for value in values.tolist()], painted)
    return Sweep(knob, values, outputs_of(network, images))


def _spread(image: Greys, pixels: Floats) -> Greys:
    """Return ``image`` (784,) with lines wider by so many ``pixels`` (m,), half of them on each side."""
    left = pixels / 2
    images = np.asarray(np.repeat(image.reshape(1, SIDE, SIDE), len(left), axis=0), dtype=np.float32)
    while left.any():
        now = np.clip(left, -1, 1)
        images[:] = rewidth(images, now.astype(np.float32))
        left = left - now
    return images.reshape(-1, SIDE * SIDE)


def _blurred(images: Greys, deviation: Floats) -> Greys:
    """Return ``images`` (m, 28, 28), each blurred by a Gaussian of so many pixels (m,); beyond the edges is paper."""
    if not deviation.any():
        return images
    steps = np.arange(-SIDE, SIDE + 1)
    bells = np.exp(-0.5 * (steps / np.maximum(deviation, 1e-3)[:, None]) ** 2)
    bells /= bells.sum(axis=1, keepdims=True)
    i = np.arange(SIDE)
    spreading = bells[:, SIDE + i[:, None] - i].astype(np.float32)
    return np.asarray(spreading @ images @ spreading.transpose(0, 2, 1))
