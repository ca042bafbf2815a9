"""What must not happen while the window is used: ``Watch`` notes exceptions, Qt's warnings, garbage, gaps, memory."""

import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from time import perf_counter, thread_time
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from memory import in_use_mb, resident_mb
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QThread, QTimer, QtMsgType, qInstallMessageHandler
from shiboken6 import isValid

from digitpad.gui.services.garbage import collect_all
from digitpad.gui.services.memory import give_back_memory

_BEAT_MS = 10
_FEWEST_MINUTES = 3.0  # that memory is looked at for, before anything is said of how it grows
_MOST_GROWTH, _MOST_WITH_FREE = 1.0, 3.0  # MB a minute
_WARNINGS = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
# What Qt says of windows that are shown off-screen, and its libraries of broken pictures.
_EXPECTED = ("propagateSizeHints", "This plugin does not support", "libpng", "Corrupt JPEG", "Premature end of JPEG")
_EXPECTED_FROM = "qt.gui.imageio"


class Memory(NamedTuple):
    """How much the program had of the system after so many ``minutes``, and how much it used, both in MB."""

    minutes: float
    resident: float
    in_use: float


class Growth(NamedTuple):
    """By how many MB a minute what the program has of the system becomes more, and what it uses."""

    resident: float
    in_use: float

    @property
    def too_much(self) -> bool:
        """Whether it needs ever more: what is free between what is in use comes and goes, but not without end."""
        return min(self) > _MOST_GROWTH or self.resident > _MOST_WITH_FREE


class Watch(QObject):
    """Listens while it is ``on``; ``problems`` has a sentence for each thing that must not be.

    ``doing`` returns what the person is at, to be told with it. ``longest_ms`` is the longest time for which the event
    loop did not turn, the system's own delays left out where it tells them (Linux does, for the thread that asks).
    """

    def __init__(self, doing: Callable[[], str], gap_ms: float, tell: Callable[[str], object] = print) -> None:
        """Call a turn of the event loop longer than ``gap_ms`` a gap. Each problem is also ``told`` at once."""
        super().__init__()
        self._doing, self._gap_ms, self._tell = doing, gap_ms, tell
        self.problems: list[str] = []
        self.longest_ms, self.longest_while = 0.0, ""
        self.memory: list[Memory] = []
        self._began = self._last = perf_counter()
        self._delay = Delay()
        self._last_delay = self._last_work = 0.0
        self._collect, self._looks = gc.collect, False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Listen within; whoever listened before goes on hearing all of it."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        qt_before: Any = qInstallMessageHandler(None)

        def hear_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
            expected = any(words in message for words in _EXPECTED) or context.category == _EXPECTED_FROM
            if kind in _WARNINGS and not expected:
                self.note(f"Qt: {message}")
            if qt_before is not None:
                qt_before(kind, context, message)

        def hear(kind: type[BaseException], error: BaseException, trace: Any) -> None:
            self.note("".join(traceback.format_exception(kind, error, trace)))
            before[0](kind, error, trace)

        def hear_thread(heard: threading.ExceptHookArgs) -> None:
            lines = traceback.format_exception(heard.exc_type, heard.exc_value, heard.exc_traceback)
            self.note("".join(lines))
            before[1](heard)

        def hear_unraisable(heard: "sys.UnraisableHookArgs") -> None:
            lines = traceback.format_exception(heard.exc_type, heard.exc_value, heard.exc_traceback)
            self.note("".join(lines))
            before[2](heard)

        qInstallMessageHandler(hear_qt)
        sys.excepthook, threading.excepthook, sys.unraisablehook = hear, hear_thread, hear_unraisable
        self._rest()
        self._timer.start(_BEAT_MS)
        try:
            with patch.object(gc, "collect", self._look_and_collect):
                yield
        finally:
            self._timer.stop()
            sys.excepthook, threading.excepthook, sys.unraisablehook = before
            qInstallMessageHandler(qt_before)

    def note(self, problem: str) -> None:
        """Tell of ``problem``, and what was being done."""
        sentence = f"while {self._doing()}: {problem.strip()}"
        self.problems.append(sentence)
        self._tell(sentence)

    def _look_and_collect(self) -> int:
        """Collect garbage each second time; the other times only look whether there is any of Qt's that still lives.

        A widget, or its layout, that only a cycle of references holds is taken apart by the collector in any order,
        which PySide6 does not always survive.
        """
        self._looks = not self._looks
        if not self._looks:
            return self._collect()
        gc.set_debug(gc.DEBUG_SAVEALL)
        found = self._collect()
        gc.set_debug(0)
        alive = {type(thing).__name__ for thing in gc.garbage if isinstance(thing, QObject) and isValid(thing)}
        gc.garbage.clear()
        if alive:
            self.note(f"the garbage collector would take apart what lives: {', '.join(sorted(alive))}")
        return found

    def _beat(self) -> None:
        now, delay, work = perf_counter(), self._delay.seconds, thread_time()
        worked_ms = 1000 * (work - self._last_work)
        gap_ms = 1000 * (now - self._last - (delay - self._last_delay)) - _BEAT_MS
        self._last, self._last_delay, self._last_work = now, delay, work
        if gap_ms > self.longest_ms:
            self.longest_ms, self.longest_while = gap_ms, self._doing()
        if gap_ms > self._gap_ms:
            self.note(f"the window stood still for {gap_ms:,.0f} ms, {worked_ms:,.0f} of them at work")

    def _rest(self) -> None:
        """Do not count what was done until now."""
        self._last, self._last_delay, self._last_work = perf_counter(), self._delay.seconds, thread_time()

    def measure_memory(self) -> None:
        """Note the memory of a window at rest: what is free is given back first, where that can be done."""
        for _ in range(2):  # one of them only looks
            collect_all()
        give_back_memory()
        if (megabytes := resident_mb()) is not None:
            in_use = in_use_mb()
            self.memory.append(
                Memory((perf_counter() - self._began) / 60, megabytes, megabytes if in_use is None else in_use)
            )
        self._rest()

    def growth(self, warm_up: float) -> Growth | None:
        """Return how memory grew after ``warm_up`` minutes; None if that was too short.

        It is the median of what every two measurements say (Theil and Sen): one of them may have met a large network.
        """
        after = np.array([point for point in self.memory if point.minutes >= warm_up])
        if len(after) < 3 or after[-1, 0] - after[0, 0] < _FEWEST_MINUTES:
            return None
        steps = np.array([later - earlier for earlier, later in combinations(after, 2)])
        return Growth(*np.median(steps[:, 1:] / steps[:, :1], axis=0).tolist())


class Delay:
    """How long this thread was ready and another had the processor: ``seconds``, 0 where the system does not tell."""

    def __init__(self) -> None:
        """Belong to the thread that makes it."""
        self._file = -1
        if sys.platform == "linux":
            self._file = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)

    @property
    def seconds(self) -> float:
        """Since the thread began."""
        if self._file < 0:
            return 0.0
        return int(os.pread(self._file, 100, 0).split()[1]) / 1e9


def threads_left() -> list[str]:
    """Return what is still at work, by name: threads of Python's beside this one, and of Qt's that Python knows of."""
    python = [
        thread.name
        for thread in threading.enumerate()
        if thread is not threading.main_thread() and not isinstance(thread, threading._DummyThread)
    ]
    here = QThread.currentThread()
    qt = [thing for thing in gc.get_objects() if isinstance(thing, QThread) and isValid(thing) and thing is not here]
    return python + [type(thread).__name__ for thread in qt if thread.isRunning()]
