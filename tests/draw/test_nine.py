"""A drawing and its eight views: opposite, mild, and read as a mean."""

import numpy as np
import pytest

from digitpad import paths
from digitpad.draw.nine import NINE, read_nine, views
from digitpad.draw.preprocess import SIDE, preprocess
from digitpad.draw.reading import Verdict, read
from digitpad.nn.network import Network
from digitpad.train import model_file


@pytest.fixture
def images() -> np.ndarray:
    """Three images with a bar each, of their own width."""
    bars = np.zeros((3, SIDE, SIDE), dtype=np.float32)
    for i, bar in enumerate(bars):
        bar[4:24, 12 : 15 + i] = 1
    return bars.reshape(3, SIDE * SIDE)


def test_each_image_comes_first_and_eight_mild_views_follow(images: np.ndarray) -> None:
    nine = views(images)
    assert nine.shape == (3, NINE, SIDE * SIDE)
    np.testing.assert_array_equal(nine[:, 0], images)
    assert nine.min() >= 0
    assert nine.max() <= 1 + 1e-6
    changes = np.abs(nine[:, 1:] - images[:, None]).sum(axis=2) / images.sum(axis=1)[:, None]
    assert (changes > 0.05).all()
    assert (changes < 1.5).all()  # of 2, where nothing is where it was
    np.testing.assert_allclose(views(images[1:2])[0], nine[1], atol=1e-6)  # each for itself


def test_the_views_together_move_a_drawing_nowhere(images: np.ndarray) -> None:
    row, column = np.indices((SIDE, SIDE)).reshape(2, -1)
    nine = views(images)
    for place in (row, column):
        middles = (nine * place).sum(axis=2) / nine.sum(axis=2)
        assert np.abs(middles - middles[:, :1]).max() < 2.5  # pixels
        np.testing.assert_allclose(middles[:, 1:].mean(axis=1), middles[:, 0], atol=0.2)


def test_the_answer_is_the_mean_of_nine(images: np.ndarray) -> None:
    network = Network([784, 30, 10], seed=2)
    outputs = read_nine(network, images)
    np.testing.assert_allclose(outputs[:, 0], network.feedforward(images), atol=1e-5)
    stages = preprocess(images[1].reshape(SIDE, SIDE))
    reading = read(network, stages, nine=True)
    assert reading.nine is not None
    np.testing.assert_array_equal(reading.nine.images[0], stages.image)
    np.testing.assert_allclose(reading.nine.outputs, network.feedforward(views(stages.image[None])[0]), atol=1e-5)
    np.testing.assert_allclose(reading.outputs, reading.nine.outputs.mean(axis=0), atol=1e-6)
    assert reading.digit == int(reading.nine.outputs.mean(axis=0).argmax())
    assert read(network, stages).nine is None


def saying(low: float, high: float) -> Network:
    """Return a network that says 3 with ``high`` where there is ink in the middle column, else with ``low``."""
    weights = np.zeros((10, SIDE, SIDE))
    weights[3, :, 13] = 1000
    bias = np.full(10, -20.0)
    bias[3] = np.log(low / (1 - low))
    return Network.of([weights.reshape(10, -1)], [bias], activation="sigmoid", cost="quadratic")


def test_how_many_agree(images: np.ndarray) -> None:
    stages = preprocess(images[0].reshape(SIDE, SIDE))
    all_agree = read(saying(0.01, 1), stages, nine=True).nine
    assert all_agree is not None
    assert (all_agree.digits, all_agree.agree) == ((3,) * NINE, NINE)
    none = Network.of([np.zeros((10, 784))], [np.full(10, -20.0)], activation="sigmoid", cost="quadratic")
    nothing = read(none, stages, nine=True)
    assert nothing.nine is not None
    assert (nothing.verdict, nothing.nine.digits, nothing.nine.agree) == (Verdict.NO_DIGIT, (None,) * NINE, NINE)


def test_some_may_not_agree() -> None:
    """A line that only the drawing itself has just there."""
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    image[13:16, 4:24] = 1
    weights = np.zeros((10, SIDE, SIDE))
    weights[[1, 7]] = image
    weights[7, 10:13, 4:24] = weights[7, 16:19, 4:24] = 40  # whatever lies beside it makes it a 7
    network = Network.of([weights.reshape(10, -1)], [np.full(10, -20.0)], activation="sigmoid", cost="quadratic")
    bias = np.full(10, -20.0)
    bias[7] = -25
    network.biases = [bias]
    nine = read(network, preprocess(image), nine=True).nine
    assert nine is not None
    assert nine.digits[0] == 1
    assert nine.digits.count(7) + nine.digits.count(1) == NINE
    assert nine.digits.count(7) == nine.agree >= 5


def test_the_default_network_reads_nine_times() -> None:
    assert model_file.load(paths.DEFAULT_NETWORK).provenance.reads_nine
