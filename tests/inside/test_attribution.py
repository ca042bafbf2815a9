"""What speaks for one digit and what for another: exact where it can be, and otherwise the slope of the difference."""

import numpy as np
import pytest

from digitpad.draw.preprocess import Greys
from digitpad.inside.attribution import Attribution, attribution, leading
from digitpad.nn.network import Network

HIDDEN = [[], [9], [9, 8], [9, 8, 7]]


def network(hidden: list[int], activation: str = "sigmoid", seed: int = 1) -> Network:
    return Network(
        [784, *hidden, 10], seed=seed, activation=activation, initialisation="scaled", dtype=np.float64
    )  # fmt: skip


def an_image(seed: int = 2) -> Greys:
    """Return an image of which half is paper."""
    greys = np.random.default_rng(seed).random(784, dtype=np.float32)
    return np.where(greys > 0.5, greys, np.float32(0))


def told(of: Network, image: Greys, a: int, b: int) -> Attribution:
    found = attribution(of, image, a, b)
    assert found is not None
    return found


def weighted_inputs(of: Network, image: Greys) -> np.ndarray:
    """Return z of the ten outputs, from the outputs themselves."""
    outputs = of.feedforward(image)
    return np.asarray(np.log(outputs) - np.log1p(-outputs))


def test_without_hidden_layers_pixels_and_bias_are_all_there_is() -> None:
    one = network([])
    image = an_image()
    found = told(one, image, 3, 8)
    np.testing.assert_allclose(found.pixels, (one.weights[0][3] - one.weights[0][8]) * image, rtol=1e-12)
    # 784 terms below 1, in float64.
    assert found.pixels_sum + found.bias == pytest.approx(found.difference, abs=1e-12)
    assert found.difference == pytest.approx(np.subtract(*weighted_inputs(one, image)[[3, 8]]), abs=1e-12)
    assert found.rest == pytest.approx(0, abs=1e-12)
    assert found.neurons.size == 0


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_a_pixel_speaks_as_much_as_the_slope_of_the_difference_says(hidden: list[int], activation: str) -> None:
    one, image = network(hidden, activation), an_image().astype(np.float64)
    found = told(one, image, 7, 1)  # type: ignore[arg-type]
    step = 1e-6
    for pixel in range(0, 784, 23):
        above, below = image.copy(), image.copy()
        above[pixel] += step
        below[pixel] -= step
        z = weighted_inputs(one, np.stack([above, below]))
        slope = (z[0, 7] - z[0, 1] - z[1, 7] + z[1, 1]) / (2 * step)
        # z of a few units is known to some 1e-15, which divided by the steps is 1e-9; the third derivative is smaller.
        assert found.pixels[pixel] == pytest.approx(slope * image[pixel], abs=2e-8)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("hidden", HIDDEN[1:], ids=str)
def test_neurons_and_bias_always_add_up(hidden: list[int], activation: str) -> None:
    one, image = network(hidden, activation), an_image()
    found = told(one, image, 0, 9)
    assert found.neurons.shape == (hidden[-1],)
    assert found.neurons.sum() + found.bias == pytest.approx(found.difference, abs=1e-12)
    assert found.difference == pytest.approx(np.subtract(*weighted_inputs(one, image)[[0, 9]]), abs=1e-12)
    assert found.pixels_sum + found.bias + found.rest == pytest.approx(found.difference, abs=1e-12)


def test_for_relu_the_rest_is_of_the_hidden_biases_alone() -> None:
    one, image = network([9, 8], "relu"), an_image()
    for biases in one.biases[:-1]:
        biases[:] = 0
    assert told(one, image, 4, 5).rest == pytest.approx(0, abs=1e-12)


def test_the_other_way_round_everything_speaks_for_the_other() -> None:
    one, image = network([9]), an_image()
    found, turned = told(one, image, 2, 6), told(one, image, 6, 2)
    np.testing.assert_allclose(found.pixels, -turned.pixels, atol=1e-14)
    np.testing.assert_allclose(found.neurons, -turned.neurons, atol=1e-14)
    assert found.difference == pytest.approx(-turned.difference, abs=1e-14)


def test_a_digit_is_ahead_of_itself_by_nothing() -> None:
    found = told(network([9]), an_image(), 5, 5)
    assert not found.pixels.any()
    assert not found.neurons.any()
    assert found.difference == 0
    assert found.deciding(3).size == 0
    assert found.share(0.0) == 0


def test_the_loudest_neurons_of_either_side_come_first_with_their_share() -> None:
    weights = [np.eye(4, 784), np.array([[1.0, 2.0, 0.0, 5.0], [4.0, 1.0, 0.0, 0.0]])]
    one = Network.of(weights, [np.zeros(4), np.zeros(2)], activation="relu", cost="quadratic")
    image = np.zeros(784, dtype=np.float32)
    image[:3] = 1, 0.5, 1  # the fourth neuron is silent
    found = told(one, image, 0, 1)
    assert found.neurons.tolist() == [-3, 0.5, 0, 0]
    assert found.deciding(4).tolist() == found.deciding(1).tolist() == [1, 0]
    turned = told(one, image, 1, 0)
    assert turned.neurons.tolist() == [3, -0.5, 0, 0]
    assert turned.deciding(4).tolist() == [0, 1]
    assert found.share(-3.0) == found.share(0.5) == 1


def test_paper_speaks_for_nothing() -> None:
    one = network([9])
    found = told(one, np.zeros(784, dtype=np.float32), 1, 2)
    assert not found.pixels.any()
    assert found.neurons.any()  # sigmoid neurons fire at paper, too


@pytest.mark.parametrize("worth", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_of_weights_that_are_no_numbers_nothing_can_be_told(hidden: list[int], worth: float) -> None:
    one = network(hidden)
    for w in one.weights:
        w[:, ::2] = worth
    assert attribution(one, an_image(), 1, 2) is None


def test_large_weights_of_single_precision_do_not_warn() -> None:
    one = Network([784, 6, 10], seed=0, activation="relu")
    one.weights[0][:] *= np.float32(1e30)
    one.weights[1][:] *= np.float32(1e30)
    assert attribution(one, an_image(), 1, 2) is None


def test_the_two_largest_outputs_lead() -> None:
    assert leading(np.array([0.1, 0.9, 0.2, 0.9, 0.5])) == (1, 3)
    assert leading(np.array([0.1, np.nan, 0.2])) == (2, 0)


def test_a_share_is_one_of_what_together_is_beyond_all_numbers() -> None:
    neurons = np.array([1e308, -1e308, 5e307, -1e308, 1e308, -5e307])
    found = Attribution(3, 8, an_image(), np.zeros(784), neurons, 0.0, 0.0)
    assert [found.share(value) for value in (1e308, -5e307)] == pytest.approx([0.4, 0.2])
    assert found.share(0.0) == 0


def test_where_the_sum_of_all_pixels_is_beyond_all_numbers_nothing_is_told() -> None:
    one, image = network([1], "tanh"), np.zeros(784, dtype=np.float32)
    image[:3] = image[-3:] = 1
    one.parameters[:] = 0
    one.weights[0][0, :3], one.weights[0][0, -3:] = 1e300, -1e300  # the hidden neuron is at 0, its slope 1
    one.weights[1][3, 0] = 1e8
    assert attribution(one, image, 3, 5) is None
