"""One weight of a network that alone is changed: the cost answers each small change, the count of right answers few.

Source: *Neural Networks and Deep Learning*, chapter 1, "Learning with gradient descent", after equation 6: why not
maximise the number of images classified rightly, rather than minimise a cost.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import SIGMOID, Floats

_REACH = 2.0  # how far the weighted input moves, for a usual input, at both ends of the changes
_SMALLEST, _LARGEST = 0.02, 200.0  # usual inputs that are reckoned with: a page can set and show no smaller changes


class Changed(NamedTuple):
    """What changes of one weight lead to: the ``costs`` C and the ``counts`` of right answers, (k,) each."""

    costs: Floats
    counts: NDArray[np.int_]


class OneWeight:
    """The weight w_jk from neuron k of the last but one layer to output j, and images that the network reads.

    For each output j it is the weight that the cost over these images depends on most, by |dC/dw_jk|.
    """

    def __init__(self, network: Network, images: NDArray[Any], labels: NDArray[np.integer]) -> None:
        """Read ``images`` (n, n_in) with their ``labels`` (n,) once: a weight changes one output's weighted input."""
        rows = network.chunk
        parts = [network.activations(images[i : i + rows])[-2] for i in range(0, len(images), rows)]
        self.network, self._labels = network, labels
        self._inputs = np.concatenate(parts).astype(np.float64)
        weights, biases = network.weights[-1].astype(np.float64), network.biases[-1].astype(np.float64)
        self._targets = np.eye(len(biases))[labels]
        with np.errstate(over="ignore", invalid="ignore"):
            self._z = self._inputs @ weights.T + biases
            self._outputs = SIGMOID.function(self._z)
            delta = QUADRATIC.delta(self._outputs, self._targets)
            self._gradient = delta.T @ self._inputs / len(images)  # (n_out, n_in)
        self.sources = np.abs(self._gradient).argmax(axis=1)  # (n_out,): k of the weight of each output

    @property
    def count(self) -> int:
        """How many images there are."""
        return len(self._labels)

    @property
    def finite(self) -> bool:
        """Whether there is a cost and its gradient is of numbers: of weights that a run blew up there may be none."""
        return bool(np.isfinite(self._outputs).all() and np.isfinite(self._gradient).all())

    @property
    def steepest(self) -> int:
        """The output j whose weight the cost depends on most."""
        return int(np.abs(self._gradient).max(axis=1).argmax())

    def weight(self, j: int) -> float:
        """Return what the weight into output ``j`` is."""
        return float(self.network.weights[-1][j, self.sources[j]])

    def slope(self, j: int) -> float:
        """Return dC/dw_jk of the weight into output ``j``."""
        return float(self._gradient[j, self.sources[j]])

    def reach(self, j: int) -> float:
        """Return a round number: changes up to it move the weighted input of output ``j`` enough to matter."""
        inputs = np.minimum(np.abs(self._inputs[:, self.sources[j]]), _LARGEST)
        return round_up(_REACH / max(float(np.sqrt(np.mean(inputs**2))), _SMALLEST))

    def changed(self, j: int, changes: Floats) -> Changed:
        """Return cost and count over the images after each of ``changes`` (k,) of the weight into output ``j``.

        An image is read rightly when the output of its label is above all others; of equals the first counts, as where
        a network is measured.
        """
        labels, outputs, y = self._labels, self._outputs, self._targets[:, j]
        with np.errstate(over="ignore"):
            moved = SIGMOID.function(self._z[:, j] + changes[:, None] * self._inputs[:, self.sources[j]])  # (k, n)
        rest = np.delete(outputs - self._targets, j, axis=1)
        costs = 0.5 * (((moved - y) ** 2).mean(axis=1) + (rest**2).sum(axis=1).mean())
        before, after = outputs[:, :j], outputs[:, j + 1 :]
        wins = np.ones(moved.shape, dtype=bool)
        if before.shape[1]:
            wins &= moved > before.max(axis=1)
        if after.shape[1]:
            wins &= moved >= after.max(axis=1)
        others = np.delete(outputs, j, axis=1).argmax(axis=1)
        others += others >= j  # numbered as outputs are
        right = np.where(wins, labels == j, labels == others)
        return Changed(costs, right.sum(axis=1))


def round_up(value: float) -> float:
    """Return the next of 0.1, 0.2, 0.5, 1, 2, 5, ... from ``value`` > 0 on."""
    unit = 10.0 ** np.floor(np.log10(value))
    return float(next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= value * (1 - 1e-9)))
