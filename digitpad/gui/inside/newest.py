"""The newest of many requests is done, and none under way is given up for it: ``Newest``."""

from collections.abc import Callable
from functools import partial
from typing import Any

from digitpad.gui.services.background import Background


class Newest:
    """Runs in the background, one at a time, what is asked for ever again, as while the pen moves.

    A request that finds another under way waits for that, in place of one that waits already. So there is a result
    every now and then, however often it is asked for.
    """

    def __init__(self, background: Background) -> None:
        """Have requests run in ``background``."""
        self._background = background
        self._waiting: tuple[Callable[[], Any], Callable[[Any], object]] | None = None

    def run(self, job: Callable[[], Any], then: Callable[[Any], object]) -> None:
        """Run ``job``, now or when the one under way has ended, and give ``then`` its result."""
        if self._background.pending(self):
            self._waiting = job, then
            return
        self._background.run(job, partial(self._deliver, then), self._fail, latest=self)

    def drop(self) -> None:
        """Do without what is to come."""
        self._waiting = None
        self._background.drop(self)

    def _deliver(self, then: Callable[[Any], object], result: object) -> None:
        then(result)
        self._go_on()

    def _fail(self, sentence: str) -> None:
        self._background.failed.emit(sentence)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            self.run(*waiting)
