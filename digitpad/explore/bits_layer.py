"""``BitsLayer``: the four neurons of chapter 1's exercise with weights that are set by hand, loaded or learned."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.binary import BIASES, WEIGHTS, WRONG_WEIGHTS, learning, right_digits
from digitpad.nn.network import Network

if TYPE_CHECKING:
    from digitpad.nn.training import Training

LIMIT = 1000.0  # weights and biases lie from -1000 to 1000
BIAS_ROW = 10  # the row of the biases, below those of the digits

Parameters = tuple[NDArray[np.float64], NDArray[np.float64]]  # weights (4, 10) and biases (4,)


class BitsLayer:
    """Four neurons in rows as a table has them: ten of weights, a digit each, and one of biases.

    ``learned`` is what was learned last, or is; None before that. ``epoch`` counts the epochs of the weights that there
    are, where these were learned and not changed since, and is None otherwise.
    """

    def __init__(self) -> None:
        """Begin with the weights set by hand."""
        self.weights, self.biases = WEIGHTS.copy(), BIASES.copy()
        self.learned: Parameters | None = None
        self.epoch: int | None = None
        self._training: tuple[Network, Training] | None = None
        self._seed = 0
        self._wrong = self._edited = False  # whether the wrong table was loaded, and what it is now is by hand

    def value(self, row: int, neuron: int) -> float:
        """Return the weight in a row of the table; in the last row, the bias."""
        return float(self.biases[neuron] if row == BIAS_ROW else self.weights[neuron, row])

    def set(self, row: int, neuron: int, value: float) -> None:
        """Set a weight, or in the last row a bias; what learns no longer does."""
        if value == self.value(row, neuron):
            return
        self._stop()
        self.epoch = None
        if row == BIAS_ROW:
            self.biases[neuron] = value
        else:
            self.weights[neuron, row] = value
        self._edited = self._wrong

    def load(self, *, wrong: bool) -> None:
        """Take the weights set by hand, or the table that is often found for the exercise, with two wrong rows."""
        self._stop()
        self.epoch = None
        self.weights, self.biases = (WRONG_WEIGHTS if wrong else WEIGHTS).copy(), BIASES.copy()
        self._wrong, self._edited = wrong, False

    @property
    def mended(self) -> bool:
        """Whether it was the wrong table, and someone made it right for all that the exercise allows."""
        return self._wrong and self._edited and bool(right_digits(self.weights, self.biases).all())

    # Learning

    @property
    def learning(self) -> bool:
        """Whether weights are being learned."""
        return self._training is not None

    def learn(self) -> None:
        """Begin to learn from new random weights."""
        self._wrong = self._edited = False
        self._training = learning(self._seed)
        self._seed += 1
        self._take(self._training[0], 0)

    def learn_on(self) -> None:
        """Learn for an epoch, which takes far less than a millisecond; or end, after the last."""
        assert self._training is not None
        network, training = self._training
        progress = next((progress for progress in training if progress.epoch_done), None)
        if progress is None:
            self._stop()
        else:
            self._take(network, progress.epoch)

    def _take(self, network: Network, epoch: int) -> None:
        self.epoch = epoch
        self.weights = np.array(network.weights[0], dtype=np.float64)
        self.biases = np.array(network.biases[0], dtype=np.float64)
        self.learned = self.weights.copy(), self.biases.copy()

    def _stop(self) -> None:
        self._training = None
