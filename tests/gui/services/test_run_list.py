"""The runs that are kept: none is lost, and their weights take no more memory than they may."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from digitpad.gui.services.run_list import RunList
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.resting import is_laid_down
from digitpad.train.run_memory import MEMORY
from digitpad.train.runs import Run
from tests.gui.training import RECIPE


def test_of_runs_that_tell_the_same_none_is_lost() -> None:
    def run(number: int) -> Run:
        made = Run(number, Recipe(), "bars")
        made.points.append(Point(1.0, 0.9, 0.5, 0.9, 0.5, True))
        return made

    kept = RunList()
    kept.take_up([run(1), run(2)])  # the second is the first, restarted
    assert [one.number for one in kept.runs] == [1, 2]
    kept.take_up([run(1), run(2), run(3)])  # the same sitting, a run later
    assert [one.number for one in kept.runs] == [1, 2, 3]
    kept.close()


def _add_large_run(kept: RunList, number: int) -> tuple[Run, np.ndarray]:
    """Have a run of a network of 38 MB; return it and its weights."""
    points = [Point(1.0, 0.9 + number / 100, 0.1, 0.9, 0.1, True)]
    large = Run(number, replace(RECIPE, hidden=(2000, 2000, 2000)), "digits", points=points)
    network = Network((784, 2000, 2000, 2000, 10), seed=number)
    told = Run.of_model(0, large.model(network, points[0]))
    assert told
    return kept.add(told), network.parameters.copy()


def _in_memory(runs: Iterable[Run]) -> int:
    """Return how many bytes the newest weights of ``runs`` take in memory."""
    kept = [run.latest for run in runs if run.latest is not None]
    return sum(network.parameters.nbytes for network in kept if not is_laid_down(network))


def test_large_networks_that_memory_has_no_room_for_go_to_the_disk_and_can_be_gone_on_with(
    tab: TrainTab, qtbot: QtBot
) -> None:
    networks = [_add_large_run(tab.trainer, number) for number in range(1, 5)]
    qtbot.waitUntil(lambda: _in_memory(tab.trainer.runs) <= MEMORY)
    for run, parameters in networks:
        assert run.latest is run.networks[1.0]
        assert run.latest is not None
        np.testing.assert_array_equal(run.latest.parameters, parameters)
    first = networks[0][0].latest
    assert first is not None
    assert is_laid_down(first)
    assert np.isfinite(first.feedforward(np.zeros((1, 784), dtype=np.float32))).all()


def test_runs_that_were_deleted_and_can_be_brought_back_take_no_more_memory_than_others(
    tab: TrainTab, training_window: MainWindow, qtbot: QtBot
) -> None:
    networks = []
    for number in range(1, 5):
        run, parameters = _add_large_run(tab.trainer, number)
        networks.append((run, parameters))
        tab.runs.select(run)
        tab.runs.remove.trigger()
    runs = [run for run, _ in networks]
    assert tab.trainer.runs == []
    qtbot.waitUntil(lambda: _in_memory(runs) <= MEMORY)
    for _ in runs:
        training_window.session.history.train.undo()
    assert tab.trainer.runs == runs
    for run, parameters in networks:
        assert run.latest is not None
        np.testing.assert_array_equal(run.latest.parameters, parameters)
