"""The book's network by its own words: the notebook's calls, gradients by finite differences, and what it learns."""

import numpy as np
import pytest

from digitpad.nn import Network as Vectorised
from digitpad.nn import book
from digitpad.nn.book import Network, sigmoid, sigmoid_prime


def examples(n: int, seed: int) -> list[tuple[book.Column, int]]:
    """Return ``n`` points of the unit square as columns, labelled by which side of the diagonal they lie on."""
    points = np.random.default_rng(seed).uniform(size=(n, 2, 1))
    return [(point, int(point.sum() > 1)) for point in points]


def one_hot(label: int) -> book.Column:
    return np.eye(2)[:, [label]]


def test_sizes_and_shapes_are_the_books() -> None:
    net = Network([784, 30, 10])
    assert (net.num_layers, net.sizes) == (3, [784, 30, 10])
    assert [b.shape for b in net.biases] == [(30, 1), (10, 1)]
    assert [w.shape for w in net.weights] == [(30, 784), (10, 30)]
    assert net.feedforward(np.zeros((784, 1))).shape == (10, 1)


def test_the_sigmoid_and_its_derivative_at_known_points() -> None:
    z = np.array([-np.log(3), 0.0, np.log(3)])
    np.testing.assert_allclose(sigmoid(z), [0.25, 0.5, 0.75])
    np.testing.assert_allclose(sigmoid_prime(z), [0.1875, 0.25, 0.1875])


def test_the_same_seed_draws_the_vectorised_networks_weights() -> None:
    net, vectorised = Network([5, 4, 3], seed=7), Vectorised([5, 4, 3], seed=7, dtype=np.float64)
    for mine, theirs in zip(net.weights, vectorised.weights, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    x = np.linspace(0, 1, 5)
    np.testing.assert_allclose(net.feedforward(x[:, None])[:, 0], vectorised.feedforward(x), rtol=1e-14)


def test_backprop_is_the_slope_of_the_cost() -> None:
    net = Network([3, 4, 2], seed=1)
    x, y, h = np.array([[0.2], [0.9], [0.4]]), np.array([[1.0], [0.0]]), 1e-6

    def cost() -> float:
        return 0.5 * float(np.sum((net.feedforward(x) - y) ** 2))

    nabla_b, nabla_w = net.backprop(x, y)
    for parts, nablas in ((net.biases, nabla_b), (net.weights, nabla_w)):
        for part, nabla in zip(parts, nablas, strict=True):
            for place in np.ndindex(part.shape):
                before = part[place]
                part[place] = before + h
                above = cost()
                part[place] = before - h
                # A cost below 1 is known to 2e-16, twice, divided by 2e-6; the third derivative adds 1e-13.
                assert (above - cost()) / (2 * h) == pytest.approx(nabla[place], abs=2e-9)
                part[place] = before


def test_it_learns_and_reports_every_epoch_as_the_book_does() -> None:
    training, test = examples(300, 1), examples(100, 2)
    net, lines = Network([2, 2], seed=0), list[str]()
    net.SGD([(x, one_hot(label)) for x, label in training], 20, 10, 3.0, test_data=test, report=lines.append)
    assert net.evaluate(test) > 90
    assert len(lines) == 20
    assert lines[-1] == f"Epoch 19: {net.evaluate(test)} / 100"


def test_it_prints_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    training = [(x, one_hot(label)) for x, label in examples(20, 1)]
    Network([2, 2], seed=0).SGD(iter(training), 2, 10, 3.0)
    assert capsys.readouterr().out == "Epoch 0 complete\nEpoch 1 complete\n"
