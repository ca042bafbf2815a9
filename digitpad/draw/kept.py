"""What was made of drawings, kept so that a drawing that goes on from one of them need not begin from nothing."""

from collections import deque
from typing import Generic, TypeVar

from digitpad.draw.drawing import Drawing

T = TypeVar("T")

_STEPS, _LATEST = 6, 2  # so many are kept of each kind
_NEAREST, _FARTHER = 16, 3  # strokes: the last step back, and how many times as far each one before it


class Kept(Generic[T]):
    """Steps on the way to a drawing, ever farther apart the longer ago, and the last few drawings that were left.

    So whoever takes back stroke after stroke finds each time a drawing that is near, and whoever takes back an eraser,
    or clears by mistake, the very one; however many strokes there are, no more than a few are kept.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._steps: list[tuple[Drawing, T]] = []
        self._left: deque[tuple[Drawing, T]] = deque(maxlen=_LATEST)

    def clear(self) -> None:
        """Keep nothing any more."""
        self._steps.clear()
        self._left.clear()

    @staticmethod
    def stops(begin: int, end: int) -> list[int]:
        """Return after how many strokes to keep a step, on the way from ``begin`` strokes to ``end``."""
        back = [end - _NEAREST * _FARTHER**i for i in reversed(range(_STEPS - 1))]
        return [stop for stop in back if stop > begin]

    def due(self, drawing: Drawing) -> bool:
        """Whether ``drawing`` is far enough from all steps on the way to it to be another."""
        most = len(drawing.strokes) - _NEAREST
        return not any(len(step.strokes) > most and drawing.goes_on_from(step) for step, _ in self._steps)

    def step(self, drawing: Drawing, made: T) -> None:
        """Keep what was made of ``drawing``, on the way to one with more strokes."""
        self._steps = [step for step in self._steps if drawing.goes_on_from(step[0])]
        self._steps.append((drawing, made))
        if len(self._steps) > _STEPS:
            # The one goes whose neighbours are nearest to each other, for how long ago that is.
            at = [len(drawing.strokes) - len(step.strokes) for step, _ in self._steps]
            del self._steps[min(range(1, _STEPS), key=lambda i: (at[i - 1] - at[i + 1]) / (at[i] + _NEAREST))]

    def leave(self, drawing: Drawing, made: T) -> None:
        """Keep what was made of ``drawing``, which gives way to one that does not go on from it."""
        self._left.append((drawing, made))

    def nearest(self, drawing: Drawing) -> tuple[Drawing, T] | None:
        """Return the longest of the drawings kept that ``drawing`` goes on from, and what was made of it."""
        longest_first = sorted((*self._steps, *self._left), key=lambda one: -len(one[0].strokes))
        return next((one for one in longest_first if drawing.goes_on_from(one[0])), None)

    def values(self) -> list[T]:
        """Return all that was made."""
        return [made for _, made in (*self._steps, *self._left)]
