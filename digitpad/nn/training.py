"""Stochastic gradient descent: epochs of mini-batches, each of which moves the weights down the gradient.

Source: *Neural Networks and Deep Learning*, equations 20 and 21 (mini-batches), chapter 3 for L2 regularisation
and momentum (equations 107 and 108).
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.batches import Augment, Batches, Chunk
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

if TYPE_CHECKING:
    from digitpad.nn.workspace import Workspace


@dataclass(frozen=True)
class TrainingConfig:
    """How to train; the defaults are those of chapter 1.

    ``l2`` is the book's lambda / n: the rate at which weights, not biases, decay. ``momentum`` is the book's mu, from
    0 up to, not including, 1.
    """

    epochs: int = 30
    mini_batch_size: int = 10
    eta: float = 3.0
    l2: float = 0.0
    momentum: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("epochs", "mini_batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is a whole number from 1, not {getattr(self, name)}")
        if not self.eta > 0:
            raise ValueError(f"the learning rate eta is a number above 0, not {self.eta}")
        if not 0 <= self.momentum < 1:
            raise ValueError(f"momentum lies from 0 up to, not including, 1; {self.momentum} does not")
        if not self.l2 >= 0:
            raise ValueError(f"L2 is a number from 0, not {self.l2}")


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

    >>> network = Network([4, 2], seed=1)
    >>> images, targets = np.eye(4), np.array([[1, 0], [1, 0], [0, 1], [0, 1]])
    >>> steps = sgd(network, images, targets, TrainingConfig(epochs=100, mini_batch_size=2, eta=3.0))
    >>> len(list(steps))
    200
    >>> network.evaluate(images, np.array([0, 0, 1, 1]))
    4
    """
    n = len(images)
    if n == 0 or len(targets) != n:
        raise ValueError(f"{n} images and {len(targets)} targets: they must be as many, and at least one")
    batches = Batches(images, targets, config.mini_batch_size, chunk or network.chunk, network.dtype, augment)
    generator = np.random.default_rng(config.seed)
    descent = Descent(network)
    epoch = 0
    while epoch < config.epochs:
        epoch += 1
        for part, x, y in batches.epoch(generator):
            descent.update_mini_batch(part, x, y, config)
            changed = yield Progress(epoch, part.mini_batch, batches.count, part.last, n, part.completes)
            config = changed or config


class GradientSum:
    """The gradient of a network's cost over a mini-batch, which may come in chunks.

    ``gradient`` has a number for each weight and bias, in the order of ``Network.parameters``.
    """

    def __init__(self, network: Network) -> None:
        """Sum up the gradient of ``network``, whose weights may change between mini-batches."""
        self._network = network
        self._workspaces: dict[tuple[int, bool], Workspace] = {}
        self.gradient: Floats = np.empty(0, dtype=network.dtype)

    def add(self, x: Floats, y: Floats, scale: float, *, first: bool = True) -> None:
        """Add ``scale`` times the gradient summed over ``x`` (m, n_in) with targets ``y`` (m, n_out).

        The ``first`` chunk begins a new sum; both arrays are in the network's dtype.
        """
        work = self._workspaces.get((len(x), first))
        if work is None:
            work = self._workspaces[len(x), first] = self._network.workspace(len(x))
        self._network.backprop(x, y, work, scale)
        if first:
            self.gradient = work.gradient
        else:
            self.gradient += work.gradient


class Descent:
    """Moves a network's weights and biases down the gradient, with momentum and L2 where they are asked for."""

    def __init__(self, network: Network) -> None:
        """Descend with ``network``, in place."""
        self._network = network
        self._sum = GradientSum(network)
        self._velocity: Floats | None = None

    def update_mini_batch(self, part: Chunk, x: Floats, y: Floats, config: TrainingConfig) -> None:
        """Learn from the images ``x`` (m, n_in) and targets ``y`` (m, n_out) of a mini-batch, or of a chunk of it.

        The weights move when it is complete: w' = w - eta / m times the gradient summed over its m images (equation
        20), and the biases likewise (equation 21).
        """
        self._sum.add(x, y, config.eta / part.size, first=part.begins)
        if part.completes:
            self._move(self._sum.gradient, config)

    def _move(self, step: Floats, config: TrainingConfig) -> None:
        """Move the weights by ``step``, eta times the gradient, which is overwritten."""
        parameters = self._network.parameters
        if config.l2:
            weights = parameters[: sum(w.size for w in self._network.weights)]  # the biases do not decay
            step[: len(weights)] += config.eta * config.l2 * weights
        if config.momentum:
            if self._velocity is None:
                self._velocity = np.zeros_like(parameters)
            self._velocity *= config.momentum
            self._velocity -= step
            parameters += self._velocity
        else:
            np.subtract(parameters, step, parameters)
