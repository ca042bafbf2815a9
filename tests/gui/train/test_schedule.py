"""When the screen takes in what a run has learned."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.gui.services.trainer import State, Trainer
from digitpad.gui.train.schedule import Schedule


@pytest.fixture
def trainer(qapp: QApplication) -> Trainer:
    return Trainer()


@pytest.fixture
def schedule(trainer: Trainer) -> Iterator[Schedule]:
    schedule = Schedule(trainer, trainer)
    yield schedule
    schedule.close()


def turns(schedule: Schedule, qtbot: QtBot, count: int) -> list[tuple[bool, bool]]:
    """Return what was due in so many turns, each requested twice."""
    due: list[tuple[bool, bool]] = []
    schedule.due.connect(lambda curves, results: due.append((curves, results)))
    for _ in range(count):
        with qtbot.waitSignal(schedule.due):
            schedule.request()
            schedule.request()
    return due


def test_everything_is_due_at_once_when_nothing_is_learned(schedule: Schedule, qtbot: QtBot) -> None:
    assert turns(schedule, qtbot, 3) == [(True, True)] * 3


def test_curves_and_results_take_turns_while_a_run_learns(schedule: Schedule, trainer: Trainer, qtbot: QtBot) -> None:
    trainer.state = State.LEARNING
    due = turns(schedule, qtbot, 8)
    assert [curves for curves, _ in due] == [False, True] * 4
    assert [results for _, results in due] == [True, False, False, False] * 2


def test_nothing_is_due_once_it_is_closed(schedule: Schedule) -> None:
    schedule.request()
    schedule.close()
    schedule.request()
    timer = schedule.findChild(QTimer)
    assert timer is not None
    assert not timer.isActive()
