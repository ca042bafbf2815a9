"""Which of many digits excite each neuron of a network most, and for which digits it fires: ``Search``.

Source: *Neural Networks and Deep Learning*, chapter 1, "Toward deep learning": what a neuron that learned by itself
answers is asked of the data.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

ENOUGH = 10_000  # digits to look through: more of them change little of what a neuron is seen to look for
_MOST_OF = 0.75  # the share from which on two digits stand for all


@dataclass(frozen=True, eq=False)
class Excited:
    """What digits do to one neuron.

    ``images`` (most,) are the indices of those that excite it most, the most exciting first, and ``z`` and
    ``activations`` what each makes of it. ``fires`` (10,) counts by label for how many of the digits looked through z
    is above 0, where a sigmoid neuron's activation is above 0.5, and ``looked_at`` (10,) how many there were.
    """

    images: NDArray[np.intp]
    z: Floats
    activations: Floats
    fires: NDArray[np.intp]
    looked_at: NDArray[np.intp]

    def share(self, digits: tuple[int, ...]) -> float | None:
        """Return for which share of these ``digits`` it fires; None where none of them was looked at."""
        chosen = list(digits)
        there = int(self.looked_at[chosen].sum())
        return int(self.fires[chosen].sum()) / there if there else None


@dataclass(frozen=True, eq=False)
class Exciting:
    """What digits do to every neuron of ``network``, by layer after the input: ``images`` (n, most) and all else."""

    network: Network
    images: list[NDArray[np.intp]]
    z: list[Floats]
    fires: list[NDArray[np.intp]]
    looked_at: NDArray[np.intp]

    def of(self, layer: int, neuron: int) -> Excited:
        """Return what they do to a ``neuron`` of a ``layer``, of which the first after the input is 1."""
        z = self.z[layer - 1][neuron]
        with np.errstate(over="ignore", invalid="ignore"):
            activations = self.network.neurons(layer - 1).function(z)
        return Excited(self.images[layer - 1][neuron], z, activations, self.fires[layer - 1][neuron], self.looked_at)


_Ranked = tuple[Floats, NDArray[np.intp]]


class Search:
    """Looks through ``images`` (m, 784), evenly spaced where there are more than ``ENOUGH``, a few with each ``next``.

    ``progress`` is the share that was looked through, ``found`` is there when it is over. Images are ordered by z, of
    which every activation is a rising function: many have an activation that rounding makes 1, and z tells them apart.
    Of those that are still alike the first ones count.
    """

    def __init__(self, network: Network, images: NDArray[np.uint8], labels: NDArray[np.uint8], most: int) -> None:
        """Look for the ``most`` exciting ones; ``labels`` (m,) are the digits they show."""
        self.network = network
        self.progress = 0.0
        self.found: Exciting | None = None
        self._steps = self._look(images, labels, most)

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        next(self._steps)

    def _look(self, images: NDArray[np.uint8], labels: NDArray[np.uint8], most: int) -> Iterator[None]:
        network = self.network
        looked_at = np.linspace(0, len(images) - 1, min(len(images), ENOUGH)).round().astype(np.intp)
        ranked: list[_Ranked] = [
            (np.empty((n, 0), dtype=network.dtype), np.empty((n, 0), dtype=np.intp)) for n in network.sizes[1:]
        ]
        fires = [np.zeros((n, 10), dtype=np.intp) for n in network.sizes[1:]]
        for begin in range(0, len(looked_at), network.chunk):
            chunk = looked_at[begin : begin + network.chunk]
            is_digit = np.eye(10, dtype=network.dtype)[labels[chunk]]
            a = greys(images[chunk], network.dtype)
            for layer in range(len(network.weights)):
                with np.errstate(over="ignore", invalid="ignore"):
                    z = network.weighted_inputs(layer, a)
                    a = network.neurons(layer).function(z)
                fires[layer] += ((z > 0).T.astype(network.dtype) @ is_digit).astype(np.intp)
                ranked[layer] = _ranked(*ranked[layer], np.where(np.isnan(z), -np.inf, z).T, chunk, most)
            self.progress = (begin + len(chunk)) / len(looked_at)
            yield
        best = [np.where(np.isneginf(z), np.nan, z) for z, _ in ranked]
        which = [images for _, images in ranked]
        self.found = Exciting(network, which, best, fires, np.bincount(labels[looked_at], minlength=10))


def _ranked(best: Floats, which: NDArray[np.intp], z: Floats, images: NDArray[np.intp], most: int) -> _Ranked:
    """Return the ``most`` largest of ``best`` (n, k) and of ``z`` (n, m), and which images they are of.

    ``which`` (n, k) and ``images`` (m,) say it of those. Neurons of which no image is among them are passed over:
    after some time these are nearly all.
    """
    full = best.shape[1] == most
    rows = np.flatnonzero(z.max(axis=1) > best[:, -1]) if full else np.arange(len(z))
    all_z = np.concatenate([best[rows], z[rows]], axis=1)
    all_i = np.concatenate([which[rows], np.broadcast_to(images, (len(rows), len(images)))], axis=1)
    order = np.argsort(-all_z, axis=1, kind="stable")[:, :most]
    better, of = np.take_along_axis(all_z, order, axis=1), np.take_along_axis(all_i, order, axis=1)
    if not full:
        return better, of
    best[rows], which[rows] = better, of
    return best, which


def most_exciting(
    network: Network,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    most: int,
    stop: Callable[[], bool] = lambda: False,
) -> Exciting | None:
    """Return what a ``Search`` finds; None where told to stop, which is asked before each few images."""
    search = Search(network, images, labels, most)
    while search.found is None:
        if stop():
            return None
        next(search, None)
    return search.found


@dataclass(frozen=True)
class InCommon:
    """What ``total`` digits have in common: ``count`` of them are one of ``digits``, one digit or two.

    ``digits`` is empty where neither one nor two stand for most of them; ``count`` is then how often the commonest is
    there. ``kinds`` is how many different digits there are.
    """

    digits: tuple[int, ...]
    count: int
    total: int
    kinds: int

    @classmethod
    def of(cls, labels: NDArray[np.integer]) -> "InCommon":
        """Find one or two digits that are three quarters of ``labels`` (n,), or one that is more than half.

        Of nine drawn at random from ten digits that are equally frequent, 1.6 % have such digits. Two are named only
        where no third is as frequent as the second.
        """
        ranked = [*Counter(labels.tolist()).most_common(), (0, 0), (0, 0), (0, 0)]
        (first, often), (second, less), (_, least) = ranked[:3]
        total, kinds = len(labels), len(ranked) - 3
        if less > least and often < _MOST_OF * total <= often + less:
            return cls((min(first, second), max(first, second)), often + less, total, kinds)
        return cls((first,) if often > total / 2 else (), often, total, kinds)
