"""How much of some work is over, in time, where it is of several kinds that are faster or slower on each machine."""

from collections.abc import Callable, Generator, Mapping
from time import perf_counter
from typing import TypeVar

from digitpad.nn.steps import Steps

T = TypeVar("T")

_TRUST = 0.01  # of all there is of a kind: so much must be done for what was measured to count as much as the guess


class Forecast:
    """Tells the share of the time that is over, by how long each kind of work has taken so far.

    What is not begun yet is guessed.
    """

    def __init__(
        self,
        amounts: Mapping[str, float],
        guess: Callable[[str, Callable[[str], float]], float],
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """Plan so much of each kind, in any unit; ``clock`` gives seconds.

        ``guess(kind, pace)`` returns the seconds that a unit of a kind will take, where ``pace(kind)`` are those of
        another, as far as these are known.
        """
        self._planned, self._guess, self._clock = dict(amounts), guess, clock
        self._done = dict.fromkeys(amounts, 0.0)
        self._took = dict.fromkeys(amounts, 0.0)
        self._share = 0.0

    def doing(self, kind: str, amount: float, work: Generator[float, None, T]) -> Generator[float, None, T]:
        """Do ``work``, so much of one kind, which yields the share of itself; yield that of the whole, in [0, 1]."""
        done, took, started = self._done[kind], self._took[kind], self._clock()
        part = Steps(work)
        for share in part:
            self._done[kind], self._took[kind] = done + share * amount, took + self._clock() - started
            yield self._over()
        self._done[kind], self._took[kind] = done + amount, took + self._clock() - started
        return part.result

    def _over(self) -> float:
        """Return the share that is over; what turns out to take longer than was thought lets it stand for a while."""
        left = sum((planned - self._done[kind]) * self._pace(kind) for kind, planned in self._planned.items())
        took = sum(self._took.values())
        self._share = max(self._share, took / (took + left) if took else 0.0)
        return self._share

    def _pace(self, kind: str) -> float:
        trusted = _TRUST * self._planned[kind]
        return (self._took[kind] + trusted * self._guess(kind, self._pace)) / (self._done[kind] + trusted)
