"""A network under the knife."""

import numpy as np
import pytest

from digitpad.inside.activity import Neuron
from digitpad.inside.knife import ALL_BITS, Cut, Order, after, in_order, provenance, score_steps
from digitpad.nn.network import Network
from digitpad.nn.steps import finish
from digitpad.train.hand import Score
from digitpad.train.provenance import Provenance
from tests.digits import a_set

IMAGES = np.random.default_rng(0).random((5, 784)).astype(np.float32)
HIDDEN = [(30,), (12, 9, 7)]


def made(hidden: tuple[int, ...], activation: str = "sigmoid") -> Network:
    return Network((784, *hidden, 10), seed=1, activation=activation, initialisation="scaled")


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_a_neuron_that_is_off_contributes_nothing(hidden: tuple[int, ...], activation: str) -> None:
    network = made(hidden, activation)
    for layer in range(1, len(hidden) + 1):
        result = after(network, Cut(frozenset({Neuron(layer, 2), Neuron(layer, 5)})))
        activations = network.activations(IMAGES)[layer]
        now = result.activations(IMAGES)[layer]
        assert np.abs(now[:, [2, 5]]).max() < 1e-30
        others = np.delete(np.arange(hidden[layer - 1]), [2, 5])
        np.testing.assert_array_equal(now[:, others], activations[:, others])
        # The same as the network without these two at all.
        rest = activations[:, others]
        for i in range(layer, len(network.weights)):
            w = network.weights[i][:, others] if i == layer else network.weights[i]
            rest = network.neurons(i).function(rest @ w.T + network.biases[i])
        np.testing.assert_allclose(result.feedforward(IMAGES), rest, atol=1e-5)
        # Nor does anything listen to it, whatever its own weights were.
        result.biases[layer - 1][[2, 5]] = 3
        np.testing.assert_allclose(result.feedforward(IMAGES), rest, atol=1e-5)


@pytest.mark.parametrize("hidden", [(), *HIDDEN])
def test_the_network_itself_stays_what_it_was(hidden: tuple[int, ...]) -> None:
    network = made(hidden)
    before = network.parameters.copy()
    off = frozenset(Neuron(layer, 0) for layer in range(1, len(hidden) + 1))
    assert not np.array_equal(after(network, Cut(off, bits=3, noise=0.5)).parameters, before)
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(after(network, Cut()).parameters, before)


def test_all_neurons_of_a_layer_can_be_off() -> None:
    network = made((6,))
    result = after(network, Cut(frozenset(Neuron(1, i) for i in range(6))))
    outputs = result.feedforward(IMAGES)
    np.testing.assert_allclose(outputs, np.broadcast_to(1 / (1 + np.exp(-network.biases[1])), outputs.shape), rtol=1e-5)


@pytest.mark.parametrize("bits", [2, 3, 5, 8])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_n_bits_leave_few_levels_symmetric_about_0(bits: int, dtype: type) -> None:
    network = Network((784, 20, 10), seed=1, dtype=dtype)
    result = after(network, Cut(bits=bits))
    for w, before in zip(result.weights, network.weights, strict=True):
        levels = np.unique(w)
        assert len(levels) <= 2**bits - 1
        steps = levels / np.abs(before).max() * (2 ** (bits - 1) - 1)
        np.testing.assert_allclose(steps, np.rint(steps), atol=1e-4)
        step = np.abs(before).max() / (2 ** (bits - 1) - 1)
        assert np.abs(w - before).max() <= step / 2 * (1 + 1e-5)
    np.testing.assert_array_equal(result.biases[0], network.biases[0])


def test_with_noise_there_are_no_more_levels_either() -> None:
    result = after(made((20,)), Cut(bits=4, noise=0.3))
    assert all(len(np.unique(w)) <= 15 for w in result.weights)


def test_noise_is_repeatable_and_as_large_as_it_says() -> None:
    network = made((100,))
    one, same, other = (after(network, Cut(noise=0.5, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.parameters, same.parameters)
    assert not np.array_equal(one.parameters, other.parameters)
    for w, before in zip(one.weights, network.weights, strict=True):
        assert (w - before).std() == pytest.approx(0.5 * before.std(), rel=0.1)
    np.testing.assert_array_equal(one.biases[0], network.biases[0])


def test_the_order_is_by_outgoing_weights() -> None:
    network = made((8, 5))
    lengths = np.array([3, 1, 4, 1.5, 5, 9, 2, 6], dtype=np.float32)
    directions = network.weights[1] / np.linalg.norm(network.weights[1], axis=0)
    network.weights[1][:] = directions * lengths
    assert in_order(network, 1, Order.WEAKEST).tolist() == np.argsort(lengths).tolist()
    assert in_order(network, 1, Order.STRONGEST).tolist() == np.argsort(-lengths).tolist()
    mixed = in_order(network, 1, Order.RANDOM, seed=3)
    assert sorted(mixed.tolist()) == list(range(8))
    assert mixed.tolist() == in_order(network, 1, Order.RANDOM, seed=3).tolist()
    assert mixed.tolist() != in_order(network, 1, Order.RANDOM, seed=4).tolist()


@pytest.mark.parametrize("value", [np.nan, np.inf, 3e38, 0.0, 1e-45])
def test_odd_weights_are_cut_like_others(value: float) -> None:
    network = made((6, 4))
    network.parameters[:] = value
    result = after(network, Cut(frozenset({Neuron(1, 1)}), bits=3, noise=0.1))
    assert not result.weights[1][:, 1].any()
    assert result.feedforward(IMAGES).shape == (5, 10)
    for order in Order:
        assert sorted(in_order(network, 1, order).tolist()) == list(range(6))


def test_all_bits_round_nothing() -> None:
    network = made((6,))
    np.testing.assert_array_equal(after(network, Cut(bits=ALL_BITS)).parameters, network.parameters)


DIGITS = a_set(2300, 4)


def test_digits_are_read_in_parts_and_the_first_thousand_are_told() -> None:
    network = made((12,))
    told_of = [score for score in score_steps(network, DIGITS) if score]
    assert [score.n for score in told_of] == [1000]
    assert told_of[0].correct == network.evaluate(DIGITS.images[:1000], DIGITS.labels[:1000])
    assert finish(score_steps(network, DIGITS)) == (network.evaluate(DIGITS.images, DIGITS.labels), 2300)
    few = DIGITS[:70]
    assert finish(score_steps(network, few)) == (network.evaluate(few.images, few.labels), 70)
    with pytest.raises(ValueError, match="no digits"):
        finish(score_steps(network, DIGITS[:0]))


def test_how_it_was_made_tells_of_the_cut() -> None:
    before = Provenance(name="mine", accuracy="99 %", deformation="affine", recipe="{}", curves="{}", others={"a": "b"})
    network = made((30, 20))
    cut = Cut(frozenset({Neuron(1, 4), Neuron(2, 1), Neuron(2, 2)}), bits=4, noise=0.25)
    after_it = provenance(before, network, cut, Score(1993, 2000), "bars")
    assert after_it.name == "mine, cut"
    assert after_it.accuracy == "99.65 % of 2,000 test digits of bars"
    assert after_it.reads_nine  # as before
    assert not after_it.recipe
    assert not after_it.curves
    words = "1 of 30 neurons off in hidden layer 1; 2 of 20 neurons off in hidden layer 2"
    assert after_it.others == {"a": "b", "cut": f"{words}; noise of 0.25 standard deviations; weights of 4 bits"}
    again = provenance(after_it, network, Cut(bits=2), None, "bars")
    assert (again.name, again.accuracy) == ("mine, cut", "")
    assert Provenance.of(again.metadata) == again
