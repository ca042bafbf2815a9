"""What runs give up where their weights would take too much memory."""

from dataclasses import replace

import numpy as np

from digitpad.train.resting import is_laid_down, laid_down
from digitpad.train.run_memory import keep_within
from digitpad.train.runs import Run


def test_memory_is_bounded_and_first_and_last_stay(run: Run) -> None:
    one = run.networks[0].parameters.nbytes
    keep_within([run], 10 * one)
    assert len(run.networks) == 5
    keep_within([run], 4 * one)
    assert sorted(run.networks) == [0, 2, 4]
    keep_within([run], 2 * one)
    assert sorted(run.networks) == [0, 4]


def test_what_memory_has_no_room_for_rests_on_the_disk_and_is_as_it_was(run: Run) -> None:
    one = run.networks[0].parameters.nbytes
    runs = [replace(run, networks={at: net.copy() for at, net in run.networks.items()}) for _ in range(10)]
    for other in runs:
        other.latest = other.networks[4]
    reading = runs[0].networks[4].feedforward(np.eye(784, dtype=np.float32)[:5])
    too_many = keep_within(runs, 8 * one)
    assert all(len(other.networks) == 2 for other in runs)
    for network, parameters in zip(too_many, laid_down(too_many), strict=True):
        network.move_to(parameters)
    held = [network for other in runs for network in other.networks.values() if not is_laid_down(network)]
    assert 0 < len(held) <= 8
    assert keep_within(runs, 8 * one) == []
    assert all(sorted(other.networks) == [0, 4] for other in runs)
    last = runs[0].networks[4]
    assert is_laid_down(last)
    assert runs[0].latest is last
    np.testing.assert_array_equal(last.parameters, run.networks[4].parameters)
    np.testing.assert_array_equal(last.feedforward(np.eye(784, dtype=np.float32)[:5]), reading)


def test_the_run_that_takes_most_gives_up_first(run: Run) -> None:
    small = Run(2, run.recipe, "bars", networks={0.0: run.networks[0], 1.0: run.networks[1], 2.0: run.networks[2]})
    keep_within([small, run], 7 * run.networks[0].parameters.nbytes)
    assert (len(run.networks), len(small.networks)) == (3, 3)
