"""Neurons that feed back, step by step as worked out by hand."""

import numpy as np
import pytest

from digitpad.explore.recurrent import Recurrent, chain

PULSE = np.array([2.0, 0, 0, 0])  # z = 2 - 1 > 0 at the first neuron


def fired(neurons: Recurrent, steps: int) -> list[str]:
    """Return which neurons fire at each step after a pulse to the first, as "1000"."""
    found = []
    for step in range(steps):
        firing = neurons.step(PULSE if step == 0 else 0.0)
        found.append("".join(str(int(a)) for a in firing))
    return found


def test_a_chain_is_over_after_as_many_steps_as_it_has_layers() -> None:
    assert fired(chain(4), 6) == ["1000", "0100", "0010", "0001", "0000", "0000"]


def test_a_loop_goes_round() -> None:
    assert fired(chain(4, feedback=2.0), 6) == ["1000", "0100", "0010", "0001", "1000", "0100"]


def test_each_neuron_fires_and_rests_for_its_time() -> None:
    loop = chain(4, feedback=2.0, duration=2, rest=1)
    assert fired(loop, 9) == ["1000", "1100", "0110", "0011", "1001", "1100", "0110", "0011", "1001"]


def test_a_neuron_that_feeds_itself_pauses_for_its_rest() -> None:
    alone = Recurrent([[2.0]], [-1.0], duration=2, rest=2)
    assert [int(alone.step(2.0 if t == 0 else 0.0)[0]) for t in range(6)] == [1, 1, 0, 0, 0, 0]
    # Its own firing is over when its rest is: only with no rest does it set itself off again.
    steady = Recurrent([[2.0]], [-1.0], duration=2)
    assert [int(steady.step(2.0 if t == 0 else 0.0)[0]) for t in range(6)] == [1] * 6


def test_the_feedback_counts_only_above_one() -> None:
    # z of the first neuron is feedback - 1, and it fires above 0.
    assert fired(chain(4, feedback=1.0), 5)[-1] == "0000"
    assert fired(chain(4, feedback=1.1), 5)[-1] == "1000"


def test_reset_silences() -> None:
    loop = chain(3, feedback=2.0)
    assert loop.quiet
    loop.step([2.0, 0, 0])
    assert not loop.quiet
    assert loop.time == 1
    np.testing.assert_array_equal(loop.weighted_input(), [-1, 1, -1])
    loop.reset()
    assert loop.quiet
    assert loop.time == 0


def test_what_makes_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="weights of shape"):
        Recurrent([[1.0, 2.0]], [0.0])
    with pytest.raises(ValueError, match="at least one step"):
        Recurrent([[1.0]], [0.0], duration=0)
