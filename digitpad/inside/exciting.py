"""Which of many digits excite each neuron of a network most: ``most_exciting``."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.inside.activity import Neuron
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

ENOUGH = 10_000  # digits to look through: more of them change little of what a neuron is seen to look for


@dataclass(frozen=True, eq=False)
class Exciting:
    """For each neuron of ``network`` the images that excite it most, the most exciting first.

    ``images`` and ``activations`` have an array (n, most) for each layer after the input: indices, and what each of
    these images makes of the neuron.
    """

    network: Network
    images: list[NDArray[np.intp]]
    activations: list[Floats]

    def of(self, neuron: Neuron) -> tuple[NDArray[np.intp], Floats]:
        """Return the indices (most,) of the images that excite a neuron most, and its activations for them."""
        return self.images[neuron.layer - 1][neuron.index], self.activations[neuron.layer - 1][neuron.index]


def most_exciting(
    network: Network, images: NDArray[np.uint8], most: int, stop: Callable[[], bool] = lambda: False
) -> Exciting | None:
    """Look through ``images`` (m, 784), evenly spaced where there are more than ``ENOUGH``; None where told to stop.

    ``stop`` is asked before each few of them. Of images that excite a neuron alike the first ones count.
    """
    looked_at = np.linspace(0, len(images) - 1, min(len(images), ENOUGH)).round().astype(np.intp)
    best = [np.full((n, 0), -np.inf, dtype=network.dtype) for n in network.sizes[1:]]
    which = [np.empty((n, 0), dtype=np.intp) for n in network.sizes[1:]]
    for begin in range(0, len(looked_at), network.chunk):
        if stop():
            return None
        chunk = looked_at[begin : begin + network.chunk]
        for layer, a in enumerate(network.activations(images[chunk])[1:]):
            found = np.nan_to_num(a.T, nan=-np.inf)
            all_a = np.concatenate([best[layer], found], axis=1)
            all_i = np.concatenate([which[layer], np.broadcast_to(chunk, found.shape)], axis=1)
            order = np.argsort(-all_a, axis=1, kind="stable")[:, :most]
            best[layer], which[layer] = (np.take_along_axis(every, order, axis=1) for every in (all_a, all_i))
    return Exciting(network, which, best)
