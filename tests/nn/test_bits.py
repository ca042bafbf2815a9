"""The binary output layer, proved for every digit."""

import itertools

import numpy as np
import pytest

from digitpad.nn.bits import BIT_VALUES, bits


@pytest.mark.parametrize("digit", range(10))
def test_the_bits_are_right_for_all_outputs_the_exercise_allows(digit: int) -> None:
    # z is linear in the outputs, so its extremes lie at the corners: right output 0.99 or 1, each other 0 or 0.01.
    for right in (0.99, 1.0):
        for others in itertools.product((0.0, 0.01), repeat=9):
            outputs = np.insert(np.array(others), digit, right)
            lit = bits(outputs) > 0.5
            assert int(lit @ BIT_VALUES) == digit


def test_six_and_seven_are_0110_and_0111() -> None:
    lit = bits(np.eye(10)[[6, 7]]) > 0.5
    np.testing.assert_array_equal(lit, [[0, 1, 1, 0], [0, 1, 1, 1]])


def test_the_bits_are_decided_not_wavering() -> None:
    fired = bits(np.eye(10) * 0.98 + 0.01)
    assert (np.abs(fired - 0.5) > 0.499).all()
