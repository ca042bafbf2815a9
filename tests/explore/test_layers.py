"""A neuron's sum taken apart, against sums done by hand."""

from itertools import pairwise

import numpy as np
import pytest

from digitpad.explore.layers import Neuron, components, first_number, full, pixels, sample, votes
from digitpad.nn.network import Network
from digitpad.nn.neurons import ACTIVATIONS

HAND = Network.of(
    [np.array([[1.0, -2.0, 0.5], [0.0, 3.0, 1.0]]), np.array([[2.0, -4.0], [1.0, 1.0]])],
    [np.array([0.25, -1.0]), np.array([0.0, 0.5])],
    activation="relu",
    cost="quadratic",
)


def test_a_sum_by_hand() -> None:
    found = components(HAND, 0, 0, np.array([1.0, 0.5, 0.2]), most=2)
    # 1 * 1 - 2 * 0.5 + 0.5 * 0.2 + 0.25 = 0.35
    assert found.largest.tolist() == [0, 1]
    assert found.terms.tolist() == [1.0, -1.0]
    assert found.rest == pytest.approx(0.1)
    assert (found.others, found.bias) == (1, 0.25)
    assert found.z == pytest.approx(0.35)
    assert found.activation == pytest.approx(0.35)  # relu


def test_terms_that_are_0_are_none_of_the_largest() -> None:
    found = components(HAND, 0, 1, np.array([1.0, 0.0, 0.2]))
    # 0 * 1 + 3 * 0 + 1 * 0.2 - 1 = -0.8
    assert found.largest.tolist() == [2]
    assert (found.others, found.rest) == (2, 0.0)
    assert found.z == pytest.approx(-0.8)
    found = components(HAND, 0, 0, np.zeros(3))
    assert found.largest.tolist() == []
    assert (found.others, found.rest, found.z) == (3, 0.0, 0.25)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_term_by_term_is_the_product_of_matrices(activation: str) -> None:
    network = Network((7, 5, 4), seed=3, activation=activation, dtype=np.float64)
    layers = network.activations(np.random.default_rng(3).random(7))
    for layer, (before, after) in enumerate(pairwise(layers)):
        for neuron in range(len(after)):
            found = components(network, layer, neuron, before)
            assert found.activation == pytest.approx(float(after[neuron]), rel=1e-12)
            assert found.z == pytest.approx(float(found.terms.sum()) + found.rest + found.bias, rel=1e-12)


def test_what_speaks_for_the_answer() -> None:
    layers = HAND.activations(np.array([1.0, 0.5, 0.2]))
    # Hidden: 0.35 and 0 + 1.5 + 0.2 - 1 = 0.7. Outputs: z = 0.7 - 2.8 = -2.1 and 0.35 + 0.7 + 0.5 = 1.55.
    answer, adds = votes(HAND, layers)
    assert answer == 1
    np.testing.assert_allclose(adds, [0.35, 0.7])


def test_what_speaks_for_the_answer_may_be_beyond_all_numbers() -> None:
    large = HAND.copy()
    large.weights[1][:] = 1e308, -1e308
    _, adds = votes(large, [np.zeros(3), np.array([10.0, 0.0]), np.array([0.0, 1.0])])
    assert adds.tolist() == [np.inf, 0.0]


def test_discs_tell_more_from_less_whatever_the_size_of_the_activations() -> None:
    relu, sigmoid = (Network((784, 20, 10), seed=1, activation=name) for name in ("relu", "sigmoid"))
    a = np.array([0.0, 20.0, 80.0])
    assert full(relu, 1, a) == 80
    assert full(relu, 1, 0 * a) == 1
    assert full(relu, 2, a / 100) == 1  # outputs are sigmoid neurons
    assert full(sigmoid, 1, a / 100) == 1


def test_samples_are_the_strongest_or_spread_and_hold_what_is_wanted() -> None:
    a = np.array([0.1, -0.9, 0.2, 0.8, 0.0, 0.3])
    assert sample(a, 6, True).tolist() == [0, 1, 2, 3, 4, 5]
    assert sample(a, 3, True).tolist() == [1, 3, 5]
    assert sample(a, 3, True, [4]).tolist() == [1, 3, 4]
    assert sample(a, 2, False).tolist() == [0, 5]
    ink = np.zeros(784)
    assert len(pixels(ink, 10, True)) == len(pixels(ink, 10, False)) == 0  # nothing leads away from a blank canvas
    ink[100] = 1
    assert len(pixels(ink, 10, True)) == 16  # a grid
    ink[100:200] = 1
    assert ((pixels(ink, 10, True) >= 100) & (pixels(ink, 10, True) < 200)).all()


def test_outputs_go_by_their_digit_and_other_neurons_are_counted_from_1() -> None:
    network = Network((6, 4, 10), seed=1, dtype=np.float64)
    activations = network.activations(np.linspace(0, 1, 6))
    hidden, output = (Neuron.of(network, activations, layer, 3) for layer in (0, 1))
    assert (hidden.name, output.name) == ("4", "3")
    assert output.components.activation == pytest.approx(float(activations[2][3]))
    assert [first_number(network, layer) for layer in (0, 1)] == [1, 0]
    assert first_number(Network((6, 4), seed=1), 0) == 1  # four bits, say
