"""A network under the knife: a copy with neurons switched off, its weights rounded, and noise added to them."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.inside.activity import Neuron
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train.hand import Score
from digitpad.train.provenance import Provenance

FEWEST_BITS, ALL_BITS = 2, 32  # of a weight: with one there would be nothing but 0
FIRST = 1000  # digits after which accuracy is known roughly
_AFTER = ", cut"  # after the name of a network
_SILENT = -80.0  # the bias of a sigmoid neuron that is off: it is at 2e-35, which float32 still reckons with quickly


class Order(Enum):
    """Which neurons of a layer go first."""

    RANDOM = "random"
    WEAKEST = "weakest"
    STRONGEST = "strongest"


@dataclass(frozen=True)
class Cut:
    """What is done to a network: these hidden neurons are ``off``, and its weights are not what they were.

    First ``noise`` is added to the weights, normal, its standard deviation in units of that of the layer's own weights,
    with a generator of this ``seed``; then they are rounded to so many ``bits``. Biases are left as they are.
    """

    off: frozenset[Neuron] = frozenset()
    bits: int = ALL_BITS
    noise: float = 0.0
    seed: int = 0

    def off_in(self, layer: int) -> NDArray[np.intp]:
        """Return which neurons of a hidden ``layer`` are off, in order; layer 1 is the first."""
        return np.array(sorted(neuron.index for neuron in self.off if neuron.layer == layer), dtype=np.intp)


def after(network: Network, cut: Cut) -> Network:
    """Return a copy of ``network`` to which ``cut`` was done.

    A neuron that is off is at 0 whatever it is given, and nothing listens to it.
    """
    result = network.copy()
    generator = np.random.default_rng(cut.seed)
    with np.errstate(over="ignore", invalid="ignore"):  # weights that a run blew up
        for w in result.weights:
            if cut.noise:
                spread = cut.noise * w.std(dtype=np.float64)
                w += generator.standard_normal(w.shape, dtype=np.float32) * spread.astype(w.dtype)
            if cut.bits < ALL_BITS:
                _round(w, cut.bits)
    for layer in range(1, len(network.sizes) - 1):
        off = cut.off_in(layer)
        result.weights[layer - 1][off] = 0
        result.biases[layer - 1][off] = _SILENT if network.activation.name == "sigmoid" else 0
        result.weights[layer][:, off] = 0
    return result


def _round(w: Floats, bits: int) -> None:
    """Round the weights of a layer, in place, to equal steps from the largest of them to its opposite."""
    steps = 2 ** (bits - 1) - 1  # to either side of 0, which stays 0
    step = np.abs(w).max() / w.dtype.type(steps)
    if step > 0:  # not where all are 0, nor so small that there is no such number
        w[:] = np.rint(w / step) * step


def in_order(network: Network, layer: int, order: Order, seed: int = 0) -> NDArray[np.intp]:
    """Return the neurons of a hidden ``layer``, 1 being the first, the one that goes first in front.

    How strong a neuron is tells the length of its outgoing weights: the root of the sum of their squares. ``seed`` is
    what a random order comes from.
    """
    if order is Order.RANDOM:
        return np.random.default_rng(seed).permutation(network.sizes[layer])
    outgoing = network.weights[layer].astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        strengths = np.nan_to_num(np.sqrt((outgoing**2).sum(axis=0)))
    return np.argsort(strengths if order is Order.WEAKEST else -strengths, kind="stable")


def score_steps(network: Network, digits: Dataset) -> Generator[Score | None, None, Score]:
    """Read ``digits`` once each; yield how many were right of the first ``FIRST`` as soon as that is known.

    Otherwise None is yielded, between chunks; the generator's return value is of all. Raises ValueError when there are
    no digits.
    """
    if not len(digits):
        raise ValueError("there are no digits to read")
    correct, read = 0, 0
    while read < len(digits):
        end = min(read + network.chunk, FIRST if read < FIRST else len(digits), len(digits))
        correct += network.evaluate(digits.images[read:end], digits.labels[read:end])
        read = end
        yield Score(correct, read) if read == FIRST else None
    return Score(correct, read)


def provenance(before: Provenance, network: Network, cut: Cut, score: Score | None, name: str) -> Provenance:
    """Return how ``network`` after ``cut`` was made, where ``before`` says that of the network itself.

    ``score`` tells how many digits it reads rightly of the set called ``name``, where that was measured.
    """
    return replace(
        before,
        name=f"{(before.name or 'network').removesuffix(_AFTER)}{_AFTER}",
        accuracy=f"{100 * score.accuracy:.2f} % of {score.n:,} test digits of {name}" if score else "",
        others={**before.others, "cut": "; ".join(told(network, cut))},
        recipe="",  # by itself the run of before does not give this network
        curves="",
    )


def told(network: Network, cut: Cut) -> list[str]:
    """Return what was done to ``network``, a few words for each thing."""
    words = []
    for layer in range(1, len(network.sizes) - 1):
        off = len(cut.off_in(layer))
        if off:
            words.append(f"{off:,} of {network.sizes[layer]:,} neurons off in hidden layer {layer}")
    if cut.noise:
        words.append(f"noise of {cut.noise:g} standard deviations")
    if cut.bits < ALL_BITS:
        words.append(f"weights of {cut.bits} bits")
    return words
