"""The runs that are kept: none is lost, and their weights take no more memory than they may."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from digitpad.gui.services.run_list import RunList
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.resting import is_laid_down
from digitpad.train.run_memory import MEMORY
from digitpad.train.runs import Mark, OnTestSet, Run, Trouble
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


@pytest.mark.parametrize("saved_at", [10.0, 7.0])
@pytest.mark.parametrize("file_first", [True, False])
def test_of_a_run_in_a_file_and_in_a_sitting_all_is_kept_that_either_has(saved_at: float, *, file_first: bool) -> None:
    kept = RunList()
    points = [Point(float(epochs), epochs / 20, 1.0, epochs / 20, 1.0, True) for epochs in range(11)]
    networks = {point.epochs: Network((784, 10), seed=int(point.epochs)) for point in points}
    run = Run(5, RECIPE, "digits", points=points, networks=networks, latest=networks[10.0], at=10.0, seconds=9.0)
    in_file = replace(run, name="mine").model(networks[saved_at], points[int(saved_at)])
    told = Run.of_model(0, in_file)
    assert told
    run.networks = {epochs: network for epochs, network in networks.items() if epochs not in (3.0, saved_at)}
    run.tested = OnTestSet(6.0, 0.3)
    run.rates = {"eta": 0.5} if saved_at < run.at else {}  # which was set after the file was written
    if file_first:
        assert kept.add(told) is told
        assert kept.take_up([run]) == {5: 1}
    else:
        assert kept.take_up([run]) == {5: 5}
        assert kept.add(told) is run
    (one,) = kept.runs
    assert one.points == points
    assert sorted(one.networks) == sorted(networks.keys() - {3.0})
    assert one.latest is not None
    assert all((one.networks[at].parameters == networks[at].parameters).all() for at in one.networks)
    np.testing.assert_array_equal(one.latest.parameters, networks[10.0].parameters)
    assert (one.at, one.name, one.tested, one.seconds) == (10.0, "mine", OnTestSet(6.0, 0.3), 9.0)
    assert one.rates == run.rates
    kept.close()


def test_of_a_run_that_was_stopped_and_restarted_a_file_tells_of_the_one_that_went_as_far() -> None:
    points = [Point(float(epochs), epochs / 20, 1.0, epochs / 20, 1.0, True) for epochs in range(6)]
    network = Network((784, 10))
    stopped = Run(1, RECIPE, "digits", points=points[:3])
    restarted = Run(2, RECIPE, "digits", points=points, latest=network, at=5.0)
    kept = RunList()
    kept.take_up([stopped, restarted])
    told = Run.of_model(0, restarted.model(network, points[-1]))
    assert told
    assert kept.add(told) is restarted
    assert kept.runs == [stopped, restarted]
    assert stopped.points == points[:3]
    kept.clear()
    kept.add(told)
    assert kept.take_up([stopped, restarted]) == {1: 2, 2: 1}
    assert kept.runs == [told, stopped]
    kept.close()


def test_runs_that_were_changed_on_the_way_in_different_ways_are_two() -> None:
    points = [Point(float(epochs), epochs / 20, 1.0, epochs / 20, 1.0, True) for epochs in range(7)]
    changed = Run(1, RECIPE, "digits", points=points[:3], marks=[Mark(2.1, "learning rate 0.3")], at=2.8)
    further = Run(2, RECIPE, "digits", points=points, at=6.0)
    kept = RunList()
    kept.take_up([changed])
    kept.take_up([further])
    assert kept.runs == [changed, further]
    kept.close()


def test_what_ended_a_run_did_not_end_one_that_went_further() -> None:
    points = [Point(float(epochs), epochs / 20, 1.0, epochs / 20, 1.0, True) for epochs in range(7)]
    ended = Run(1, RECIPE, "digits", points=points[:3], at=2.0, trouble=Trouble("No memory.", ended=True))
    kept = RunList()
    kept.take_up([ended])
    kept.take_up([Run(1, RECIPE, "digits", points=points, at=6.0)])
    assert [(run.at, run.trouble) for run in kept.runs] == [(6.0, None)]
    kept.close()


def test_a_run_whose_file_tells_its_epochs_to_fewer_places_is_the_same() -> None:
    points = [Point(0.0, 0.1, 1.0, 0.1, 1.0, True)]
    kept = RunList()
    run = kept.run = Run(1, RECIPE, "digits", points=points, at=2 / 3)
    kept.take_up([run])
    assert kept.add(replace(run, points=points, at=0.6666666667)) is run
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
