"""Work that is done step by step, so that it can be left in between: a generator whose return value is the result."""

from collections.abc import Generator, Iterator
from typing import Any, Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Steps(Generic[S, T]):
    """A generator to go through with ``for``; when it has come to its end, ``result`` is what it returned."""

    result: T

    def __init__(self, steps: Generator[S, None, T]) -> None:
        """Take no step yet."""
        self._steps = steps

    def __iter__(self) -> Iterator[S]:
        """Go through what the steps yield."""
        self.result = yield from self._steps


def finish(steps: Generator[Any, None, T]) -> T:
    """Take all steps that are left and return the result."""
    left = Steps(steps)
    for _ in left:
        pass
    return left.result
