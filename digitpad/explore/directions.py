"""Moves of one length in all directions: how C changes by each, as predicted and as it does.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent", first exercise.
"""

from dataclasses import dataclass

import numpy as np

from digitpad.explore.valley import Surface
from digitpad.nn.neurons import Floats

DEGREES: Floats = np.arange(-180.0, 181.0)  # by which a move is turned away from -gradient, counterclockwise


@dataclass(frozen=True, eq=False)
class Directions:
    """All moves of one ``length`` from ``v`` (2,), turned away from the steepest by each of ``DEGREES``.

    ``changes`` (361, 2) are the moves, ``predicted`` and ``measured`` (361,) how equation 9 and C itself change.
    Where the gradient is 0 no direction is steepest; they are turned away from that of v1 then.
    """

    v: Floats
    length: float
    gradient: Floats
    changes: Floats
    predicted: Floats
    measured: Floats

    @property
    def bound(self) -> float:
        """The least that can be predicted, -length times that of the gradient, by Cauchy and Schwarz."""
        return -self.length * float(np.hypot(*self.gradient))

    @property
    def eta(self) -> float | None:
        """The learning rate with which -eta gradient is as long as the moves; None where there is no gradient."""
        steep = float(np.hypot(*self.gradient))
        return self.length / steep if steep else None

    @property
    def lowest(self) -> float:
        """By how many degrees the move is turned that leads lowest, as measured; of equals the least turned."""
        best = np.flatnonzero(self.measured <= self.measured.min() + 1e-12)
        return float(DEGREES[best[np.abs(DEGREES[best]).argmin()]])

    @staticmethod
    def at(degrees: float) -> int:
        """Return where in the arrays the move is that is turned by ``degrees``, from -180 to 180."""
        return int(np.abs(DEGREES - degrees).argmin())


def directions(surface: Surface, v: Floats, length: float) -> Directions:
    """Return all moves of ``length`` from ``v`` (2,), and how C changes by each."""
    gradient = surface.gradient(v)
    ahead = _ahead(gradient)
    angles = np.radians(DEGREES)
    cos, sin = np.cos(angles), np.sin(angles)
    changes = length * np.stack([cos * ahead[0] - sin * ahead[1], sin * ahead[0] + cos * ahead[1]], axis=-1)
    measured = np.asarray(surface.value(v + changes) - surface.value(v))
    return Directions(v, length, gradient, changes, changes @ gradient, measured)


def turned_to(surface: Surface, v: Floats, way: Floats) -> float:
    """Return by how many degrees, from -180 to 180, ``way`` (2,) is turned away from the steepest direction at v."""
    ahead = _ahead(surface.gradient(v))
    return float(np.degrees(np.arctan2(ahead[0] * way[1] - ahead[1] * way[0], ahead @ way)))


def _ahead(gradient: Floats) -> Floats:
    """Return the direction (2,) against the gradient, of length 1."""
    steep = float(np.hypot(*gradient))
    return -gradient / steep if steep else np.array([1.0, 0.0])
