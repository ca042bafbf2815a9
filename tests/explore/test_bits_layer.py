"""The extra layer as it is edited, loaded and learned."""

import numpy as np
import pytest

from digitpad.explore.bits_layer import BIAS_ROW, BitsLayer
from digitpad.nn.binary import WEIGHTS, WRONG_WEIGHTS, right_digits


def test_weights_and_biases_are_set_in_rows() -> None:
    layer = BitsLayer()
    layer.set(6, 2, 4.5)
    layer.set(BIAS_ROW, 3, -2.0)
    assert (layer.weights[2, 6], layer.value(6, 2)) == (4.5, 4.5)
    assert (layer.biases[3], layer.value(BIAS_ROW, 3)) == (-2.0, -2.0)
    assert WEIGHTS[2, 6] == 10.0  # which others take, too


def test_the_wrong_table_is_mended_by_hand_alone() -> None:
    layer = BitsLayer()
    assert not layer.mended
    layer.load(wrong=True)
    np.testing.assert_array_equal(layer.weights, WRONG_WEIGHTS)
    layer.set(6, 2, 0.5)
    layer.set(7, 2, 10.0)
    assert not layer.mended  # right at 0.99 and 0.01, but not for all that the exercise allows
    layer.set(6, 2, 10.0)
    assert layer.mended
    layer.load(wrong=False)
    layer.set(0, 0, -9.0)
    assert right_digits(layer.weights, layer.biases).all()
    assert not layer.mended


def test_it_learns_for_some_epochs_and_what_it_learned_stays_to_be_compared() -> None:
    layer = BitsLayer()
    layer.learn()
    assert (layer.learning, layer.epoch) == (True, 0)
    begun = layer.weights.copy()
    while layer.learning:
        before = layer.epoch
        layer.learn_on()
    assert layer.epoch == before == 60
    assert right_digits(layer.weights, layer.biases).all()
    assert layer.learned is not None
    learned = layer.learned[0].copy()
    assert not np.array_equal(learned, begun)
    layer.set(0, 0, 1.0)
    assert layer.epoch is None
    np.testing.assert_array_equal(layer.learned[0], learned)
    layer.learn()
    assert not np.array_equal(layer.weights, begun)  # from another start


@pytest.mark.parametrize("how", ["set", "load"])
def test_what_is_changed_meanwhile_ends_the_learning(how: str) -> None:
    layer = BitsLayer()
    layer.learn()
    layer.learn_on()
    if how == "set":
        layer.set(3, 1, 30.0)
    else:
        layer.load(wrong=True)
    assert (layer.learning, layer.epoch) == (False, None)
