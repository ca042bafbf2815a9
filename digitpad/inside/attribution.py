"""Why one digit and not another: what each pixel, and each neuron of the last hidden layer, speaks for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.preprocess import Greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats


@dataclass(frozen=True, eq=False)
class Attribution:
    """What speaks for digit ``a`` and what, where it is negative, for digit ``b``, in units of ``difference``.

    That is z_a - z_b, by which a's weighted input at the outputs is ahead of b's. ``image`` (784,) was read.

    ``pixels`` (784,) are gradient times input: how steeply the difference grows with a pixel's grey, times that grey.
    It is a first-order account, exact without hidden layers, where the pixels and ``bias`` add up to the difference.

    ``neurons`` (n,) are w_a - w_b times the activation of each neuron of the last hidden layer, of which there is none
    in a network without hidden layers. With ``bias``, b_a - b_b of the outputs, they always add up to the difference.
    """

    a: int
    b: int
    image: Greys
    pixels: NDArray[np.float64]
    neurons: NDArray[np.float64]
    bias: float
    difference: float

    @property
    def pixels_sum(self) -> float:
        """How much of the difference the pixels account for."""
        return float(self.pixels.sum())

    @property
    def rest(self) -> float:
        """What the pixels and the output's bias leave of the difference: hidden biases, and what is no straight line.

        It is 0, but for rounding, without hidden layers.
        """
        return self.difference - self.pixels_sum - self.bias

    def deciding(self, most: int) -> NDArray[np.intp]:
        """Return the neurons that speak the loudest for ``a``, up to ``most``, and as many for ``b``.

        The loudest of each comes first; silent ones are not among them.
        """
        order = np.argsort(-self.neurons, kind="stable")
        loud = order[:most], order[::-1][:most]
        return np.concatenate([loud[0][self.neurons[loud[0]] > 0], loud[1][self.neurons[loud[1]] < 0]])

    def share(self, value: float) -> float:
        """Return ``value``, of a pixel or a neuron, as its share of all that speaks for the same digit; in [0, 1]."""
        among = self.neurons if self.neurons.size else self.pixels
        side = np.abs(among[np.sign(among) == np.sign(value)])
        largest = float(side.max(initial=0.0))  # by which all are divided first: their sum may be beyond all numbers
        return abs(value) / largest / float((side / largest).sum()) if largest else 0.0


def attribution(network: Network, image: Greys, a: int, b: int) -> Attribution | None:
    """Return why ``network`` says ``a`` and not ``b`` to ``image`` (784,), or the other way round.

    It is None where weights that a run blew up leave no numbers to tell it in.
    """
    activations = network.activations(image)
    error = np.zeros(network.sizes[-1])
    error[a] += 1
    error[b] -= 1
    weights, biases = _exact(network.weights[-1]), _exact(network.biases[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        pixels = _exact(network.input_gradient(activations, error)) * _exact(image)
        neurons = (weights[a] - weights[b]) * _exact(activations[-2])
        bias = float(biases[a] - biases[b])
        difference = float(neurons.sum() + bias)
        together = pixels.sum()
    if not np.isfinite([together, difference]).all():  # of a pixel that is none the sum is none, too
        return None
    hidden = len(network.weights) > 1
    return Attribution(a, b, image, pixels, neurons if hidden else neurons[:0], bias, difference)


def leading(outputs: Floats) -> tuple[int, int]:
    """Return the digits of the two largest of the ten ``outputs``."""
    order = np.argsort(-np.nan_to_num(outputs), kind="stable")
    return int(order[0]), int(order[1])


def _exact(values: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
