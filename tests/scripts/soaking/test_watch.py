"""What the soak notices."""

import gc
import sys
import threading
import time
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread, QTimer, qWarning
from pytestqt.qtbot import QtBot
from soaking.watch import Delay, Growth, Memory, Watch, threads_left


@pytest.fixture(autouse=True)
def _nobody_else_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is put in here on purpose not fail the test by pytest's own hooks."""
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(sys, "unraisablehook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda *_: None)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def watch(qapp: QObject, told: list[str]) -> Watch:
    return Watch(lambda: "drawing", 1e9, told.append)


def _fail() -> None:
    raise ValueError("put in")


class _FailsAtItsEnd:
    def __del__(self) -> None:
        _fail()


def _in_a_thread() -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()


def _by_the_hook() -> None:
    try:
        _fail()
    except ValueError:
        kind, error, trace = sys.exc_info()
        assert kind is not None
        assert error is not None
        sys.excepthook(kind, error, trace)


@pytest.mark.parametrize("mistake", [_by_the_hook, _in_a_thread, _FailsAtItsEnd])
def test_exceptions_are_noted_wherever_they_come_from(
    watch: Watch, told: list[str], mistake: Callable[[], object]
) -> None:
    before = sys.excepthook
    with watch.on():
        mistake()
    assert len(watch.problems) == 1
    assert watch.problems[0].startswith("while drawing: Traceback")
    assert watch.problems[0].endswith("ValueError: put in")
    assert told == watch.problems
    assert sys.excepthook is before


@pytest.mark.qt_log_ignore("put in", "propagateSizeHints")
def test_warnings_of_qt_are_noted_but_for_those_that_are_expected(watch: Watch) -> None:
    with watch.on():
        qWarning("This plugin does not support propagateSizeHints()")
        assert watch.problems == []
        qWarning("put in")
    assert watch.problems == ["while drawing: Qt: put in"]
    qWarning("put in, when nobody watches any more")
    assert len(watch.problems) == 1


class _HoldsItself(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_what_lives_is_noted_where_only_the_garbage_collector_can_end_it(watch: Watch) -> None:
    gc.collect()
    with watch.on():
        held = QObject()
        gc.collect()
        gc.collect()
        assert watch.problems == []
        lost = weakref.ref(_HoldsItself())
        gc.collect()
        gc.collect()
    assert watch.problems == ["while drawing: the garbage collector would take apart what lives: _HoldsItself"]
    assert lost() is None  # and memory does not grow by it
    assert held.parent() is None
    assert gc.garbage == []


def test_a_turn_that_takes_long_is_noted(qtbot: QtBot, told: list[str]) -> None:
    watch = Watch(lambda: "sleeping", 20, told.append)
    with watch.on():
        QTimer.singleShot(0, watch, lambda: time.sleep(0.05))
        qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("while sleeping: the window stood still for")
    assert watch.longest_ms > 20
    assert watch.longest_while == "sleeping"


def test_the_time_for_which_others_had_the_processor_only_grows() -> None:
    delay = Delay()
    first = delay.seconds
    assert 0 <= first <= delay.seconds


@pytest.mark.parametrize(
    ("minutes", "growth"),
    [([0, 1, 2, 3, 4, 5], (2.0, 3.0)), ([0, 1, 2, 3], None), ([0, 5], None)],
)
def test_growth_is_told_by_what_comes_after_the_warm_up(
    watch: Watch, minutes: list[int], growth: tuple[float, float] | None
) -> None:
    watch.memory = [
        Memory(minute, 500 + 2 * minute if minute > 1 else 0, 400 + 3 * minute) for minute in map(float, minutes)
    ]
    found = watch.growth(2)
    assert found == (None if growth is None else pytest.approx(growth))


@pytest.mark.parametrize(
    ("resident", "in_use", "too_much"), [(0.9, 2.0, False), (1.1, 1.1, True), (2.9, 0.9, False), (3.1, 0.0, True)]
)
def test_memory_grows_where_both_become_more_or_what_the_program_has_by_much(
    resident: float, in_use: float, too_much: bool
) -> None:
    assert Growth(resident, in_use).too_much == too_much


def test_memory_is_measured_where_the_system_tells_it(watch: Watch) -> None:
    watch.measure_memory()
    assert len(watch.memory) == (sys.platform == "linux")
    assert all(min(point.resident, point.in_use) > 10 for point in watch.memory)


def test_threads_that_are_left_are_named(qapp: QObject) -> None:
    assert threads_left() == []
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="waiting")
    working = QThread()
    thread.start()
    working.start()
    try:
        assert sorted(threads_left()) == ["QThread", "waiting"]
    finally:
        done.set()
        thread.join()
        working.quit()
        working.wait()
    assert threads_left() == []
