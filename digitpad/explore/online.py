"""Learning one image at a time beside learning from mini-batches: how the cost falls, by images and by updates.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent": equations 20 and 21, and the
exercise on online learning that follows them.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from time import thread_time
from typing import NamedTuple

import numpy as np

from digitpad.explore.minibatches import Material
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd

ORDERS = 5  # of the images
_IMAGES_BETWEEN = 50  # two measurements of the course that is shown
_STRETCHES = 10  # in which the others are learned


class Measured(NamedTuple):
    """Where learning is after ``images`` images and ``updates`` steps: the mean ``cost`` over the images watched.

    ``seconds`` is how long the thread was at work on all steps so far: what other programs and threads took meanwhile
    is not counted.
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
    updates, last, seconds = 0, 0, 0.0
    began = thread_time()
    for progress in sgd(network, x, y, config):
        updates += progress.updated
        images = (progress.epoch - 1) * progress.n + progress.images
        if progress.updated and (images - last >= every or progress.epoch_done):
            seconds += thread_time() - began
            yield Measured(images, updates, cost(), seconds)
            last, began = images, thread_time()


class Runs:
    """Learning from all images once, from the same start, in several orders: ``next`` goes on for a stretch.

    One thread may learn while another looks at ``points``, the course in the first order, and at ``ends``, where
    learning was at the end of each order so far.
    """

    def __init__(self, material: Material, m: int, eta: float, seed: int) -> None:
        """Begin with the network and the images of ``material``, in mini-batches of ``m``, in orders of ``seed``."""
        self._material, self._m, self._eta, self._seed = material, m, eta, seed
        self.points: list[Measured] = []
        self.ends: list[Measured] = []
        self._course = self._learning(0)

    def _learning(self, order: int) -> Iterator[Measured]:
        material = self._material
        config = TrainingConfig(1, self._m, self._eta, seed=self._seed * ORDERS + order)
        every = max(len(material.x) // _STRETCHES, 1) if order else _IMAGES_BETWEEN
        return course(material.start.copy(), material.x, material.y, material.watched, config, every)

    @property
    def images(self) -> int:
        """How many images were seen in the first order."""
        return self.points[-1].images if self.points else 0

    @property
    def over(self) -> bool:
        """Whether all orders were learned in."""
        return len(self.ends) == ORDERS

    @property
    def costs(self) -> list[float]:
        """The cost at the end of each order so far."""
        return [end.cost for end in self.ends]

    @property
    def seconds(self) -> float:
        """How long learning from all images takes a thread: the least of all orders so far, of which there is one.

        Where the clock is too coarse for that, their mean.
        """
        seconds = [end.seconds for end in self.ends]
        return min(seconds) or sum(seconds) / len(seconds)

    def __iter__(self) -> Iterator[Measured]:
        return self

    def __next__(self) -> Measured:
        if self.over:
            raise StopIteration
        measured = next(self._course)
        if not self.ends:
            self.points.append(measured)
        if measured.images == len(self._material.x):
            self.ends.append(measured)
            self._course = self._learning(len(self.ends))
        return measured


@dataclass(frozen=True)
class Lead:
    """What m = 1 gains over a larger mini-batch, in cost at the end, on average over the orders.

    ``online`` and ``batch`` are the costs with the same eta, ``equal`` is that of m = 1 with the same eta/m as the
    mini-batch, so that an image moves the weights as far. ``wins`` is in how many of the orders that ends lower.
    ``apart`` is how far costs lie apart by the order alone with the same eta/m, and ``apart_at_same_eta`` with the
    same eta: of online learning or of the mini-batch, whichever is more.
    """

    online: float
    equal: float
    batch: float
    wins: int
    apart: float
    apart_at_same_eta: float

    @property
    def total(self) -> float:
        """By how much lower m = 1 ends with the same eta."""
        return self.batch - self.online

    @property
    def of_steps(self) -> float:
        """The part of it that longer steps make."""
        return self.equal - self.online

    @property
    def left(self) -> float:
        """The part that is left with the same eta/m."""
        return self.batch - self.equal

    @property
    def is_seen(self) -> bool:
        """Whether with the same eta the two end further apart than orders do."""
        return abs(self.total) > self.apart_at_same_eta

    @property
    def is_own(self) -> bool:
        """Whether what is left with the same eta/m is more than the orders make."""
        return self.left > self.apart


def lead(online: Runs, equal: Runs, batch: Runs) -> Lead:
    """Return what came of three runs that are over: m = 1 with the eta of ``batch``, and ``equal`` with its eta/m."""
    wins = sum(one < other for one, other in zip(equal.costs, batch.costs, strict=True))
    means = [float(np.mean(runs.costs)) for runs in (online, equal, batch)]
    of_online, of_equal, of_batch = (max(runs.costs) - min(runs.costs) for runs in (online, equal, batch))
    return Lead(means[0], means[1], means[2], wins, max(of_equal, of_batch), max(of_online, of_batch))
