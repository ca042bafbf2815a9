"""The network of the book: layers of neurons, each fully connected to the next.

Source: *Neural Networks and Deep Learning*, chapter 1, "Implementing our network to classify digits", and
chapter 2, "The four fundamental equations behind backpropagation" (BP1 to BP4).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from digitpad.nn.costs import COSTS
from digitpad.nn.neurons import ACTIVATIONS, SIGMOID, Floats


class Network:
    """A feedforward network with ``len(sizes)`` layers, the first being the input.

    ``weights[l][j, k]`` leads from neuron k of layer l to neuron j of layer l + 1, so ``weights[l]`` has shape
    (sizes[l + 1], sizes[l]); ``biases[l]`` has shape (sizes[l + 1],). Hidden neurons follow ``activation``; the
    outputs are always sigmoid neurons.
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
        self.sizes = tuple(int(size) for size in sizes)
        self.activation = ACTIVATIONS[activation]
        self.cost = COSTS[cost]
        generator = np.random.default_rng(seed)
        # Drawn in float64 whatever the dtype: the same seed is the same network in both precisions.
        self.biases: list[Floats] = [generator.standard_normal(n).astype(dtype) for n in self.sizes[1:]]
        self.weights: list[Floats] = []
        for inputs, outputs in zip(self.sizes[:-1], self.sizes[1:], strict=True):
            w = generator.standard_normal((outputs, inputs))
            self.weights.append((w / np.sqrt(inputs) if initialisation == "scaled" else w).astype(dtype))

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """The precision of the weights and of all arithmetic: float32 for speed or float64 for proofs."""
        return self.weights[0].dtype

    @property
    def parameters(self) -> list[Floats]:
        """All weight matrices, then all bias vectors: the arrays themselves, not copies."""
        return [*self.weights, *self.biases]

    @classmethod
    def of(cls, weights: Sequence[Floats], biases: Sequence[Floats], *, activation: str, cost: str) -> "Network":
        """Return a network with copies of these weights and biases, whose shapes must follow one another."""
        network = cls.__new__(cls)
        network.sizes = (weights[0].shape[1], *(len(b) for b in biases))
        network.activation, network.cost = ACTIVATIONS[activation], COSTS[cost]
        network.weights, network.biases = [w.copy() for w in weights], [b.copy() for b in biases]
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

    def backprop(self, x: ArrayLike, y: ArrayLike) -> tuple[list[Floats], list[Floats]]:
        """Return (nabla_b, nabla_w), the gradient of the mean cost over a mini-batch, shaped like the parameters.

        ``x`` is (n_in,) or (m, n_in), ``y`` the targets (n_out,) or (m, n_out). All m inputs go through the four
        equations together, as rows of one matrix.
        """
        activations = self.activations(np.atleast_2d(np.asarray(x)))
        y = np.atleast_2d(np.asarray(y, dtype=self.dtype))
        if y.shape != activations[-1].shape:
            raise ValueError(f"targets of shape {y.shape} for outputs of shape {activations[-1].shape}")
        m = len(y)
        nabla_b = [np.empty_like(b) for b in self.biases]
        nabla_w = [np.empty_like(w) for w in self.weights]
        delta = self.cost.delta(activations[-1], y)  # BP1
        delta /= m
        for layer in reversed(range(len(self.weights))):
            np.sum(delta, axis=0, out=nabla_b[layer])  # BP3
            np.matmul(delta.T, activations[layer], out=nabla_w[layer])  # BP4
            if layer:
                delta = delta @ self.weights[layer]  # BP2
                delta *= self.activation.slope(activations[layer])
        return nabla_b, nabla_w

    def cost_derivative(self, output_activations: Floats, y: Floats) -> Floats:
        """Return dC/da at the outputs, of their shape; a - y for the quadratic cost."""
        return self.cost.derivative(output_activations, y)

    def evaluate(self, images: ArrayLike, labels: NDArray[np.integer]) -> int:
        """Return how many of the images (m, n_in) have their largest output at their label (m,)."""
        return int(np.count_nonzero(self.feedforward(images).argmax(axis=-1) == labels))

    def _inputs(self, a: ArrayLike) -> Floats:
        a = np.asarray(a, dtype=self.dtype)
        if a.ndim not in (1, 2) or a.shape[-1] != self.sizes[0]:
            n = self.sizes[0]
            raise ValueError(f"inputs have shape {a.shape}; this network takes ({n},) or (m, {n})")
        return a

    def _layer(self, layer: int, a: Floats) -> Floats:
        z = a @ self.weights[layer].T
        z += self.biases[layer]
        return (SIGMOID if layer == len(self.weights) - 1 else self.activation).function(z)
