"""What a network says to a data set."""

import numpy as np
import pytest

from digitpad.nn.binary import TARGETS
from digitpad.nn.evaluation import evaluate, evaluation_steps
from digitpad.nn.network import Network


def network_that_copies() -> Network:
    """Return a network whose outputs order as its ten inputs do."""
    return Network.of([8 * np.eye(10)], [np.full(10, -4.0)], activation="sigmoid", cost="quadratic")


def test_answers_by_hand() -> None:
    images = np.eye(10)[[3, 5, 5]]
    evaluation = evaluate(network_that_copies(), images, np.array([3, 5, 1]))
    high, low = 1 / (1 + np.exp(-4)), 1 / (1 + np.exp(4))
    np.testing.assert_array_equal(evaluation.predictions, [3, 5, 5])
    # Margins and costs are kept in float32, rounded by 6e-8.
    np.testing.assert_allclose(evaluation.margins, [high - low, high - low, low - high], rtol=1e-6)
    right, wrong = 0.5 * 10 * low**2, 0.5 * (8 * low**2 + 2 * high**2)
    np.testing.assert_allclose(evaluation.costs, [right, right, wrong], rtol=1e-6)
    assert evaluation.correct == 2
    assert evaluation.accuracy == pytest.approx(2 / 3)
    assert evaluation.cost == pytest.approx((2 * right + wrong) / 3)
    assert evaluation.mean_derivative == pytest.approx(high * low)
    confusion = evaluation.confusion_matrix()
    assert (confusion[3, 3], confusion[5, 5], confusion[1, 5], confusion.sum()) == (1, 1, 1, 3)


def test_mistakes_come_worst_first() -> None:
    images = np.zeros((4, 10))
    images[0, 2], images[1, 2], images[2, 7], images[3, 2] = 0.3, 0.9, 1.0, 0.6
    evaluation = evaluate(network_that_copies(), images, np.array([0, 0, 7, 0]))
    np.testing.assert_array_equal(evaluation.mistakes(), [1, 3, 0])


def test_bytes_and_greys_are_read_alike_and_piece_by_piece() -> None:
    generator = np.random.default_rng(0)
    images, labels = generator.integers(0, 256, (2500, 784), dtype=np.uint8), generator.integers(0, 10, 2500)
    network = Network([784, 30, 10], seed=0, initialisation="scaled")
    assert len(list(evaluation_steps(network, images, labels))) == 3
    evaluation, greys = evaluate(network, images, labels), evaluate(network, images / np.float32(255), labels)
    np.testing.assert_array_equal(evaluation.predictions, greys.predictions)
    np.testing.assert_allclose(evaluation.costs, greys.costs, rtol=1e-4)
    assert evaluation.correct == network.evaluate(images, labels)


def test_no_images_are_refused() -> None:
    with pytest.raises(ValueError, match="no images"):
        evaluate(Network([784, 10]), np.empty((0, 784)), np.empty(0, dtype=int))


def test_the_nearest_code_is_the_answer_where_outputs_are_bits() -> None:
    network = Network.of([8 * np.eye(4)], [np.full(4, -4.0)], activation="sigmoid", cost="quadratic")
    # Bits above 1/2 of the third spell 14, which is no digit: of 0110 and 0010 and 0100 the first is nearest.
    images = np.array([[0, 0, 1, 1], [1, 0, 0, 0], [0.51, 1, 1, 0]])
    labels = np.array([3, 8, 2])
    evaluation = evaluate(network, images, labels, TARGETS)
    np.testing.assert_array_equal(evaluation.predictions, [3, 8, 6])
    outputs = network.feedforward(images)
    distances = np.array([[np.sqrt(((a - code) ** 2).sum()) for code in TARGETS] for a in outputs])
    np.testing.assert_allclose(evaluation.largest, -distances.min(axis=1), rtol=1e-6)
    assert evaluation.margins[2] == pytest.approx(distances[2, 6] - distances[2, 2])
    np.testing.assert_allclose(evaluation.costs, 0.5 * distances[np.arange(3), labels] ** 2, rtol=1e-6)
    np.testing.assert_array_equal(evaluation.mistakes(), [2])
    assert evaluation.confusion_matrix()[2, 6] == 1
    assert evaluation.by_code


def test_codes_that_are_not_of_the_network_are_refused() -> None:
    images, labels = np.zeros((1, 784)), np.zeros(1, dtype=int)
    with pytest.raises(ValueError, match="4 outputs"):
        evaluate(Network([784, 4]), images, labels)
    with pytest.raises(ValueError, match="10 outputs"):
        evaluate(Network([784, 10]), images, labels, TARGETS)
