"""The extra layer of chapter 1's exercise: four sigmoid neurons that turn ten outputs into a digit's bits.

Source: *Neural Networks and Deep Learning*, chapter 1, "A simple network to classify handwritten digits": find
weights and biases, given that the right old output is at least 0.99 and the others less than 0.01.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats, sigmoid
from digitpad.nn.training import Training, TrainingConfig, sgd

BIT_VALUES = (8, 4, 2, 1)

RIGHT, OTHER = 0.99, 0.01  # the exercise: the right old output is at least the one, the others less than the other

# The bits of each digit (10, 4), and the old outputs it is checked at (10, 10).
TARGETS: NDArray[np.float64] = np.array([[float(bool(digit & value)) for value in BIT_VALUES] for digit in range(10)])
OLD_OUTPUTS: NDArray[np.float64] = np.where(np.eye(10, dtype=bool), RIGHT, OTHER)
_SIGNS: NDArray[np.float64] = 2 * TARGETS - 1  # of the z that is wanted

# One row a bit, one column a digit: 10 where the digit has the bit, -10 where it has not. With the right output at
# 0.99 or more and at most eight others of the other sign at 0.01 or less, |z| is at least 9.9 - 8 * 0.1 = 9.1, so no
# bias is needed.
WEIGHTS: NDArray[np.float64] = np.where(TARGETS.T > 0, 10.0, -10.0)
BIASES: NDArray[np.float64] = np.zeros(4)

# The table often found for this exercise has two wrong rows: it gives 6 the bits 0100 and 7 the bits 0101.
WRONG_WEIGHTS: NDArray[np.float64] = WEIGHTS.copy()
WRONG_WEIGHTS[BIT_VALUES.index(2), [6, 7]] = -10.0


def bits(outputs: Floats, weights: Floats = WEIGHTS, biases: Floats = BIASES) -> Floats:
    """Return the four bit neurons' activations, (4,) or (m, 4), worth 8, 4, 2, 1, for outputs (10,) or (m, 10).

    ``weights`` (4, 10) and ``biases`` (4,) are those set by hand unless others are given.
    """
    return sigmoid(weighted_input(outputs, weights, biases))


def weighted_input(outputs: Floats, weights: Floats = WEIGHTS, biases: Floats = BIASES) -> Floats:
    """Return z = w.a + b of the four neurons, (4,) or (m, 4), for outputs (10,) or (m, 10)."""
    return np.asarray(np.asarray(outputs, dtype=np.float64) @ weights.T + biases)


def spelled(activations: ArrayLike) -> NDArray[np.int64]:
    """Return the number, () or (m,), that bits above 1/2 spell, for activations (4,) or (m, 4)."""
    return np.asarray((np.asarray(activations) > 0.5) @ np.array(BIT_VALUES), dtype=np.int64)


def right_digits(weights: Floats, biases: Floats) -> NDArray[np.bool_]:
    """Return for each digit, (10,), whether its bits are right for all old outputs the exercise allows."""
    return np.asarray((_SIGNS * worst_z(weights, biases) > 0).all(axis=1))


def worst_outputs(weights: Floats) -> NDArray[np.float64]:
    """Return for each digit and bit the old outputs, (10, 4, 10), that are worst for the bit of all allowed ones.

    The right old output is from 0.99 to 1 and each other one from 0 to 0.01. z is linear in them, so the worst is at an
    end of each range: where it takes most from z if the bit should be 1, or adds most if it should be 0.
    """
    turned = _SIGNS[:, :, None] * weights[None]  # (10, 4, 10), so that the worst is the lowest
    own = np.eye(10, dtype=bool)[:, None, :]
    return np.asarray(np.where(own, np.where(turned > 0, RIGHT, 1.0), np.where(turned < 0, OTHER, 0.0)))


def worst_z(weights: Floats, biases: Floats) -> NDArray[np.float64]:
    """Return for each digit and bit, (10, 4), the z that is worst for the bit of all the exercise allows.

    That is the lowest z where the bit should be 1 and the highest where it should be 0. Where it has the right sign,
    the bit is right for all allowed outputs. It is rounded to nine decimals, so that a sum that is 0 comes to 0.
    """
    return np.asarray(np.round((worst_outputs(weights) * weights).sum(axis=-1) + biases, 9))


def smallest_margin(weights: Floats, biases: Floats) -> float:
    """Return the least |z| over all digits and bits in the worst case; negative where a z has the wrong sign."""
    return float((_SIGNS * worst_z(weights, biases)).min())


def worst_readings(weights: Floats, biases: Floats) -> NDArray[np.int64]:
    """Return for each digit, (10,), the number that its bits spell for the old outputs that are worst for one of them.

    That is the bit whose worst z is the worst of the four.
    """
    worst_bits = (_SIGNS * worst_z(weights, biases)).argmin(axis=1)
    return spelled(bits(worst_outputs(weights)[np.arange(10), worst_bits], weights, biases))


def allowed_outputs(each: int, generator: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return old outputs (10 each, 10) drawn from all the exercise allows, and the bits (10 each, 4) to learn."""
    digits = np.repeat(np.arange(10), each)
    outputs = generator.uniform(0, OTHER, (len(digits), 10))
    outputs[np.arange(len(digits)), digits] = generator.uniform(RIGHT, 1, len(digits))
    return outputs, TARGETS[digits]


def learning(seed: int, epochs: int = 60, eta: float = 3.0) -> tuple[Network, Training]:
    """Return a network of ten inputs and four sigmoid neurons, and its training by stochastic gradient descent.

    It learns from 100 allowed outputs in mini-batches of ten, with the quadratic cost and weights from N(0, 1), as in
    chapter 1; advance the training to its end, or until the bits are right.
    """
    network = Network((10, 4), seed=seed, dtype=np.float64)
    outputs, targets = allowed_outputs(10, np.random.default_rng(seed))
    config = TrainingConfig(epochs=epochs, mini_batch_size=10, eta=eta, seed=seed)
    return network, sgd(network, outputs, targets, config)
