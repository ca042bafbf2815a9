"""The network: shapes, feedforward, and its gradients against finite differences."""

import numpy as np
import pytest

from digitpad.nn.costs import COSTS
from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS
from digitpad.nn.training import TrainingConfig, sgd


def test_weights_lead_from_neuron_k_to_neuron_j() -> None:
    network = Network([3, 4, 2], seed=0)
    assert network.sizes == (3, 4, 2)
    assert [w.shape for w in network.weights] == [(4, 3), (2, 4)]
    assert [b.shape for b in network.biases] == [(4,), (2,)]
    assert network.dtype == np.float32


def test_parameters_are_standard_normal_by_default_and_can_be_scaled() -> None:
    normal = Network([400, 300, 10], seed=1, dtype=np.float64)
    scaled = Network([400, 300, 10], seed=1, dtype=np.float64, initialisation="scaled")
    assert np.std(normal.weights[0]) == pytest.approx(1, abs=0.01)
    assert np.mean(normal.weights[0]) == pytest.approx(0, abs=0.01)
    assert np.std(normal.biases[0]) == pytest.approx(1, abs=0.1)
    np.testing.assert_allclose(scaled.weights[0] * 20, normal.weights[0])
    np.testing.assert_array_equal(scaled.biases[0], normal.biases[0])


def test_the_seed_decides_and_both_precisions_start_alike() -> None:
    one, same, other = (Network([5, 4, 3], seed=seed) for seed in (7, 7, 8))
    exact = Network([5, 4, 3], seed=7, dtype=np.float64)
    np.testing.assert_array_equal(one.weights[0], same.weights[0])
    assert not np.array_equal(one.weights[0], other.weights[0])
    np.testing.assert_allclose(one.weights[1], exact.weights[1], rtol=1e-6)  # rounded to float32, by 6e-8 at most


def test_feedforward_by_hand() -> None:
    w, b = [np.array([[1.0, -2.0]]), np.array([[3.0], [0.5]])], [np.array([0.5]), np.array([-1.0, 0.0])]
    network = Network.of(w, b, activation="sigmoid", cost="quadratic")
    hidden = 1 / (1 + np.exp(-(1 * 0.3 - 2 * 0.7 + 0.5)))
    wanted = [1 / (1 + np.exp(-(3 * hidden - 1))), 1 / (1 + np.exp(-(0.5 * hidden)))]
    np.testing.assert_allclose(network.feedforward([0.3, 0.7]), wanted, rtol=1e-14)


def test_one_input_and_a_batch_agree() -> None:
    network = Network([6, 5, 4], seed=0, dtype=np.float64, activation="tanh")
    batch = np.random.default_rng(0).uniform(size=(7, 6))
    together = network.feedforward(batch)
    assert together.shape == (7, 4)
    for one, outputs in zip(batch, together, strict=True):
        # In float64, in another order: seven terms of at most a few units each.
        np.testing.assert_allclose(network.feedforward(one), outputs, rtol=0, atol=1e-13)
    assert [a.shape for a in network.activations(batch)] == [(7, 6), (7, 5), (7, 4)]
    np.testing.assert_array_equal(network.activations(batch)[-1], together)


def test_float32_stays_float32() -> None:
    network = Network([6, 4], seed=0)
    assert network.feedforward(np.zeros(6)).dtype == np.float32
    nabla_b, nabla_w = network.backprop(np.zeros((3, 6)), np.zeros((3, 4)))
    assert {g.dtype for g in [*nabla_b, *nabla_w]} == {np.dtype(np.float32)}


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [[4, 3], [4, 5, 3], [4, 6, 5, 3]], ids=str)
def test_backprop_is_the_slope_of_the_cost(sizes: list[int], activation: str, cost: str) -> None:
    network = Network(sizes, seed=3, activation=activation, cost=cost, dtype=np.float64)
    generator = np.random.default_rng(4)
    x, y = generator.uniform(size=(6, 4)), generator.uniform(size=(6, 3))
    nabla_b, nabla_w = network.backprop(x, y)

    def mean_cost() -> float:
        return float(np.mean(network.cost.value(network.feedforward(x), y)))

    step = 1e-6
    for parameter, gradient in zip([*network.weights, *network.biases], [*nabla_w, *nabla_b], strict=True):
        for index in np.ndindex(parameter.shape):
            kept = parameter[index]
            parameter[index] = kept + step
            above = mean_cost()
            parameter[index] = kept - step
            below = mean_cost()
            parameter[index] = kept
            # Costs of a few units are known to some 1e-15, which divided by twice the step is below 1e-9; the third
            # derivative adds 1e-12.
            assert gradient[index] == pytest.approx((above - below) / (2 * step), abs=2e-8)


def test_backprop_of_a_batch_is_the_mean_over_its_inputs() -> None:
    network = Network([4, 3, 2], seed=0, dtype=np.float64)
    generator = np.random.default_rng(0)
    x, y = generator.uniform(size=(5, 4)), generator.uniform(size=(5, 2))
    _, together = network.backprop(x, y)
    alone = [network.backprop(one, target)[1] for one, target in zip(x, y, strict=True)]
    for layer in range(2):
        # Five float64 terms below 1, added in another order.
        np.testing.assert_allclose(together[layer], np.mean([w[layer] for w in alone], axis=0), rtol=0, atol=1e-14)


def test_cost_derivative_is_the_difference_for_the_quadratic_cost() -> None:
    a, y = np.array([0.2, 0.8]), np.array([0.0, 1.0])
    np.testing.assert_allclose(Network([3, 2]).cost_derivative(a, y), a - y)


def test_evaluate_counts_the_largest_output() -> None:
    network = Network.of([np.eye(3)], [np.zeros(3)], activation="sigmoid", cost="quadratic")
    assert network.evaluate(np.eye(3), np.array([0, 1, 0])) == 2


def test_a_copy_is_a_network_of_its_own() -> None:
    network = Network([3, 2], seed=0, cost="cross-entropy", activation="tanh")
    twin = network.copy()
    twin.weights[0][:] = 0
    assert network.weights[0].any()
    assert (twin.cost, twin.activation) == (network.cost, network.activation)


@pytest.mark.parametrize("sizes", [[], [784], [784, 0, 10], [3, -1]], ids=str)
def test_impossible_layers_are_refused(sizes: list[int]) -> None:
    with pytest.raises(ValueError, match="two or more layers"):
        Network(sizes)


@pytest.mark.parametrize("name", ["activation", "cost", "initialisation"])
def test_unknown_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="'other' is not one of"):
        Network([3, 2], **{name: "other"})  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(5,), (3, 5), (2, 3, 4), ()], ids=str)
def test_inputs_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"takes \(4,\) or \(m, 4\)"):
        Network([4, 2]).feedforward(np.zeros(shape))


def test_targets_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="targets of shape"):
        Network([4, 2]).backprop(np.zeros((3, 4)), np.zeros((3, 3)))


def test_assigned_weights_and_biases_are_those_that_are_trained() -> None:
    network = Network([3, 2], seed=0, dtype=np.float64)
    network.weights, network.biases = [np.full((2, 3), 0.5)], [np.array([[1.0], [2.0]])]  # the book's columns, too
    np.testing.assert_array_equal(network.parameters, [0.5] * 6 + [1, 2])
    assert np.shares_memory(network.weights[0], network.parameters)
    with pytest.raises(ValueError, match=r"weights of shapes \[\(3, 2\)\]"):
        network.weights = [np.ones((3, 2))]
    with pytest.raises(ValueError, match="biases of shapes"):
        network.biases = [np.ones(2), np.ones(2)]
    with pytest.raises(ValueError, match="parameters of shapes"):
        network.parameters = np.ones(9)
    np.testing.assert_array_equal(network.parameters, [0.5] * 6 + [1, 2])
    network.parameters = np.arange(8)
    np.testing.assert_array_equal(network.weights[0], [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(network.biases[0], [6, 7])
    images, targets = np.eye(3)[:2], np.eye(2)
    for _ in sgd(network, images, targets, TrainingConfig(epochs=1, mini_batch_size=2, eta=1.0)):
        pass
    assert (network.weights[0][:, 0] != [0, 3]).all()  # what feedforward reads is what has learned


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [[4, 3], [4, 5, 3], [4, 6, 5, 3], [4, 6, 5, 4, 3]], ids=str)
def test_the_input_gradient_is_the_slope_of_the_cost(sizes: list[int], activation: str, cost: str) -> None:
    # No outputs are saturated: of their cross-entropy too few digits are known.
    network = Network(sizes, seed=3, activation=activation, cost=cost, initialisation="scaled", dtype=np.float64)
    generator = np.random.default_rng(4)
    x, y = generator.uniform(size=(6, 4)), generator.uniform(size=(6, 3))
    activations = network.activations(x)
    gradient = network.input_gradient(activations, network.cost.delta(activations[-1], y))
    assert gradient.shape == x.shape
    one = network.activations(x[0])
    # Five terms below 1 in float64, added in another order.
    np.testing.assert_allclose(network.input_gradient(one, network.cost.delta(one[-1], y[0])), gradient[0], atol=1e-13)
    step = 1e-6
    for image, pixel in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[image, pixel] += step
        below[image, pixel] -= step
        costs = [network.cost.value(network.feedforward(moved), y)[image] for moved in (above, below)]
        # As for the weights above.
        assert gradient[image, pixel] == pytest.approx((costs[0] - costs[1]) / (2 * step), abs=2e-8)
