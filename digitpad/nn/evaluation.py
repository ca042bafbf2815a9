"""How well a network reads a data set."""

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats


def confusion_matrix(network: Network, images: Floats, labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return counts (n_out, n_out): row = label, column = the output that was largest.

    ``images`` is (m, n_in) in [0, 1] and ``labels`` (m,). The accuracy is the trace over the sum.
    """
    counts = np.zeros((network.sizes[-1],) * 2, dtype=np.int64)
    np.add.at(counts, (labels, network.feedforward(images).argmax(axis=-1)), 1)
    return counts
