"""How well a network reads a data set."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.steps import finish


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What a network says to n labelled images.

    ``labels`` and ``predictions`` (n,) uint8: the digit it is, and the output that was largest. ``margins`` (n,): the
    output at the label less the largest other one, below 0 where the answer is wrong. ``largest`` (n,): the output
    at the prediction. ``costs`` (n,): C of each image. ``mean_derivative``: the mean of a (1 - a) over all outputs,
    next to nothing where the outputs are saturated.

    Where the answer is the nearest code, ``by_code``, less the distance from the code of each digit stands in place of
    its output: ``margins`` is by how much the label's code is nearer than the nearest other one, and ``largest`` is 0
    at a code and below it elsewhere.
    """

    labels: NDArray[np.uint8]
    predictions: NDArray[np.uint8]
    margins: NDArray[np.float32]
    largest: NDArray[np.float32]
    costs: NDArray[np.float32]
    mean_derivative: float
    by_code: bool = False

    @property
    def correct(self) -> int:
        """How many of the answers are the label."""
        return int(np.count_nonzero(self.predictions == self.labels))

    @property
    def accuracy(self) -> float:
        """The share of right answers, in [0, 1]."""
        return self.correct / len(self.labels)

    @property
    def cost(self) -> float:
        """The mean cost of an image."""
        return float(self.costs.mean())

    def confusion_matrix(self) -> NDArray[np.int64]:
        """Return counts (10, 10): row = label, column = answer."""
        cells = 10 * self.labels.astype(np.int64) + self.predictions
        return np.bincount(cells, minlength=100).reshape(10, 10)

    def mistakes(self) -> NDArray[np.int64]:
        """Return which images were read wrongly, the worst margin first."""
        wrong = np.flatnonzero(self.predictions != self.labels)
        return wrong[np.argsort(self.margins[wrong], kind="stable")]


def evaluation_steps(
    network: Network, images: NDArray[Any], labels: NDArray[np.integer], codes: Floats | None = None
) -> Generator[None, None, Evaluation]:
    """Read the images (n, 784) chunk by chunk, yielding between chunks so that stopping need not wait.

    The generator's return value is the ``Evaluation``. ``labels`` is (n,). The answer is the largest of ten outputs,
    or, with the ``codes`` (10, outputs) of the digits, the digit whose code is nearest to the outputs.
    Raises ValueError when there are no images, or when the network has other outputs.
    """
    targets = np.eye(10) if codes is None else codes
    if network.sizes[-1] != targets.shape[1]:
        raise ValueError(f"a network of {network.sizes[-1]} outputs cannot be read by {targets.shape[1]}")
    n = len(labels)
    if n == 0:
        raise ValueError("there are no images to read")
    predictions = np.empty(n, dtype=np.uint8)
    margins, largest, costs = (np.empty(n, dtype=np.float32) for _ in range(3))
    mean_derivative = 0.0
    for first in range(0, n, network.chunk):
        here = slice(first, min(first + network.chunk, n))
        outputs, label = network.feedforward(images[here]), labels[here]
        mean_derivative += float(np.sum(outputs * (1 - outputs), dtype=np.float64))
        costs[here] = network.cost.value(outputs, targets.astype(outputs.dtype)[label])
        scores = outputs if codes is None else -np.linalg.norm(outputs[:, None] - codes, axis=-1)
        predictions[here] = scores.argmax(axis=1)
        largest[here] = scores.max(axis=1)
        rows = np.arange(len(label))
        at_label = scores[rows, label]
        scores[rows, label] = -np.inf
        margins[here] = at_label - scores.max(axis=1)
        yield
    mean_derivative /= n * network.sizes[-1]
    return Evaluation(labels.astype(np.uint8), predictions, margins, largest, costs, mean_derivative, codes is not None)


def evaluate(
    network: Network, images: NDArray[Any], labels: NDArray[np.integer], codes: Floats | None = None
) -> Evaluation:
    """Return what the network says to the images (n, 784), whose labels are (n,), all at once; ``codes`` as above.

    >>> found = evaluate(Network([784, 10], seed=1), np.zeros((3, 784)), np.array([0, 1, 2]))
    >>> len(found.predictions), found.confusion_matrix().sum(), found.correct <= 3
    (3, np.int64(3), True)
    """
    return finish(evaluation_steps(network, images, labels, codes))
