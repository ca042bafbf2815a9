"""Networks of one shape that learn from the same mini-batches at once, each at a learning rate of its own.

Each image is then loaded once for all of them, and each of NumPy's operations is on all of them: with small networks
and mini-batches, what an operation costs whatever its size is a large part of the time.
"""

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
from numpy import add, matmul, multiply
from numpy.typing import NDArray

from digitpad.nn.batches import Augment, Batches, Chunk
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import Progress, TrainingConfig
from digitpad.nn.workspace import Workspace, split

_SMALLEST_CHUNK = 16  # images


def sgd_together(
    networks: Sequence[Network],
    etas: Sequence[float],
    images: NDArray[Any],
    targets: Floats,
    config: TrainingConfig,
    augment: Augment | None = None,
) -> Generator[Progress, None, None]:
    """Train each of ``networks`` in place as ``sgd`` would with ``config`` but at its own of the ``etas``.

    Images, targets and ``augment`` are as there, and so is what is yielded; all networks see the same mini-batches.
    They come to the same weights but for rounding, as sums are made in another order. One whose weights grow beyond
    all numbers does not disturb the others. Raises ValueError where the networks differ in more than their weights, or
    where there is not one eta for each.

    >>> networks = [Network([4, 2], seed=1) for _ in range(2)]
    >>> images, targets = np.eye(4), np.array([[1, 0], [1, 0], [0, 1], [0, 1]])
    >>> steps = sgd_together(networks, [0.001, 3.0], images, targets, TrainingConfig(epochs=100, mini_batch_size=2))
    >>> len(list(steps))
    200
    >>> [network.evaluate(images, np.array([0, 0, 1, 1])) for network in networks]
    [2, 4]
    """
    stack = _Stack(networks, etas, config)
    n = len(images)
    if n == 0 or len(targets) != n:
        raise ValueError(f"{n} images and {len(targets)} targets: they must be as many, and at least one")
    chunk = max(_SMALLEST_CHUNK, networks[0].chunk // len(networks))
    batches = Batches(images, targets, config.mini_batch_size, chunk, networks[0].dtype, augment)
    generator = np.random.default_rng(config.seed)
    for epoch in range(1, config.epochs + 1):
        for part, x, y in batches.epoch(generator):
            stack.update_mini_batch(part, x, y)
            yield Progress(epoch, part.mini_batch, batches.count, part.last, n, part.completes)


class _Stack:
    """The parameters of k networks as the rows of one array, (k, number of parameters), and their descent.

    A layer's weights are (k, n_out, n_in) in it, and what goes through it (k, m, n).
    """

    def __init__(self, networks: Sequence[Network], etas: Sequence[float], config: TrainingConfig) -> None:
        kinds = {(one.sizes, one.activation, one.cost, one.dtype) for one in networks}
        if len(kinds) != 1 or len(etas) != len(networks):
            raise ValueError(f"{len(networks)} networks of {len(kinds)} kinds and {len(etas)} etas do not go together")
        first = networks[0]
        self._first, self._config = first, config
        self._parameters: Floats = np.stack([one.parameters for one in networks])
        for one, row in zip(networks, self._parameters, strict=True):
            one.move_to(row)
        self._weights, biases = split(self._parameters, first.sizes)
        self._biases = [b[:, None] for b in biases]
        self._etas = np.array(etas, dtype=first.dtype)[:, None]
        self._workspaces: dict[tuple[int, bool], Workspace] = {}
        self._gradient: Floats = self._parameters  # of the mini-batch that is learned from
        self._velocity = np.zeros_like(self._parameters) if config.momentum else None

    def update_mini_batch(self, part: Chunk, x: Floats, y: Floats) -> None:
        """Learn from ``x`` (m, n_in) and ``y`` (m, n_out), as ``Descent`` does with one network."""
        work = self._workspaces.get((len(x), part.begins))
        if work is None:
            work = Workspace(self._first.sizes, len(x), self._first.dtype, len(self._etas))
            self._workspaces[len(x), part.begins] = work
        np.divide(self._etas[:, None], part.size, work.scale)
        self._backprop(x, y, work)
        if part.begins:
            self._gradient = work.gradient
        else:
            self._gradient += work.gradient
        if part.completes:
            self._move(self._gradient)

    def _backprop(self, x: Floats, y: Floats, work: Workspace) -> None:
        """Fill in the gradients, as ``Network.backprop`` does for one network."""
        a, delta, spare, weights, network = work.a, work.delta, work.spare, self._weights, self._first
        a[0] = x
        for layer, w in enumerate(weights):
            z = matmul(a[layer], w.swapaxes(1, 2), a[layer + 1])
            add(z, self._biases[layer], z)
            network.neurons(layer).function(z, z)
        network.cost.delta(a[-1], y, delta[-1], spare[-1])  # BP1
        multiply(delta[-1], work.scale, delta[-1])
        for layer in range(-2, -len(a), -1):
            matmul(delta[layer + 1], weights[layer + 1], delta[layer])  # BP2
            multiply(delta[layer], network.neurons(layer).derivative(a[layer], spare[layer]), delta[layer])
        for layer in range(-1, -len(a), -1):
            matmul(work.ones, delta[layer], work.nabla_b[layer])  # BP3, summed over the inputs
            outer = matmul if len(x) > 1 else multiply  # which gives the same for one input, in a tenth of the time
            outer(delta[layer].swapaxes(1, 2), a[layer - 1], work.nabla_w[layer])  # BP4, summed over the inputs

    def _move(self, step: Floats) -> None:
        """Move the weights by ``step``, eta times the gradient, which is overwritten."""
        config, parameters = self._config, self._parameters
        if config.l2:
            weights = sum(w[0].size for w in self._weights)  # the biases do not decay
            step[:, :weights] += self._etas * config.l2 * parameters[:, :weights]
        if self._velocity is None:
            np.subtract(parameters, step, parameters)
        else:
            self._velocity *= config.momentum
            self._velocity -= step
            parameters += self._velocity
