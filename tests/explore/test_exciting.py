"""Which digits excite each neuron most, for which it fires, and what these have in common."""

import numpy as np
import pytest

from digitpad.explore import exciting
from digitpad.explore.exciting import InCommon, Search, most_exciting
from digitpad.nn.network import Network
from tests.digits import a_set

SET = a_set(300, 5)
IMAGES, LABELS = SET.images, SET.labels


@pytest.mark.parametrize("hidden", [(), (30, 7)])
def test_they_are_those_with_the_largest_activations(hidden: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((784, *hidden, 10), seed=1, initialisation="scaled")
    monkeypatch.setattr(Network, "chunk", 64)  # so that some chunks are looked through, the last a short one
    found = most_exciting(network, IMAGES, LABELS, 6)
    assert found
    assert found.network is network
    every = network.activations(IMAGES)
    for layer in range(1, len(network.sizes)):
        for index in range(network.sizes[layer]):
            excited = found.of(layer, index)
            a = every[layer][:, index]
            np.testing.assert_allclose(excited.activations, np.sort(a)[::-1][:6], rtol=1e-4)
            np.testing.assert_allclose(a[excited.images], excited.activations, rtol=1e-4)
            assert len(set(excited.images.tolist())) == 6


def test_a_neuron_that_many_digits_fill_is_excited_most_by_those_with_the_largest_z() -> None:
    """Their activations are all 1 in the network's precision, so that these say nothing of the order."""
    weights, biases = np.full((2, 784), 5, np.float32), np.zeros(2, np.float32)
    network = Network.of([weights], [biases], activation="sigmoid", cost="quadratic")
    images = np.zeros((4, 784), dtype=np.uint8)
    for i, ink in enumerate((20, 40, 30, 0)):  # z = 5 · ink
        images[i, :ink] = 255
    found = most_exciting(network, images, np.array([3, 8, 8, 1], np.uint8), 3)
    assert found
    excited = found.of(1, 1)
    assert excited.images.tolist() == [1, 2, 0]
    assert excited.z.tolist() == [200, 150, 100]
    assert excited.activations.tolist() == [1, 1, 1]


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_for_which_digits_it_fires_is_counted_by_label(activation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((784, 5, 10), seed=2, initialisation="scaled", activation=activation)
    monkeypatch.setattr(Network, "chunk", 64)
    found = most_exciting(network, IMAGES, LABELS, 6)
    assert found
    above = network.activations(IMAGES)[1] > (0.5 if activation == "sigmoid" else 0)
    for index in range(5):
        excited = found.of(1, index)
        assert excited.fires.tolist() == [int(above[digit == LABELS, index].sum()) for digit in range(10)]
        assert excited.looked_at.tolist() == np.bincount(LABELS, minlength=10).tolist()
        two = np.isin(LABELS, (3, 8))
        assert excited.share((3, 8)) == pytest.approx(above[two, index].mean())


def test_of_a_digit_that_is_not_there_no_share_is_told() -> None:
    found = most_exciting(Network((784, 10), seed=1), IMAGES[LABELS == 4], LABELS[LABELS == 4], 6)
    assert found
    assert found.of(1, 0).share((3, 8)) is None


def test_of_very_many_some_are_looked_at_from_first_to_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exciting, "ENOUGH", 31)
    found = most_exciting(Network((784, 10), seed=1), IMAGES, LABELS, 31)
    assert found
    excited = found.of(1, 0)
    assert sorted(excited.images.tolist()) == np.linspace(0, 299, 31).round().astype(int).tolist()
    assert excited.looked_at.sum() == 31


def test_few_images_are_all_there_are() -> None:
    found = most_exciting(Network((784, 10), seed=1), IMAGES[:3], LABELS[:3], 6)
    assert found
    assert [sorted(found.of(1, index).images.tolist()) for index in range(10)] == [[0, 1, 2]] * 10
    nothing = most_exciting(Network((784, 10), seed=1), IMAGES[:0], LABELS[:0], 6)
    assert nothing
    assert nothing.of(1, 0).images.size == 0


def test_it_stops_when_told() -> None:
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    network = Network((784, 1_000_000 // 794, 10), seed=1)
    assert most_exciting(network, IMAGES, LABELS, 6, stop) is None
    assert len(asked) == 2


def test_nothing_is_found_before_all_were_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "chunk", 100)
    search = Search(Network((784, 10), seed=1), IMAGES, LABELS, 6)
    for _ in range(3):
        next(search)
        assert search.found is None
    assert list(search) == []
    assert search.found is not None


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_weights_that_are_no_numbers_raise_and_warn_nowhere(broken: float) -> None:
    network = Network((784, 20, 10), seed=1)
    network.parameters[::3] = broken
    found = most_exciting(network, IMAGES, LABELS, 6)
    assert found
    assert found.of(1, 0).images.size == 6
    assert found.of(1, 0).activations.size == 6


@pytest.mark.parametrize(
    ("labels", "digits", "count", "kinds"),
    [
        ([3] * 9, (3,), 9, 1),
        ([8, 3, 8, 3, 8, 3, 8, 1, 0], (3, 8), 7, 4),
        ([3] * 7 + [8] * 2, (3,), 7, 2),
        ([3] * 5 + [8, 8, 1, 1], (3,), 5, 3),  # of the two that are second neither is named
        ([3] * 4 + [8, 8, 1, 1, 0], (), 4, 4),
        ([3, 3, 3, 8, 8, 8, 1, 1, 1], (), 3, 3),
        (range(9), (), 1, 9),
        ([5], (5,), 1, 1),
        ([5, 6], (5, 6), 2, 2),
        ([], (), 0, 0),
    ],
)
def test_what_digits_have_in_common(labels: list[int], digits: tuple[int, ...], count: int, kinds: int) -> None:
    assert InCommon.of(np.array(labels, dtype=np.uint8)) == InCommon(digits, count, len(labels), kinds)


def test_nine_digits_at_random_seldom_have_something_in_common() -> None:
    drawn = np.random.default_rng(1).integers(0, 10, (20_000, 9))
    share = np.mean([bool(InCommon.of(nine).digits) for nine in drawn])
    assert share == pytest.approx(0.0164, abs=0.003)
