"""Sigmoid neurons and their relatives."""

import numpy as np
import pytest

from digitpad.nn.neurons import ACTIVATIONS, Activation, sigmoid, sigmoid_prime


def test_sigmoid_is_the_formula_where_that_can_be_computed() -> None:
    z = np.linspace(-30, 30, 601)
    np.testing.assert_allclose(sigmoid(z), 1 / (1 + np.exp(-z)), rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_far_out_is_quiet_and_right(dtype: type) -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        low, middle, high = sigmoid(np.array([-1000, 0, 1000], dtype=dtype))
    assert 0 <= low < 1e-37
    assert middle == 0.5
    assert high == 1
    assert sigmoid(np.array([-1000.0], dtype=dtype)).dtype == dtype


def test_sigmoid_keeps_its_relative_precision_when_it_is_small() -> None:
    assert sigmoid(np.array([-40.0]))[0] == pytest.approx(np.exp(-40.0), rel=1e-12)


def test_sigmoid_takes_a_number_and_does_not_touch_its_argument() -> None:
    assert float(sigmoid(np.array(0.0))) == 0.5
    z = np.array([1.0, -2.0])
    sigmoid(z)
    np.testing.assert_array_equal(z, [1.0, -2.0])


def test_sigmoid_prime_is_the_slope() -> None:
    z = np.linspace(-6, 6, 121)
    # Values below 1 are known to 2e-16, twice, divided by 2e-6.
    np.testing.assert_allclose(sigmoid_prime(z), (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6, atol=1e-9)
    assert sigmoid_prime(np.array([0.0]))[0] == 0.25


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_the_slope_written_in_the_activation_is_the_derivative(activation: Activation) -> None:
    z = np.linspace(-4, 4, 80)  # without 0, where the rectified linear neuron has a corner
    measured = (activation.function(z + 1e-6) - activation.function(z - 1e-6)) / 2e-6
    # Values up to 4 are known to 1e-15, twice, divided by 2e-6.
    np.testing.assert_allclose(activation.derivative(activation.function(z)), measured, atol=1e-8)
