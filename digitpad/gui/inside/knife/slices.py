"""Long work away from the window in slices, so that what is wanted meanwhile need not wait for it: ``in_slices``."""

from collections.abc import Callable, Generator, Hashable
from time import monotonic
from typing import TypeVar

from digitpad.gui.services.background import Background
from digitpad.nn.steps import Steps

S = TypeVar("S")
T = TypeVar("T")

_SLICE_S = 0.05


def in_slices(
    background: Background,
    steps: Generator[S | None, None, T],
    advanced: Callable[[S], object],
    done: Callable[[T], object],
    *,
    latest: Hashable,
) -> None:
    """Take ``steps`` in a thread, some at a time, and call ``done`` with their result in the window's thread.

    ``advanced`` is called there, too, after each slice with the newest that they yielded in it. It all ends without a
    word when there is another request with the key ``latest``, or this is dropped.
    """
    taken = Steps(steps)
    left = iter(taken)

    def some() -> tuple[S | None, bool]:
        newest, end = None, monotonic() + _SLICE_S
        for step in left:
            newest = step if step is not None else newest
            if monotonic() > end:
                return newest, False
        return newest, True

    def take(told: tuple[S | None, bool]) -> None:
        newest, ended = told
        if not ended:
            background.run(some, take, latest=latest)
        if newest is not None:
            advanced(newest)
        if ended:
            done(taken.result)

    background.run(some, take, latest=latest)
