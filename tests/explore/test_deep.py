"""Parts of a question, against a network worked out by hand; and networks that learn side by side."""

import numpy as np
import pytest

from digitpad.explore.deep import ONE_LAYER, THREE_LAYERS, Race, learned_from, parts, verdict
from digitpad.nn.network import Network


def by_hand() -> Network:
    """Two inputs, two neurons, two neurons, one output, all without bias."""
    weights = [np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 1.0], [3.0, -1.0]]), np.array([[2.0, -5.0]])]
    return Network.of(weights, [np.zeros(2), np.zeros(2), np.zeros(1)], activation="relu", cost="quadratic")


def test_without_an_image_the_largest_weight_comes_first_and_patterns_are_mixed() -> None:
    first, second = parts(by_hand(), 3, 0, None, most=6)
    assert (first.neuron, first.weight, first.activation) == (1, -5.0, None)
    assert first.pattern.tolist() == [3.0, -2.0]  # 3 (1, 0) - 1 (0, 2)
    assert (second.neuron, second.weight) == (0, 2.0)
    assert second.pattern.tolist() == [1.0, 2.0]


def test_with_an_image_what_it_adds_decides() -> None:
    (first,) = parts(by_hand(), 3, 0, np.array([0.1, 1.0]), most=1)  # activations 2.1 and max(0, 0.3 - 2)
    assert first.neuron == 0
    assert first.activation == pytest.approx(2.1)


def test_without_a_hidden_layer_there_are_no_parts() -> None:
    assert parts(Network([4, 2], seed=1), 1, 0, None, most=6) == []


def test_a_part_is_cut_into_those_of_the_layer_below() -> None:
    first, second = parts(by_hand(), 2, 1, None, most=6)
    assert [(part.neuron, part.weight, part.pattern.tolist()) for part in (first, second)] == [
        (0, 3.0, [1.0, 0.0]),
        (1, -1.0, [0.0, 2.0]),
    ]


@pytest.mark.parametrize("broken", [np.nan, np.inf, 1e38])
def test_weights_that_are_no_numbers_or_too_large_have_parts_and_warn_nowhere(broken: float) -> None:
    network = Network([784, 5, 4, 10], seed=1)
    network.parameters[::2] = broken
    for image in (None, np.ones(784, dtype=np.float32)):
        found = parts(network, 3, 0, image, most=6)
        assert [part.pattern.shape for part in found] == [(784,)] * 4


@pytest.mark.parametrize(
    ("one", "three", "ahead"),
    [
        ([0.85, 0.86, 0.87], [0.9, 0.91, 0.92], 1),
        ([0.85, 0.86, 0.87], [0.79, 0.8, 0.81], -1),
        ([0.85, 0.86, 0.87], [0.86, 0.9, 0.92], 0),  # one of the one kind is among the others
        ([0.85, 0.86, 0.87], [0.88, 0.89, 0.95], 0),  # the means are no further apart than seeds are
    ],
)
def test_a_kind_is_ahead_only_where_it_is_by_more_than_the_seeds_make(
    one: list[float], three: list[float], ahead: int
) -> None:
    assert verdict(np.array(one), np.array(three)) == ahead


def test_no_last_mini_batch_of_few_images_is_learned_from() -> None:
    assert [learned_from(n) for n in (7, 10, 8_001, 9_999, 60_000)] == [7, 10, 8_000, 9_990, 10_000]


def test_both_kinds_have_as_many_numbers() -> None:
    counts = [Network([784, *hidden, 10], seed=0).parameters.size for hidden in (ONE_LAYER, THREE_LAYERS)]
    assert counts == [23_860, 23_894]


def test_a_race_ends_with_an_accuracy_for_each_epoch_and_is_the_same_again() -> None:
    generator = np.random.default_rng(1)
    labels = generator.integers(0, 10, 120, dtype=np.uint8)
    images = np.zeros((120, 784), dtype=np.uint8)
    images[np.arange(120), labels] = 255
    targets = np.eye(10, dtype=np.float32)[labels]
    races = [Race((images, targets), (images, labels), epochs=2) for _ in range(2)]
    for race in races:
        assert race.accuracies(ONE_LAYER).size == 0
        for _ in race:
            pass
        assert race.over
        assert race.accuracies(THREE_LAYERS).shape == (3, 3)
    np.testing.assert_array_equal(races[0].accuracies(ONE_LAYER), races[1].accuracies(ONE_LAYER))
