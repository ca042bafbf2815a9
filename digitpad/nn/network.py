"""The network of the book: layers of neurons, each fully connected to the next.

Source: *Neural Networks and Deep Learning*, chapter 1, "Implementing our network to classify digits", and
chapter 2, "The four fundamental equations behind backpropagation" (BP1 to BP4).
"""

from collections.abc import Sequence

import numpy as np
from numpy import add, multiply
from numpy.typing import ArrayLike, DTypeLike, NDArray

from digitpad.nn.batches import greys
from digitpad.nn.costs import COSTS
from digitpad.nn.neurons import ACTIVATIONS, SIGMOID, Activation, Floats
from digitpad.nn.workspace import Workspace, number_of_parameters, split

INITIALISATIONS = ("normal", "scaled")

_CHUNK = 200_000_000  # weights to multiply with at once: some milliseconds of work
_FEW = 32  # inputs, which large matrices multiply faster from their left
# Rows of these at once. OpenBLAS has kernels for products so small on processors with AVX-512: nine inputs take 1.3 ms
# instead of 2.0 there. With others it is 2.1 instead of 1.8.
_ROWS = 64


class Network:
    """A feedforward network with ``len(sizes)`` layers, the first being the input.

    ``weights[l][j, k]`` leads from neuron k of layer l to neuron j of layer l + 1, so ``weights[l]`` has shape
    (sizes[l + 1], sizes[l]); ``biases[l]`` has shape (sizes[l + 1],). All of them are parts of one array,
    ``parameters``, so that a step, a copy or a check of them all is one operation. Hidden neurons follow
    ``activation``; the outputs are always sigmoid neurons.

    Inputs are greys in [0, 1], or uint8, of which 255 stands for 1.

    >>> network = Network([784, 30, 10], seed=1)
    >>> network
    <Network 784-30-10: sigmoid neurons, quadratic cost, 23,860 weights and biases in float32>
    >>> network.weights[0].shape, network.biases[1].shape
    ((30, 784), (10,))
    >>> network.feedforward(np.zeros((5, 784))).shape
    (5, 10)
    """

    def __init__(
        self,
        sizes: Sequence[int],
        *,
        seed: int | None = None,
        activation: str = "sigmoid",
        cost: str = "quadratic",
        initialisation: str = "normal",
        dtype: DTypeLike = np.float32,
    ) -> None:
        """Draw the weights and biases from N(0, 1), as in chapter 1, with a generator seeded by ``seed``.

        ``initialisation="scaled"`` divides the weights by the square root of the number of inputs to the neuron
        (chapter 3, "Weight initialization"). Raises ValueError for fewer than two layers, an empty layer, or a
        name that is none of the known ones.
        """
        if len(sizes) < 2 or any(size < 1 for size in sizes):
            raise ValueError(f"a network needs two or more layers of at least one neuron, not {list(sizes)}")
        for value, known in ((activation, ACTIVATIONS), (cost, COSTS), (initialisation, INITIALISATIONS)):
            if value not in known:
                raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        self._lay_out(sizes, activation, cost, dtype)
        generator = np.random.default_rng(seed)
        # Drawn in float64 whatever the dtype: the same seed is the same network in both precisions.
        for b in self.biases:
            b[:] = generator.standard_normal(len(b))
        for w in self.weights:
            scale = np.sqrt(w.shape[1]) if initialisation == "scaled" else 1
            w[:] = generator.standard_normal(w.shape) / scale

    @classmethod
    def of(cls, weights: Sequence[Floats], biases: Sequence[Floats], *, activation: str, cost: str) -> "Network":
        """Return a network with copies of these weights and biases, whose shapes must follow one another."""
        network = cls.__new__(cls)
        network._lay_out((weights[0].shape[1], *(len(b) for b in biases)), activation, cost, weights[0].dtype)
        network.weights, network.biases = weights, biases
        return network

    def __repr__(self) -> str:
        what = f"{self.activation.name} neurons, {self.cost.name} cost"
        count = f"{self.parameters.size:,} weights and biases in {self.dtype}"
        return f"<Network {'-'.join(map(str, self.sizes))}: {what}, {count}>"

    def _lay_out(self, sizes: Sequence[int], activation: str, cost: str, dtype: DTypeLike) -> None:
        self.sizes = tuple(int(size) for size in sizes)
        self.activation, self.cost = ACTIVATIONS[activation], COSTS[cost]
        self._parameters: Floats = np.zeros(number_of_parameters(self.sizes), dtype=dtype)
        self._weights, self._biases = split(self._parameters, self.sizes)
        self._neurons = [self.activation] * (len(self.sizes) - 2) + [SIGMOID]

    def copy(self) -> "Network":
        """Return a network of its own with the same weights and biases."""
        return Network.of(self.weights, self.biases, activation=self.activation.name, cost=self.cost.name)

    def move_to(self, parameters: Floats) -> None:
        """Have the weights and biases in ``parameters``, an array that holds the same numbers as its own."""
        self._weights, self._biases = split(np.asarray(parameters), self.sizes)
        self._parameters = parameters

    @property
    def parameters(self) -> Floats:
        """All weights, then all biases, in one array; what is assigned is copied into it.

        Raises ValueError where shapes differ.
        """
        return self._parameters

    @parameters.setter
    def parameters(self, parameters: ArrayLike) -> None:
        _copy_into([self._parameters], [np.asarray(parameters)], "parameters")

    @property
    def weights(self) -> Sequence[Floats]:
        """The weights by layer, parts of ``parameters``; what is assigned is copied into these.

        Raises ValueError where shapes differ.
        """
        return self._weights

    @weights.setter
    def weights(self, weights: Sequence[ArrayLike]) -> None:
        _copy_into(self._weights, [np.asarray(w) for w in weights], "weights")

    @property
    def biases(self) -> Sequence[Floats]:
        """The biases by layer, parts of ``parameters``; what is assigned is copied into these.

        The book's columns (n, 1) are taken for (n,). Raises ValueError where shapes differ otherwise.
        """
        return self._biases

    @biases.setter
    def biases(self, biases: Sequence[ArrayLike]) -> None:
        given = [np.asarray(b) for b in biases]
        _copy_into(self._biases, [b[:, 0] if b.ndim == 2 and b.shape[1] == 1 else b for b in given], "biases")

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The precision of the weights and of all arithmetic: float32 for speed or float64 for proofs."""
        return self.parameters.dtype

    @property
    def finite(self) -> bool:
        """Whether all weights and biases are finite numbers: after a step far too large they are not."""
        return bool(np.isfinite(self.parameters).all())

    @property
    def chunk(self) -> int:
        """How many inputs to take at once: enough for speed, few enough for little memory and a quick answer."""
        return int(np.clip(_CHUNK // self.parameters.size, 16, 1000))

    def feedforward(self, a: ArrayLike) -> Floats:
        """Return the outputs, (n_out,) or (m, n_out), for one input (n_in,) or a batch (m, n_in).

        Layer by layer, a' = sigma(w a + b) (equation 22). Where weights are so large that sums of theirs are beyond all
        numbers, outputs may be none (NaN). Raises ValueError for any other shape.
        """
        a = self._inputs(a)
        with np.errstate(over="ignore", invalid="ignore"):
            for layer in range(len(self.weights)):
                a = self._layer(layer, a)
        return a

    def activations(self, a: ArrayLike) -> list[Floats]:
        """Return the activations of every layer, the input first, each (n,) or (m, n); as ``feedforward`` has them."""
        activations = [self._inputs(a)]
        with np.errstate(over="ignore", invalid="ignore"):
            for layer in range(len(self.weights)):
                activations.append(self._layer(layer, activations[-1]))
        return activations

    def weighted_inputs(self, layer: int, a: Floats) -> Floats:
        """Return z = w a + b of the neurons that ``weights[layer]`` leads to, (n,) or (m, n), for their inputs ``a``.

        These are of the network's dtype. Sums that are beyond all numbers may warn.
        """
        w = self.weights[layer]
        z = _few_times(a, w) if a.ndim == 2 and len(a) < _FEW else a @ w.T
        z += self.biases[layer]
        return z

    def _layer(self, layer: int, a: Floats) -> Floats:
        z = self.weighted_inputs(layer, a)
        return self.neurons(layer).function(z, out=z)

    def neurons(self, layer: int) -> Activation:
        """Return what the neurons that ``weights[layer]`` leads to make of their weighted input."""
        return self._neurons[layer]

    def workspace(self, m: int) -> Workspace:
        """Return room for the backpropagation of ``m`` inputs."""
        return Workspace(self.sizes, m, self.dtype)

    def backprop(
        self, x: Floats, y: Floats, work: Workspace | None = None, scale: float | None = None
    ) -> tuple[Sequence[Floats], Sequence[Floats]]:
        """Return (nabla_b, nabla_w), the gradient of the mean cost over a mini-batch, shaped like the parameters.

        ``x`` is (m, n_in), ``y`` the targets (m, n_out), or one of each, (n_in,) and (n_out,). All m inputs go through
        the book's four equations together, as rows of one matrix. ``work`` is where, for the next mini-batch to be
        computed in the same room; then x and y are taken as they are, in the network's dtype. ``scale`` is what the
        gradient summed over the inputs is multiplied with, 1 / m unless it is given. Raises ValueError for other
        shapes.
        """
        if work is None:
            x, y = np.atleast_2d(self._inputs(x)), np.atleast_2d(np.asarray(y, dtype=self.dtype))
            if y.shape != (len(x), self.sizes[-1]):
                raise ValueError(f"targets of shape {y.shape} for outputs of shape {(len(x), self.sizes[-1])}")
            work = self.workspace(len(x))
        weights, biases, neurons = self._weights, self._biases, self._neurons
        a, delta, spare, nabla_w, nabla_b = work.a, work.delta, work.spare, work.nabla_w, work.nabla_b
        work.scale[()] = 1 / len(x) if scale is None else scale

        # Forward: z = w a + b and a' = sigma(z), kept for every layer.
        a[0] = x
        for layer, w in enumerate(weights):
            z = a[layer].dot(w.T, a[layer + 1])
            spare[layer][:] = biases[layer]  # twice as quick, on a small mini-batch, as adding row by row
            add(z, spare[layer], z)
            neurons[layer].function(z, z)

        # Backward, from the last layer, as in the book: -1 is the last, -2 the one before it.
        self.cost.delta(a[-1], y, delta[-1], spare[-1])  # BP1
        multiply(delta[-1], work.scale, delta[-1])
        self._carry_back(a, delta, spare)
        for layer in range(-1, -len(a), -1):
            work.ones.dot(delta[layer], nabla_b[layer])  # BP3, summed over the inputs
            delta[layer].T.dot(a[layer - 1], nabla_w[layer])  # BP4, summed over the inputs
        return nabla_b, nabla_w

    def _carry_back(self, a: Sequence[Floats], delta: Sequence[Floats], spare: Sequence[Floats]) -> None:
        """Fill in the errors of the hidden layers, from those of the outputs in ``delta[-1]`` (equation BP2)."""
        for layer in range(-2, -len(a), -1):
            delta[layer + 1].dot(self._weights[layer + 1], delta[layer])
            multiply(delta[layer], self._neurons[layer].derivative(a[layer], spare[layer]), delta[layer])

    def input_gradient(self, activations: Sequence[Floats], error: ArrayLike) -> Floats:
        """Return how much each input matters: the gradient with respect to it, (n_in,) or (m, n_in).

        ``activations`` are those of all layers, from the method of that name, and ``error``, (n_out,) or (m, n_out),
        is the derivative of whatever is asked about by the weighted inputs z of the outputs: BP1's delta of a cost, or
        1 for digit a and -1 for b where it is z_a - z_b. It goes back through the layers by BP2, and by that equation
        once more to the inputs, which are their own z, so that sigma' is 1 there. Weights that are no numbers give a
        gradient that is none (NaN).
        """
        delta, spare = ([np.empty(a.shape, dtype=self.dtype) for a in activations[1:]] for _ in range(2))
        delta[-1][...] = error
        with np.errstate(over="ignore", invalid="ignore"):
            self._carry_back(activations, delta, spare)
            return np.asarray(delta[0].dot(self._weights[0]))

    def cost_derivative(self, output_activations: Floats, y: Floats) -> Floats:
        """Return dC/da at the outputs, of their shape; a - y for the quadratic cost."""
        return self.cost.derivative(output_activations, y)

    def evaluate(self, images: ArrayLike, labels: NDArray[np.integer]) -> int:
        """Return how many of the images (m, n_in) have their largest output at their label (m,)."""
        images, rows = np.asarray(images), self.chunk
        chunks = (self.feedforward(images[i : i + rows]).argmax(axis=-1) for i in range(0, len(images), rows))
        return int(np.count_nonzero(np.concatenate([*chunks, np.empty(0, int)]) == labels))

    def _inputs(self, a: ArrayLike) -> Floats:
        a = greys(a, self.dtype)
        if a.ndim not in (1, 2) or a.shape[-1] != self.sizes[0]:
            n = self.sizes[0]
            raise ValueError(f"inputs have shape {a.shape}; this network takes ({n},) or (m, {n})")
        return a


def _copy_into(parts: Sequence[Floats], given: Sequence[NDArray[np.floating]], what: str) -> None:
    wanted, shapes = [part.shape for part in parts], [one.shape for one in given]
    if wanted != shapes:
        raise ValueError(f"{what} of shapes {shapes} for a network whose {what} have shapes {wanted}")
    for part, one in zip(parts, given, strict=True):
        part[:] = one


def _few_times(a: Floats, w: Floats) -> Floats:
    """Return the product (m, n) of few inputs (m, n_in) and all weights (n, n_in)."""
    z = np.empty((len(w), len(a)), dtype=w.dtype)
    columns = np.ascontiguousarray(a.T)
    for first in range(0, len(w), _ROWS):
        np.dot(w[first : first + _ROWS], columns, out=z[first : first + _ROWS])
    return z.T
