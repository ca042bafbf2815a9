"""What a mini-batch tells of the gradient over all images: angles, lengths, and their spread over many draws.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent": equations 18 to 20.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import GradientSum, TrainingConfig, sgd

Indices = NDArray[np.integer]

MOST = 2_000  # images that the true gradient is taken over, where there are as many
DRAWS = 100
WITHIN = 30.0  # degrees from the true gradient: as near as the task asks for
_WATCHED = 500  # other images, on which the cost is measured while a network learns
_SEED = 1


class Estimate(NamedTuple):
    """A gradient beside the true one: the ``angle`` between them in degrees, and how many times as long it is."""

    angle: float
    ratio: float


def compare(estimate: Floats, true: Floats) -> Estimate:
    """Compare two vectors (n,); a ``true`` one without length gives a ratio and an angle of 0.

    The angle comes from the two parts of ``estimate``, along ``true`` and across it: near 0 and 180 degrees, where
    the cosine hardly changes, this keeps all digits.
    """
    g, t = np.asarray(estimate, dtype=np.float64), np.asarray(true, dtype=np.float64)
    length = float(np.sqrt(t @ t))
    if length == 0:
        return Estimate(0.0, 0.0)
    along = float(g @ t) / length
    across = g - (along / length) * t
    angle = np.degrees(np.arctan2(np.sqrt(across @ across), along))
    return Estimate(float(angle), float(np.sqrt(g @ g)) / length)


def sampled(n: int, m: int, draw: int, seed: int = 0) -> Indices:
    """Return the places (m,) of a mini-batch in a set of ``n`` images, none twice; the same for the same numbers."""
    if m >= n:
        return np.arange(n)
    return np.random.default_rng((seed, m, draw)).choice(n, m, replace=False)


class FullGradient:
    """The gradient of a network's cost over all images at hand, to hold those of mini-batches against.

    ``gradient`` has the layout of ``Network.parameters``, ``length`` is its length. ``deltas`` (n, outputs) holds for
    each image the derivatives of its cost by the output biases (BP1 and BP3): a mini-batch takes their mean.
    """

    def __init__(self, network: Network, x: Floats, y: Floats) -> None:
        """Compute it for images ``x`` (n, n_in) and targets ``y`` (n, n_out), both in the network's dtype."""
        self._x, self._y = x, y
        self._sum = GradientSum(network)
        self.gradient = self._over(x, y).copy()
        self.length = float(np.linalg.norm(self.gradient.astype(np.float64)))
        self.deltas: Floats = network.cost.delta(network.feedforward(x), y)

    def __len__(self) -> int:
        return len(self._x)

    def of(self, chosen: Indices) -> Floats:
        """Return the gradient over the images ``chosen`` (m,): the estimate of equation 19."""
        return self._over(self._x[chosen], self._y[chosen])

    def _over(self, x: Floats, y: Floats) -> Floats:
        self._sum.add(x, y, 1 / len(x))
        return self._sum.gradient

    def estimate(self, chosen: Indices) -> Estimate:
        """Return how the gradient over the images ``chosen`` (m,) lies to the one over all."""
        return compare(self.of(chosen), self.gradient)


@dataclass(frozen=True)
class Spread:
    """Of many numbers the ``median``, and ``low`` and ``high``, between which nine of ten lie."""

    median: float
    low: float
    high: float


def spread(values: ArrayLike) -> Spread:
    """Return the spread of at least one number."""
    low, median, high = np.quantile(np.asarray(values, dtype=np.float64), [0.05, 0.5, 0.95])
    return Spread(float(median), float(low), float(high))


def share_within(angles: ArrayLike, degrees: float) -> float:
    """Return the share of ``angles`` that are no larger than ``degrees``; of none, 0."""
    angles = np.asarray(angles)
    return float(np.mean(angles <= degrees)) if angles.size else 0.0


class Draws:
    """Mini-batches of one size, each compared with the true gradient: ``next`` draws one more, as long as there is one.

    One thread may draw while another looks at the ``estimates`` so far.
    """

    def __init__(self, full: FullGradient, m: int, seed: int) -> None:
        """Draw ``m`` images at a time of those that ``full`` is the gradient over."""
        self.full, self._m, self._seed = full, m, seed
        self.estimates: list[Estimate] = []
        self._count = 1 if m >= len(full) else DRAWS  # there is but one way to draw all

    @property
    def complete(self) -> bool:
        """Whether all draws were made."""
        return len(self.estimates) >= self._count

    @property
    def share(self) -> float:
        """The share of draws within ``WITHIN`` of the true gradient, from 0 to 1."""
        return share_within([estimate.angle for estimate in self.estimates], WITHIN)

    @cached_property
    def spread(self) -> Spread:
        """The spread of the angles, in degrees, once all draws were made."""
        return spread([estimate.angle for estimate in self.estimates])

    def places(self, draw: int) -> Indices:
        """Return which images a draw has, (m,)."""
        return sampled(len(self.full), self._m, draw, self._seed)

    def __iter__(self) -> Iterator[Estimate]:
        return self

    def __next__(self) -> Estimate:
        if self.complete:
            raise StopIteration
        estimate = self.full.estimate(self.places(len(self.estimates)))
        self.estimates.append(estimate)
        return estimate


class Material:
    """The images at hand, a network and what becomes of it in some epochs, and the draws made for each.

    ``x`` (n, 784) and ``y`` (n, outputs) are what is learned from, ``watched`` as many arrays of images that are not.
    """

    def __init__(self, training: tuple[NDArray[Any], Floats], others: tuple[NDArray[Any], Floats]) -> None:
        """Take some of ``training``, images (m, 784) and their targets (m, outputs), and some of ``others``."""
        images, targets = training
        chosen = np.random.default_rng(_SEED).permutation(len(images))[:MOST]
        self.x, self.y = greys(images[chosen], np.float32), targets[chosen]
        self.watched = greys(others[0][:_WATCHED], np.float32), others[1][:_WATCHED]
        self.start = Network([self.x.shape[1], 30, self.y.shape[1]], seed=_SEED, initialisation="scaled")
        self._full: dict[int, FullGradient] = {}
        self._training: dict[int, tuple[Network, Iterator[object]]] = {}
        self._draws: dict[tuple[int, int], Draws] = {}

    def ready(self, epochs: int) -> bool:
        """Whether the true gradient after so many epochs is known."""
        return epochs in self._full

    def prepare(self, epochs: int) -> Iterator[None]:
        """Let the network learn, a mini-batch a step, and find the true gradient after so many epochs.

        It goes on where an earlier iterator was left.
        """
        if epochs not in self._training:
            network = self.start.copy()
            self._training[epochs] = network, self._learning(network, epochs)
        network, training = self._training[epochs]
        for _ in training:  # not ``yield from``, which would end the training with this iterator
            yield
        self._full[epochs] = FullGradient(network, self.x, self.y)

    def _learning(self, network: Network, epochs: int) -> Iterator[object]:
        return sgd(network, self.x, self.y, TrainingConfig(epochs, 10, 3.0, seed=_SEED)) if epochs else iter(())

    def draws(self, epochs: int, m: int, seed: int) -> Draws | None:
        """Return the draws of ``m`` images for the network after some epochs; None before it is ``ready``."""
        full = self._full.get(epochs)
        if full is None:
            return None
        if (epochs, m) not in self._draws:
            self._draws[epochs, m] = Draws(full, m, seed)
        return self._draws[epochs, m]

    def forget_draws(self) -> None:
        """Begin all draws anew."""
        self._draws.clear()
