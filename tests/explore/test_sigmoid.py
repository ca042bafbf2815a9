"""Small changes of a weight, against numbers worked out by hand."""

import numpy as np
import pytest

from digitpad.explore.perceptron import Perceptron
from digitpad.explore.sigmoid import small_change


def test_a_small_change_by_hand() -> None:
    # z = 2 * 0.5 - 1 * 1 = 0, where sigma is 1/2 and its slope 1/4; 0.4 more on w1 adds 0.2 to z.
    change = small_change(Perceptron((2, -1), 0), (0.5, 1.0), (0.4, 0, 0))
    assert change.z == (0, 0.2)
    assert change.slope == 0.25
    assert change.predicted == pytest.approx(0.05)
    assert change.sigmoid == pytest.approx((0.5, 0.549833997312478))  # 1 / (1 + exp(-0.2))
    assert change.measured == pytest.approx(0.049833997312478)
    assert (change.perceptron, change.jump) == ((0, 1), 1)


def test_a_change_of_the_bias_has_input_1_and_a_fall_is_a_jump_too() -> None:
    change = small_change(Perceptron((1, 1), -1), (0.7, 0.4), (0, 0, -0.2))
    assert change.z == (0.1, -0.1)
    assert change.jump == -1
    assert change.predicted == pytest.approx(-0.2 * change.slope)
    assert change.measured == pytest.approx(1 - 2 * change.sigmoid[0])  # sigma(-z) = 1 - sigma(z)


def test_changes_of_all_at_once_add_up_as_equation_5_has_it() -> None:
    neuron, x = Perceptron((1, -2), 0.5), (0.8, 0.3)
    each = [small_change(neuron, x, deltas).predicted for deltas in ((0.1, 0, 0), (0, -0.2, 0), (0, 0, 0.05))]
    together = small_change(neuron, x, (0.1, -0.2, 0.05))
    assert together.predicted == pytest.approx(sum(each))
    # x.w + b = 0.8 - 0.6 + 0.5 = 0.7, and 0.08 - 0.06 + 0.05 = 0.07 more.
    assert together.z == pytest.approx((0.7, 0.77))
    assert together.predicted == pytest.approx(0.07 * together.slope)
    opposed = small_change(neuron, x, (0.3, -0.2, -0.18))
    assert opposed.z == (0.7, 0.7)  # 0.24 - 0.06 - 0.18: what one adds the others take away
    assert opposed.measured == 0


def test_where_decimals_cancel_the_perceptron_has_0() -> None:
    neuron, x = Perceptron((3, 0), -0.3), (0.1, 0.7)
    assert 3 * 0.1 - 0.3 > 0  # in binary; by hand it is 0
    assert small_change(neuron, x, (0, 0, 0)).perceptron == (0, 0)


def test_the_error_of_the_prediction_falls_with_the_square_of_the_change() -> None:
    neuron, x = Perceptron((1.5, -0.5), 0.3), (0.8, 0.4)
    errors = [
        abs(change.measured - change.predicted)
        for change in (small_change(neuron, x, (delta, -delta, 2 * delta)) for delta in (0.1, 0.05, 0.025))
    ]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.05)
    assert errors[1] / errors[2] == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize("x1", [0.2, 0.6, 1.4])
def test_a_sigmoid_neuron_changes_by_at_most_a_quarter_of_what_its_weighted_input_does(x1: float) -> None:
    for b in np.linspace(-6, 6, 25):
        assert abs(small_change(Perceptron((2, 1), float(b)), (x1, 0.5), (0.1, 0, 0)).measured) <= 0.25 * 0.1 * x1
