"""What networks are exported in: numbers of 32 bits, which not all weights of 64 bits fit into."""

import numpy as np

from digitpad.errors import ExportError
from digitpad.nn.network import Network


def check_fits(network: Network, form: str) -> None:
    """Raise ExportError where a weight or bias of ``network`` is too large for single precision.

    ``form`` is what it was to become, such as "a page".
    """
    if np.abs(network.parameters).max() > np.finfo(np.float32).max:
        raise ExportError(f"This network has weights that are too large for {form}.")
