"""The exercise on the extra layer: what it says is computed anew, and the mistakes it knows by name."""

import numpy as np
import pytest

from digitpad.explore.exercises.exercise import Choose, Number
from digitpad.explore.exercises.extra_layer import EXTRA_LAYER
from digitpad.nn.binary import BIASES, TARGETS, WEIGHTS, WRONG_WEIGHTS, bits, smallest_margin, spelled, worst_z


def test_the_digits_of_the_bit_worth_2_are_those_of_the_layer() -> None:
    answer = EXTRA_LAYER.answers[0]
    assert isinstance(answer, Choose)
    right = next(text for text, verdict in answer.options if verdict.right)
    assert right == "2, 3, 6 and 7"
    assert np.flatnonzero(WEIGHTS[2] > 0).tolist() == [2, 3, 6, 7]
    mistake = next(verdict for text, verdict in answer.options if text == "2 and 3")
    assert "“rows 6 and 7”" in mistake.says
    assert np.flatnonzero(WRONG_WEIGHTS[2] > 0).tolist() == [2, 3]
    assert spelled(bits(np.eye(10)[[6, 7]], WRONG_WEIGHTS)).tolist() == [4, 5]


@pytest.mark.parametrize(("value", "right"), [(9.1, True), (9.0, False), (9.9, False), (10, False), (8.1, False)])
def test_the_least_z_is_the_layers(value: float, right: bool) -> None:
    answer = EXTRA_LAYER.answers[2]
    assert isinstance(answer, Number)
    assert answer.check(value).right is right
    assert (abs(smallest_margin(WEIGHTS, BIASES) - value) < 1e-9) is right


def test_the_figures_of_the_steps_are_the_layers() -> None:
    worst = worst_z(WEIGHTS, BIASES)
    on, off = TARGETS > 0, TARGETS == 0
    assert [round(worst[on[:, bit], bit].min(), 9) for bit in range(4)] == [9.1, 9.3, 9.3, 9.4]
    assert [round(worst[off[:, bit], bit].max(), 9) for bit in range(4)] == [-9.7, -9.5, -9.5, -9.4]
    assert smallest_margin(np.where(TARGETS.T > 0, 10.0, 0.0), np.full(4, -5.0)) == pytest.approx(4.5)
    assert 1 / (1 + np.exp(4.5)) < 0.011
    assert smallest_margin(100 * WEIGHTS, BIASES) == pytest.approx(910)
