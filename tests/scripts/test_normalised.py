"""The network that is normalised by the mini-batch while it learns."""

import numpy as np
import pytest
from normalised import AdamW, Normalised, without_dead

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

SIZES = (6, 9, 7, 10)


def _batch(m: int, seed: int) -> tuple[Floats, Floats]:
    generator = np.random.default_rng(seed)
    y = np.zeros((m, 10))
    y[np.arange(m - 3), generator.integers(0, 10, m - 3)] = 1  # the last three are no digits
    return generator.random((m, 6)), y


@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_the_gradient_is_the_slope_of_the_cost(dropout: float) -> None:
    network = Normalised(SIZES, 1, dropout, dtype=np.float64)
    generator = np.random.default_rng(2)
    network.parameters += generator.normal(0, 0.1, network.parameters.shape)  # scales and shifts that matter
    x, y = _batch(20, 3)

    def cost() -> float:
        return network.backprop(x, y, np.random.default_rng(4))  # without the same neurons every time

    cost()
    gradient = network.gradient.copy()
    step = 1e-5
    for i in generator.choice(len(gradient), 60, replace=False):
        before = network.parameters[i]
        network.parameters[i] = before + step
        above = cost()
        network.parameters[i] = before - step
        below = cost()
        network.parameters[i] = before
        assert gradient[i] == pytest.approx((above - below) / (2 * step), rel=1e-5, abs=1e-8)


def test_what_is_folded_answers_as_the_mini_batch_did() -> None:
    network = Normalised(SIZES, 1, dtype=np.float64)
    network.parameters += np.random.default_rng(2).normal(0, 0.1, network.parameters.shape)
    x, y = _batch(400, 3)
    cost = network.backprop(x, y, np.random.default_rng(4))
    outputs = network.folded([x[:150], x[150:]]).feedforward(x.astype(np.float32)).astype(np.float64)
    assert cost == pytest.approx(float(-(y * np.log(outputs) + (1 - y) * np.log1p(-outputs)).sum() / 400), rel=1e-4)


def test_adamw_moves_as_its_authors_wrote_it_down() -> None:
    generator = np.random.default_rng(1)
    parameters = generator.normal(0, 1, 70_000).astype(np.float32)  # more than one block of them
    theta, decayed, eta, decay = parameters.astype(np.float64), 50_000, 0.01, 0.1
    m, v = np.zeros(70_000), np.zeros(70_000)
    optimiser = AdamW(parameters, decayed, decay)
    shrinking = np.where(np.arange(70_000) < decayed, decay, 0.0)
    for t in range(1, 5):
        gradient = generator.normal(0, 1, 70_000).astype(np.float32)
        optimiser.step(gradient, eta)
        g = gradient.astype(np.float64)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        theta = theta - eta * (m_hat / (np.sqrt(v_hat) + 1e-8) + shrinking * theta)
    np.testing.assert_allclose(parameters, theta, rtol=1e-4, atol=1e-5)


def test_it_learns() -> None:
    network = Normalised((6, 30, 10), 1, 0.1)
    optimiser = AdamW(network.parameters, network.decayed)
    generator = np.random.default_rng(5)
    x, y = _batch(60, 6)
    x, y = x.astype(np.float32), y.astype(np.float32)
    costs = []
    for _ in range(300):
        costs.append(network.backprop(x, y, generator))
        optimiser.step(network.gradient, 0.01)
    assert costs[-1] < 0.2 * costs[0]
    answers = network.folded([x]).feedforward(x)
    assert (answers[:-3].argmax(axis=1) == y[:-3].argmax(axis=1)).mean() > 0.9
    assert answers[-3:].max() < 0.5


def test_neurons_that_never_fire_are_cut_and_all_is_answered_as_before() -> None:
    network = Network((6, 20, 15, 10), seed=1, activation="relu", cost="cross-entropy", initialisation="scaled")
    network.biases[0][:4] = -100
    network.biases[1][[3, 7]] = -100
    x = np.random.default_rng(2).random((50, 6), dtype=np.float32)
    cut = without_dead(network, [x[:20], x[20:]])
    assert cut.sizes[1] <= 16
    assert cut.sizes[2] <= 13
    np.testing.assert_allclose(cut.feedforward(x), network.feedforward(x), rtol=1e-5)
