"""Digits laid out by their neighbours."""

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.inside.cloud import Cloud, cloud_of
from digitpad.inside.islands import islands_of, neighbours_of, place_among
from digitpad.inside.names import Places
from digitpad.nn.network import Network
from tests.digits import a_set


def a_cloud(digits: Dataset, network: Network | None = None) -> Cloud:
    found = cloud_of(network or Network((784, 10), seed=1), digits)
    assert found
    return found


def together(places: Places, labels: NDArray[np.uint8], k: int = 10) -> float:
    """Return the share of the nearest of each that have its label."""
    distances = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    nearest = np.argsort(distances, axis=1)[:, 1 : k + 1]
    return float((labels[nearest] == labels[:, None]).mean())


@pytest.mark.parametrize(("n", "k"), [(500, 15), (201, 1), (4, 15), (2, 3)])
def test_neighbours_are_the_nearest_by_all_distances(n: int, k: int) -> None:
    x = np.random.default_rng(1).standard_normal((n, 6)).astype(np.float32)
    found = neighbours_of(x, k)
    assert found is not None
    distances = np.linalg.norm(x[:, None] - x[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    np.testing.assert_array_equal(np.sort(found), np.sort(np.argsort(distances)[:, : min(k, n - 1)]))


def test_digits_of_one_kind_come_together_better_than_on_a_plane() -> None:
    generator = np.random.default_rng(2)
    labels = np.arange(400, dtype=np.uint8) % 10
    images = 128 + 20 * generator.standard_normal((10, 784))[labels] + 40 * generator.standard_normal((400, 784))
    cloud = a_cloud(Dataset(images.astype(np.uint8), labels))  # ten kinds as far from each other as from all others
    places = islands_of(cloud)
    assert places is not None
    assert together(cloud.places, labels) < 0.8
    assert together(places, labels) > 0.95
    np.testing.assert_array_equal(islands_of(cloud), places)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_digits_have_places_too(n: int) -> None:
    places = islands_of(a_cloud(a_set(20, 3)[:n]))
    assert places is not None
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()


def test_digits_that_are_all_the_same_have_places_of_their_own() -> None:
    one = a_set(1, 3)
    places = islands_of(a_cloud(Dataset(np.repeat(one.images, 40, axis=0), np.repeat(one.labels, 40))))
    assert places is not None
    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == 40


@pytest.mark.parametrize("broken", [np.nan, 1e30])
def test_a_network_astray_raises_and_warns_nowhere(broken: float) -> None:
    network = Network((784, 20, 10), seed=1, activation="relu")
    network.parameters[::3] = broken
    places = islands_of(a_cloud(a_set(50, 3), network))
    assert places is not None
    assert np.isfinite(places).all()


def test_a_drawing_lies_among_its_nearest_and_closest_to_the_very_nearest() -> None:
    places = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(place_among(places, np.array([1, 2]), np.array([1.0, 1.0])), [0.5, 0.5])
    np.testing.assert_allclose(place_among(places, np.array([1, 0]), np.array([1.0, 2.0])), [0.8, 0.0])
    np.testing.assert_allclose(place_among(places, np.array([2, 0, 1]), np.array([0.0, 2.0, 3.0])), [0, 1], atol=1e-6)
    np.testing.assert_allclose(place_among(places, np.array([0, 1]), np.array([0.0, 0.0])), [0.5, 0.0])


@pytest.mark.parametrize("allowed", range(4))
def test_it_stops_when_told(allowed: int) -> None:
    left = iter([False] * allowed)
    assert islands_of(a_cloud(a_set(50, 3)), lambda: next(left, True)) is None
