"""Pages that compute in slices, with work that a test ends."""

from collections.abc import Callable, Iterator
from itertools import count
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.explore.chapter import Idea
from digitpad.explore.task import Task
from digitpad.gui.explore.page import Shared
from digitpad.gui.explore.working import Slice, WorkingPage, advance
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from tests.digits import digits
from tests.gui.explore.stage import on_stage, sharing


class Answers(WorkingPage):
    """Computes what ``question`` asks for, and keeps the answers."""

    IDEA = Idea.COST
    TASK = Task("wait", "it came")

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared)
        self.question: Callable[[], object] | None = None
        self.answers: list[object] = []

    def _wanted(self) -> Slice | None:
        return None if self.question is None else Slice(self.question, self._take)

    def _take(self, answer: object) -> None:
        self.question = None
        self.answers.append(answer)

    def _update(self) -> None:
        self.formula.show_lines(self.trouble)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[Answers]:
    with sharing(qapp, digits(20, 20), Model(Network([784, 10], seed=1))) as shared:
        yield on_stage(Answers(shared), qtbot, 400, 300)


def ask(page: Answers, question: Callable[[], object]) -> None:
    page.question = question
    page.update_soon()


def test_a_slice_is_at_least_a_step_and_ends_with_the_work() -> None:
    assert advance(iter(()))
    assert advance(iter(range(3)))
    endless = count()
    assert not advance(endless)
    assert next(endless) >= 1


def test_an_answer_comes_back(page: Answers, qtbot: QtBot) -> None:
    assert not page.busy
    ask(page, lambda: 42)
    assert page.busy
    qtbot.waitUntil(lambda: page.answers == [42])
    assert not page.busy


def test_what_is_not_wanted_any_more_is_dropped(page: Answers, qtbot: QtBot) -> None:
    may_end = Event()

    def slow() -> str:
        may_end.wait()
        return "slow"

    ask(page, slow)
    page.question = lambda: "wanted"
    page.turn()
    may_end.set()
    qtbot.waitUntil(lambda: page.answers != [])
    assert page.answers == ["wanted"]
    assert not page.busy


def test_other_digits_are_turned_to(page: Answers, qtbot: QtBot) -> None:
    page.question = lambda: "after"
    page.shared.digits.changed.emit()
    qtbot.waitUntil(lambda: page.answers == ["after"])


def test_a_hidden_page_rests_and_what_was_under_way_is_asked_anew(page: Answers, qtbot: QtBot) -> None:
    asked = []
    ask(page, lambda: asked.append(1))
    page.hide()
    assert not page.busy
    assert page.answers == []
    ask(page, lambda: "shown again")
    assert not page.busy
    page.show()
    qtbot.waitUntil(lambda: page.answers == ["shown again"])


def test_a_failure_is_told_and_not_tried_again_until_something_is_asked(page: Answers, qtbot: QtBot) -> None:
    tried = []

    def fail() -> None:
        tried.append(1)
        raise MemoryError

    ask(page, fail)
    qtbot.waitUntil(lambda: "memory" in page.formula.text())
    assert not page.busy
    assert len(tried) == 1
    ask(page, lambda: "better")
    qtbot.waitUntil(lambda: page.answers == ["better"])
    assert page.trouble == ""
