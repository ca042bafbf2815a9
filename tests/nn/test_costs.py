"""Cost functions and their derivatives."""

import numpy as np
import pytest

from digitpad.nn.costs import COSTS, CROSS_ENTROPY, QUADRATIC, Cost
from digitpad.nn.neurons import Floats, sigmoid


def test_quadratic_cost_by_hand() -> None:
    a, y = np.array([[0.2, 0.9], [1.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 1.0]])
    np.testing.assert_allclose(QUADRATIC.value(a, y), [0.5 * (0.04 + 0.01), 0.5])
    np.testing.assert_allclose(QUADRATIC.derivative(a, y), a - y)


def test_cross_entropy_by_hand() -> None:
    a, y = np.array([0.2, 0.9]), np.array([0.0, 1.0])
    assert CROSS_ENTROPY.value(a, y) == pytest.approx(-(np.log(0.8) + np.log(0.9)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_saturated_neurons_is_finite(dtype: type) -> None:
    a: Floats = np.array([0.0, 1.0, 0.0, 1.0], dtype=dtype)
    y: Floats = np.array([0.0, 1.0, 1.0, 0.0], dtype=dtype)
    assert CROSS_ENTROPY.value(a[:2], y[:2]) == pytest.approx(0, abs=1e-6)
    assert 10 < CROSS_ENTROPY.value(a[2:], y[2:]) < 2000
    assert np.isfinite(CROSS_ENTROPY.derivative(a, y)).all()
    np.testing.assert_array_equal(CROSS_ENTROPY.delta(a, y), a - y)


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
def test_derivative_and_delta_are_the_slopes(cost: Cost) -> None:
    generator = np.random.default_rng(0)
    z, y = generator.normal(size=5), generator.uniform(size=5)
    a, step = sigmoid(z), 1e-6
    for j in range(5):
        shift = np.eye(5)[j] * step
        in_a = (cost.value(a + shift, y) - cost.value(a - shift, y)) / (2 * step)
        in_z = (cost.value(sigmoid(z + shift), y) - cost.value(sigmoid(z - shift), y)) / (2 * step)
        # A cost of a few units is known to 1e-15, divided by twice the step.
        assert cost.derivative(a, y)[j] == pytest.approx(in_a, abs=1e-7)
        assert cost.delta(a, y)[j] == pytest.approx(in_z, abs=1e-8)
