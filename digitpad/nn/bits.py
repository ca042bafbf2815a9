"""The extra layer of chapter 1's exercise: four sigmoid neurons that turn ten outputs into a digit's bits.

Source: *Neural Networks and Deep Learning*, chapter 1, "A simple network to classify handwritten digits": find
weights and biases, given that the right old output is at least 0.99 and the others less than 0.01.
"""

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.neurons import Floats, sigmoid

BIT_VALUES = (8, 4, 2, 1)

# One row a bit, one column a digit: 10 where the digit has the bit, -10 where it has not. With the right output at
# 0.99 or more and nine others at 0.01 or less, |z| is at least 9.9 - 9 * 0.1 = 9.0, so no bias is needed.
WEIGHTS: NDArray[np.float64] = np.array(
    [[10.0 if digit & value else -10.0 for digit in range(10)] for value in BIT_VALUES]
)
BIASES: NDArray[np.float64] = np.zeros(4)


def bits(outputs: Floats) -> Floats:
    """Return the four bit neurons' activations, (4,) or (m, 4), worth 8, 4, 2, 1, for outputs (10,) or (m, 10)."""
    return sigmoid(np.asarray(outputs, dtype=np.float64) @ WEIGHTS.T + BIASES)
