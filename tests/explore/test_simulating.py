"""Exercises (I) and (II) of chapter 1, against numbers worked out by hand."""

import numpy as np
import pytest

from digitpad.explore.perceptron import ROWS, XOR, step
from digitpad.explore.simulating import EXAMPLES, Rule, bounds, multiplied, shares
from digitpad.nn.network import Network
from digitpad.nn.neurons import sigmoid

XOR_NETWORK, HALF = (example.network for example in EXAMPLES)
FACTORS = (0.1, 0.3, 1.0, 7.0, 31.6227766, 1000.0)

# The inputs that the sliders reach; many lie on the lines w.x + b = 0.
PLACES = np.round(np.arange(-0.5, 1.51, 0.05), 2)
GRID = np.stack(np.meshgrid(PLACES, PLACES), axis=-1).reshape(-1, 2)


@pytest.mark.parametrize("x", ROWS)
def test_xor_of_perceptrons_row_by_row(x: tuple[int, int]) -> None:
    hidden, output = multiplied(XOR_NETWORK, x, step)
    s = x[0] + x[1]
    assert hidden.z.tolist() == [3 - 2 * s, 2 * s - 1]
    assert hidden.a.tolist() == [float(s < 2), float(s > 0)]
    assert output.a.tolist() == [XOR.table[ROWS.index(x)]]


@pytest.mark.parametrize("network", [XOR_NETWORK, HALF])
@pytest.mark.parametrize("c", FACTORS)
def test_exercise_1_with_really_multiplied_weights(network: Network, c: float) -> None:
    plain = multiplied(network, GRID, step)
    clear = np.all(np.concatenate([layer.z for layer in plain], axis=1) != 0, axis=1)  # away from all lines
    assert clear.mean() > 0.4
    other = network.copy()
    other.parameters *= c
    a = GRID
    for w, b, layer in zip(other.weights, other.biases, plain, strict=True):
        a = step(a @ w.T + b)
        np.testing.assert_array_equal(a[clear], layer.a[clear])


@pytest.mark.parametrize("network", [XOR_NETWORK, HALF])
@pytest.mark.parametrize("c", FACTORS)
def test_multiplying_is_multiplying_every_weight_and_bias(network: Network, c: float) -> None:
    other = network.copy()
    other.parameters *= c
    np.testing.assert_allclose(multiplied(network, GRID, sigmoid, c)[-1].a, other.feedforward(GRID), atol=1e-9)
    assert network.weights[0].dtype == np.float64
    assert abs(network.parameters).max() <= 3  # itself unchanged


@pytest.mark.parametrize("network", [XOR_NETWORK, HALF])
@pytest.mark.parametrize("c", FACTORS)
def test_exercise_1_perceptrons_do_not_change_whatever_c_is(network: Network, c: float) -> None:
    for before, after in zip(multiplied(network, GRID, step), multiplied(network, GRID, step, c), strict=True):
        np.testing.assert_array_equal(after.a, before.a)
        np.testing.assert_allclose(after.z, c * before.z)
        np.testing.assert_array_equal(after.z == 0, before.z == 0)  # a sum of 0 is 0 for every c
    assert shares(network, c, GRID)[0] == 1


def test_shares_notice_perceptrons_that_change() -> None:
    # c = -1, which the exercise excludes, turns every neuron. With s = x1 + x2, NAND fires where 2s - 3 > 0 and OR
    # where 1 - 2s > 0, so never both; then the output always has 3 - 2 or 3: 1 in all rows, and XOR in two of them.
    assert shares(XOR_NETWORK, -1.0, ROWS)[0] == 0.5


def test_exercise_2_the_outputs_go_to_the_perceptrons_where_none_has_0() -> None:
    steps = multiplied(XOR_NETWORK, GRID, step)
    clear = np.all(np.concatenate([layer.z for layer in steps], axis=1) != 0, axis=1)
    assert 0.9 < clear.mean() < 1  # the grid has places on the lines, too
    gaps = []
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for c in (1.0, 10.0, 100.0, 1000.0):
            for layer, perceptrons in zip(multiplied(XOR_NETWORK, GRID, sigmoid, c), steps, strict=True):
                gap = np.abs(layer.a - perceptrons.a)[clear].max()
            gaps.append(gap)
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 1e-30


@pytest.mark.parametrize("c", FACTORS)
def test_exercise_2_a_neuron_with_0_stays_at_one_half(c: float) -> None:
    # (0.25, 0.25) is on OR's line: OR stays at 1/2. NAND has 2, and AND c (2 sigma(2c) + 1 - 3) = -2c sigma(-2c).
    hidden, output = multiplied(XOR_NETWORK, (0.25, 0.25), sigmoid, c)
    assert hidden.a[1] == 0.5
    assert hidden.z[0] == pytest.approx(2 * c)
    assert float(output.z[0]) == pytest.approx(-2 * c * np.exp(-2 * c) / (1 + np.exp(-2 * c)), abs=1e-9)
    lines = [x for x in GRID if multiplied(XOR_NETWORK, x, step)[0].z[1] == 0]
    assert len(lines) == 31  # x1 + x2 = 0.5 on a grid of 0.05, from (-0.5, 1) to (1, -0.5)
    assert all(multiplied(XOR_NETWORK, x, sigmoid, c)[0].a[1] == 0.5 for x in lines)


@pytest.mark.parametrize("network", [XOR_NETWORK, HALF])
@pytest.mark.parametrize("c", FACTORS)
def test_no_sigmoid_neuron_is_farther_from_its_perceptron_than_the_bound(network: Network, c: float) -> None:
    smooth, steps = multiplied(network, GRID, sigmoid, c), multiplied(network, GRID, step)
    for bound, layer, perceptrons in zip(bounds(network, GRID, c), smooth, steps, strict=True):
        assert np.all(np.abs(layer.a - perceptrons.a) <= bound + 1e-12)


def test_the_bounds_by_hand() -> None:
    # At (0.4, 0.3) NAND has z = 1.6 and OR 0.4, AND then 2 + 2 - 3 = 1; c = 10.
    hidden, output = bounds(XOR_NETWORK, (0.4, 0.3), 10)
    assert hidden == pytest.approx(np.exp([-16, -4]))
    assert output == pytest.approx(np.exp(10 * 2 * (np.exp(-16) + np.exp(-4)) - 10))
    gap = 1 - multiplied(XOR_NETWORK, (0.4, 0.3), sigmoid, 10)[-1].a
    assert gap < output < 2 * gap  # not much more than there is


def test_the_bounds_go_to_0_in_any_network_without_a_0() -> None:
    rng = np.random.default_rng(3)
    network = Network([3, 5, 4, 2], seed=1, dtype=np.float64)
    x = rng.normal(size=(40, 3))
    steps = multiplied(network, x, step)
    least = min(float(np.abs(layer.z).min()) for layer in steps)
    assert least > 0
    for c in (1.0, 10.0, 100.0):
        for bound, layer, perceptrons in zip(
            bounds(network, x, c), multiplied(network, x, sigmoid, c), steps, strict=True
        ):
            assert np.all(np.abs(layer.a - perceptrons.a) <= bound + 1e-12)
    assert max(float(bound.max()) for bound in bounds(network, x, 40 / least)) < 1e-9


def test_a_neuron_with_0_keeps_a_bound_of_1() -> None:
    hidden, output = bounds(XOR_NETWORK, (0.25, 0.25), 1000)
    assert hidden.tolist() == [0, 1]
    assert output.tolist() == [1]


def test_an_output_stays_away_from_the_perceptrons_where_a_hidden_neuron_has_0() -> None:
    assert multiplied(XOR_NETWORK, (0.25, 0.25), step)[-1].a == 0
    assert multiplied(XOR_NETWORK, (0.25, 0.25), sigmoid, 1000)[-1].a == pytest.approx(0.5)


@pytest.mark.parametrize(("x", "limit"), [((0, 0), 0), ((0, 1), 0.5), ((1, 0), 0.5), ((1, 1), 1)])
def test_an_output_with_0_in_half_of_the_plane_goes_to_one_half_there(x: tuple[int, int], limit: float) -> None:
    output = multiplied(HALF, x, step)[-1]
    assert output.z == (2 * limit - 1)
    assert multiplied(HALF, x, sigmoid, 1000)[-1].a == pytest.approx(limit)


@pytest.mark.parametrize("rule", [step, sigmoid])
def test_a_batch_is_its_inputs_one_by_one(rule: Rule) -> None:
    together = multiplied(XOR_NETWORK, GRID[:50], rule, 3.0)[-1]
    for i, x in enumerate(GRID[:50]):
        np.testing.assert_allclose(multiplied(XOR_NETWORK, x, rule, 3.0)[-1].a, together.a[i], rtol=1e-12)
