"""Stochastic gradient descent against the book's loop."""

import numpy as np
import pytest

from digitpad.nn.costs import COSTS
from digitpad.nn.network import Network
from digitpad.nn.training import Progress, TrainingConfig, sgd
from tests.nn import oracle

N, INPUTS, OUTPUTS = 23, 8, 4


def data() -> tuple[oracle.Array, oracle.Array]:
    generator = np.random.default_rng(0)
    return generator.uniform(size=(N, INPUTS)), np.eye(OUTPUTS)[generator.integers(OUTPUTS, size=N)]


def batches(config: TrainingConfig) -> list[oracle.Array]:
    """Return the mini-batches that ``sgd`` promises: every epoch all indices, in an order from the seed."""
    generator = np.random.default_rng(config.seed)
    size = config.mini_batch_size
    return [
        order[start : start + size]
        for order in (generator.permutation(N) for _ in range(config.epochs))
        for start in range(0, N, size)
    ]


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("size", [1, 5, 10, N, 100])
@pytest.mark.parametrize("hidden", [[], [6], [6, 5]], ids=str)
def test_the_same_mini_batches_give_the_same_weights(hidden: list[int], size: int, cost: str) -> None:
    config = TrainingConfig(epochs=3, mini_batch_size=size, eta=0.7, seed=5)
    check(config, hidden, cost, "sigmoid")


@pytest.mark.parametrize("activation", oracle.HIDDEN)
def test_momentum_and_l2_follow_their_formulas(activation: str) -> None:
    check(TrainingConfig(epochs=3, mini_batch_size=5, eta=0.2, l2=0.01, momentum=0.8), [6, 5], "quadratic", activation)


def check(config: TrainingConfig, hidden: list[int], cost: str, activation: str) -> None:
    images, targets = data()
    network = Network([INPUTS, *hidden, OUTPUTS], seed=2, cost=cost, activation=activation, dtype=np.float64)
    weights, biases = oracle.train(
        list(network.weights), list(network.biases), images, targets, batches(config), eta=config.eta,
        hidden=activation, cost=cost, l2=config.l2, momentum=config.momentum,
    )  # fmt: skip
    for _ in sgd(network, images, targets, config):
        pass
    for mine, theirs in zip(network.weights, weights, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-10)
    for mine, theirs in zip(network.biases, biases, strict=True):
        np.testing.assert_allclose(mine, theirs.ravel(), rtol=0, atol=1e-10)


def test_progress_counts_epochs_and_mini_batches() -> None:
    images, targets = data()
    steps = list(sgd(Network([INPUTS, OUTPUTS]), images, targets, TrainingConfig(epochs=2, mini_batch_size=10)))
    seen = {1: 10, 2: 20, 3: 23}
    assert steps == [Progress(epoch, batch, 3, seen[batch], 23, True) for epoch in (1, 2) for batch in (1, 2, 3)]
    assert steps[4].epochs == 1 + 20 / 23
    assert [step.epoch_done for step in steps] == [False, False, True] * 2


def test_nothing_is_learned_before_it_is_asked_for() -> None:
    images, targets = data()
    network = Network([INPUTS, OUTPUTS], seed=0)
    before = network.copy()
    steps = sgd(network, images, targets, TrainingConfig())
    np.testing.assert_array_equal(network.weights[0], before.weights[0])
    next(steps)
    assert not np.array_equal(network.weights[0], before.weights[0])


def test_the_same_seed_gives_the_same_bits() -> None:
    images, targets = data()
    networks = [Network([INPUTS, 6, OUTPUTS], seed=1) for _ in range(2)]
    for network in networks:
        for _ in sgd(network, images, targets, TrainingConfig(epochs=2, seed=9), augment=lambda x, g: x + g.normal()):
            pass
    np.testing.assert_array_equal(networks[0].parameters, networks[1].parameters)


def test_eta_falls_geometrically_to_its_last_value() -> None:
    images, targets = np.ones((4, 1)), np.ones((4, 1))
    network = Network.of([np.zeros((1, 1))], [np.full(1, -20.0)], activation="sigmoid", cost="cross-entropy")
    biases = [-20.0]
    config = TrainingConfig(epochs=4, mini_batch_size=2, eta=0.08, final_eta=0.02)
    for _ in sgd(network, images, targets, config):
        biases.append(float(network.biases[0][0]))
    # So far out the slope of the cross-entropy is -1 to eight digits: each step is eta itself.
    np.testing.assert_allclose(np.diff(biases), 0.08 * 0.25 ** (np.arange(8) / 8), rtol=1e-6)


def test_it_learns_what_can_be_learned() -> None:
    generator = np.random.default_rng(1)
    images = generator.uniform(size=(300, 2))
    labels = (images[:, 0] + images[:, 1] > 1).astype(int)
    network = Network([2, 2], seed=0)
    for _ in sgd(network, images, np.eye(2)[labels], TrainingConfig(epochs=40, eta=3.0)):
        pass
    assert network.evaluate(images, labels) > 290


@pytest.mark.parametrize(
    "wrong",
    [{"epochs": 0}, {"mini_batch_size": 0}, {"eta": 0.0}, {"eta": float("nan")}, {"final_eta": -1.0},
     {"momentum": 1.0}, {"momentum": -0.1}, {"l2": -1e-9}, {"l2": float("nan")}],
    ids=str,
)  # fmt: skip
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"eta|epochs|momentum"):
        TrainingConfig(**wrong)  # type: ignore[arg-type]


def test_counts_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="3 images and 2 targets"):
        next(sgd(Network([1, 1]), np.ones((3, 1)), np.ones((2, 1)), TrainingConfig()))
