"""What another thread goes through as a test lets it, one by one: ``Feed`` and ``Gate``."""

from collections.abc import Iterable, Iterator
from functools import partial
from queue import Queue
from typing import TypeVar

from digitpad.data.store import Drawn
from tests.gui.data.conftest import drawn

_PATIENCE_S = 90.0  # longer than a test waits: where it fails, its window is closed first, and waits for the reader

T = TypeVar("T")


class Feed:
    """Has drawings for a reader in another thread, which waits for each of them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._queue = Queue[Drawn | None]()

    def give(self, n: int) -> None:
        """Give ``n`` drawings, all of them a 6."""
        for _ in range(n):
            self._queue.put(drawn(6, 0))

    def end(self) -> None:
        """Give no more."""
        self._queue.put(None)

    def read(self) -> Iterator[Drawn]:
        """Yield what is given, until the end."""
        for one in iter(partial(self._queue.get, timeout=_PATIENCE_S), None):
            assert one is not None
            yield one


class Gate:
    """Has a reader in another thread wait for each of what it goes through."""

    def __init__(self) -> None:
        """Begin shut."""
        self._queue = Queue[bool]()

    def let(self, n: int) -> None:
        """Let ``n`` more pass."""
        for _ in range(n):
            self._queue.put(True)

    def open(self) -> None:
        """Let all others pass."""
        self._queue.put(False)

    def through(self, things: Iterable[T]) -> Iterator[T]:
        """Yield ``things``, each when it may pass."""
        shut = True
        for thing in things:
            shut = shut and self._queue.get(timeout=_PATIENCE_S)
            yield thing
