"""What is measured while a network learns, against the network itself and against learning by hand."""

import numpy as np
import pytest

from digitpad.explore.minibatches import Material
from digitpad.explore.online import Course, course
from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig


def test_a_course_measures_what_sgd_does() -> None:
    generator = np.random.default_rng(3)
    x, y = generator.random((50, 6)), np.eye(3)[generator.integers(0, 3, 50)]
    start = Network([6, 4, 3], seed=2, dtype=np.float64)
    for m, updates in ((1, 50), (20, 3)):
        network = start.copy()
        config = TrainingConfig(1, m, 0.5, seed=4)
        measured = list(course(network, x, y, (x[:10], y[:10]), config, every=10))
        assert [point.images for point in measured] == ([0, 10, 20, 30, 40, 50] if m == 1 else [0, 20, 40, 50])
        assert measured[-1].updates == updates
        for point, now in ((measured[0], start), (measured[-1], network)):
            cost = 0.5 * np.sum((now.feedforward(x[:10]) - y[:10]) ** 2, axis=1).mean()
            assert point.cost == pytest.approx(cost, rel=1e-12)
        assert all(point.seconds > 0 for point in measured[1:])
    # One image at a time, in the order that the seed draws.
    network, by_hand = start.copy(), start.copy()
    list(course(network, x, y, (x, y), TrainingConfig(1, 1, 0.5, seed=4), every=50))
    for i in np.random.default_rng(4).permutation(50):
        nabla_b, nabla_w = by_hand.backprop(x[i], y[i])
        for own, step in zip((*by_hand.weights, *by_hand.biases), (*nabla_w, *nabla_b), strict=True):
            own -= 0.5 * step
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=1e-10)


def test_a_course_keeps_its_points_and_begins_with_the_network_of_the_material() -> None:
    generator = np.random.default_rng(2)
    images, targets = generator.integers(0, 256, (70, 784), dtype=np.uint8), np.eye(10, dtype=np.float32)
    material = Material((images[:50], targets[generator.integers(0, 10, 50)]), (images[50:], targets[[3] * 20]))
    before = material.start.parameters.copy()
    online, other = Course(material, 1, 0.5, seed=0), Course(material, 20, 0.5, seed=0)
    assert (online.images, online.over) == (0, False)
    first = next(online)
    assert online.points == [first]
    for learned, updates in ((online, 50), (other, 3)):
        points = [*learned.points, *learned]
        assert learned.points == points
        assert (learned.images, points[-1].updates, learned.over) == (50, updates, True)
        assert points[0].cost == first.cost
    np.testing.assert_array_equal(material.start.parameters, before)
