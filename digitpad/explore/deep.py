"""One question cut into smaller ones by the layers of a network, and whether more layers answer it better.

Source: *Neural Networks and Deep Learning*, chapter 1, "Toward deep learning".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train.groups import Spread, beyond_seeds

EPOCHS, SEEDS = 12, 3
MOST_IMAGES, MOST_TESTS = 10_000, 2_000
ONE_LAYER, THREE_LAYERS = (30,), (28, 28, 28)  # hidden layers, with 23,860 and 23,894 weights and biases
ETA, MINI_BATCH = 3.0, 10  # chapter 1's
_BATCHES_A_STEP = 50


@dataclass(frozen=True, eq=False)
class Part:
    """A neuron as a part of the question of one in the layer above.

    ``weight`` leads from it to that, ``activation`` is what the drawing makes of it, None without one, and ``pattern``
    (784,) what it looks for: for a neuron of the first layer its weights, for one above these mixed as the weights
    between say, which leaves out what the neurons between do to it.
    """

    neuron: int
    weight: float
    activation: float | None
    pattern: Floats


def parts(network: Network, layer: int, neuron: int, image: Floats | None, most: int) -> list[Part]:
    """Return the ``most`` parts that count most for a ``neuron`` of a ``layer``, the greatest first.

    The layer after the inputs is 1, whose neurons have no parts but pixels: none are returned. With an ``image`` (784,)
    parts count by what they add to the neuron's sum, without one by their weights.
    """
    if layer < 2:
        return []
    weights = np.asarray(network.weights[layer - 1][neuron], dtype=np.float64)
    activations = None if image is None else np.asarray(network.activations(image[None])[layer - 1][0], np.float64)
    share = np.abs(weights if activations is None else weights * activations)
    order = np.argsort(-np.nan_to_num(share), kind="stable")[:most]
    return [
        Part(int(i), float(weights[i]), None if activations is None else float(activations[i]), pattern)
        for i, pattern in zip(order, patterns(network, layer - 1, order), strict=True)
    ]


def patterns(network: Network, layer: int, neurons: NDArray[np.intp]) -> Floats:
    """Return what these ``neurons`` (k,) of a ``layer`` look for, (k, 784): weights mixed layer by layer.

    Where weights are so large that their sums are beyond all numbers, some may be none (NaN).
    """
    mixed = network.weights[layer - 1][neurons]
    with np.errstate(over="ignore", invalid="ignore"):
        for weights in reversed(network.weights[: layer - 1]):
            mixed = mixed @ weights
    return mixed


@dataclass
class Learner:
    """A network with ``hidden`` layers that learns; ``accuracies`` in [0, 1] before each epoch and after the last."""

    hidden: tuple[int, ...]
    seed: int
    accuracies: list[float] = field(default_factory=list)

    @property
    def sizes(self) -> list[int]:
        """Those of its layers."""
        return [784, *self.hidden, 10]


class Race:
    """One hidden layer and three, ``SEEDS`` networks of each, learning in turns: ``next`` goes on for some steps.

    One thread may go on while another looks at ``learners``: those with one layer first.
    """

    def __init__(
        self,
        training: tuple[NDArray[np.uint8], Floats],
        test: tuple[NDArray[np.uint8], NDArray[np.uint8]],
        epochs: int = EPOCHS,
        first_seed: int = 0,
    ) -> None:
        """Learn at chapter 1's rate from ``learned_from(m)`` images of ``training``, (m, 784) and (m, 10).

        ``test`` has images (n, 784) and labels (n,), of which the first ``MOST_TESTS`` count. The seeds are those from
        ``first_seed`` on.
        """
        chosen = np.sort(np.random.default_rng(0).permutation(len(training[0]))[: learned_from(len(training[0]))])
        self._training, self._test = (
            (training[0][chosen], training[1][chosen]),
            (test[0][:MOST_TESTS], test[1][:MOST_TESTS]),
        )
        self.epochs = epochs
        self.learners = [
            Learner(hidden, seed)
            for seed in range(first_seed, first_seed + SEEDS)
            for hidden in (ONE_LAYER, THREE_LAYERS)
        ]
        self._steps = self._learn()

    @property
    def images(self) -> int:
        """How many images they learn from."""
        return len(self._training[0])

    @property
    def tests(self) -> int:
        """How many images they are measured on."""
        return len(self._test[0])

    @property
    def over(self) -> bool:
        """Whether all have learned for all epochs."""
        return all(len(learner.accuracies) == self.epochs + 1 for learner in self.learners)

    @property
    def measured(self) -> int:
        """How many accuracies were measured so far."""
        return sum(len(learner.accuracies) for learner in self.learners)

    def accuracies(self, hidden: tuple[int, ...]) -> NDArray[np.float64]:
        """Return (seeds, epochs + 1): the accuracies of those with these ``hidden`` layers, as far as all have come."""
        of_kind = [learner.accuracies for learner in self.learners if learner.hidden == hidden]
        shortest = min(len(one) for one in of_kind)
        return np.array([one[:shortest] for one in of_kind])

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        next(self._steps)

    def _learn(self) -> Iterator[None]:
        images, targets = self._training
        networks = [Network(learner.sizes, seed=learner.seed, dtype=np.float32) for learner in self.learners]
        runs = [
            sgd(network, images, targets, TrainingConfig(self.epochs, MINI_BATCH, ETA, seed=learner.seed))
            for network, learner in zip(networks, self.learners, strict=True)
        ]
        for learner, network in zip(self.learners, networks, strict=True):
            learner.accuracies.append(network.evaluate(*self._test) / self.tests)
            yield
        for _ in range(self.epochs):
            for learner, network, run in zip(self.learners, networks, runs, strict=True):
                for progress in run:
                    if progress.epoch_done:
                        break
                    if progress.mini_batch % _BATCHES_A_STEP == 0:
                        yield
                learner.accuracies.append(network.evaluate(*self._test) / self.tests)
                yield


def learned_from(n: int) -> int:
    """Return how many of ``n`` images a race learns from: so many as make whole mini-batches, where there are any.

    A last one of very few would move the weights as far as the others, and every epoch be measured right after it.
    """
    most = min(n, MOST_IMAGES)
    return most - most % MINI_BATCH if most >= MINI_BATCH else most


def verdict(one: NDArray[np.float64], three: NDArray[np.float64]) -> int:
    """Return 1 where three layers are ahead by more than the seeds make, -1 where one is, 0 where neither can be said.

    ``one`` and ``three`` (seeds,) are the accuracies at the end.
    """
    if not beyond_seeds(Spread(tuple(one.tolist())), Spread(tuple(three.tolist()))):
        return 0
    return 1 if three.mean() > one.mean() else -1
