"""How many neurons of a layer can go: accuracy against how many of them are off."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

MOST_STEPS = 30  # numbers of neurons that are tried, but for those that are looked for between two of them
_MOST_WORK = 1e11  # multiplications of a whole curve: some seconds
_FEWEST_DIGITS = 1000
_POINT = 100  # the share of all digits that is a point of accuracy: one in so many


@dataclass(frozen=True)
class Pruning:
    """How accuracy falls with the neurons of one layer: ``correct[i]`` of ``digits`` are read with ``counts[i]`` off.

    ``neurons`` is how many the layer has. ``counts`` rise from 0; the last is ``neurons`` once all is measured.
    """

    neurons: int
    digits: int
    counts: Sequence[int]
    correct: Sequence[int]

    @property
    def accuracies(self) -> list[float]:
        """The share of digits that is read rightly, in [0, 1], for each of ``counts``."""
        return [correct / self.digits for correct in self.correct]

    @property
    def can_go(self) -> int:
        """How many neurons can go before accuracy falls by a point or more, for the first time."""
        return self.counts[self._last_good]

    @property
    def _last_good(self) -> int:
        fallen = (i for i, now in enumerate(self.correct) if (self.correct[0] - now) * _POINT >= self.digits)
        return next(fallen, len(self.correct)) - 1


def steps_of(neurons: int) -> list[int]:
    """Return how many of so many ``neurons`` to try without: all numbers where these are few, else some, evenly."""
    return sorted({round(each) for each in np.linspace(0, neurons, min(neurons, MOST_STEPS) + 1)})


def digits_for(network: Network, layer: int) -> int:
    """Return on how many digits a curve of this ``layer`` can be measured without waiting for long."""
    once = sum(w.size for w in network.weights[:layer])
    each = sum(w.size for w in network.weights[layer:])
    return max(int(_MOST_WORK / (once + each * (min(network.sizes[layer], MOST_STEPS) + 1))), _FEWEST_DIGITS)


def pruning_steps(
    network: Network, layer: int, order: NDArray[np.intp], digits: Dataset
) -> Generator[Pruning | None, None, Pruning]:
    """Measure ``network`` with more and more neurons of a hidden ``layer`` off, 1 being the first, in this ``order``.

    Yields what is known so far after each number, and None as long as that is nothing; the generator's return value is
    all of it. Where accuracy falls is looked for between the numbers that are tried, too. What comes before the layer
    is reckoned once. Raises ValueError when there are no ``digits``.
    """
    if not len(digits):
        raise ValueError("there are no digits to read")
    neurons, found = network.sizes[layer], dict[int, int]()
    activations = np.empty((len(digits), neurons), dtype=network.dtype)
    for first in range(0, len(digits), network.chunk):
        yield None
        here = slice(first, first + network.chunk)
        activations[here] = network.activations(digits.images[here])[layer]

    def pruning() -> Pruning:
        return Pruning(neurons, len(digits), sorted(found), [found[count] for count in sorted(found)])

    def measure(count: int) -> None:
        found[count] = _correct(network, layer, activations, np.sort(order[count:]), digits.labels)

    for count in steps_of(neurons):
        measure(count)
        yield pruning()
    while True:
        known = pruning()
        at = known.counts.index(known.can_go)
        if at + 1 == len(known.counts) or known.counts[at + 1] - known.counts[at] < 2:
            return known
        measure((known.counts[at] + known.counts[at + 1]) // 2)
        yield pruning()


def _correct(network: Network, layer: int, a: Floats, kept: NDArray[np.intp], labels: NDArray[np.integer]) -> int:
    """Return how many digits are read rightly with only the ``kept`` neurons of a layer whose activations are ``a``."""
    weights = [network.weights[layer][:, kept], *network.weights[layer + 1 :]]
    correct = 0
    for first in range(0, len(a), network.chunk):
        rows = a[first : first + network.chunk, kept]
        with np.errstate(over="ignore", invalid="ignore"):
            for i, w in enumerate(weights, layer):
                z = rows @ w.T
                z += network.biases[i]
                rows = network.neurons(i).function(z, out=z)
        correct += int(np.count_nonzero(rows.argmax(axis=1) == labels[first : first + network.chunk]))
    return correct
