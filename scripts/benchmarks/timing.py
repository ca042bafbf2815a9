"""How long work takes: the ``milliseconds_of`` many turns, or the ``quickest`` of a few."""

from collections.abc import Callable
from time import perf_counter

Work = Callable[[], object]

_TURNS = 200


def milliseconds_of(work: Work) -> list[float]:
    """Return the milliseconds of each of many turns of ``work``, after one that warms up."""
    work()
    times = []
    for _ in range(_TURNS):
        started = perf_counter()
        work()
        times.append(1000 * (perf_counter() - started))
    return times


def quickest(turns: int, *works: Work, clock: Callable[[], float] = perf_counter) -> list[float]:
    """Return the seconds, by ``clock``, of the quickest of so many turns of each of ``works``.

    What else the machine does only ever adds. They take turns, so that it falls on all of them alike.
    """
    best = [float("inf")] * len(works)
    for _ in range(turns):
        for i, work in enumerate(works):
            started = clock()
            work()
            best[i] = min(best[i], clock() - started)
    return best
