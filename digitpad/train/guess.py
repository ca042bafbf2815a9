"""A curve of accuracies as a person expects it, drawn before the run that shows the real one: ``CurveGuess``."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from digitpad.train.experiment import Point

COLUMNS = 121  # places along the axis of epochs that a guess has a value at
CLOSE = 0.05  # accuracy that a guess may be off by, on average, to count as right


class CurveGuess:
    """Accuracies, in [0, 1], at ``COLUMNS`` places from epoch 0 to ``epochs``; NaN where nothing was drawn yet."""

    def __init__(self, epochs: float) -> None:
        """Begin with nothing drawn."""
        self.epochs = float(epochs)
        self.places: NDArray[np.float64] = np.linspace(0.0, self.epochs, COLUMNS)
        self.accuracies: NDArray[np.float64] = np.full(COLUMNS, np.nan)

    @property
    def drawn(self) -> bool:
        """Whether there is anything."""
        return bool(np.isfinite(self.accuracies).any())

    def draw(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw from ``start`` to ``end``, each the epochs and an accuracy, in place of what was drawn there before."""
        (left, low), (right, high) = sorted((start, end))
        first, last = np.rint(np.clip([left, right], 0, self.epochs) / self.epochs * (COLUMNS - 1)).astype(int)
        self.accuracies[first : last + 1] = np.clip(np.linspace(low, high, last - first + 1), 0.0, 1.0)

    @property
    def whole(self) -> NDArray[np.float64]:
        """The accuracies without gaps: a straight line goes over each, and the ends go on level."""
        known = np.isfinite(self.accuracies)
        return np.interp(self.places, self.places[known], self.accuracies[known])

    def off_by(self, points: Iterable[Point]) -> float | None:
        """Return the mean distance from the exact ``points`` within the epochs that were guessed; None without any."""
        measured = [(point.epochs, point.accuracy) for point in points if point.exact and point.epochs <= self.epochs]
        if not measured or not self.drawn:
            return None
        epochs, accuracies = np.array(measured).T
        return float(np.abs(np.interp(epochs, self.places, self.whole) - accuracies).mean())
