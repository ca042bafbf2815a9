"""Draws of mini-batches held against the true gradient, and the images and networks that they are made of."""

from collections.abc import Generator
from functools import cached_property
from time import perf_counter

import numpy as np

from digitpad.data.dataset import Digits
from digitpad.explore.minibatches import Estimate, FullGradient, Spread, drawn, share_within, spread
from digitpad.gui.explore.slices import SLICE
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd

ALL = 2_000  # images that the true gradient is taken over, where there are as many
DRAWS = 100
WITHIN = 30.0  # degrees from the true gradient: as near as the task asks for
_WATCHED = 500  # other images, on which the cost is measured while a network learns
_SEED = 1


class Draws:
    """Draws of one size of mini-batch, each compared with the true gradient."""

    def __init__(self, full: FullGradient, m: int, seed: int) -> None:
        self.full, self._m, self._seed = full, m, seed
        self.estimates: list[Estimate] = []  # added to by the thread, a slice at a time
        self._count = 1 if m >= len(full) else DRAWS  # there is but one way to draw all

    @property
    def complete(self) -> bool:
        """Whether all draws were made."""
        return len(self.estimates) >= self._count

    @property
    def share(self) -> float:
        """The share of draws that the task counts."""
        return share_within([estimate.angle for estimate in self.estimates], WITHIN)

    @cached_property
    def spread(self) -> Spread:
        """The spread of the angles, once all draws were made."""
        return spread([estimate.angle for estimate in self.estimates])

    def places(self, draw: int) -> np.ndarray:
        """Return which images a draw has."""
        return drawn(len(self.full), self._m, draw, self._seed)

    def advance(self) -> None:
        """Draw for a slice."""
        until = perf_counter() + SLICE
        while not self.complete and perf_counter() < until:
            self.estimates.append(self.full.estimate(self.places(len(self.estimates))))


class Material:
    """The images at hand, the networks on show, and what was computed with them."""

    def __init__(self, digits: Digits) -> None:
        self.digits = digits
        generator = np.random.default_rng(_SEED)
        chosen = generator.permutation(len(digits.training))[:ALL]
        self.x, self.y = greys(digits.training.images[chosen], np.float32), digits.training[chosen].targets
        others = digits.test[:_WATCHED]
        self.watched = greys(others.images, np.float32), others.targets
        self.start = Network([784, 30, self.y.shape[1]], seed=_SEED, initialisation="scaled")
        self._full: dict[int, FullGradient] = {}
        self._training: dict[int, tuple[Network, Generator[object, None, None]]] = {}
        self._draws: dict[tuple[int, int], Draws] = {}

    def ready(self, stage: int) -> bool:
        """Whether the true gradient after ``stage`` epochs is known."""
        return stage in self._full

    def prepare(self, stage: int) -> None:
        """Let the network learn for a slice, and compute the true gradient when it has learned ``stage`` epochs."""
        if stage and stage not in self._training:
            network = self.start.copy()
            self._training[stage] = network, _epochs(network, self.x, self.y, stage)
        network, training = self._training.get(stage, (self.start, iter(())))
        until = perf_counter() + SLICE
        for _ in training:
            if perf_counter() > until:
                return
        self._full[stage] = FullGradient(network, self.x, self.y)

    def draws(self, stage: int, m: int, seed: int) -> Draws | None:
        """Return the draws of ``m`` images for the network after ``stage`` epochs, begun if they were not."""
        full = self._full.get(stage)
        if full is None:
            return None
        if (stage, m) not in self._draws:
            self._draws[stage, m] = Draws(full, m, seed)
        return self._draws[stage, m]

    def forget_draws(self) -> None:
        """Begin all draws anew."""
        self._draws.clear()


def _epochs(network: Network, x: np.ndarray, y: np.ndarray, epochs: int) -> Generator[object, None, None]:
    yield from sgd(network, x, y, TrainingConfig(epochs, 10, 3.0, seed=_SEED))
