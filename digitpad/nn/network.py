"""The network of the book: layers of neurons, each fully connected to the next.

Source: *Neural Networks and Deep Learning*, chapter 1, "Implementing our network to classify digits", and
chapter 2, "The four fundamental equations behind backpropagation" (BP1 to BP4).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from digitpad.nn.costs import COSTS
from digitpad.nn.neurons import ACTIVATIONS, SIGMOID, Activation, Floats

_add, _multiply = np.add, np.multiply  # looking names up in NumPy takes time that a mini-batch of ten feels
_CHUNK = 200_000_000  # weights to multiply with at once: some milliseconds of work


class Network:
    """A feedforward network with ``len(sizes)`` layers, the first being the input.

    ``weights[l][j, k]`` leads from neuron k of layer l to neuron j of layer l + 1, so ``weights[l]`` has shape
    (sizes[l + 1], sizes[l]); ``biases[l]`` has shape (sizes[l + 1],). All of them are parts of one array, ``vector``,
    so that a step, a copy or a check of them all is one operation. Hidden neurons follow ``activation``; the outputs
    are always sigmoid neurons.

    Inputs are greys in [0, 1], or uint8, of which 255 stands for 1.
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
        for value, known in ((activation, ACTIVATIONS), (cost, COSTS), (initialisation, ("normal", "scaled"))):
            if value not in known:
                raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        self.activation = ACTIVATIONS[activation]
        self.cost = COSTS[cost]
        self._lay_out(sizes, dtype)
        generator = np.random.default_rng(seed)
        # Drawn in float64 whatever the dtype: the same seed is the same network in both precisions.
        for b in self.biases:
            b[:] = generator.standard_normal(len(b))
        for w in self.weights:
            scale = np.sqrt(w.shape[1]) if initialisation == "scaled" else 1
            w[:] = generator.standard_normal(w.shape) / scale

    def _lay_out(self, sizes: Sequence[int], dtype: DTypeLike) -> None:
        self.sizes = tuple(int(size) for size in sizes)
        shapes = list(zip(self.sizes[1:], self.sizes[:-1], strict=True))
        n = sum(outputs * (inputs + 1) for outputs, inputs in shapes)
        self.parameters: Floats = np.zeros(n, dtype=dtype)
        self.weights, self.biases = self.split(self.parameters)

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The precision of the weights and of all arithmetic: float32 for speed or float64 for proofs."""
        return self.parameters.dtype

    def split(self, vector: Floats) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
        """Return the parts of ``vector``, shaped like this network's weights and biases, without copying.

        ``vector`` holds a number for each weight and bias: first all weights, layer by layer, then all biases.
        """
        shapes: list[tuple[int, ...]] = list(zip(self.sizes[1:], self.sizes[:-1], strict=True))
        shapes += [(size,) for size in self.sizes[1:]]
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        parts = [part.reshape(shape) for part, shape in zip(np.split(vector, ends[:-1]), shapes, strict=True)]
        layers = len(self.sizes) - 1
        return tuple(parts[:layers]), tuple(parts[layers:])

    @property
    def finite(self) -> bool:
        """Whether all weights and biases are finite numbers: after a step far too large they are not."""
        return bool(np.isfinite(self.parameters).all())

    @classmethod
    def of(cls, weights: Sequence[Floats], biases: Sequence[Floats], *, activation: str, cost: str) -> "Network":
        """Return a network with copies of these weights and biases, whose shapes must follow one another."""
        network = cls.__new__(cls)
        network.activation, network.cost = ACTIVATIONS[activation], COSTS[cost]
        network._lay_out((weights[0].shape[1], *(len(b) for b in biases)), weights[0].dtype)
        for mine, given in zip((*network.weights, *network.biases), (*weights, *biases), strict=True):
            mine[:] = given
        return network

    def copy(self) -> "Network":
        """Return a network of its own with the same weights and biases."""
        return Network.of(self.weights, self.biases, activation=self.activation.name, cost=self.cost.name)

    def feedforward(self, a: ArrayLike) -> Floats:
        """Return the outputs, (n_out,) or (m, n_out), for one input (n_in,) or a batch (m, n_in).

        Layer by layer, a' = sigma(w a + b) (equation 22). Raises ValueError for any other shape.
        """
        a = self._inputs(a)
        for layer in range(len(self.weights)):
            a = self._layer(layer, a)
        return a

    def activations(self, a: ArrayLike) -> list[Floats]:
        """Return the activations of every layer, the input first, each (n,) or (m, n)."""
        activations = [self._inputs(a)]
        for layer in range(len(self.weights)):
            activations.append(self._layer(layer, activations[-1]))
        return activations

    def backprop(self, x: ArrayLike, y: ArrayLike) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
        """Return (nabla_b, nabla_w), the gradient of the mean cost over a mini-batch, shaped like the parameters.

        ``x`` is (n_in,) or (m, n_in), ``y`` the targets (n_out,) or (m, n_out). All m inputs go through the four
        equations together, as rows of one matrix.
        """
        x, y = np.atleast_2d(self._inputs(x)), np.atleast_2d(np.asarray(y, dtype=self.dtype))
        if y.shape != (len(x), self.sizes[-1]):
            raise ValueError(f"targets of shape {y.shape} for outputs of shape {(len(x), self.sizes[-1])}")
        gradient = Gradient(self)
        gradient.compute(x, y, 1 / len(x))
        nabla_w, nabla_b = self.split(gradient.parameters)
        return nabla_b, nabla_w

    def cost_derivative(self, output_activations: Floats, y: Floats) -> Floats:
        """Return dC/da at the outputs, of their shape; a - y for the quadratic cost."""
        return self.cost.derivative(output_activations, y)

    def evaluate(self, images: ArrayLike, labels: NDArray[np.integer]) -> int:
        """Return how many of the images (m, n_in) have their largest output at their label (m,)."""
        images, rows = np.asarray(images), self.chunk
        pieces = (self.feedforward(images[i : i + rows]).argmax(axis=-1) for i in range(0, len(images), rows))
        return int(np.count_nonzero(np.concatenate([*pieces, np.empty(0, int)]) == labels))

    @property
    def chunk(self) -> int:
        """How many inputs to take at once: enough for speed, few enough for little memory and a quick answer."""
        return int(np.clip(_CHUNK // self.parameters.size, 16, 1000))

    def _inputs(self, a: ArrayLike) -> Floats:
        a = greys(a, self.dtype)
        if a.ndim not in (1, 2) or a.shape[-1] != self.sizes[0]:
            n = self.sizes[0]
            raise ValueError(f"inputs have shape {a.shape}; this network takes ({n},) or (m, {n})")
        return a

    def _layer(self, layer: int, a: Floats) -> Floats:
        z = a @ self.weights[layer].T
        z += self.biases[layer]
        return self.neurons(layer).function(z, out=z)

    def neurons(self, layer: int) -> Activation:
        """Return what the neurons that ``weights[layer]`` leads to make of their weighted input."""
        return SIGMOID if layer == len(self.weights) - 1 else self.activation


def greys(images: ArrayLike, dtype: DTypeLike) -> Floats:
    """Return ``images`` in ``dtype``; where they are uint8, as fractions of 255."""
    images = np.asarray(images)
    values = images.astype(dtype, copy=False)
    if images.dtype == np.uint8:
        values *= values.dtype.type(1 / 255)
    return values


class Gradient:
    """The gradient of a network's cost, and the room to compute it in again and again.

    ``vector`` has the layout of ``Network.parameters``. Source: the book's chapter 2, equations BP1 to BP4.
    """

    def __init__(self, network: Network) -> None:
        """Make room for the gradient of ``network``, whose weights may change between computations."""
        self._network = network
        self.parameters = np.zeros_like(network.parameters)
        self._rooms: dict[int, _Room] = {}
        self._adding: dict[int, _Room] = {}

    def compute(self, x: Floats, y: Floats, share: float, add: bool = False) -> None:
        """Put into ``vector``, or add to it, ``share`` times the gradient summed over the inputs x (m, n_in).

        ``y`` is (m, n_out); both in the network's dtype. All m inputs go through the four equations together, as
        rows of one matrix. ``share`` is 1 / m for the mean.
        """
        m = len(x)
        room = (self._adding if add else self._rooms).get(m)
        if room is None:
            room = self._room(m, add)
        a = x
        for weights_t, biases, z, spare, function in room.forward:
            a.dot(weights_t, z)
            spare[:] = biases  # twice as quick, on a small mini-batch, as adding row by row
            _add(z, spare, z)
            a = function(z, z)
        room.cost_delta(a, y, room.delta, spare)  # BP1
        if share != room.share:
            room.share = room.factor[()] = share
        _multiply(room.delta, room.factor, room.delta)
        ones = room.ones
        for delta, delta_t, nabla_w, nabla_b, a, spare, slope, weights, below in room.backward:
            ones.dot(delta, nabla_b)  # BP3
            delta_t.dot(a, nabla_w)  # BP4
            delta.dot(weights, below)  # BP2
            _multiply(below, slope(a, spare), below)
        ones.dot(room.first_delta, room.nabla_b)
        room.first_delta_t.dot(x, room.nabla_w)
        if add:
            self.parameters += room.parameters

    def _room(self, m: int, add: bool) -> "_Room":
        vector = np.zeros_like(self.parameters) if add else self.parameters
        room = (self._adding if add else self._rooms)[m] = _Room(self._network, vector, m)
        return room


class _Room:
    """Where the activations a and errors delta of m inputs go, and what each layer's turn forward and back needs.

    On a mini-batch of ten, looking these up anew in each turn would take as long as some of the arithmetic.
    """

    def __init__(self, network: Network, vector: Floats, m: int) -> None:
        self.parameters = vector
        self.cost_delta = network.cost.delta
        self.ones = np.ones(m, dtype=network.dtype)
        self.share = 0.0
        self.factor = np.zeros((), dtype=network.dtype)  # without dimension: quicker than a number, as in neurons.py
        a, spare, delta = ([np.empty((m, n), dtype=network.dtype) for n in network.sizes[1:]] for _ in range(3))
        neurons = [network.neurons(layer) for layer in range(len(network.weights))]
        nabla_w, nabla_b = network.split(vector)
        self.forward = [
            (w.T, b, a[layer], spare[layer], neurons[layer].function)
            for layer, (w, b) in enumerate(zip(network.weights, network.biases, strict=True))
        ]
        self.backward = [
            (delta[layer], delta[layer].T, nabla_w[layer], nabla_b[layer], a[layer - 1], spare[layer - 1],
             neurons[layer - 1].derivative, network.weights[layer], delta[layer - 1])
            for layer in reversed(range(1, len(network.weights)))
        ]  # fmt: skip
        self.delta, self.first_delta, self.first_delta_t = delta[-1], delta[0], delta[0].T
        self.nabla_w, self.nabla_b = nabla_w[0], nabla_b[0]
