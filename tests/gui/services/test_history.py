"""How much can be taken back, and that what is forgotten is really gone."""

import gc
import weakref
from collections import deque
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from digitpad.draw.drawing import BRUSH, Drawing, Stroke
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.services.history import BoundedStack, History, SlowStep, Step

KB = 1 << 10


class Paper:
    """Something large that a step holds."""


@pytest.fixture
def parent(qapp: QObject) -> QObject:
    return QObject()


@pytest.fixture
def done() -> list[int]:
    return []


@pytest.fixture
def papers() -> list[weakref.ref[Paper]]:
    return []


@pytest.fixture
def push(done: list[int], papers: list[weakref.ref[Paper]]) -> Callable[[QUndoStack, int], None]:
    """Push a step that holds 99 KB, and appends its number to what is done."""

    def push(stack: QUndoStack, number: int) -> None:
        paper = Paper()
        papers.append(weakref.ref(paper))

        def do(_paper: Paper = paper) -> None:
            done.append(number)

        stack.push(Step(f"step {number}", do, done.pop, nbytes=99 * KB))

    return push


def held(papers: list[weakref.ref[Paper]]) -> int:
    gc.collect()
    return sum(paper() is not None for paper in papers)


def take_back_all(stack: QUndoStack) -> int:
    turns = 0
    while stack.canUndo():
        stack.undo()
        turns += 1
    return turns


def test_the_oldest_steps_are_forgotten_where_all_hold_too_much(
    parent: QObject, qtbot: QtBot, done: list[int], papers: list[weakref.ref[Paper]],
    push: Callable[[QUndoStack, int], None],
) -> None:  # fmt: skip
    stack = BoundedStack(parent, 1000, 1000 * KB)
    for number in range(100):
        push(stack, number)
        assert held(papers) <= 12  # ten, and what was not counted yet
    assert held(papers) >= 9
    with qtbot.waitSignal(stack.canUndoChanged, check_params_cb=lambda can: not can):
        turns = take_back_all(stack)
    assert 9 <= turns <= 12
    assert done == list(range(100 - turns))
    assert not stack.undoText()
    while stack.canRedo():
        stack.redo()
    assert done == list(range(100))
    for number in range(100, 110):
        push(stack, number)
    assert 9 <= take_back_all(stack) <= 12


def test_no_more_steps_are_kept_than_there_may_be(
    parent: QObject, done: list[int], papers: list[weakref.ref[Paper]], push: Callable[[QUndoStack, int], None]
) -> None:
    stack = BoundedStack(parent, 5, 1 << 40)
    for number in range(20):
        push(stack, number)
    assert held(papers) == take_back_all(stack) == 5
    assert done == list(range(15))


def test_the_last_step_can_be_taken_back_however_large_it_is(parent: QObject, done: list[int]) -> None:
    stack = BoundedStack(parent, 1000, KB)
    for number in range(3):
        stack.push(Step("", partial(done.append, number), done.pop, nbytes=1 << 30))
    assert take_back_all(stack) == 1
    assert done == [0, 1]


def test_of_a_forgotten_step_with_parts_each_part_is_forgotten(
    parent: QObject, papers: list[weakref.ref[Paper]], push: Callable[[QUndoStack, int], None]
) -> None:
    history = History(parent)
    stack, paper = history.draw, Paper()
    papers.append(weakref.ref(paper))
    asked: list[bool] = []

    def do(_paper: Paper = paper) -> None:
        """Hold it."""

    step = SlowStep("keeping", stack, lambda _, done: asked.append(done), [Step("", do, do)])
    stack.push(step)
    step.number = 7
    del do, paper
    assert (history.place_of(7), held(papers)) == (0, 1)
    for number in range(1, 500):
        push(stack, number)
    assert history.place_of(7) is None
    assert papers[0]() is None
    take_back_all(stack)
    assert asked == [True]


def test_a_long_session_can_be_taken_back_to_the_blank_canvas(parent: QObject, qtbot: QtBot) -> None:
    history = History(parent)
    canvas = Canvas(history.draw)
    qtbot.addWidget(canvas)
    generator = np.random.default_rng(0)
    for _ in range(1000):
        stroke = Stroke(np.column_stack([generator.random((60, 2)), np.ones(60)]), BRUSH)
        canvas.show_drawing(canvas.drawing.with_stroke(stroke))
    canvas.clear()
    drawn = Drawing((stroke,))
    canvas.show_drawing(drawn)
    assert take_back_all(history.draw) == 1002
    assert canvas.empty
    while history.draw.canRedo():
        history.draw.redo()
    assert canvas.drawing == drawn


def test_of_more_than_there_is_room_for_the_newest_strokes_can_be_taken_back(parent: QObject, qtbot: QtBot) -> None:
    canvas = Canvas(BoundedStack(parent, 1000, 1000 * KB))
    qtbot.addWidget(canvas)
    for _ in range(60):
        canvas.show_drawing(canvas.drawing.with_stroke(Stroke(np.full((2000, 3), 0.5), BRUSH)))  # of 47 KB
    turns = take_back_all(canvas.undo_stack)
    assert 15 <= turns <= 25
    assert len(canvas.drawing.strokes) == 60 - turns


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["do", "do once", "stroke", "undo", "redo", "succeed", "fail"]), max_size=30))
def test_whatever_fails_in_whatever_order_all_that_is_done_can_be_taken_back(parent: QObject, acts: list[str]) -> None:
    stack = BoundedStack(parent, 1000, 1 << 40)
    done, asked = set[int](), deque[tuple[SlowStep, int, bool]]()

    def begin(number: int, step: SlowStep, do: bool) -> None:
        asked.append((step, number, do))

    def settle(*, succeeds: bool) -> None:
        step, number, do = asked.popleft()
        if succeeds:
            (done.add if do else done.discard)(number)
        step.settle(number in done)

    for number, act in enumerate(acts):
        if act.startswith("do"):
            stack.push(SlowStep("", stack, partial(begin, number), again=act == "do"))
        elif act == "stroke":
            stack.push(Step("", partial(done.add, number), partial(done.remove, number)))
        elif act in ("undo", "redo"):
            getattr(stack, act)()
        elif asked:
            settle(succeeds=act == "succeed")
    while asked:
        settle(succeeds=True)
    while stack.canUndo():
        stack.undo()
        while asked:
            settle(succeeds=True)
    assert not done
