"""Stochastic gradient descent as a generator.

Source: *Neural Networks and Deep Learning*, equations 20 and 21 (mini-batches), chapter 3 for L2 regularisation
and momentum (equations 107 and 108).
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Gradient, Network
from digitpad.nn.neurons import Floats

Augment = Callable[[Floats, np.random.Generator], Floats]

_LOADED, _AUGMENTED = 200, 100  # images to load at once; fewer where each takes time, so that stopping need not wait


@dataclass(frozen=True)
class TrainingConfig:
    """How to train; the defaults are those of chapter 1.

    ``eta`` falls geometrically to ``final_eta`` over the run where that is given. ``l2`` is the book's lambda / n:
    the rate at which weights, not biases, decay. ``momentum`` is the book's mu, from 0 up to, not including, 1.
    """

    epochs: int = 30
    mini_batch_size: int = 10
    eta: float = 3.0
    final_eta: float | None = None
    l2: float = 0.0
    momentum: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.epochs < 1 or self.mini_batch_size < 1:
            raise ValueError("epochs and mini-batch size are whole numbers from 1")
        if not self.eta > 0 or (self.final_eta is not None and not self.final_eta > 0):
            raise ValueError("the learning rate eta is a number above 0")
        if not 0 <= self.momentum < 1 or not self.l2 >= 0:
            raise ValueError("momentum lies from 0 up to, not including, 1, and L2 is not negative")

    def eta_at(self, share: float) -> float:
        """Return the learning rate after ``share`` of the run, from 0 to 1."""
        return self.eta if self.final_eta is None else float(self.eta * (self.final_eta / self.eta) ** share)


class Progress(NamedTuple):
    """Where training is: ``images`` of ``n`` were seen in ``epoch``, counted from 1.

    ``mini_batch``, counted from 1 to ``mini_batches``, is the one at work. ``updated`` is whether the weights have
    just moved: a large mini-batch is learned from in chunks, and only after the last of them they do.
    """

    epoch: int
    mini_batch: int
    mini_batches: int
    images: int
    n: int
    updated: bool

    @property
    def epoch_done(self) -> bool:
        """Whether the weights have just moved for the last time in this epoch."""
        return self.images == self.n

    @property
    def epochs(self) -> float:
        """How many epochs, with their fraction, lie behind."""
        return self.epoch - 1 + self.images / self.n


Training = Generator[Progress, TrainingConfig | None, None]


def sgd(
    network: Network,
    images: NDArray[Any],
    targets: Floats,
    config: TrainingConfig,
    augment: Augment | None = None,
    chunk: int | None = None,
) -> Training:
    """Train ``network`` in place on images (n, n_in) and targets (n, n_out), yielding after every mini-batch.

    ``images`` are greys in [0, 1], or uint8, of which 255 stands for 1. Each epoch visits all n in an order drawn
    from the seed; the last mini-batch of an epoch is smaller where ``mini_batch_size`` does not divide n. A large
    mini-batch is taken in chunks of ``chunk`` images, with a yield after each; by default they are small enough that
    stopping need not wait. ``augment`` is given some images in [0, 1] and the seeded generator, and returns images of
    the same shape to learn from instead.

    ``send(config)`` goes on with another eta, momentum, l2 or number of epochs; what else it holds is not looked at.
    Raises ValueError when the counts differ or are 0.
    """
    n = len(images)
    if n == 0 or len(targets) != n:
        raise ValueError(f"{n} images and {len(targets)} targets: they must be as many, and at least one")
    size = config.mini_batch_size
    mini_batches = -(-n // size)
    chunk = min(size, chunk or network.chunk)
    block = chunk if size > chunk else size * max(1, (_AUGMENTED if augment else _LOADED) // size)
    generator = np.random.default_rng(config.seed)
    descent, loaded = _Descent(network), _Block(images, targets, min(block, n), network.dtype)
    gather, step = descent.gather, descent.step
    epoch, steps, eta = 0, 0, config.eta
    plan = [
        (first, min(first + chunk, start + size, n), start, min(start + size, n))
        for start in range(0, n, size)
        for first in range(start, min(start + size, n), chunk)
    ]
    while epoch < config.epochs:
        epoch += 1
        order = generator.permutation(n)
        loaded_from = loaded_to = mini_batch = 0
        for first, last, start, stop in plan:
            if last > loaded_to:
                loaded_from, loaded_to = first, min(first + block, n)
                loaded.load(order[loaded_from:loaded_to], augment, generator)
            if config.final_eta is not None:
                eta = config.eta_at(steps / (config.epochs * mini_batches))
            x, y = loaded.rows(first - loaded_from, last - loaded_from)
            gather(x, y, eta / (stop - start), first > start)
            mini_batch += first == start
            updated = last == stop
            if updated:
                step(eta, config)
                steps += 1
            changed = yield Progress(epoch, mini_batch, mini_batches, last, n, updated)
            if changed:
                config, eta = changed, changed.eta


class _Descent:
    """Steps down the gradient, with momentum and L2 where they are asked for."""

    def __init__(self, network: Network) -> None:
        self._parameters = network.parameters
        self._weights = network.parameters[: sum(w.size for w in network.weights)]  # L2 leaves the biases alone
        self._gradient = Gradient(network)
        self.gather = self._gradient.compute
        self._velocity: Floats | None = None

    def step(self, eta: float, config: TrainingConfig) -> None:
        """Move the weights; what was gathered is eta times the gradient."""
        step = self._gradient.parameters
        if config.l2:
            step[: len(self._weights)] += eta * config.l2 * self._weights
        if config.momentum:
            if self._velocity is None:
                self._velocity = np.zeros_like(self._parameters)
            self._velocity *= config.momentum
            self._velocity -= step
            self._parameters += self._velocity
        else:
            np.subtract(self._parameters, step, self._parameters)


class _Block:
    """Some of the images, in the network's precision: gathered and converted together, which is what costs time."""

    def __init__(self, images: NDArray[Any], targets: Floats, rows: int, dtype: np.dtype[np.floating]) -> None:
        self._images, self._targets = images, targets
        self._raw = np.empty((rows, images.shape[1]), dtype=images.dtype)
        self._x = np.empty((rows, images.shape[1]), dtype=dtype)
        self._y = np.empty((rows, targets.shape[1]), dtype=dtype)
        self._unit = np.array(1 / 255, dtype=dtype) if images.dtype == np.uint8 else None

    def load(self, chosen: NDArray[np.integer], augment: Augment | None, generator: np.random.Generator) -> None:
        m = len(chosen)
        # "clip" does not clip anything here; with "raise" NumPy would gather into a buffer of its own first.
        np.take(self._images, chosen, axis=0, out=self._raw[:m], mode="clip")
        x = self._x[:m]
        x[:] = self._raw[:m]
        if self._unit is not None:
            np.multiply(x, self._unit, x)
        if augment:
            x[:] = augment(x, generator)
        self._y[:m] = self._targets[chosen]

    def rows(self, first: int, last: int) -> tuple[Floats, Floats]:
        return self._x[first:last], self._y[first:last]
