"""Neurons that feed back: each fires for a limited time and then is quiet, and may set off others a little later.

Source: *Neural Networks and Deep Learning*, chapter 1, "The architecture of neural networks", on recurrent networks:
loops are no trouble because what a neuron gives out reaches others, and itself, only at a later time.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digitpad.nn.neurons import Floats

STRENGTH, BIAS = 2.0, -1.0  # of a chain: one neuron that fires sets off the next, z = 2 - 1 > 0; none does not


class Recurrent:
    """Perceptrons in steps of time: one whose z is above 0 fires for ``duration`` steps, then rests for ``rest``.

    z(t + 1) = w.a(t) + b + stimulus, where a(t) is 1 for the neurons that fire at step t and 0 for the others. While
    a neuron fires or rests, z makes no difference to it.
    """

    def __init__(self, weights: ArrayLike, biases: ArrayLike, duration: int = 1, rest: int = 0) -> None:
        """Start quiet, at step 0. ``weights[j, k]``, (n, n), leads from neuron k to neuron j; ``biases`` is (n,)."""
        self.weights: NDArray[np.float64] = np.array(weights, dtype=np.float64)
        self.biases: NDArray[np.float64] = np.array(biases, dtype=np.float64)
        n = len(self.biases)
        if self.weights.shape != (n, n):
            raise ValueError(f"weights of shape {self.weights.shape} for {n} neurons")
        if duration < 1 or rest < 0:
            raise ValueError("a neuron fires for at least one step, and its rest is not negative")
        self.duration, self.rest = duration, rest
        self.reset()

    def reset(self) -> None:
        """Silence all neurons and go back to step 0."""
        self.time = 0
        self._left: NDArray[np.int64] = np.zeros(len(self.biases), dtype=np.int64)  # steps to fire; below 0, to rest

    @property
    def firing(self) -> Floats:
        """Which neurons fire at present, as 1 or 0, (n,)."""
        return (self._left > 0).astype(np.float64)

    @property
    def quiet(self) -> bool:
        """Whether no neuron fires."""
        return not (self._left > 0).any()

    def weighted_input(self, stimulus: ArrayLike = 0.0) -> Floats:
        """Return z, (n,), which decides about the next step, with ``stimulus`` () or (n,) from outside."""
        return np.asarray(self.weights @ self.firing + self.biases + np.asarray(stimulus))

    def step(self, stimulus: ArrayLike = 0.0) -> Floats:
        """Go on by one step and return which neurons fire then, (n,)."""
        z, fired = self.weighted_input(stimulus), self._left > 0
        self._left -= np.sign(self._left)
        self._left[fired & (self._left == 0)] = -self.rest
        self._left[(self._left == 0) & (z > 0)] = self.duration
        self.time += 1
        return self.firing


def chain(n: int, feedback: float = 0.0, duration: int = 1, rest: int = 0) -> Recurrent:
    """Return n neurons of which each sets off the next, and ``feedback`` is the weight from the last to the first.

    Without feedback it is a feedforward network with one neuron in each of n layers: the activity is over after n
    steps. With a feedback above 1 it goes round and round.
    """
    weights = np.diag(np.full(n - 1, STRENGTH), k=-1)
    weights[0, -1] += feedback
    return Recurrent(weights, np.full(n, BIAS), duration, rest)
