"""Stochastic gradient descent against the book's loop."""

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.nn import book
from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS, Floats
from digitpad.nn.training import Progress, TrainingConfig, sgd

N, INPUTS, OUTPUTS = 23, 8, 4


def data() -> tuple[Floats, Floats]:
    generator = np.random.default_rng(0)
    return generator.uniform(size=(N, INPUTS)), np.eye(OUTPUTS)[generator.integers(OUTPUTS, size=N)]


def batches(config: TrainingConfig) -> list[NDArray[np.int64]]:
    """Return the mini-batches that ``sgd`` promises: every epoch all indices, in an order from the seed."""
    generator = np.random.default_rng(config.seed)
    size = config.mini_batch_size
    return [
        order[start : start + size]
        for order in (generator.permutation(N) for _ in range(config.epochs))
        for start in range(0, N, size)
    ]


class WithCrossEntropy(book.Network):
    """The book's network with the cost of chapter 3."""

    def cost_derivative(self, output_activations: book.Column, y: book.Column) -> book.Column:
        return np.asarray((output_activations - y) / (output_activations * (1 - output_activations)))


@pytest.mark.parametrize(("cost", "of_the_book"), [("quadratic", book.Network), ("cross-entropy", WithCrossEntropy)])
@pytest.mark.parametrize("size", [1, 5, 10, N, 100])
@pytest.mark.parametrize("hidden", [[], [6], [6, 5]], ids=str)
def test_the_same_mini_batches_give_the_weights_of_the_book(
    hidden: list[int], size: int, cost: str, of_the_book: type[book.Network]
) -> None:
    config = TrainingConfig(epochs=3, mini_batch_size=size, eta=0.7, seed=5)
    images, targets = data()
    sizes = [INPUTS, *hidden, OUTPUTS]
    network, slow = Network(sizes, seed=2, cost=cost, dtype=np.float64), of_the_book(sizes, seed=2)
    for batch in batches(config):
        slow.update_mini_batch([(images[i, :, None], targets[i, :, None]) for i in batch], config.eta)
    for _ in sgd(network, images, targets, config):
        pass
    # In float64, where sums in another order differ by some 1e-15, which each of a few dozen steps hands on.
    for mine, theirs in zip(network.weights, slow.weights, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-10)
    for mine, theirs in zip(network.biases, slow.biases, strict=True):
        np.testing.assert_allclose(mine, theirs.ravel(), rtol=0, atol=1e-10)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_momentum_and_l2_follow_their_formulas(activation: str) -> None:
    config = TrainingConfig(epochs=3, mini_batch_size=5, eta=0.2, l2=0.01, momentum=0.8)
    images, targets = data()
    network = Network([INPUTS, 6, 5, OUTPUTS], seed=2, activation=activation, dtype=np.float64)
    by_hand = network.copy()
    velocity = [np.zeros_like(part) for part in (*by_hand.weights, *by_hand.biases)]
    for batch in batches(config):
        nabla_b, nabla_w = by_hand.backprop(images[batch], targets[batch])
        decaying = [nabla + config.l2 * w for nabla, w in zip(nabla_w, by_hand.weights, strict=True)]
        for v, slope in zip(velocity, (*decaying, *nabla_b), strict=True):
            v[:] = config.momentum * v - config.eta * slope  # equation 107
        for part, v in zip((*by_hand.weights, *by_hand.biases), velocity, strict=True):
            part += v  # equation 108
    for _ in sgd(network, images, targets, config):
        pass
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=0, atol=1e-10)


def test_a_mini_batch_in_chunks_moves_the_weights_once() -> None:
    images, targets = data()
    config = TrainingConfig(epochs=2, mini_batch_size=10, eta=0.7, momentum=0.5)
    whole, chunks = (Network([INPUTS, 6, OUTPUTS], seed=2, dtype=np.float64) for _ in range(2))
    for _ in sgd(whole, images, targets, config):
        pass
    updated = [progress.updated for progress in sgd(chunks, images, targets, config, chunk=4)]
    assert updated == [False, False, True, False, False, True, True] * 2  # 4 + 4 + 2, the same again, and 3
    np.testing.assert_allclose(chunks.parameters, whole.parameters, rtol=0, atol=1e-12)


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
    [{"epochs": 0}, {"mini_batch_size": 0}, {"eta": 0.0}, {"eta": float("nan")},
     {"momentum": 1.0}, {"momentum": -0.1}, {"l2": -1e-9}, {"l2": float("nan")}],
    ids=str,
)  # fmt: skip
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"eta|epochs|momentum|mini_batch_size|L2"):
        TrainingConfig(**wrong)  # type: ignore[arg-type]


def test_counts_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="3 images and 2 targets"):
        next(sgd(Network([1, 1]), np.ones((3, 1)), np.ones((2, 1)), TrainingConfig()))
