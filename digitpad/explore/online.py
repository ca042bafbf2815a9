"""Learning one image at a time beside learning from mini-batches: how the cost falls, by images and by updates.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent": equations 20 and 21, and the
exercise on online learning that follows them.
"""

from collections.abc import Generator, Iterator
from time import perf_counter
from typing import NamedTuple

import numpy as np

from digitpad.explore.minibatches import Material
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd

_IMAGES_BETWEEN = 20  # two measurements of a course


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


class Course:
    """A network that learns from all images once: ``next`` goes on to the next measurement of its cost.

    One thread may learn while another looks at the ``points`` so far.
    """

    def __init__(self, material: Material, m: int, eta: float, seed: int) -> None:
        """Begin with the network and the images of ``material``, in mini-batches of ``m``, in the seed's order."""
        config = TrainingConfig(1, m, eta, seed=seed)
        network, self._n = material.start.copy(), len(material.x)
        self._course = course(network, material.x, material.y, material.watched, config, _IMAGES_BETWEEN)
        self.points: list[Measured] = []

    @property
    def images(self) -> int:
        """How many images were seen."""
        return self.points[-1].images if self.points else 0

    @property
    def over(self) -> bool:
        """Whether all images were seen."""
        return self.images == self._n

    def __iter__(self) -> Iterator[Measured]:
        return self

    def __next__(self) -> Measured:
        measured = next(self._course)
        self.points.append(measured)
        return measured
