"""A digit as a hand would draw it, to show how it is done: ``THREE``."""

import numpy as np

_UPPER, _LOWER = np.radians(np.linspace(-155, 80, 24)), np.radians(np.linspace(-80, 150, 28))
# Two bows in one stroke, (52, 2), on a canvas of side 1.
THREE = np.concatenate(
    [
        np.stack([0.48 + 0.15 * np.cos(_UPPER), 0.34 + 0.15 * np.sin(_UPPER)], axis=1),
        np.stack([0.47 + 0.18 * np.cos(_LOWER), 0.66 + 0.17 * np.sin(_LOWER)], axis=1),
    ]
)
