"""The digits that cost a network most; and a cost in words."""

from collections.abc import Iterator
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

NO_COST = "Weights of this network are no numbers any more, and so there is no cost."
TINY = 0.0001  # a cost below this is not told in figures: four behind the point would make it 0


def in_words(cost: float) -> str:
    """Return a cost with four figures behind the point; one that these would make nothing is told to be that small.

    A cost that is no number is none.
    """
    if isnan(cost):
        return "none"
    return f"< {TINY}" if 0 < cost < TINY else f"{cost:.4f}"


class Search:
    """Looks for the images whose quadratic cost is largest: ``next`` looks at a few more, as long as there are some."""

    def __init__(self, network: Network, images: NDArray[Any], targets: Floats) -> None:
        """Look among ``images`` (n, n_in) with their ``targets`` (n, n_out)."""
        self.network = network
        self._images, self._targets = images, targets
        self._costs: list[Floats] = []
        self._seen = 0

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        if self._seen >= len(self._images):
            raise StopIteration
        some = slice(self._seen, self._seen + self.network.chunk)
        self._costs.append(QUADRATIC.value(self.network.feedforward(self._images[some]), self._targets[some]))
        self._seen = some.stop

    def worst(self, count: int) -> NDArray[np.intp]:
        """Return the places (count,) of those seen that cost most, the worst first; of equals the earlier first."""
        return np.argsort(-np.concatenate(self._costs), kind="stable")[:count]
