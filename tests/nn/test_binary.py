"""The binary output layer, proved for every digit."""

import itertools

import numpy as np
import pytest

from digitpad.nn.binary import (
    BIASES,
    BIT_VALUES,
    OLD_OUTPUTS,
    TARGETS,
    WEIGHTS,
    WRONG_WEIGHTS,
    allowed_outputs,
    bits,
    learning,
    right_digits,
    smallest_margin,
    spelled,
    weighted_input,
    worst_outputs,
    worst_readings,
    worst_z,
)


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


def test_the_weights_and_the_old_outputs_as_written_by_hand() -> None:
    assert ["".join(str(int(bit)) for bit in row) for row in TARGETS] == [
        "0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111", "1000", "1001"
    ]  # fmt: skip
    np.testing.assert_array_equal(WEIGHTS[:, 6], [-10, 10, 10, -10])
    np.testing.assert_array_equal(OLD_OUTPUTS[2], [0.01, 0.01, 0.99, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01])


def test_the_table_often_found_is_wrong_for_six_and_seven() -> None:
    np.testing.assert_array_equal(right_digits(WRONG_WEIGHTS, BIASES), [True] * 6 + [False] * 2 + [True] * 2)
    np.testing.assert_array_equal(spelled(bits(OLD_OUTPUTS, WRONG_WEIGHTS, BIASES))[[6, 7]], [4, 5])
    mended = WRONG_WEIGHTS.copy()
    mended[2, [6, 7]] = 10
    assert right_digits(mended, BIASES).all()


def test_the_worst_case_by_hand() -> None:
    worst = worst_z(WEIGHTS, BIASES)
    # Digit 8, bit worth 8: 10 * 0.99 of its own, nothing of 9 (weight 10, output 0), eight others of -10 * 0.01.
    assert worst[8, 0] == pytest.approx(9.9 - 0.8)
    # Digit 0, bit worth 1: -10 * 0.99, and 10 * 0.01 for each of 1, 3, 5, 7 and 9.
    assert worst[0, 3] == pytest.approx(-9.9 + 0.5)
    assert smallest_margin(WEIGHTS, BIASES) == pytest.approx(9.1)
    # The bit worth 2 of a 6 with weight -10: z is highest with 0.99 * -10 and 0.01 * 10 from 2 and 3: never above 0;
    # it is lowest, and so furthest wrong, with 1 * -10 and 0.01 * -10 from the seven other digits.
    assert worst_z(WRONG_WEIGHTS, BIASES)[6, 2] == pytest.approx(-10.7)


def test_the_worst_case_is_the_worst_of_all_corners() -> None:
    generator = np.random.default_rng(5)
    weights, biases = generator.normal(0, 3, (4, 10)), generator.normal(0, 1, 4)
    others = np.array(list(itertools.product((0.0, 0.01), repeat=9)))
    worst = worst_z(weights, biases)
    for digit in range(10):
        z = np.concatenate(
            [weighted_input(np.insert(others, digit, right, axis=1), weights, biases) for right in (0.99, 1.0)]
        )
        found = np.where(TARGETS[digit] > 0, z.min(axis=0), z.max(axis=0))
        np.testing.assert_allclose(worst[digit], found, atol=1e-9)


def test_a_half_right_weight_is_right_at_most_outputs_and_wrong_at_the_worst() -> None:
    """0.5 in both wrong cells: 0.99 * 0.5 - 0.01 * 60 = -0.105, though at 0.99 and 0.01 it is 0.5 * 0.99 - 0.395."""
    weights = WRONG_WEIGHTS.copy()
    weights[2, [6, 7]] = 0.5
    assert (spelled(bits(OLD_OUTPUTS, weights, BIASES)) == np.arange(10)).all()
    np.testing.assert_array_equal(right_digits(weights, BIASES), [True] * 6 + [False] * 2 + [True] * 2)
    assert smallest_margin(weights, BIASES) == pytest.approx(-0.105)
    np.testing.assert_array_equal(worst_readings(weights, BIASES), [0, 1, 2, 3, 4, 5, 4, 5, 8, 9])


def test_a_worst_sum_of_0_decides_nothing() -> None:
    weights = WEIGHTS.copy()
    weights[2] = np.where(TARGETS[:, 2] > 0, 10, -9.9)
    weights[2, 6] = 0.6  # 0.99 * 0.6 - 6 * 0.01 * 9.9 = 0
    assert smallest_margin(weights, BIASES) == 0
    assert np.flatnonzero(~right_digits(weights, BIASES)).tolist() == [6]


def test_the_weights_may_be_as_large_as_one_likes() -> None:
    assert smallest_margin(100 * WEIGHTS, BIASES) == pytest.approx(910)
    assert right_digits(100 * WEIGHTS, BIASES).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_digits_that_are_right_are_those_that_no_allowed_outputs_spell_otherwise(seed: int) -> None:
    generator = np.random.default_rng(seed)
    weights = WEIGHTS + generator.normal(0, 9, (4, 10))
    others = np.array(list(itertools.product((0.0, 0.01), repeat=9)))
    right, readings = right_digits(weights, BIASES), worst_readings(weights, BIASES)
    assert 0 < right.sum() < 10
    for digit in range(10):
        corners = np.concatenate([np.insert(others, digit, own, axis=1) for own in (0.99, 1.0)])
        found = set(spelled(bits(corners, weights, BIASES)).tolist())
        assert (found == {digit}) == right[digit]
        assert readings[digit] in found
        assert (readings[digit] == digit) == right[digit]
    outputs = worst_outputs(weights)
    assert outputs.shape == (10, 4, 10)
    assert set(outputs.ravel().tolist()) == {0.0, 0.01, 0.99, 1.0}


def test_what_is_learned_from_is_what_the_exercise_allows() -> None:
    outputs, targets = allowed_outputs(3, np.random.default_rng(0))
    assert outputs.shape == (30, 10)
    digits = outputs.argmax(axis=1)
    np.testing.assert_array_equal(digits, np.repeat(np.arange(10), 3))
    np.testing.assert_array_equal(targets, TARGETS[digits])
    right = np.eye(10, dtype=bool)[digits]
    assert outputs[right].min() >= 0.99
    assert outputs[~right].max() < 0.01


@pytest.mark.parametrize("seed", range(5))
def test_the_layer_learned_by_sgd_holds_for_all_allowed_outputs(seed: int) -> None:
    network, training = learning(seed)
    before = smallest_margin(network.weights[0], network.biases[0])
    for _ in training:
        pass
    assert before < 0 < smallest_margin(network.weights[0], network.biases[0])
    assert right_digits(network.weights[0], network.biases[0]).all()
