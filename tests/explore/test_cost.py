"""The digits that cost most."""

import numpy as np

from digitpad.explore.cost import Search, in_words
from digitpad.nn.network import Network


def test_the_images_that_cost_most_are_found_some_at_a_time() -> None:
    generator = np.random.default_rng(4)
    network = Network((6, 4, 3), seed=1, dtype=np.float64)
    images = generator.random((2 * network.chunk + 7, 6))
    targets = np.eye(3)[generator.integers(0, 3, len(images))]
    search = Search(network, images, targets)
    assert len(list(search)) == 3
    assert list(search) == []
    costs = 0.5 * ((network.feedforward(images) - targets) ** 2).sum(axis=1)
    np.testing.assert_array_equal(search.worst(5), np.argsort(-costs)[:5])
    assert costs[search.worst(5)].tolist() == np.sort(costs)[::-1][:5].tolist()


def test_a_cost_is_told_with_as_much_as_four_figures_can_say() -> None:
    assert [in_words(cost) for cost in (0.25, 0.00001, 0.0, np.nan)] == ["0.2500", "< 0.0001", "0.0000", "none"]
