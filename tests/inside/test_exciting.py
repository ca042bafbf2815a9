"""Which digits excite each neuron most."""

import numpy as np
import pytest

from digitpad.inside import exciting
from digitpad.inside.activity import Neuron
from digitpad.inside.exciting import most_exciting
from digitpad.nn.network import Network
from tests.digits import a_set

IMAGES = a_set(300, 5).images


@pytest.mark.parametrize("hidden", [(), (30, 7)])
def test_they_are_those_with_the_largest_activations(hidden: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((784, *hidden, 10), seed=1, initialisation="scaled")
    monkeypatch.setattr(Network, "chunk", 64)  # so that some chunks are looked through, the last a short one
    found = most_exciting(network, IMAGES, 6)
    assert found
    assert found.network is network
    every = network.activations(IMAGES)
    for layer in range(1, len(network.sizes)):
        for index in range(network.sizes[layer]):
            images, activations = found.of(Neuron(layer, index))
            a = every[layer][:, index]
            np.testing.assert_allclose(activations, np.sort(a)[::-1][:6], rtol=1e-4)
            np.testing.assert_allclose(a[images], activations, rtol=1e-4)
            assert len(set(images.tolist())) == 6


def test_of_very_many_some_are_looked_at_from_first_to_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exciting, "ENOUGH", 31)
    found = most_exciting(Network((784, 10), seed=1), IMAGES, 31)
    assert found
    images, _ = found.of(Neuron(1, 0))
    assert sorted(images.tolist()) == np.linspace(0, 299, 31).round().astype(int).tolist()


def test_few_images_are_all_there_are() -> None:
    found = most_exciting(Network((784, 10), seed=1), IMAGES[:3], 6)
    assert found
    assert [sorted(found.of(Neuron(1, index))[0].tolist()) for index in range(10)] == [[0, 1, 2]] * 10
    nothing = most_exciting(Network((784, 10), seed=1), IMAGES[:0], 6)
    assert nothing
    assert nothing.of(Neuron(1, 0))[0].size == 0


def test_it_stops_when_told() -> None:
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    network = Network((784, 1_000_000 // 794, 10), seed=1)
    assert most_exciting(network, IMAGES, 6, stop) is None
    assert len(asked) == 2


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_weights_that_are_no_numbers_raise_and_warn_nowhere(broken: float) -> None:
    network = Network((784, 20, 10), seed=1)
    network.parameters[::3] = broken
    found = most_exciting(network, IMAGES, 6)
    assert found
    assert found.of(Neuron(1, 0))[0].size == 6
