"""A sweep of the learning rate: the same network trained for a few epochs at each of several etas, far apart."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from digitpad.data.dataset import Dataset, Digits
from digitpad.errors import DataError, one_line
from digitpad.nn.evaluation import evaluation_steps
from digitpad.nn.network import Network
from digitpad.nn.steps import Steps
from digitpad.nn.together import sgd_together
from digitpad.nn.training import Progress, sgd
from digitpad.train.advice import GUESSING
from digitpad.train.recipe import DEFORM, Recipe
from digitpad.train.settings import LARGEST_ETA, VALIDATION

EPOCHS, _STEPS = 3, 500  # so many tell orders of magnitude apart; it takes more epochs where these have few steps
_FACTORS = 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100  # of the eta in the middle: half a power of ten apart, and round
# Weights and biases of all networks together, up to which training them at once is faster, by up to 2.7 times (see
# docs/measurements.md); more do not stay in the processor's cache. To deform an image takes as long as much learning.
_TOGETHER, _TOGETHER_DEFORMED = 1_000_000, 4_000_000


class Reached(NamedTuple):
    """What a network came to at ``eta`` after so many ``epochs``: its accuracy in [0, 1] on validation digits.

    None where its weights grew beyond all numbers.
    """

    eta: float
    epochs: int
    accuracy: float | None


def etas_around(eta: float) -> tuple[float, ...]:
    """Return the nine to be tried, from a hundredth of ``eta`` to a hundred times it, but for those not allowed.

    >>> etas_around(3.0)
    (0.03, 0.09, 0.3, 0.9, 3.0, 9.0, 30.0, 90.0, 300.0)
    """
    tried = (eta if factor == 1 else float(f"{eta * factor:.6g}") for factor in _FACTORS)
    return tuple(one for one in tried if 0 < one <= LARGEST_ETA)


class Sweep:
    """Trains a network of its own at each of the ``etas``, from the same first weights and by the same mini-batches.

    ``recipe`` is what it trains with, but for eta: measured on validation digits, and with few epochs. Each network is
    trained as a run with that recipe and its eta is; small ones all at once, which rounds otherwise.
    """

    def __init__(
        self, recipe: Recipe, digits: Digits, own: Callable[[], Dataset] | None = None, epochs: int | None = None
    ) -> None:
        """Sweep around the eta of ``recipe``, with so many ``epochs``, or as few as will do; never more than it has.

        ``own`` gives the drawings to add where the recipe asks for them.

        Nothing is done yet. Raises DataError where there are too few digits to set some aside.
        """
        recipe = replace(recipe, held_out=VALIDATION).fitted(digits)
        steps = -(-recipe.train_on // recipe.config(max(recipe.train_on, 1)).mini_batch_size)
        enough = epochs or max(EPOCHS, -(-_STEPS // max(steps, 1)))
        self.recipe = replace(recipe, epochs=min(recipe.epochs, enough))
        self.etas = etas_around(recipe.eta)
        self._digits, self._own = digits, own
        self._seen = 0  # images, by all networks
        self._to_see = 1
        if self.recipe.train_on >= len(digits.training):
            raise DataError(f"“{one_line(digits.name)}” has too few training images to set some aside for a sweep.")
        self.validation = len(self.recipe.split(digits).held_out)  # digits

    @property
    def share(self) -> float:
        """How much of the learning is done, in [0, 1]."""
        return self._seen / self._to_see

    def events(self) -> Iterator[Reached | None]:
        """Train and measure; between any two events it may be left. None is one after which nothing new is known.

        What each network comes to is told before it learns, after 0 epochs, and after each epoch; of those that learn
        at once, one right after the other without a None between.
        """
        recipe = self.recipe
        split = recipe.split(self._digits, self._own() if recipe.own and self._own else None)
        training = split.training
        images, targets, config = training.images, recipe.targets(training), recipe.config(len(training))
        deform = DEFORM if recipe.deform else None
        self._to_see = len(self.etas) * recipe.epochs * len(training)
        first = recipe.network()
        at_first = yield from self._read(first, split.held_out)
        for eta in self.etas:
            yield Reached(eta, 0, at_first)
        most = _TOGETHER_DEFORMED if deform else _TOGETHER
        if len(self.etas) * first.parameters.size <= most:
            networks = {eta: first.copy() for eta in self.etas}
            steps = sgd_together(list(networks.values()), self.etas, images, targets, config, deform)
            yield from self._learn(steps, networks, split.held_out)
            return
        for eta in self.etas:
            network = first.copy()
            steps = sgd(network, images, targets, replace(config, eta=eta), deform)
            yield from self._learn(steps, {eta: network}, split.held_out)

    def _learn(
        self, steps: Iterator[Progress], networks: Mapping[float, Network], held_out: Dataset
    ) -> Iterator[Reached | None]:
        before, seen = self._seen, 0
        for progress in steps:
            seen = (progress.epoch - 1) * progress.n + progress.images
            self._seen = before + seen * len(networks)
            yield None
            if progress.epoch_done:
                found = list[Reached]()
                for eta, network in networks.items():
                    accuracy = yield from self._read(network, held_out)
                    found.append(Reached(eta, progress.epoch, accuracy))
                yield from found

    def _read(self, network: Network, held_out: Dataset) -> Generator[None, None, float | None]:
        """Return the accuracy of ``network``; None where its weights or outputs are no numbers any more."""
        if not network.finite:
            return None
        reading = Steps(evaluation_steps(network, held_out.images, held_out.labels, self.recipe.codes))
        yield from reading
        found = reading.result
        return found.accuracy if np.isfinite(found.cost) else None


class Swept:
    """What a sweep has found so far: for each of the ``etas`` tried, in order, what it came to after each epoch."""

    def __init__(self, etas: Sequence[float]) -> None:
        """Begin with nothing found."""
        self.accuracies: dict[float, list[float | None]] = {eta: [] for eta in etas}

    def add(self, reached: Reached) -> None:
        """Take in what a network came to next."""
        self.accuracies[reached.eta].append(reached.accuracy)

    @property
    def epochs(self) -> int:
        """The last epoch after which some of the networks were measured; 0 before the first was."""
        return max(0, *(len(found) - 1 for found in self.accuracies.values()))

    def after(self, epochs: int) -> dict[float, float | None]:
        """Return the accuracies after so many ``epochs``, of the networks that came so far."""
        return {eta: found[epochs] for eta, found in self.accuracies.items() if len(found) > epochs}

    @property
    def last(self) -> dict[float, float]:
        """The accuracies of the networks that came to the last epoch that any came to; 0 for one of no numbers."""
        return {eta: accuracy or 0.0 for eta, accuracy in self.after(self.epochs).items()} if self.epochs else {}

    @property
    def best(self) -> float | None:
        """The eta, of those that came to the last epoch, that does best.

        None where none of them has learned anything, or where there is but one, and so nothing to compare.
        """
        last = self.last
        best = max(last, key=last.__getitem__, default=None)
        return None if best is None or len(last) < 2 or last[best] <= GUESSING else best
