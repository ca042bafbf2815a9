"""What probes share: the program used and watched, and files that it is given."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from driving import Steps, close, drive, wait_for
from PySide6.QtCore import QObject, SignalInstance
from soaking.watch import Watch

from benchmarks.probes import NotSurvived, check
from digitpad.gui.window.main_window import MainWindow

LONGEST_MS = 1000.0  # a turn of the event loop beyond it is a window that stands still, on a busy machine, too


@contextmanager
def watched(longest_ms: float = LONGEST_MS) -> Iterator[Watch]:
    """Raise NotSurvived, at the end, for an exception, a warning of Qt's or a turn of the event loop beyond that."""
    watch = Watch(lambda: "it was done", longest_ms)
    with watch.on():
        yield watch
    if watch.problems:
        raise NotSurvived(watch.problems[0].splitlines()[-1].removeprefix("while it was done: "))


def use(steps: Callable[[MainWindow], Steps], longest_ms: float = LONGEST_MS, arguments: Sequence[str] = ()) -> None:
    """Start the program, take the ``steps`` and close it, watched. Raises NotSurvived."""

    def whole(window: MainWindow) -> Steps:
        with watched(longest_ms):
            yield from steps(window)
            close(window)
            yield 0

    check(drive(whole, arguments) == 0, "ended with another exit code than 0")


class Told(QObject):
    """Counts signals: ``times``, and what the last had to say."""

    def __init__(self, *signals: SignalInstance) -> None:
        """Count each of ``signals``."""
        super().__init__()
        self.times, self.said = 0, ""
        for signal in signals:
            signal.connect(self._count)

    def _count(self, *said: object) -> None:
        self.times += 1
        self.said = str(said[0]) if said else ""


def opened(window: MainWindow, path: Path, seconds: float = 60.0) -> Steps:
    """Open ``path`` and wait until it is there or the person is told why not."""
    drawings = window.session.drawings
    told = Told(window.opening.opened, window.opening.failed, drawings.done, drawings.failed)
    window.opening.open(path)
    yield from wait_for(lambda: told.times, seconds)
    yield from wait_for(lambda: not window.digits.loading, seconds)
    yield 100


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write a file and return where it is."""
    path = folder / name
    path.write_bytes(content)
    return path


def sees(window: MainWindow, words: str) -> bool:
    """Whether the person is told something with ``words`` in it, over the page."""
    return words in window.toast.sentence
