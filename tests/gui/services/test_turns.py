"""Long work goes on between events, a step at a time, in order, and whatever fails in it."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from digitpad.gui.services.turns import Turns


@pytest.fixture
def parent() -> QObject:
    return QObject()


def work(done: list[str], *steps: str) -> Iterator[None]:
    for step in steps:
        done.append(step)
        yield


def test_between_two_steps_events_come_and_one_work_follows_the_other(qtbot: QtBot, parent: QObject) -> None:
    turns, done = Turns(parent), list[str]()

    def work_and_events() -> Iterator[None]:
        for step in ("a", "b", "c"):
            done.append(step)
            QTimer.singleShot(0, parent, lambda step=step: done.append(f"event after {step}"))
            yield

    assert not turns.busy
    turns.do(work_and_events())
    turns.do(work(done, "d"))
    assert done == ["a"]
    assert turns.busy
    qtbot.waitUntil(lambda: not turns.busy)
    assert [step for step in done if len(step) == 1] == ["a", "b", "c", "d"]
    for earlier, later in pairwise(["a", "b", "c", "d"]):
        assert done.index(f"event after {earlier}") <= done.index(later) + 1
    turns.do(work(done, "later"))
    assert done[-1] == "later"
    turns.finish()


def test_what_is_left_can_be_done_at_once(parent: QObject) -> None:
    turns, done = Turns(parent), list[str]()
    turns.do(work(done, "a", "b"))
    turns.do(work(done, "c"))
    turns.finish()
    assert done == ["a", "b", "c"]
    assert not turns.busy


def test_a_mistake_ends_the_work_it_is_in_and_no_other(qtbot: QtBot, parent: QObject) -> None:
    turns, done = Turns(parent), list[str]()

    def wrong() -> Iterator[None]:
        yield
        raise ZeroDivisionError

    with capture_exceptions() as exceptions:
        turns.do(wrong())
        turns.do(work(done, "a"))
        qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["a"]
    assert [kind for kind, *_ in exceptions] == [ZeroDivisionError]


def test_a_step_may_leave_all_and_give_other_work(qtbot: QtBot, parent: QObject) -> None:
    turns, done = Turns(parent), list[str]()

    def leave() -> Iterator[None]:
        yield
        turns.leave()
        turns.do(work(done, "a", "b"))

    turns.do(leave())
    turns.do(work(done, "left"))
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["a", "b"]
