"""The book's own network, one image at a time: to read beside chapter 1, and to hold the vectorised one against.

Names and shapes are those of the book's ``network.py`` (*Neural Networks and Deep Learning*, chapter 1, "Implementing
our network to classify digits"): an input is a column (784, 1), a target a column (10, 1). It is slow, because NumPy
is called anew for every image; ``digitpad.nn.network`` computes the same for a whole mini-batch at once.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Example = tuple[Column, Column]  # an input x (n_in, 1) and its target y (n_out, 1)


class Network:
    """A network of sigmoid neurons that learns by stochastic gradient descent with the quadratic cost."""

    def __init__(self, sizes: Sequence[int], seed: int | None = None) -> None:
        """Draw biases and weights from N(0, 1): ``Network([784, 30, 10])`` has 784 inputs and ten outputs.

        ``biases[l]`` is (sizes[l + 1], 1), ``weights[l]`` is (sizes[l + 1], sizes[l]). The same ``seed`` draws the same
        numbers, and shuffles alike.
        """
        self.num_layers = len(sizes)
        self.sizes = list(sizes)
        self._generator = np.random.default_rng(seed)
        self.biases: list[Column] = [self._generator.standard_normal((n, 1)) for n in sizes[1:]]
        self.weights: list[NDArray[Any]] = [
            self._generator.standard_normal((above, below)) for below, above in pairwise(sizes)
        ]

    def feedforward(self, a: Column) -> Column:
        """Return the outputs (n_out, 1) for the input ``a`` (n_in, 1): layer by layer a' = sigma(w a + b)."""
        for b, w in zip(self.biases, self.weights, strict=True):
            a = sigmoid(np.dot(w, a) + b)
        return a

    def SGD(
        self,
        training_data: Iterable[Example],
        epochs: int,
        mini_batch_size: int,
        eta: float,
        test_data: Iterable[tuple[Column, int]] | None = None,
        report: Callable[[str], object] = print,
    ) -> None:
        """Learn from ``training_data`` for ``epochs``, ``mini_batch_size`` images a step, at the learning rate ``eta``.

        After each epoch ``report`` is given a line: with ``test_data``, how many of its images are read correctly.
        """
        examples = list(training_data)
        tests = list(test_data) if test_data is not None else None
        for epoch in range(epochs):
            order = self._generator.permutation(len(examples))
            shuffled = [examples[i] for i in order]
            for k in range(0, len(shuffled), mini_batch_size):
                self.update_mini_batch(shuffled[k : k + mini_batch_size], eta)
            if tests is not None:
                report(f"Epoch {epoch}: {self.evaluate(tests)} / {len(tests)}")
            else:
                report(f"Epoch {epoch} complete")

    def update_mini_batch(self, mini_batch: Sequence[Example], eta: float) -> None:
        """Move weights and biases by the mean gradient over ``mini_batch`` (equations 20 and 21)."""
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in mini_batch:
            delta_nabla_b, delta_nabla_w = self.backprop(x, y)
            nabla_b = [total + one for total, one in zip(nabla_b, delta_nabla_b, strict=True)]
            nabla_w = [total + one for total, one in zip(nabla_w, delta_nabla_w, strict=True)]
        m = len(mini_batch)
        self.weights = [w - eta / m * nabla for w, nabla in zip(self.weights, nabla_w, strict=True)]
        self.biases = [b - eta / m * nabla for b, nabla in zip(self.biases, nabla_b, strict=True)]

    def backprop(self, x: Column, y: Column) -> tuple[list[Column], list[NDArray[Any]]]:
        """Return (nabla_b, nabla_w), the gradient of the cost C_x of one image, layer by layer."""
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activations, zs = [x], []
        for b, w in zip(self.biases, self.weights, strict=True):
            zs.append(np.dot(w, activations[-1]) + b)
            activations.append(sigmoid(zs[-1]))
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])  # BP1
        nabla_b[-1] = delta  # BP3
        nabla_w[-1] = np.dot(delta, activations[-2].T)  # BP4
        for layer in range(2, self.num_layers):  # the layer before the last, and so on down
            delta = np.dot(self.weights[-layer + 1].T, delta) * sigmoid_prime(zs[-layer])  # BP2
            nabla_b[-layer] = delta
            nabla_w[-layer] = np.dot(delta, activations[-layer - 1].T)
        return nabla_b, nabla_w

    def evaluate(self, test_data: Iterable[tuple[Column, int]]) -> int:
        """Return for how many pairs of an input and a digit the largest output is the digit's."""
        return sum(int(np.argmax(self.feedforward(x)) == y) for x, y in test_data)

    def cost_derivative(self, output_activations: Column, y: Column) -> Column:
        """Return dC_x/da, which for the quadratic cost is a - y."""
        return output_activations - y


def sigmoid(z: NDArray[Any]) -> NDArray[Any]:
    """Return 1 / (1 + exp(-z)), elementwise (equation 3)."""
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def sigmoid_prime(z: NDArray[Any]) -> NDArray[Any]:
    """Return the derivative of the sigmoid at ``z``."""
    return np.asarray(sigmoid(z) * (1 - sigmoid(z)))
