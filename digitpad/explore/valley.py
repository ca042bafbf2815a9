"""Gradient descent on functions of two variables: the step, how well it is predicted, and the lines of one height.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent", equations 7 to 15.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from digitpad.nn.neurons import Floats


class Surface(Protocol):
    """A function C(v) of v = (v1, v2), smooth, with one minimum or more."""

    def value(self, v: Floats) -> Floats:
        """Return C, of shape (...), for places ``v`` of shape (..., 2)."""

    def gradient(self, v: Floats) -> Floats:
        """Return the vector of partial derivatives, of shape (..., 2) as ``v`` (equation 8)."""

    @property
    def stretch(self) -> float:
        """How much steeper it is along v2 than along v1."""

    @property
    def minima(self) -> tuple[tuple[float, float], ...]:
        """The places of the minima."""


@dataclass(frozen=True)
class Bowl:
    """C = (v1^2 + s v2^2) / 2: round for s = 1, a long valley along v1 for a large ``stretch`` s."""

    stretch: float = 1.0

    def value(self, v: Floats) -> Floats:
        """Return C, of shape (...), for places ``v`` of shape (..., 2)."""
        return np.asarray(0.5 * (v[..., 0] ** 2 + self.stretch * v[..., 1] ** 2))

    def gradient(self, v: Floats) -> Floats:
        """Return (v1, s v2), of shape (..., 2)."""
        return np.stack([v[..., 0], self.stretch * v[..., 1]], axis=-1)

    @property
    def minima(self) -> tuple[tuple[float, float], ...]:
        """The origin."""
        return ((0.0, 0.0),)


@dataclass(frozen=True)
class BentValley:
    """C = ((v1 - 1)^2 + s r^2) / 2 with r = v2 + 1 - v1^2 / 2: a valley along r = 0, lowest at (1, -1/2)."""

    stretch: float = 1.0

    def value(self, v: Floats) -> Floats:
        """Return C, of shape (...), for places ``v`` of shape (..., 2)."""
        r = v[..., 1] + 1 - 0.5 * v[..., 0] ** 2
        return np.asarray(0.5 * ((v[..., 0] - 1) ** 2 + self.stretch * r**2))

    def gradient(self, v: Floats) -> Floats:
        """Return (v1 - 1 - s r v1, s r), of shape (..., 2)."""
        r = v[..., 1] + 1 - 0.5 * v[..., 0] ** 2
        return np.stack([v[..., 0] - 1 - self.stretch * r * v[..., 0], self.stretch * r], axis=-1)

    @property
    def minima(self) -> tuple[tuple[float, float], ...]:
        """The lowest place of the valley."""
        return ((1.0, -0.5),)


@dataclass(frozen=True)
class TwoValleys:
    """C = (v1^2 - 3)^2 / 12 + v1 / 5 + s v2^2 / 2: two valleys side by side, the left one deeper."""

    stretch: float = 1.0

    def value(self, v: Floats) -> Floats:
        """Return C, of shape (...), for places ``v`` of shape (..., 2)."""
        v1, v2 = v[..., 0], v[..., 1]
        return np.asarray((v1**2 - 3) ** 2 / 12 + v1 / 5 + 0.5 * self.stretch * v2**2)

    def gradient(self, v: Floats) -> Floats:
        """Return (v1 (v1^2 - 3) / 3 + 1/5, s v2), of shape (..., 2)."""
        v1, v2 = v[..., 0], v[..., 1]
        return np.stack([v1 * (v1**2 - 3) / 3 + 0.2, self.stretch * v2], axis=-1)

    @property
    def minima(self) -> tuple[tuple[float, float], ...]:
        """The deepest places of the valleys, from left to right."""
        left, _, right = sorted(float(x.real) for x in np.roots([1 / 3, 0, -1, 0.2]))
        return (left, 0.0), (right, 0.0)


@dataclass(frozen=True, eq=False)
class Move:
    """One step from ``v``: the gradient there, the step, and how C changes, as predicted and as it does.

    ``v``, ``gradient`` and ``change`` (Delta v = -eta gradient, equation 10) have shape (2,). ``predicted`` is
    gradient . Delta v (equation 9), which is -eta times the squared length of the gradient.
    """

    v: Floats
    gradient: Floats
    change: Floats
    predicted: float
    measured: float

    @property
    def end(self) -> Floats:
        """Where the step leads: v' = v - eta gradient, of shape (2,) (equation 11)."""
        return self.v + self.change

    @property
    def error(self) -> float:
        """By how much the measured change misses the predicted one, as a share of it; 0 where there is no slope."""
        return abs(self.measured - self.predicted) / abs(self.predicted) if self.predicted else 0.0


def move(surface: Surface, v: Floats, eta: float) -> Move:
    """Return the step from ``v`` (2,) against the gradient (equations 9 to 11)."""
    gradient = surface.gradient(v)
    change = -eta * gradient
    measured = float(surface.value(v + change) - surface.value(v))
    return Move(v, gradient, change, float(gradient @ change), measured)


def measured_changes(surface: Surface, v: Floats, etas: Floats) -> Floats:
    """Return how much C changes in one step from ``v`` (2,), of shape (k,) for each of ``etas`` (k,)."""
    return np.asarray(surface.value(v - etas[:, None] * surface.gradient(v)) - surface.value(v))


def contours(values: Floats, levels: Sequence[float]) -> list[Floats]:
    """Return for each level the pieces of the line on which ``values`` (h, w) have it, of shape (k, 2, 2).

    Each piece has two ends, each end a column and a row, in between the points of the grid. Every square of the grid
    is cut into two triangles, and a triangle is crossed by the line once or not at all.
    """
    rows, columns = np.indices(values.shape)
    points = np.stack([columns, rows, values], axis=-1).astype(np.float64)
    one, right, below, last = points[:-1, :-1], points[:-1, 1:], points[1:, :-1], points[1:, 1:]
    triangles = np.concatenate(
        [np.stack(three, axis=-2).reshape(-1, 3, 3) for three in ((one, right, below), (right, last, below))]
    )
    lowest, highest = triangles[..., 2].min(axis=1), triangles[..., 2].max(axis=1)
    found = []
    for level in levels:
        corners = triangles[(lowest <= level) & (highest > level)]
        after = corners[:, (1, 2, 0)]
        crossed = (corners[..., 2] > level) != (after[..., 2] > level)
        start, end = corners[crossed], after[crossed]
        share = (level - start[:, 2]) / (end[:, 2] - start[:, 2])
        found.append((start[:, :2] + share[:, None] * (end[:, :2] - start[:, :2])).reshape(-1, 2, 2))
    return found


def smooth(surface: Surface, pieces: Floats, level: float, parts: int) -> Floats:
    """Return ``pieces`` (k, 2, 2) of a contour, ends of it as places v, bent onto it: (k, parts + 1, 2).

    Between the points of a grid a contour is but guessed. Each piece is cut into ``parts``, and each point moved along
    the gradient to where C has the ``level``, by Newton's method.
    """
    share = np.linspace(0, 1, parts + 1)[:, None]
    points = pieces[:, :1] + share * (pieces[:, 1:] - pieces[:, :1])
    for _ in range(8):
        gradient = surface.gradient(points)
        squared = np.sum(gradient**2, axis=-1, keepdims=True)
        missing = (surface.value(points) - level)[..., None]
        points = points - np.divide(missing, squared, out=np.zeros_like(missing), where=squared > 1e-9) * gradient
    return points
