"""What a mini-batch tells of the gradient over all images, and learning one image at a time.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent": equations 18 to 21, and the
exercise on online learning that follows them.
"""

from collections.abc import Generator
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import GradientSum, TrainingConfig, sgd

Indices = NDArray[np.integer]


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


def drawn(n: int, m: int, draw: int, seed: int = 0) -> Indices:
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


class Measured(NamedTuple):
    """Where learning is after ``images`` images and ``updates`` steps: the mean ``cost`` over the images watched.

    ``seconds`` is how long a step took on average since the last measurement.
    """

    images: int
    updates: int
    cost: float
    seconds: float


def course(
    network: Network, x: Floats, y: Floats, watched: tuple[Floats, Floats], config: TrainingConfig, every: int
) -> Generator[Measured, None, None]:
    """Train ``network`` in place, measuring its cost over the images and targets ``watched`` now and then.

    The first measurement is before any step, the others after at least ``every`` images each. With the same seed and
    number of images the order of the images is the same whatever the size of the mini-batch.
    """

    def cost() -> float:
        return float(np.mean(network.cost.value(network.feedforward(watched[0]), watched[1])))

    yield Measured(0, 0, cost(), 0.0)
    images, updates, last, updated = 0, 0, 0, 0
    began = perf_counter()
    for progress in sgd(network, x, y, config):
        updates += progress.updated
        images = (progress.epoch - 1) * progress.n + progress.images
        if progress.updated and (images - last >= every or progress.epoch_done):
            seconds = (perf_counter() - began) / (updates - updated)
            yield Measured(images, updates, cost(), seconds)
            last, updated, began = images, updates, perf_counter()
