"""What tests/conftest.py finds and counts, in runs of pytest of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LEAVING = """
import threading

import pytest
from PySide6.QtCore import QEventLoop, QThread, QTimer
from PySide6.QtWidgets import QWidget

left = []  # a test's, ended at the start of the next


@pytest.fixture(autouse=True)
def end_what_was_left(qapp):
    while left:
        left.pop()()


def running(timer):
    timer.start(60_000)
    left.append(timer.stop)
    return timer


@pytest.fixture(scope="module")
def of_the_module(qapp):
    return QTimer(qapp)


def test_nothing(of_the_module):
    QTimer(of_the_module)


def test_a_timer():
    running(QTimer())


def test_a_timer_of_a_kind_of_its_own():
    class Kind(QTimer):
        pass

    running(Kind())


def test_a_timer_that_only_qt_holds(qapp):
    running(QTimer(QTimer(qapp)))


def test_a_timer_made_before_any_test(of_the_module):
    running(of_the_module)


older = []


def test_nothing_again(qapp):
    timer = QTimer(qapp)
    running(timer)
    timer.stop()
    older.append(timer)


def test_a_timer_that_an_earlier_test_made():
    running(older[0])


def test_a_thread_of_qt():
    thread = QThread()
    thread.start()
    left.append(lambda: (thread.quit(), thread.wait()))


def test_a_thread():
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    left.append(lambda: (end.set(), thread.join()))


def test_a_window():
    window = QWidget()
    window.show()
    left.append(window.close)


def test_nothing_but_garbage():
    window = QWidget()
    window.show()
    window.timer = QTimer()
    window.timer.start(60_000)
    window.itself = window
"""

COUNTED = """
import pytest


@pytest.mark.mnist
@pytest.mark.parametrize("number", range(3))
def test_with_it(number):
    pass


def test_without_it():
    pass
"""


def printed(folder: Path, source: str, *arguments: str, mnist: Path) -> str:
    """Run the tests in ``source`` beside our conftest, and return what pytest printed."""
    (folder / "test_inner.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = mnist\nqt_log_ignore = propagateSizeHints")
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *arguments]
    scripts = str(Path(__file__).parents[1] / "scripts")  # of which ours uses some
    variables = os.environ | {"DIGITPAD_MNIST": str(mnist), "COLUMNS": "200", "PYTHONPATH": scripts}
    run = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    return run.stdout + run.stderr


def test_whatever_a_test_leaves_alive_fails_it(tmp_path: Path) -> None:
    text = printed(tmp_path, LEAVING, "-rE", mnist=tmp_path)
    found = re.findall(r"^ERROR test_inner.py::test_(\w+) - AssertionError: ([\w ]+):", text, re.MULTILINE)
    of_qt = "timers or threads of Qt left alive"
    assert dict(found) == {
        "a_timer": of_qt,
        "a_timer_of_a_kind_of_its_own": of_qt,
        "a_timer_that_only_qt_holds": of_qt,
        "a_timer_made_before_any_test": of_qt,
        "a_timer_that_an_earlier_test_made": of_qt,
        "a_thread_of_qt": of_qt,
        "a_thread": "threads left alive",
        "a_window": "windows left open",
    }, text
    assert "11 passed, 8 errors" in text


@pytest.mark.parametrize("processes", ["0", "2"])
def test_the_tests_with_mnist_are_counted_in_however_many_processes(tmp_path: Path, processes: str) -> None:
    assert "\nmnist: 3 tests ran\n" in printed(tmp_path, COUNTED, "-n", processes, "-p", "no:pytest-qt", mnist=tmp_path)
