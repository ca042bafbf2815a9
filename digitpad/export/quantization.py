"""A network in few bytes: its weights in equal steps, with what rounding does to the outputs put right.

Every neuron has a step of its own, a share of how much its weights vary. Weights are rounded one input after the other,
and what a rounding changes is made up for by the weights of the inputs that are still to come, as far as these go
together in real digits.

Source: E. Frantar, S. Ashkboos, T. Hoefler and D. Alistarh, "GPTQ: accurate post-training quantization for generative
pre-trained transformers" (2022).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

_STEP = 0.3  # of the standard deviation of a neuron's weights
_MOST_STEPS = 127  # to either side of 0: a code is one byte
_AT_ONCE = 128  # inputs, whose effect on those still to come is reckoned together
_DAMPING = 0.01  # of the mean of the squared activations: what real digits do not tell is left as it is
_MOST_INPUTS = 4000  # of a neuron, whose errors are corrected: to know how takes the cube of their number
_LARGEST_INPUT, _LARGEST_FLOAT16 = 1e15, 65504.0
_LARGEST = float(np.finfo(np.float32).max)  # of a weight that codes stand for, and of a bias


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer in few bytes: ``codes`` (n, n_in), int8 or float16, are its weights in ``steps`` (n,), a step a neuron.

    ``biases`` (n,) and ``steps`` are float32.
    """

    codes: NDArray[np.int8] | NDArray[np.float16]
    steps: NDArray[np.float32]
    biases: NDArray[np.float32]

    @property
    def weights(self) -> NDArray[np.float32]:
        """The weights (n, n_in) that the codes stand for."""
        return self.codes.astype(np.float32) * self.steps[:, None]

    def only(self, neurons: NDArray[np.bool_]) -> "Layer":
        """Return the layer without its other ``neurons`` (n,)."""
        return Layer(self.codes[neurons], self.steps[neurons], self.biases[neurons])


def network_of(layers: list[Layer], like: Network) -> Network:
    """Return the network that ``layers`` stand for, its neurons and cost those of ``like``."""
    return Network.of(
        [layer.weights for layer in layers],
        [layer.biases for layer in layers],
        activation=like.activation.name,
        cost=like.cost.name,
    )


def in_steps(network: Network, images: Floats, share: float = _STEP) -> list[Layer]:
    """Return the layers of ``network`` with weights in equal steps, ``share`` of a neuron's deviation each.

    ``images`` (m, n_in), greys in [0, 1] of digits as the network reads them, say which errors matter. Rectified linear
    neurons that fire at none of them are left out.
    """
    layers: list[Layer] = []
    given: Floats = np.asarray(images, dtype=np.float32)
    fires = np.ones(given.shape[1], dtype=bool)
    for number, (w, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        given, w = given[:, fires], w[:, fires]
        if layers:
            layers[-1] = layers[-1].only(fires)
        layer = _rounded(np.asarray(w, np.float64), np.asarray(b, np.float64), given, share)
        layers.append(layer)
        with np.errstate(over="ignore", invalid="ignore"):  # as with weights that a run blew up
            z = given @ layer.weights.T
            z += layer.biases
            given = network.neurons(number).function(z, out=z)
        fires = np.asarray(given.any(axis=0))  # only rectified linear neurons can be at 0 for all of them
        fires[0] |= not fires.any()  # a layer has a neuron at least
    return layers


def in_float16(network: Network) -> list[Layer]:
    """Return the layers of ``network`` with weights in half precision, which no answer is known to be changed by."""
    layers = []
    most = _LARGEST_FLOAT16 * 2.0**112  # beyond it half precision would round to 2 ** 128, which is no float32
    for weights, b in zip(network.weights, network.biases, strict=True):
        w = weights.clip(-most, most)
        largest = np.abs(w).max(axis=1).astype(np.float64)
        steps = np.exp2(np.ceil(np.log2(np.maximum(largest / _LARGEST_FLOAT16, 1)))).astype(np.float32)
        layers.append(Layer((w / steps[:, None]).astype(np.float16), steps, b.astype(np.float32)))
    return layers


def _rounded(w: Floats, b: Floats, given: Floats, share: float) -> Layer:
    """Return a layer of weights ``w`` (n, n_in) and biases ``b`` (n,), to which the inputs (m, n_in) are ``given``."""
    largest, deviation = np.abs(w).max(axis=1), w.std(axis=1)
    steps = np.maximum(share * deviation, largest / _MOST_STEPS).astype(np.float32).astype(np.float64)
    steps[steps == 0] = 1  # also of weights that have decayed to less than single precision can tell
    most = np.minimum(np.floor(_LARGEST / steps), _MOST_STEPS)  # steps of a neuron, so that they come to a float32
    # The bias is the weight of one more input, always 1, and the last: it is not rounded, and takes what is left over.
    together = np.concatenate([w, b[:, None]], axis=1)
    correction = _correction(given)
    inputs = w.shape[1]
    codes = np.empty(w.shape)
    for first in range(0, inputs, _AT_ONCE):
        stop = min(first + _AT_ONCE, inputs)
        errors = np.empty((len(w), stop - first))
        for k in range(first, stop):
            codes[:, k] = np.clip(np.rint(together[:, k] / steps), -most, most)
            errors[:, k - first] = (together[:, k] - codes[:, k] * steps) / correction[k, k]
            together[:, k + 1 : stop] -= np.outer(errors[:, k - first], correction[k, k + 1 : stop])
        together[:, stop:] -= errors @ correction[first:stop, stop:]
    biases = together[:, -1].clip(-_LARGEST, _LARGEST)
    return Layer(codes.astype(np.int8), steps.astype(np.float32), biases.astype(np.float32))


def _correction(given: Floats) -> Floats:
    """Return how an error in one weight is best made up for by those after it: upper triangular, (n_in + 1, n_in + 1).

    It is Cholesky's root of the inverse of the inputs' second moments, and corrects nothing where there are too many
    inputs, or where these are too large to be squared.
    """
    m, n = given.shape
    if n > _MOST_INPUTS or not np.abs(given).max(initial=0) < _LARGEST_INPUT:
        return np.eye(n + 1)
    moments = np.empty((n + 1, n + 1))
    moments[:n, :n] = given.T @ given
    moments[n, :n] = moments[:n, n] = given.sum(axis=0)
    moments[n, n] = m
    moments /= m
    moments[np.diag_indices(n + 1)] += _DAMPING * np.trace(moments) / (n + 1)
    return np.linalg.cholesky(np.linalg.inv(moments)).T
