"""Jobs in a thread that is there while there are any, and what becomes of them where the system refuses one."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad.gui.services.background import Background
from digitpad.gui.services.jobs import NO_THREAD, Jobs


def refuse(*_: object) -> NoReturn:
    """Stand in for what begins a thread."""
    raise RuntimeError("can't start new thread")


def lack_memory(*_: object, **__: object) -> NoReturn:
    """Stand in for what takes some memory."""
    raise MemoryError


def test_they_are_done_one_after_the_other_whenever_they_come() -> None:
    given, done, begin = Jobs(), list[int](), threading.Event()
    for round_of in range(3):
        begin.clear()
        assert given.give(begin.wait)
        assert all(given.give(partial(done.append, number)) for number in range(20))
        assert done == [*range(20)] * round_of
        begin.set()
        given.wait()
    assert done == [*range(20)] * 3


@pytest.mark.parametrize("error", [SystemExit, ZeroDivisionError])
def test_one_that_raises_does_not_keep_those_after_it_from_being_done(error: type[BaseException]) -> None:
    def fail() -> None:
        raise error

    given, done = Jobs(), list[int]()
    with capture_exceptions() as raised:
        given.give(fail)
        given.give(lambda: done.append(1))
        given.wait()
    assert ([one[0] for one in raised], done) == ([error], [1])


def test_what_cannot_even_be_told_does_not_keep_those_after_it_from_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there is no memory for that, too."""

    def fail(*_: object) -> NoReturn:
        raise MemoryError

    given, done, begin = Jobs(), list[int](), threading.Event()
    monkeypatch.setattr(sys, "excepthook", fail)
    for job in (begin.wait, fail, partial(done.append, 1)):
        given.give(job)
    begin.set()
    given.wait()
    assert done == [1]


@pytest.mark.parametrize("step", ["append", "tell"])
def test_where_there_is_no_memory_to_hold_one_that_is_done_those_after_it_are_done(step: str) -> None:
    class Full(deque[Any]):
        append = lack_memory

    given, done, begin = Jobs(lack_memory if step == "tell" else lambda: None), list[int](), threading.Event()
    if step == "append":
        given._past = Full()
    for job in (begin.wait, partial(done.append, 1), partial(done.append, 2)):
        given.give(job)
    begin.set()
    given.wait()
    assert done == [1, 2]


@pytest.mark.parametrize(("step", "fails"), [("start", refuse), ("start", lack_memory), ("__init__", lack_memory)])
def test_where_no_thread_can_be_begun_it_is_told_and_nothing_waits(
    parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, step: str, fails: Callable[..., NoReturn]
) -> None:
    background, told, done = Background(parent), list[object](), list[int]()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, step, fails)
        background.run(lambda: done.append(1), told.append, told.append)
        assert told == []  # whoever asked goes on first
        background.run(lambda: done.append(2), lambda _: told.append("done here"), must=True)
        qtbot.waitUntil(lambda: len(told) == 2)
    assert (told, done) == ([NO_THREAD, "done here"], [2])
    background.run(lambda: 3, told.append)
    qtbot.waitUntil(lambda: told[2:] == [3])
    background.wait()
