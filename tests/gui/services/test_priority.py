"""The window's priority over the training thread."""

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.services.priority import WindowPriority


@pytest.fixture
def priority(qapp: QApplication) -> WindowPriority:
    return WindowPriority()


def test_the_thread_goes_on_whether_the_window_holds_it_or_not(priority: WindowPriority) -> None:
    went_on = threading.Event()

    def work() -> None:
        for _ in range(100):  # it waits a moment at a time, and never starves
            priority.give_way()
        went_on.set()

    for hold in (False, True):
        went_on.clear()
        if hold:
            priority.hold()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(10)
        assert went_on.is_set()
    assert priority.held
    priority.release()
    assert not priority.held


def test_it_is_released_when_what_waits_has_been_painted(priority: WindowPriority, qtbot: QtBot) -> None:
    priority.hold()
    priority.release_soon()
    assert priority.held
    qtbot.waitUntil(lambda: not priority.held)
    with priority:
        assert priority.held
    assert not priority.held


def test_beside_a_thread_that_computes_in_python_the_window_waits_little_after_each_call() -> None:
    """Ratios within one process: its own turns, and Python's.

    Their median, as no single one can be relied on: where others are at work besides, now and then either is far less.
    """
    code = """
import sys, threading, time
from statistics import median
from digitpad.gui.app import make_application
make_application()
own, over = sys.getswitchinterval(), threading.Event()

def compute():
    while not over.is_set():
        sum(range(100))

def waited():
    began = time.perf_counter()
    for _ in range(50):
        time.sleep(1e-4)  # as a call into Qt, it lets others in
    return time.perf_counter() - began

thread = threading.Thread(target=compute)
thread.start()
ratios = []
while len(ratios) < 5 or (median(ratios) >= 0.8 and len(ratios) < 50):  # more of them where others are at work besides
    times = []
    for turn in (own, 0.005):
        sys.setswitchinterval(turn)
        times.append(waited())
    ratios.append(times[0] / times[1])
over.set()
thread.join()
assert median(ratios) < 0.8, ratios
"""
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, timeout=100)
    assert run.returncode == 0, run.stderr
