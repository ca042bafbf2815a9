"""Stochastic gradient descent as a generator.

Source: *Neural Networks and Deep Learning*, equations 20 and 21 (mini-batches), chapter 3 for L2 regularisation
and momentum (equations 107 and 108).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

Augment = Callable[[Floats, np.random.Generator], Floats]


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


class Progress(NamedTuple):
    """Where training is after one update: ``epoch`` from 1, ``mini_batch`` from 1 to ``mini_batches``."""

    epoch: int
    mini_batch: int
    mini_batches: int

    @property
    def epoch_done(self) -> bool:
        """Whether this update was the last of its epoch."""
        return self.mini_batch == self.mini_batches


def sgd(
    network: Network, images: Floats, targets: Floats, config: TrainingConfig, augment: Augment | None = None
) -> Iterator[Progress]:
    """Train ``network`` in place on images (n, n_in) and targets (n, n_out), yielding after every mini-batch.

    Each epoch visits all n in an order drawn from the seed; the last mini-batch of an epoch is smaller where
    ``mini_batch_size`` does not divide n. ``augment`` is given each mini-batch of images and the seeded generator,
    and returns images of the same shape to learn from instead. Raises ValueError when the counts differ or are 0.
    """
    n = len(images)
    if n == 0 or len(targets) != n:
        raise ValueError(f"{n} images and {len(targets)} targets: they must be as many, and at least one")
    images, targets = images.astype(network.dtype, copy=False), targets.astype(network.dtype, copy=False)
    generator = np.random.default_rng(config.seed)
    velocities = [np.zeros_like(p) for p in network.parameters]
    mini_batches = -(-n // config.mini_batch_size)
    updates = config.epochs * mini_batches
    falling = (config.final_eta or config.eta) / config.eta
    for epoch in range(1, config.epochs + 1):
        order = generator.permutation(n)
        for mini_batch in range(1, mini_batches + 1):
            chosen = order[(mini_batch - 1) * config.mini_batch_size : mini_batch * config.mini_batch_size]
            x = images[chosen]
            if augment:
                x = augment(x, generator)
            done = ((epoch - 1) * mini_batches + mini_batch - 1) / updates
            update_mini_batch(network, velocities, x, targets[chosen], config, config.eta * falling**done)
            yield Progress(epoch, mini_batch, mini_batches)


def update_mini_batch(
    network: Network, velocities: list[Floats], x: Floats, y: Floats, config: TrainingConfig, eta: float
) -> None:
    """Take one step down the gradient estimated from the mini-batch x (m, n_in), y (m, n_out), in place.

    ``velocities`` has the shapes of ``network.parameters`` and is updated with them; it stays unused without
    momentum.
    """
    nabla_b, nabla_w = network.backprop(x, y)
    for w, nabla in zip(network.weights, nabla_w, strict=True):
        if config.l2:
            nabla += config.l2 * w
    for parameter, velocity, nabla in zip(network.parameters, velocities, [*nabla_w, *nabla_b], strict=True):
        nabla *= eta
        if config.momentum:
            velocity *= config.momentum
            velocity -= nabla
            parameter += velocity
        else:
            parameter -= nabla
