"""Networks in few bytes."""

import numpy as np
import pytest

from digitpad.data import synthetic
from digitpad.export.quantization import Layer, in_float16, in_steps, network_of
from digitpad.nn.batches import greys
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig, sgd


@pytest.fixture(scope="module")
def images() -> Floats:
    return greys(synthetic.dataset(600, np.random.default_rng(1)).images, np.float32)


def distance(layers: list[Layer], network: Network, images: Floats) -> float:
    """Return how far on average the outputs of ``layers`` are from those of ``network``."""
    return float(np.abs(network_of(layers, network).feedforward(images) - network.feedforward(images)).mean())


def rounded(network: Network, share: float) -> list[Layer]:
    """Return the layers with every weight rounded to the nearest step, and nothing else done."""
    layers = []
    for w, b in zip(network.weights, network.biases, strict=True):
        steps = share * w.std(axis=1)
        layers.append(Layer(np.rint(w / steps[:, None]).astype(np.int8), steps, b))
    return layers


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_what_rounding_does_to_the_outputs_is_put_right(activation: str, images: Floats) -> None:
    network = Network([784, 60, 40, 10], seed=1, activation=activation, initialisation="scaled")
    layers = in_steps(network, images[:400], 0.5)
    assert distance(layers, network, images[400:]) < 0.5 * distance(rounded(network, 0.5), network, images[400:])


def test_weights_are_whole_numbers_of_their_neuron_s_step(images: Floats) -> None:
    network = Network([784, 30, 10], seed=2)
    for layer, w in zip(in_steps(network, images, 0.3), network.weights, strict=True):
        assert layer.codes.dtype == np.int8
        assert layer.codes.shape == w.shape
        np.testing.assert_allclose(layer.steps, 0.3 * w.std(axis=1), rtol=1e-5)
        np.testing.assert_array_equal(layer.weights, layer.codes * layer.steps[:, None])


def test_a_trained_network_gives_the_same_answers_as_before(images: Floats) -> None:
    digits = synthetic.dataset(1500, np.random.default_rng(3))
    network = Network([784, 40, 10], seed=3, cost="cross-entropy", initialisation="scaled")
    for _ in sgd(network, digits.images, digits.targets, TrainingConfig(epochs=4, eta=0.5)):
        pass
    before = network.feedforward(images).argmax(axis=1)
    for layers in (in_steps(network, images), in_float16(network)):
        after = network_of(layers, network).feedforward(images).argmax(axis=1)
        assert np.count_nonzero(before != after) < 0.015 * len(images)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("size", [0, 1e-30, 1e-3, 1e6, 1e30, 3e38])
def test_weights_of_any_size_can_be_rounded(size: float, activation: str, images: Floats) -> None:
    network = Network([784, 20, 10], seed=4, activation=activation)
    network.weights[0][:, :5] = size
    for layers in (in_steps(network, images[:100]), in_float16(network)):
        for layer, w in zip(layers, network.weights, strict=True):
            assert np.isfinite(layer.weights).all()
            assert np.isfinite(layer.biases).all()
            if layer.codes.shape == w.shape:
                near = 0.1 + 0.3 * w.astype(np.float64).std()
                np.testing.assert_allclose(layer.weights[:, :5], w[:, :5], rtol=0.1, atol=near)


@pytest.mark.parametrize("signs", [[1.0], [-1.0], [1.0, -1.0]])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_weights_at_the_end_of_single_precision_stay_numbers(
    signs: list[float], dtype: type[np.floating], images: Floats
) -> None:
    network = Network([784, 20, 10], seed=4, activation="relu", dtype=dtype)
    largest = np.finfo(np.float32).max
    network.parameters = np.random.default_rng(1).choice(signs, network.parameters.size) * largest
    for layers in (in_steps(network, images[:100]), in_float16(network)):
        for layer in layers:
            assert np.isfinite(layer.weights).all()
            assert np.isfinite(layer.biases).all()
    for half, w in zip(in_float16(network), network.weights, strict=True):
        np.testing.assert_allclose(half.weights, w, rtol=1e-3)


def test_weights_that_have_decayed_to_almost_nothing_become_nothing(images: Floats) -> None:
    network = Network([784, 20, 10], seed=4)
    network.weights[0][3] = 1e-45  # as a neuron that never fires has them, after L2 for long enough
    first, _ = in_steps(network, images[:100])
    assert not first.codes[3].any()
    assert first.codes[4].any()


def test_half_precision_keeps_three_figures_of_every_weight() -> None:
    network = Network([784, 20, 10], seed=5)
    network.weights[1][3] *= 1e6  # beyond what half precision has by itself
    for layer, w in zip(in_float16(network), network.weights, strict=True):
        np.testing.assert_allclose(layer.weights, w, rtol=1e-3, atol=1e-4 * np.abs(w).max())


def test_neurons_that_fire_at_no_digit_are_left_out(images: Floats) -> None:
    network = Network([784, 40, 30, 10], seed=6, activation="relu", initialisation="scaled")
    network.biases[0][::4] = -1e3
    network.biases[1][:] = np.where(np.arange(30) < 20, -1e3, network.biases[1])
    layers = in_steps(network, images, 0.05)
    sizes = [len(layer.biases) for layer in layers]
    assert sizes[0] <= 30
    assert sizes[1] <= 10
    assert layers[1].codes.shape == (sizes[1], sizes[0])
    np.testing.assert_allclose(network_of(layers, network).feedforward(images), network.feedforward(images), atol=0.02)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_a_layer_that_says_nothing_is_no_trouble(activation: str, images: Floats) -> None:
    network = Network([784, 20, 10, 10], seed=7, activation=activation)
    network.weights[0][:], network.biases[0][:] = 0, -500
    layers = in_steps(network, images[:50])
    assert len(layers[0].biases) == (1 if activation == "relu" else 20)
    after = network_of(layers, network).feedforward(images)
    np.testing.assert_allclose(after, network.feedforward(images), atol=1e-3)
