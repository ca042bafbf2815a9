"""A network that is normalised by the batch while it learns, and is a plain multilayer perceptron afterwards.

Its hidden layers are linear without biases, normalised over the mini-batch to mean 0 and variance 1, scaled and
shifted as they learn, and rectified; its outputs are sigmoid neurons with the cross-entropy cost. Learned by AdamW.
When training is over, scale and shift are folded into weights and biases: ``folded`` gives the program's own
``Network``, which answers the same.

Sources: S. Ioffe and C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
Covariate Shift" (2015), for the normalisation and its gradient; I. Loshchilov and F. Hutter, "Decoupled Weight Decay
Regularization" (2019), algorithm 2, for AdamW; N. Srivastava and others, "Dropout" (2014).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats, sigmoid

_EPSILON = 1e-5  # added to variances
_BLOCK = 1 << 15  # parameters: what stays in the processor's nearest memory while it is moved


class Normalised:
    """The network while it learns; ``sizes`` has at least one hidden layer.

    ``parameters`` is one vector of everything that is learned, ``decayed`` says which of it are weights. Both, and the
    gradient, have the order: the weights of all layers, the scales and shifts of the hidden layers, the biases of the
    outputs. ``dropout`` is the share of the last hidden layer's neurons that each mini-batch goes without.
    """

    def __init__(
        self, sizes: Sequence[int], seed: int, dropout: float = 0.0, dtype: type[np.floating] = np.float32
    ) -> None:
        """Draw weights from N(0, 2/n), n being the inputs of their neuron."""
        self.sizes = tuple(sizes)
        self._dropout = dropout
        shapes = [(n, m) for m, n in pairwise(sizes)]
        hidden = sizes[1:-1]
        self.decayed = sum(n * m for n, m in shapes)
        self.parameters = np.zeros(self.decayed + 2 * sum(hidden) + sizes[-1], dtype=dtype)
        self.weights, self.scales, self.shifts, self.biases = self._views(self.parameters)
        generator = np.random.default_rng(seed)
        for weights in self.weights:
            weights[:] = generator.normal(0, np.sqrt(2 / weights.shape[1]), weights.shape)
        for scales in self.scales:
            scales[:] = 1
        self.gradient = np.zeros_like(self.parameters)

    def _views(self, vector: Floats) -> tuple[list[Floats], list[Floats], list[Floats], Floats]:
        """Return the parts of a vector of parameters: weights (n, m) a layer, scales, shifts (n,), and biases."""
        taken = 0

        def take(*shape: int) -> Floats:
            nonlocal taken
            part = vector[taken : taken + int(np.prod(shape))].reshape(shape)
            taken += part.size
            return part

        weights = [take(n, m) for m, n in pairwise(self.sizes)]
        scales = [take(n) for n in self.sizes[1:-1]]
        shifts = [take(n) for n in self.sizes[1:-1]]
        return weights, scales, shifts, take(self.sizes[-1])

    def backprop(self, x: Floats, y: Floats, generator: np.random.Generator) -> float:
        """Leave the gradient of the mean cost of inputs x (m, 784) and targets y (m, 10) in ``gradient``; return it.

        The cost is the cross-entropy with the labels, of this mini-batch's own means and variances.
        """
        m = len(x)
        activations, normalised, deviations = [x], [], []
        a = x
        for weights, scales, shifts in zip(self.weights, self.scales, self.shifts, strict=False):
            u = a @ weights.T
            u -= u.mean(axis=0)
            deviation = np.sqrt(np.einsum("ij,ij->j", u, u) / m + u.dtype.type(_EPSILON))
            u /= deviation
            a = u * scales
            a += shifts
            np.maximum(a, 0, out=a)
            normalised.append(u)
            deviations.append(deviation)
            activations.append(a)
        kept = None
        if self._dropout:
            kept = (generator.random(a.shape, dtype=np.float32) >= self._dropout) / a.dtype.type(1 - self._dropout)
            activations[-1] = a = a * kept
        outputs = sigmoid(a @ self.weights[-1].T + self.biases)
        clipped = np.clip(outputs, 1e-7, 1 - 1e-7)
        cost = float(-(y * np.log(clipped) + (1 - y) * np.log1p(-clipped)).sum() / m)

        to_weights, to_scales, to_shifts, to_biases = self._views(self.gradient)
        delta = (outputs - y) / m
        to_biases[:] = delta.sum(axis=0)
        for layer in range(len(self.weights) - 1, -1, -1):
            np.matmul(delta.T, activations[layer], out=to_weights[layer])
            if not layer:
                break
            above = delta @ self.weights[layer]
            if kept is not None and layer == len(self.weights) - 1:
                above *= kept
            above *= activations[layer] > 0
            u = normalised[layer - 1]
            to_shifts[layer - 1][:] = above.sum(axis=0)
            to_scales[layer - 1][:] = np.einsum("ij,ij->j", above, u)
            # Mean and variance depend on every image of the mini-batch: Ioffe and Szegedy, section 3.
            above -= to_shifts[layer - 1] / m
            above -= u * (to_scales[layer - 1] / m)
            above *= self.scales[layer - 1] / deviations[layer - 1]
            delta = above
        return cost

    def folded(self, batches: Iterable[Floats]) -> Network:
        """Return the plain network that answers as this one does with the means and variances over all ``batches``.

        Layer by layer: each is measured on what the folded layers before it give.
        """
        images = list(batches)
        network = Network(self.sizes, activation="relu", cost="cross-entropy", initialisation="scaled")
        plain, biases = [], []
        for weights, scales, shifts in zip(self.weights, self.scales, self.shifts, strict=False):
            n, total, squares = 0, np.zeros(len(weights)), np.zeros(len(weights))
            for x in images:
                u = x @ weights.T
                n += len(u)
                total += u.sum(axis=0, dtype=np.float64)
                squares += np.einsum("ij,ij->j", u, u, dtype=np.float64)
            mean = total / n
            factor = scales / np.sqrt(squares / n - mean**2 + _EPSILON)
            plain.append((weights * factor[:, None]).astype(np.float32))
            biases.append((shifts - factor * mean).astype(np.float32))
            images = [np.maximum(x @ plain[-1].T + biases[-1], 0) for x in images]
        network.weights = [*plain, self.weights[-1].astype(np.float32)]
        network.biases = [*biases, self.biases.astype(np.float32)]
        return network


def without_dead(network: Network, images: Iterable[Floats]) -> Network:
    """Return the network without the hidden neurons that fire for none of the ``images``, batches of (m, 784).

    It answers all of them as before.
    """
    fires = [np.zeros(n, dtype=bool) for n in network.sizes[1:-1]]
    for x in images:
        for fired, a in zip(fires, network.activations(x)[1:-1], strict=True):
            fired |= (a > 0).any(axis=0)
    kept = [np.ones(network.sizes[0], dtype=bool), *fires, np.ones(network.sizes[-1], dtype=bool)]
    weights = [w[np.ix_(to, of)] for w, (of, to) in zip(network.weights, pairwise(kept), strict=True)]
    biases = [b[to] for b, to in zip(network.biases, kept[1:], strict=True)]
    return Network.of(weights, biases, activation=network.neurons(0).name, cost=network.cost.name)


class AdamW:
    """Moves parameters along a gradient, each by a step of its own; the first ``decayed`` of them shrink, too."""

    def __init__(self, parameters: Floats, decayed: int, decay: float = 0.01) -> None:
        """Begin without momentum."""
        self._parameters, self._decayed, self._decay = parameters, decayed, decay
        self.means, self.squares = np.zeros_like(parameters), np.zeros_like(parameters)
        self.steps = 0

    def step(self, gradient: Floats, eta: float, beta: float = 0.9, beta_squares: float = 0.999) -> None:
        """Make one step of the learning rate ``eta``."""
        self.steps += 1
        rate = self._parameters.dtype.type
        scale = rate(eta / (1 - beta**self.steps))
        root = rate(1 / np.sqrt(1 - beta_squares**self.steps))
        for start in range(0, len(self._parameters), _BLOCK):
            part = slice(start, start + _BLOCK)
            g, mean, square = gradient[part], self.means[part], self.squares[part]
            mean += rate(1 - beta) * (g - mean)
            square += rate(1 - beta_squares) * (g * g - square)
            size = np.sqrt(square)
            size *= root
            size += rate(1e-8)
            np.divide(mean, size, out=size)
            size *= scale
            if start < self._decayed:
                weights = self._parameters[start : min(start + _BLOCK, self._decayed)]
                weights *= rate(1 - eta * self._decay)
            self._parameters[part] -= size
