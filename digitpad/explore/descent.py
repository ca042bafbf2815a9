"""Gradient descent on functions of one variable, step by step until it ends.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent", equations 7 to 15.
"""

from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from digitpad.nn.neurons import Floats

SMALL = 0.01  # the loop goes on ``while step > 0.01``
FAR = 100.0  # farther out than this nothing comes back, and numbers would soon be too large for floating point
MOST = 1000  # steps, after which a loop that has not ended is given up

Number = TypeVar("Number", float, Floats)


class Curve(Protocol):
    """A function C(x) of one variable, smooth, with one minimum or more. All take a number or an array of any shape."""

    def value(self, x: Number) -> Number:
        """Return C(x)."""

    def slope(self, x: Number) -> Number:
        """Return dC/dx."""

    def curvature(self, x: Number) -> Number:
        """Return the second derivative of C."""

    @property
    def minima(self) -> tuple[float, ...]:
        """The places of the minima, from left to right."""


@dataclass(frozen=True)
class Parabola:
    """C(x) = c2 x^2 + c1 x + c0, with c2 > 0.

    A step x - eta (2 c2 x + c1) multiplies the distance from the minimum x* = -c1 / (2 c2) by 1 - 2 c2 eta, the same
    factor wherever x is. So it converges for 0 < eta < 1/c2: from one side below 1/(2 c2), from both by turns above.
    """

    c2: float
    c1: float
    c0: float

    def value(self, x: Number) -> Number:
        """Return C(x)."""
        return (self.c2 * x + self.c1) * x + self.c0

    def slope(self, x: Number) -> Number:
        """Return dC/dx = 2 c2 x + c1."""
        return 2 * self.c2 * x + self.c1

    def curvature(self, x: Number) -> Number:
        """Return 2 c2, whatever ``x`` is."""
        return 0 * x + 2 * self.c2

    @property
    def minimum(self) -> float:
        """The place x* of the minimum."""
        return -self.c1 / (2 * self.c2)

    @property
    def minima(self) -> tuple[float, ...]:
        """The place of the only minimum."""
        return (self.minimum,)

    def factor(self, eta: float) -> float:
        """Return 1 - 2 c2 eta, by which a step multiplies the distance from the minimum."""
        return 1 - 2 * self.c2 * eta

    def after(self, steps: int, x0: float, eta: float) -> float:
        """Return x after some steps from ``x0``, in closed form: x* + (1 - 2 c2 eta)^n (x0 - x*)."""
        return float(self.minimum + self.factor(eta) ** steps * (x0 - self.minimum))


@dataclass(frozen=True)
class Quartic:
    """C(x) = a4 x^4 + a2 x^2 + a1 x + a0, with a4 > 0 and a2 < 0: two valleys, and a hill between."""

    a4: float = 0.05
    a2: float = -0.8
    a1: float = 0.3
    a0: float = 5.0

    def value(self, x: Number) -> Number:
        """Return C(x)."""
        return ((self.a4 * x * x + self.a2) * x + self.a1) * x + self.a0

    def slope(self, x: Number) -> Number:
        """Return dC/dx = 4 a4 x^3 + 2 a2 x + a1."""
        return (4 * self.a4 * x * x + 2 * self.a2) * x + self.a1

    def curvature(self, x: Number) -> Number:
        """Return the second derivative, 12 a4 x^2 + 2 a2."""
        return 12 * self.a4 * x * x + 2 * self.a2

    def _flat(self) -> list[float]:
        return sorted(float(x.real) for x in np.roots([4 * self.a4, 0, 2 * self.a2, self.a1]))

    @property
    def minima(self) -> tuple[float, ...]:
        """The places of the two minima."""
        left, _, right = self._flat()
        return left, right

    @property
    def hill(self) -> float:
        """The place of the top between the valleys."""
        return self._flat()[1]


@dataclass(frozen=True)
class Descent:
    """A run of the loop: all x it visited, the start first, and how it ended.

    ``ending`` is "converged" (a step of 0.01 or less), "diverged" (farther out than ``FAR``) or "unfinished".
    """

    path: tuple[float, ...]
    ending: str

    @property
    def steps(self) -> int:
        """How many steps were taken, the last and smallest included."""
        return len(self.path) - 1


def descend(curve: Curve, x0: float, eta: float, most: int = MOST) -> Descent:
    """Take steps x - eta dC/dx from ``x0`` while they are longer than 0.01, at most ``most`` of them.

    The length of a step is looked at after it was taken, so at least one is.
    """
    path = [x0]
    while len(path) <= most:
        x = path[-1]
        path.append(x - eta * curve.slope(x))
        if not abs(path[-1]) <= FAR:
            return Descent(tuple(path), "diverged")
        if abs(path[-1] - x) <= SMALL:
            return Descent(tuple(path), "converged")
    return Descent(tuple(path), "unfinished")


def behaviour(factor: float) -> str:
    """Return in a word what steps do that multiply the distance from the minimum by ``factor``.

    "crawls" (0.8 to 1), "converges" (below), "arrives" (about 0: one step is enough), "oscillates" (-1 to 0: it
    jumps over the minimum and comes closer all the same), "swings" (-1: for ever) or "diverges" (below -1).
    """
    if abs(factor + 1) < 1e-9:
        return "swings"
    if factor < -1:
        return "diverges"
    if abs(factor) <= 0.02:
        return "arrives"
    if factor < 0:
        return "oscillates"
    return "converges" if factor < 0.8 else "crawls"
