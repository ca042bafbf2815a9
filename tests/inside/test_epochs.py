"""The maps of a run's epochs go on from each other."""

import itertools

import numpy as np
import pytest

from digitpad.inside import epochs
from digitpad.inside.cloud import last_hidden
from digitpad.inside.epochs import epoch_maps, some_of
from digitpad.nn.network import Network
from tests.digits import a_set

DIGITS = a_set(200, 3)


def networks(n: int) -> dict[float, Network]:
    """Return networks that change a little from each to the next."""
    made = {0.0: Network((784, 20, 10), seed=1, initialisation="scaled")}
    generator = np.random.default_rng(5)
    for i in range(1, n):
        network = made[i - 1].copy()
        network.parameters += 0.02 * generator.standard_normal(network.parameters.size).astype(np.float32)
        made[float(i)] = network
    return made


def test_islands_move_and_do_not_flip() -> None:
    given = networks(6)
    given[6.0] = given[5.0].copy()
    given[6.0].weights[0][:] = given[5.0].weights[0][::-1]  # the same neurons in another order
    given[6.0].biases[0][:] = given[5.0].biases[0][::-1]
    maps = epoch_maps(given, DIGITS)
    assert maps is not None
    assert [one.epochs for one in maps] == sorted(given)
    for before, after in itertools.pairwise(maps):
        moved = np.linalg.norm(after.places - before.places)
        for turn in (np.diag([1, -1]), np.diag([-1, 1]), np.diag([-1, -1]), np.array([[0, 1], [1, 0]])):
            assert moved < np.linalg.norm(after.places @ turn - before.places)
    np.testing.assert_allclose(maps[5].places, maps[6].places, atol=1e-3)


def test_a_drawing_lies_on_each_map_where_the_same_digit_does() -> None:
    maps = epoch_maps(networks(4), DIGITS)
    assert maps is not None
    for one in maps:
        drawn = last_hidden(one.projection.network, DIGITS.images[9] / np.float32(255))
        np.testing.assert_allclose(one.projection.place(drawn), one.places[9], atol=1e-4)


def test_of_very_many_some_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epochs, "MOST", 3)
    assert some_of([1, 2, 3, 4, 5]) == [1, 3, 5]
    assert some_of([]) == []
    monkeypatch.setattr(epochs, "DIGITS", 50)
    maps = epoch_maps(networks(2), DIGITS)
    assert maps is not None
    assert [len(one.digits) for one in maps] == [50, 50]


def test_it_stops_when_told() -> None:
    assert epoch_maps(networks(2), DIGITS, lambda: True) is None


def test_networks_astray_have_maps() -> None:
    given = networks(3)
    given[1.0].parameters[:] = np.nan
    maps = epoch_maps(given, DIGITS)
    assert maps is not None
    assert all(np.isfinite(one.places).all() for one in maps)
