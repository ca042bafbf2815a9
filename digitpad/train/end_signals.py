"""The system's signals that ask for the end: of a run in the terminal, or of the window."""

import signal
from collections.abc import Callable
from types import FrameType

Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers

# Not every system has every one: SIGBREAK is what Windows sends when the console is closed.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
ENDING = tuple(int(getattr(signal, name)) for name in _NAMES if hasattr(signal, name))


def handlers() -> dict[int, Handler]:
    """Return what each of them does at present, without those that are ignored, as ``nohup`` does with SIGHUP."""
    found = {number: signal.getsignal(number) for number in ENDING}
    return {number: does for number, does in found.items() if does is not None and does is not signal.SIG_IGN}
