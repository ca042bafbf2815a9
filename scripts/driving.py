"""The program as a person starts it, driven step by step from inside: ``drive``."""

from collections.abc import Callable, Iterator, Sequence
from time import thread_time
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from digitpad import cli
from digitpad.gui import start
from digitpad.gui.app import make_window
from digitpad.gui.window.late_page import Page
from digitpad.gui.window.main_window import MainWindow

_REST_S = 0.02  # of work in a tenth of a second

Steps = Iterator[float]  # does one thing at a time and yields how many milliseconds pass before the next


def drive(steps: Callable[[MainWindow], Steps], arguments: Sequence[str] = ()) -> int:
    """Start the program with these ``arguments``, take the ``steps`` and end it; return its exit code.

    The steps begin when the window waits for what a person does, and events come between them. What they raise is
    raised here, when the program has ended.
    """
    driver = _Driver(steps)
    with patch.object(start, "make_window", driver.meet):
        code = cli.main(arguments)
    if driver.error is not None:
        raise driver.error
    return code


def close(window: MainWindow) -> None:
    """Close the window, whatever it asks, and what else is open."""
    QApplication.closeAllWindows()
    if window.isVisible():
        window.close()


def wait_for(reached: Callable[[], object], seconds: float = 60.0) -> Steps:
    """Let the program run until ``reached``. Raises TimeoutError when that takes too long."""
    for _ in range(round(seconds * 50)):
        if reached():
            return
        yield 20
    raise TimeoutError(f"not within {seconds:g} s")


def show_tab(window: MainWindow, name: str) -> Steps:
    """Go to a tab, and wait until it is there: who wants something of it before has it built in one turn."""
    page = window.tabs.pages[name]
    window.tabs.setCurrentWidget(page)
    yield from wait_for(lambda: not isinstance(page, Page) or page.built)


def loaded_ahead(window: MainWindow) -> Steps:
    """Let the program run until the window has loaded what its other tabs are made of.

    Between two turns of that it seems to be at rest. To be asked for before anything else, as it is signalled once.
    Raises TimeoutError when that takes too long.
    """
    loaded: list[bool] = []
    window.tabs.loaded_ahead.connect(lambda: loaded.append(True))
    yield from wait_for(lambda: loaded)


def at_rest(seconds: float = 60.0) -> Steps:
    """Let the program run until its window has next to nothing to do. Raises TimeoutError when that takes too long."""
    for _ in range(round(seconds * 10)):
        began = thread_time()
        yield 100
        if thread_time() - began < _REST_S:
            return
    raise TimeoutError(f"still at work after {seconds:g} s")


class _Driver:
    def __init__(self, steps: Callable[[MainWindow], Steps]) -> None:
        self._make = steps
        self.error: BaseException | None = None

    def meet(self, *arguments: Any, **named: Any) -> MainWindow:
        self._window = make_window(*arguments, **named)
        self._steps = self._make(self._window)
        self._timer = QTimer(self._window, singleShot=True)  # QTimer.singleShot keeps something of every call
        self._timer.timeout.connect(self._step)
        self._timer.start(0)
        return self._window

    def _step(self) -> None:
        pause = None
        try:
            pause = next(self._steps, None)
        except BaseException as error:
            self.error = error
        if pause is None:
            close(self._window)
            QApplication.exit()
        else:
            self._timer.start(round(pause))
