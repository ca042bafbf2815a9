"""One run of training: a network, what it learns from, and measurements on the way.

The terminal, the window's worker and the scripts all go through ``Experiment.events``.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset, Digits, Material
from digitpad.errors import TrainingError
from digitpad.nn.evaluation import Evaluation, evaluation_steps
from digitpad.nn.network import Network
from digitpad.nn.steps import Steps
from digitpad.nn.training import Progress, Training, TrainingConfig, sgd
from digitpad.train.advice import Advice, Vitals, advice
from digitpad.train.recipe import DEFORM, Recipe

_PROBES = 2000, 1000  # held-out and training images for a measurement within an epoch
_TRAINING_SAMPLE = 5000  # training images for one at its end
_LOOKED_AT = 200  # held-out images that show which neurons live


class Point(NamedTuple):
    """A measurement: accuracies in [0, 1] and mean costs after ``epochs``, on held-out and on training images.

    ``exact`` at the end of an epoch: all held-out images. Within one, a fixed sample is read and corrected by what
    it was off at the last exact measurement.
    """

    epochs: float
    accuracy: float
    cost: float
    training_accuracy: float
    training_cost: float
    exact: bool


@dataclass(frozen=True)
class Measurement:
    """A point, the weights it was measured with, and at the end of an epoch all answers to the held-out images.

    ``warning`` is there when training is stuck. ``material`` tells the digits from others.
    """

    point: Point
    network: Network
    evaluation: Evaluation | None = None
    warning: Advice | None = None
    material: Material | None = None


@dataclass(frozen=True)
class Measuring:
    """Some more images were read for a measurement that is still to come."""


Event = Progress | Measuring | Measurement  # after each of them training may be stopped, for a while or for good


@dataclass(frozen=True)
class Start:
    """Where a run goes on: with a copy of ``network``, which has learned for so many ``epochs``."""

    epochs: float
    network: Network


class _Due(Enum):
    """The measurement that is to be made next."""

    EXACT = "of all held-out images, at the end of an epoch"
    PROBE = "of a sample, within one"


class Experiment:
    """Trains a network of its own.

    One thread at a time drives ``events`` or ``measure``; meanwhile any other may call ``change`` and ``extend``, which
    take effect from the next step on, and read all that is public.

    The points depend on the recipe and the data alone, not on the clock: on one machine the same seed gives the same,
    to the bit.
    """

    def __init__(
        self,
        recipe: Recipe,
        digits: Digits,
        own: Callable[[], Dataset] | None = None,
        start: Start | None = None,
    ) -> None:
        """Begin with the network that the recipe's seed draws, or go on from ``start``.

        ``own`` gives the drawings to add where the recipe asks for them. Nothing is done yet: what takes time is left
        to ``events``.
        """
        self.recipe, self._digits, self._own, self._start = recipe, digits, own, start
        self.progress: Progress | None = None
        self._before = self._learned = start.epochs if start else 0.0
        self._changing = Lock()
        self._config = recipe.config(recipe.fitted(digits).train_on)
        self._sent = self._config  # what the steps go by
        self._steps: Training | None = None
        self._due: _Due | None = _Due.EXACT
        self._vitals: Vitals | None = None  # at the first measurement
        self._best = 0.0  # accuracy until now

    def _prepare(self) -> Training:
        recipe = self.recipe
        self.network = self._start.network.copy() if self._start else recipe.network()
        self._good = self.network.copy()
        self.split = recipe.split(self._digits, self._own() if recipe.own and self._own else None)
        self._material = self.split.material
        # A run that goes on later sees the images in another order than it did before.
        generator = np.random.default_rng([recipe.seed, int(self._before)])
        held_out, training = self.split.held_out, self.split.training
        self._samples = [held_out, training[_some(_TRAINING_SAMPLE, len(training), generator)]]
        sizes = zip(_PROBES, self._samples, strict=True)
        self._probes = [_some(size, len(sample), generator) for size, sample in sizes]
        self._corrections = np.zeros((2, 2))  # of accuracy and cost, held-out and training
        self._parts = self._measurements_an_epoch()
        size = recipe.config(len(training)).mini_batch_size  # all at once means own drawings, too
        with self._changing:
            self._sent = replace(self._config, mini_batch_size=size, seed=recipe.seed + int(self._before))
            self._config = self._sent
        deform = DEFORM if recipe.deform else None
        return sgd(self.network, training.images, recipe.targets(training), self._sent, deform)

    @property
    def config(self) -> TrainingConfig:
        """How it descends, with what was changed on the way."""
        return self._config

    def change(self, **rates: float) -> None:
        """Go on with another ``eta``, ``momentum`` or ``l2``. Raises ValueError for one that is impossible."""
        with self._changing:
            self._config = replace(self._config, **rates)  # type: ignore[arg-type]

    def extend(self, epochs: int) -> None:
        """Ask for ``epochs`` more than are over, which makes it undone."""
        over = self.progress.epoch if self.progress else 0
        with self._changing:
            self._config = replace(self._config, epochs=over + epochs)

    @property
    def done(self) -> bool:
        """Whether all epochs are over, and measured."""
        progress = self.progress
        over = progress is not None and progress.epoch_done and progress.epoch >= self.config.epochs
        return over and self._due is None

    @property
    def epochs(self) -> float:
        """How many epochs, with their fraction, lie behind."""
        return self._before + (self.progress.epochs if self.progress else 0.0)

    @property
    def learned(self) -> float:
        """How many of them lay behind when the weights moved last: within a large mini-batch they do not."""
        return self._learned

    def events(self) -> Iterator[Event]:
        """Go on from where it was left until ``done``; it may be left after any event.

        Raises TrainingError, with the last good weights put back, when weights or costs are not finite any more, and
        DataError when the digits do not suffice for the recipe.
        """
        if self._steps is None:
            self._steps = self._prepare()
        while not self.done:
            if self._due:
                yield from self._measure(exact=self._due is _Due.EXACT)
                continue
            yield self._step(self._steps)

    def measure(self) -> Iterator[Event]:
        """Measure the network as it is now, without moving it; once ``events`` has begun."""
        yield from self._measure(exact=self._due is _Due.EXACT)

    def _step(self, steps: Training) -> Progress:
        config = self._config
        if config is self._sent or self.progress is None:
            progress = next(steps)
        else:
            self._sent = config
            progress = steps.send(config)
        self.progress = progress
        if progress.updated:
            self._learned = self.epochs
        if progress.images == progress.n:
            self._due = _Due.EXACT
        elif progress.updated:
            parts = max(self._parts, 10) if progress.epoch == 1 else self._parts
            before = (progress.mini_batch - 1) * parts // progress.mini_batches
            if progress.mini_batch * parts // progress.mini_batches > before:
                self._due = _Due.PROBE
        return progress

    def _measurements_an_epoch(self) -> int:
        """Return how often to measure: several times a second on an ordinary machine, at little cost in time.

        From the work to be done and not from the clock, so that each run of the same recipe is measured alike.
        """
        weights, n = self.network.parameters.size, len(self.split.training)
        image = 5e-11 * weights + (2e-4 if self.recipe.deform else 0)  # s
        epoch = n * image + 25e-6 * n / self.config.mini_batch_size
        probe = sum(_PROBES) * (1e-6 + 4e-11 * weights)
        return int(max(1, round(epoch / max(0.15, 10 * probe))))

    def _measure(self, *, exact: bool) -> Generator[Event, None, None]:
        if not self.network.finite:
            self._fail()
        read = []
        for sample, probe in zip(self._samples, self._probes, strict=True):
            chosen = sample if exact else sample[probe]
            reading = Steps(evaluation_steps(self.network, chosen.images, chosen.labels, self.recipe.codes))
            for _ in reading:
                yield Measuring()
            read.append(reading.result)
        measured = np.array([[one.accuracy, one.cost] for one in read])
        if not np.isfinite(measured).all():
            self._fail()
        if exact:
            pairs = zip(read, self._probes, strict=True)
            sampled = [[_share(one, probe), one.costs[probe].mean()] for one, probe in pairs]
            self._corrections = measured - sampled
            self._good = self.network.copy()
        else:
            measured += self._corrections
            measured = np.clip(measured, 0, [1, np.inf])
        self._due = None
        (accuracy, cost), (training_accuracy, training_cost) = measured.tolist()
        point = Point(self.epochs, accuracy, cost, training_accuracy, training_cost, exact)
        evaluation = read[0] if exact else None
        yield Measurement(point, self.network.copy(), evaluation, self._warning(evaluation), self._material)

    def _warning(self, evaluation: Evaluation | None) -> Advice | None:
        if evaluation is None:
            return None
        images = self._samples[0].images[:_LOOKED_AT]
        now = Vitals.of(self.epochs, self.network, evaluation, images)
        self._vitals, self._best = self._vitals or now, max(self._best, now.accuracy)
        return advice(self.config, self._vitals, self._best, now)

    def _fail(self) -> None:
        self.network.parameters[:] = self._good.parameters
        self._due = None
        raise TrainingError(
            f"Training stopped: the weights grew beyond all numbers. Learning rate {self.config.eta:g} is too large "
            "for this network. The last good weights are kept."
        )


def _some(at_most: int, n: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return the indices of ``at_most`` of ``n`` images, in order."""
    return np.sort(generator.permutation(n)[:at_most])


def _share(evaluation: Evaluation, chosen: NDArray[np.int64]) -> float:
    return float(np.mean(evaluation.predictions[chosen] == evaluation.labels[chosen]))
