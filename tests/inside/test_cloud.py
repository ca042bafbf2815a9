"""Digits as points by the last hidden layer: the plane they lie on, and which are nearest."""

import numpy as np
import pytest

from digitpad.data.dataset import Dataset
from digitpad.inside import cloud
from digitpad.inside.cloud import Cloud, Projection, cloud_of, evenly, last_hidden, principal_axes
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from tests.digits import a_set

DIGITS = a_set(200, 4)


def made(network: Network, digits: Dataset = DIGITS) -> Cloud:
    found = cloud_of(network, digits)
    assert found
    return found


def a_network(*hidden: int, activation: str = "sigmoid") -> Network:
    return Network((784, *hidden, 10), seed=1, initialisation="scaled", activation=activation)


@pytest.mark.parametrize(("n", "h"), [(50, 7), (5, 30), (40, 2), (3000, 4)])
def test_the_axes_are_those_of_numpy_s_covariance(n: int, h: int) -> None:
    x = np.random.default_rng(3).standard_normal((n, h)) * np.arange(1, h + 1) + 5
    mean, axes = principal_axes(x)
    np.testing.assert_allclose(mean, x.mean(axis=0))
    values, vectors = np.linalg.eigh(np.cov(x.T, bias=True))
    for i in range(2):
        assert abs(axes[:, i] @ vectors[:, -1 - i]) == pytest.approx(1, abs=1e-9)
        assert np.var((x - mean) @ axes[:, i]) == pytest.approx(values[-1 - i])
        assert axes[np.abs(axes[:, i]).argmax(), i] > 0


def test_of_more_neurons_than_digits_it_finds_the_same_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(3).standard_normal((12, 30)) * np.arange(1, 31)
    mean, axes = principal_axes(x)
    monkeypatch.setattr(cloud, "_MOST_NEURONS", 20)
    again, the_same = principal_axes(x)
    np.testing.assert_allclose(again, mean)
    np.testing.assert_allclose(the_same, axes, atol=1e-9)


@pytest.mark.parametrize("x", [np.zeros((0, 3)), np.ones((4, 3)), np.ones((1, 1)), np.ones((1, 1200))])
def test_where_nothing_differs_there_are_axes_all_the_same(x: Floats) -> None:
    mean, axes = principal_axes(x)
    assert mean.shape == (x.shape[1],)
    assert axes.shape == (x.shape[1], 2)
    assert np.isfinite(axes).all()


@pytest.mark.parametrize("network", [a_network(), a_network(30), a_network(40, 20, activation="relu"), a_network(1)])
def test_every_digit_and_a_drawing_lie_where_their_activations_do(network: Network) -> None:
    found = made(network)
    activations = network.activations(DIGITS.images)[-2].astype(float)
    mean, axes = principal_axes(activations)
    np.testing.assert_allclose(np.abs(found.places), np.abs((activations - mean) @ axes), atol=1e-3)
    drawn = last_hidden(network, DIGITS.images[7] / np.float32(255))
    np.testing.assert_allclose(found.projection.place(drawn), found.places[7], atol=1e-4)
    np.testing.assert_array_equal(made(network).places, found.places)


@pytest.mark.parametrize("k", [1, 5, 200, 300])
def test_the_nearest_are_those_that_all_distances_tell(k: int) -> None:
    network = a_network(25)
    found = made(network)
    drawn = last_hidden(network, a_set(1, 9).images[0])
    indices, distances = found.nearest(drawn, k)
    every = np.linalg.norm(found.activations.astype(float) - drawn, axis=1)
    np.testing.assert_array_equal(indices, np.argsort(every, kind="stable")[:k])
    np.testing.assert_allclose(distances, np.sort(every)[:k])


def test_a_digit_of_the_set_is_nearest_to_itself() -> None:
    network = a_network(25)
    indices, distances = made(network).nearest(last_hidden(network, DIGITS.images[11]), 3)
    assert indices[0] == 11
    assert distances[0] == pytest.approx(0, abs=1e-6)


def test_of_very_many_digits_there_are_as_many_of_each_label(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = np.array([0] * 500 + [1] * 500 + [2] * 3, dtype=np.uint8)
    chosen = evenly(labels, 103)
    assert np.bincount(labels[chosen]).tolist() == [50, 50, 3]
    assert chosen[0] == 0
    assert chosen[49] == 499
    monkeypatch.setattr(cloud, "ENOUGH", 60)
    assert len(made(a_network(5)).digits) == 60


def test_a_wide_layer_has_fewer_digits_for_it_to_take_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud, "_MOST_NUMBERS", 40 * 25)
    assert made(a_network(25)).activations.shape == (40, 25)


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_digits_are_all_there_are(n: int) -> None:
    found = made(a_network(9), DIGITS[:n])
    assert found.places.shape == (n, 2)
    assert len(found.nearest(np.zeros(9, np.float32), 5)[0]) == n


def test_digits_that_are_all_the_same_lie_upon_each_other() -> None:
    same = Dataset(np.repeat(DIGITS.images[:1], 20, axis=0), np.repeat(DIGITS.labels[:1], 20))
    found = made(a_network(9), same)
    np.testing.assert_allclose(found.places, found.places[:1] + np.zeros((20, 2)), atol=1e-6)
    assert found.nearest(found.activations[0], 5)[1].max() < 1e-6


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
def test_weights_that_are_no_numbers_raise_and_warn_nowhere(broken: float, activation: str) -> None:
    network = a_network(20, activation=activation)
    network.parameters[::3] = broken
    found = made(network)
    assert np.isfinite(found.places).all()
    indices, distances = found.nearest(last_hidden(network, DIGITS.images[0]), 5)
    assert len(indices) == 5
    assert np.isfinite(distances).all()


def test_a_plane_is_turned_onto_another() -> None:
    found = made(a_network(30))
    turn = np.array([[0.6, -0.8], [-0.8, -0.6]])  # turned and mirrored
    other = Projection(found.projection.network, found.projection.mean, found.projection.axes @ turn)
    plane, places = other.turned(found.places @ turn, found.places)
    np.testing.assert_allclose(places, found.places, atol=1e-9)
    np.testing.assert_allclose(plane.axes, found.projection.axes, atol=1e-9)


def test_it_stops_when_told() -> None:
    assert cloud_of(a_network(5), DIGITS, lambda: True) is None
