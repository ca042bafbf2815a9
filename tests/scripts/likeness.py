"""How alike two images of a digit are."""

import numpy as np


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return how much ink differs, as a share of the other's, where they lie best upon each other."""
    square, wanted = one.reshape(28, 28), other.reshape(28, 28)
    shifted = [np.roll(square, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return min(float(np.abs(image - wanted).sum() / wanted.sum()) for image in shifted)
