"""Networks that learn at once, against each of them by itself."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS, Floats
from digitpad.nn.together import sgd_together
from digitpad.nn.training import TrainingConfig, sgd

N, INPUTS, OUTPUTS = 23, 8, 4
ETAS = 0.003, 0.3, 0.9, 2.0


def data() -> tuple[Floats, Floats]:
    generator = np.random.default_rng(0)
    return generator.uniform(size=(N, INPUTS)), np.eye(OUTPUTS)[generator.integers(OUTPUTS, size=N)]


def network(hidden: Sequence[int] = (6,), **how: Any) -> Network:
    return Network([INPUTS, *hidden, OUTPUTS], seed=2, **{"dtype": np.float64, **how})


def one_after_another(first: Network, config: TrainingConfig, **how: Any) -> list[Network]:
    """Return a network for each of the etas, trained by ``sgd``."""
    trained = []
    for eta in ETAS:
        trained.append(first.copy())
        for _ in sgd(trained[-1], *data(), replace(config, eta=eta), **how):
            pass
    return trained


def at_once(first: Network, config: TrainingConfig, **how: Any) -> list[Network]:
    networks = [first.copy() for _ in ETAS]
    for _ in sgd_together(networks, ETAS, *data(), config, **how):
        pass
    return networks


def compare(mine: Sequence[Network], theirs: Sequence[Network]) -> None:
    """In float64, sums in another order differ by some 1e-16, which each of a few dozen steps hands on."""
    for one, other in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(one.parameters, other.parameters, rtol=0, atol=1e-12)


@pytest.mark.parametrize("cost", ["quadratic", "cross-entropy"])
@pytest.mark.parametrize("size", [1, 2, 5, N])
@pytest.mark.parametrize("hidden", [[], [6], [6, 5]], ids=str)
def test_each_comes_to_the_weights_it_comes_to_by_itself(hidden: list[int], size: int, cost: str) -> None:
    first, config = network(hidden, cost=cost), TrainingConfig(epochs=3, mini_batch_size=size, seed=5)
    trained = at_once(first, config)
    compare(trained, one_after_another(first, config))
    assert np.ptp([one.parameters[0] for one in trained]) > 1e-3  # each at its own eta


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_so_it_does_with_momentum_and_l2_and_other_neurons(activation: str) -> None:
    config = TrainingConfig(epochs=3, mini_batch_size=5, l2=0.01, momentum=0.5)
    first = network([6, 5], activation=activation, initialisation="scaled")
    compare(at_once(first, config), one_after_another(first, config))


def test_all_learn_from_the_same_images_that_were_made_for_them() -> None:
    asked = []

    def noisy(images: Floats, generator: np.random.Generator) -> Floats:
        asked.append(len(images))
        return np.asarray(images + generator.normal(size=images.shape))

    config = TrainingConfig(epochs=2, mini_batch_size=5)
    trained = at_once(network(), config, augment=noisy)
    assert sum(asked) == 2 * N  # once for all
    compare(trained, one_after_another(network(), config, augment=noisy))


def test_a_large_mini_batch_in_chunks_is_the_same_step() -> None:
    first = Network([784, 400, 100, 10], seed=1, dtype=np.float64)
    generator = np.random.default_rng(3)
    images, targets = generator.uniform(size=(120, 784)), np.eye(10)[generator.integers(10, size=120)]
    config = TrainingConfig(epochs=1, mini_batch_size=120)
    networks, theirs = [first.copy() for _ in range(9)], first.copy()
    steps = list(sgd_together(networks, [0.1] * 9, images, targets, config))
    assert len(steps) > 1
    assert [step.updated for step in steps] == [*[False] * (len(steps) - 1), True]
    list(sgd(theirs, images, targets, replace(config, eta=0.1)))
    np.testing.assert_allclose(networks[8].parameters, theirs.parameters, rtol=0, atol=1e-12)


def test_it_tells_where_it_is_as_training_one_does() -> None:
    config = TrainingConfig(epochs=2, mini_batch_size=5)
    told = list(sgd_together([network(), network()], [0.1, 1.0], *data(), config))
    assert told == list(sgd(network(), *data(), config))


def test_one_that_grows_beyond_all_numbers_does_not_disturb_the_others() -> None:
    config = TrainingConfig(epochs=20, mini_batch_size=5)
    first = network([6, 5], activation="relu", dtype=np.float32)
    calm, wild = first.copy(), first.copy()
    by_itself = first.copy()
    with np.errstate(all="ignore"):
        for _ in sgd_together([calm, wild], [0.01, 1e30], *data(), config):
            pass
        for _ in sgd(by_itself, *data(), replace(config, eta=0.01)):
            pass
    assert not wild.finite
    assert calm.finite
    np.testing.assert_allclose(calm.parameters, by_itself.parameters, atol=1e-4)


def test_what_does_not_go_together_is_refused() -> None:
    images, targets = data()
    config = TrainingConfig()

    def begin(networks: list[Network], etas: list[float], images: NDArray[Any] = images) -> None:
        next(sgd_together(networks, etas, images, targets, config))

    for networks, etas in (
        ([network(), network([5])], [1.0, 1.0]),
        ([network(), network(dtype=np.float32)], [1.0, 1.0]),
        ([network(), network(activation="tanh")], [1.0, 1.0]),
        ([network()], [1.0, 2.0]),
        ([], []),
    ):
        with pytest.raises(ValueError, match="do not go together"):
            begin(networks, etas)
    with pytest.raises(ValueError, match="as many"):
        begin([network()], [1.0], images[:5])
