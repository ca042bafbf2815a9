"""Signals that end a run: Ctrl+C, a batch system, a terminal that is closed."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from digitpad.train import end_signals


class Stopped(KeyboardInterrupt):
    """A signal asked for the end. ``code`` is the exit code that goes with it: 130 for Ctrl+C, 143 for SIGTERM."""

    def __init__(self, number: int) -> None:
        """Note the signal's ``number``."""
        super().__init__()
        self.code = 128 + number


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Within, the first signal raises ``Stopped`` and no other is heard; after a call of what is yielded, none is.

    What is ignored already, as ``nohup`` does with SIGHUP, stays so.
    """
    before = end_signals.handlers()

    def hear_no_more() -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)

    def stop(number: int, _: FrameType | None) -> NoReturn:
        hear_no_more()
        raise Stopped(number)

    for number in before:
        signal.signal(number, stop)
    try:
        yield hear_no_more
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
