"""What a mini-batch tells of the gradient over all images: angles, lengths, and their spread over many draws.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent": equations 18 to 20.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import atan, degrees, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.workspace import Workspace

Indices = NDArray[np.integer]

MOST = 50_000  # images that the true gradient is taken over: as many as the book learns from, where there are as many
LEARNED = 5_000  # of them, from which networks learn while one looks on
_WHOLE = 200  # a number that all sizes of mini-batches divide which these learn in
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
    """Return the places (m,) of a mini-batch in a set of ``n`` images; the same for the same numbers.

    Each is drawn anew from all of them, so that one may come twice: a mini-batch of n images is not all images, and
    nothing but its size makes its gradient a good one.
    """
    return np.random.default_rng((seed, m, draw)).integers(0, n, m)


class Parts(NamedTuple):
    """Of a derivative by the bias of a digit's output, the means over images that show the digit, and over others.

    ``own`` of the first, with that ``mean``, and ``others`` of the second with ``mean_of_others``; of none it is 0.
    """

    own: int
    mean: float
    others: int
    mean_of_others: float


class FullGradient:
    """The gradient of a network's cost over all images at hand, to hold those of mini-batches against.

    It is computed in steps: ``next`` takes some images more, until it is ``complete``. ``gradient`` has then the layout
    of ``Network.parameters``, in float64. ``deltas`` (n, outputs) holds for each image the derivatives of its cost by
    the output biases (BP1 and BP3): a mini-batch takes their mean.
    """

    def __init__(self, network: Network, images: NDArray[Any], targets: Floats) -> None:
        """Begin with none of ``images`` (n, n_in), whose targets are (n, n_out)."""
        self._network, self._images, self._targets = network, images, targets
        self.gradient = np.zeros(network.parameters.size)
        self.deltas = np.zeros(targets.shape)
        self._squared = 0.0  # summed over the images: the length of each one's gradient, squared
        self._taken = 0

    def __len__(self) -> int:
        return len(self._images)

    @property
    def complete(self) -> bool:
        """Whether all images were taken."""
        return self._taken == len(self)

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        if self.complete:
            raise StopIteration
        first = self._taken
        last = min(first + self._network.chunk, len(self))
        work = self._backprop(np.arange(first, last))
        self.gradient += work.gradient / len(self)
        self.deltas[first:last] = work.delta[-1]
        # An image's derivatives by the weights of a layer are the products of its deltas and the activations before.
        self._squared += sum(
            float(np.sum(np.sum(delta**2.0, axis=1) * (1 + np.sum(a**2.0, axis=1))))
            for delta, a in zip(work.delta, work.a, strict=False)
        )
        self._taken = last

    def _backprop(self, chosen: Indices) -> Workspace:
        """Return the room with the gradient summed over the images ``chosen``."""
        work, dtype = self._network.workspace(len(chosen)), self._network.dtype
        x, y = greys(self._images[chosen], dtype), self._targets[chosen].astype(dtype, copy=False)
        self._network.backprop(x, y, work, 1.0)
        return work

    @cached_property
    def scatter(self) -> float:
        """How far the gradient of one image is off the complete one: the root of the mean square, in lengths of that.

        The mean of m images drawn at random is off by this over the root of m. 0 where the gradient has no length.
        """
        squared = float(self.gradient @ self.gradient)
        return sqrt(max(self._squared / len(self) / squared - 1, 0)) if squared else 0.0

    def expected_angle(self, m: int) -> float:
        """Return the angle in degrees that ``m`` images are to be expected at: what they are off by is across."""
        return degrees(atan(self.scatter / sqrt(m)))

    def of(self, chosen: Indices) -> NDArray[np.float64]:
        """Return the gradient over the images ``chosen`` (m,): the estimate of equation 19."""
        rows = self._network.chunk
        parts = (self._backprop(chosen[i : i + rows]).gradient for i in range(0, len(chosen), rows))
        return np.asarray(sum(parts, np.zeros(self.gradient.size)) / len(chosen))

    def parts(self, chosen: Indices, digit: int) -> Parts:
        """Return what the derivative by the bias of ``digit`` over the images ``chosen`` (m,) is made of."""
        deltas, own = self.deltas[chosen, digit], self._targets[chosen, digit] == 1
        means = (float(group.mean()) if group.size else 0.0 for group in (deltas[own], deltas[~own]))
        shown = int(np.count_nonzero(own))
        return Parts(shown, next(means), len(chosen) - shown, next(means))


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

    One thread may draw while another looks at the ``estimates`` so far, and at ``mean``: where the mean of all their
    gradients lies.
    """

    def __init__(self, full: FullGradient, m: int, seed: int) -> None:
        """Draw ``m`` images at a time of those that ``full`` is the gradient over."""
        self.full, self._m, self._seed = full, m, seed
        self.estimates: list[Estimate] = []
        self.mean = Estimate(0.0, 0.0)
        self._sum = np.zeros(full.gradient.size)

    @property
    def complete(self) -> bool:
        """Whether all draws were made."""
        return len(self.estimates) >= DRAWS

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
        gradient = self.full.of(self.places(len(self.estimates)))
        self._sum += gradient
        self.mean = compare(self._sum / (len(self.estimates) + 1), self.full.gradient)
        self.estimates.append(compare(gradient, self.full.gradient))
        return self.estimates[-1]


class Material:
    """The images at hand, the true gradients of chapter 1's networks over them, and the draws made for each.

    ``x`` (n, 784), bytes where they came so, and ``y`` (n, outputs), at most ``LEARNED``, are what is learned from
    while one looks on, from where ``start`` is; ``watched`` as many arrays of images that are not, in greys.
    """

    def __init__(self, training: tuple[NDArray[Any], Floats], others: tuple[NDArray[Any], Floats]) -> None:
        """Take the first of ``training``, images (m, 784) and their targets (m, outputs), and some of ``others``."""
        self._images, self._targets = training[0][:MOST], training[1][:MOST]
        n = min(len(self._images), LEARNED)
        whole = n - n % _WHOLE if n >= _WHOLE else n  # a last mini-batch of few would move the weights as far as others
        chosen = np.random.default_rng(_SEED).permutation(len(self._images))[:whole]
        self.x, self.y = self._images[chosen], self._targets[chosen]
        self.watched = greys(others[0][:_WATCHED], np.float32), others[1][:_WATCHED]
        self.start = ChapterNetwork.UNTRAINED.model.network
        self._full: dict[ChapterNetwork, FullGradient] = {}
        self._draws: dict[tuple[ChapterNetwork, int], Draws] = {}

    def __len__(self) -> int:
        """Return how many images the true gradient is taken over."""
        return len(self._images)

    def ready(self, network: ChapterNetwork) -> bool:
        """Whether the true gradient of ``network`` is known."""
        return network in self._full and self._full[network].complete

    def prepare(self, network: ChapterNetwork) -> Iterator[None]:
        """Find the true gradient of ``network``, some images a step; it goes on where an earlier iterator was left.

        Raises ModelError where the network cannot be read.
        """
        if network not in self._full:
            self._full[network] = FullGradient(network.model.network, self._images, self._targets)
        yield from self._full[network]

    def draws(self, network: ChapterNetwork, m: int, seed: int) -> Draws | None:
        """Return the draws of ``m`` images for ``network``; None before it is ``ready``."""
        if not self.ready(network):
            return None
        if (network, m) not in self._draws:
            self._draws[network, m] = Draws(self._full[network], m, seed)
        return self._draws[network, m]

    def forget_draws(self) -> None:
        """Begin all draws anew."""
        self._draws.clear()
