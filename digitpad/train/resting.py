"""Weights that rest on the disk until somebody looks at them: the system reads them back by itself."""

import tempfile
from collections.abc import Sequence

import numpy as np

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.paths import user_folder

_BOUNDARY = 64  # bytes: where arrays may begin


def laid_down(networks: Sequence[Network]) -> list[Floats]:
    """Return the ``parameters`` of each network as an array whose numbers are on the disk, for ``Network.move_to``.

    They are in a file without a name, which is gone when nobody holds them any more, however the program ends. Raises
    OSError where it cannot be written.
    """
    home = user_folder()
    with tempfile.TemporaryFile(dir=home if home.is_dir() else None) as file:
        places = []
        for network in networks:
            places.append(file.tell())
            file.write(network.parameters.data)
            file.write(bytes(-file.tell() % _BOUNDARY))
        file.flush()
        whole = np.memmap(file, np.uint8, mode="c")  # changed by nobody; if it were, the change would be its own
    return [
        whole[place : place + network.parameters.nbytes].view(network.dtype)
        for place, network in zip(places, networks, strict=True)
    ]


def is_laid_down(network: Network) -> bool:
    """Whether the network's weights are on the disk."""
    return isinstance(network.parameters, np.memmap)
