"""What every test shares: no display, MNIST only where it was given, nothing left alive."""

import gc
import os
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
from environment.system import find_browser

if TYPE_CHECKING:
    from PySide6.QtCore import QThread, QTimer

# Where Python is told to keep no bytecode, as in containers, every process of the tests and each that they start would
# compile all it imports anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["DIGITPAD_HOME"] = os.devnull + "/digitpad"  # nothing of the person's own is read, nothing is written there

_ran: dict[str, list[str]] = {"mnist": [], "browser": [], "package": []}  # the tests that need what is not everywhere
_timers_and_threads: "WeakSet[QTimer | QThread]" = WeakSet()  # those that were seen before or after a test


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need what is not there."""
    for mark in _lacking():
        needing = [item for item in items if item.get_closest_marker(mark)]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def _lacking() -> dict[str, str]:
    """Return what is not there of what some tests need, and why."""
    lacking = {}
    if "DIGITPAD_MNIST" not in os.environ:
        lacking["mnist"] = "DIGITPAD_MNIST names no folder"
    if "DIGITPAD_DIST" not in os.environ:
        lacking["package"] = "DIGITPAD_DIST does not name what scripts/package.py has made"
    if find_browser() is None:
        lacking["browser"] = "there is no Chromium"
    elif find_spec("playwright") is None:
        lacking["browser"] = "there is no Playwright, which scripts/test.py installs"
    return lacking


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the tests that used it."""
    for mark, ran in _ran.items():
        if report.when == "call" and mark in report.keywords:
            ran.append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests used them, so that a run without is not mistaken for one with."""
    lacking = _lacking()
    for mark, ran in _ran.items():
        why = f" ({lacking[mark]})" if mark in lacking else ""
        terminalreporter.write_line(f"{mark}: {len(ran)} tests ran{why}")


@pytest.fixture
def mnist_folder() -> Path:
    """The folder of MNIST's files; only for tests marked ``mnist``."""
    return Path(os.environ["DIGITPAD_MNIST"])


@pytest.fixture(autouse=True)
def _nothing_left_alive(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a timer or a window alive, and collect garbage where no window is at work."""
    before = set(threading.enumerate())
    if windows_at_work := bool({"qapp", "qtbot"} & set(request.fixturenames)):
        _set_aside()
        gc.disable()  # cyclic collection inside Qt's event loop can free a widget that is being painted
    yield
    if windows_at_work:
        gc.enable()
        gc.collect()
    # Of a thread of Qt's that asked which thread it is, Python keeps a dummy when it is over.
    left = {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)} - before
    assert not left, f"threads left alive: {left}"
    if windows_at_work:
        from PySide6.QtWidgets import QApplication

        alive = _alive_in_qt()
        assert not alive, f"timers or threads of Qt left alive: {[(thing, thing.parent()) for thing in alive]}"
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        assert not windows, f"windows left open: {windows}"
        _delete_widgets()


def _set_aside() -> None:
    """Take what is there before a test, the modules mostly, out of what is gone through at its end."""
    gc.collect()  # the windows of the test before, too, which pytest held until now
    _remember_timers_and_threads()
    gc.freeze()


def _remember_timers_and_threads() -> None:
    from PySide6.QtCore import QThread, QTimer

    _timers_and_threads.update(thing for thing in gc.get_objects() if isinstance(thing, QTimer | QThread))


def _alive_in_qt() -> "list[QTimer | QThread]":
    """Return the timers and threads at work that Python knows of, whichever test made them."""
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    _remember_timers_and_threads()
    return [
        thing
        for thing in _timers_and_threads
        if isValid(thing) and (thing.isActive() if isinstance(thing, QTimer) else thing.isRunning())
    ]


def _delete_widgets() -> None:
    """Delete what is closed, or every window of a later test would be dressed together with all before it."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
