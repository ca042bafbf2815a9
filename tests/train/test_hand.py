"""Learning a person's hand, with a small network and digits this program draws."""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

import numpy as np
import pytest

from digitpad.data import synthetic
from digitpad.data.dataset import Digits
from digitpad.data.store import Sample
from digitpad.data.synthetic import Hand
from digitpad.draw.placing import placed
from digitpad.errors import NotEnoughDrawings
from digitpad.nn.network import Network
from digitpad.nn.steps import finish
from digitpad.nn.training import TrainingConfig, sgd
from digitpad.train import hand
from digitpad.train.hand import Learned, Score, halves, learn_hand
from digitpad.train.provenance import Provenance

T = TypeVar("T")

PLAIN = Hand(slant=0.1, turn=0.05, stretch=0.15, aim=2.0, line=(2.0, 2.8))
ODD = Hand(lean=-0.7, slant=0.05, turn=0.05, stretch=0.1, aim=2.0, line=(2.4, 2.4))  # leans far to the left


@cache
def digits() -> Digits:
    first, second = np.random.default_rng(1).spawn(2)
    return Digits("plain", synthetic.dataset(300, first, PLAIN), synthetic.dataset(150, second, PLAIN))


@cache
def network(activation: str = "sigmoid", cost: str = "cross-entropy", eta: float = 0.5) -> Network:
    """Return a network that reads the digits of ``digits``."""
    made = Network([784, 30, 10], seed=1, activation=activation, cost=cost, initialisation="scaled")
    training = digits().training
    for _ in sgd(made, training.images, training.targets, TrainingConfig(epochs=12, eta=eta)):
        pass
    return made


def in_double_precision(network: Network) -> Network:
    """Return the same network with weights in float64."""
    weights, biases = ([part.astype(np.float64) for part in parts] for parts in (network.weights, network.biases))
    return Network.of(weights, biases, activation=network.activation.name, cost=network.cost.name)


def samples(n: int, seed: int = 5, *, pictures: bool = False) -> list[Sample]:
    """Return ``n`` drawings of the odd hand, nought to nine in turn, as the database has them."""
    generator, made = np.random.default_rng(seed), []
    for i in range(n):
        paths = synthetic.strokes(i % 10, generator, ODD)
        strokes = () if pictures else placed(paths)
        image = synthetic.drawn(paths, generator, ODD)
        made.append(Sample(i % 10, strokes, image, None, "2024-01-01T00:00:00Z", i + 1))
    return made


def divided(samples: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Return drawings to learn from and others, where none is a copy."""
    return hand.divided(samples, {})


@pytest.fixture(autouse=True, scope="module")
def _fewer_variations() -> Generator[None, None, None]:
    """Drawing them is what takes time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hand, "VARIATIONS", 150)
        yield


@cache
def timed() -> tuple[Learned, float]:
    """Return what learning gave, and the seconds it took here."""
    parts, start, standard = divided(samples(80)), network(), digits()
    started = time.perf_counter()
    result = finish(learn_hand(start, standard, *parts))
    return result, time.perf_counter() - started


def learned() -> Learned:
    return timed()[0]


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of everything, where it does not matter how well it is learned."""
    monkeypatch.setattr(hand, "VARIATIONS", 50)
    monkeypatch.setattr(hand, "STEPS", 20)


def test_an_odd_hand_is_learned_and_the_standard_digits_are_not_forgotten() -> None:
    result = learned()
    wrong_before, wrong_after = (score.n - score.correct for score in (result.own_before, result.own_after))
    assert wrong_before >= 6
    assert wrong_after <= wrong_before / 2
    assert result.test_before.accuracy > 0.85
    assert result.test_after.accuracy > result.test_before.accuracy - 0.05


def test_the_scores_are_what_the_networks_give() -> None:
    result, (learn, held_out) = learned(), divided(samples(80))
    images, labels = np.stack([sample.image for sample in held_out]), np.array([sample.label for sample in held_out])
    test = digits().test
    for made, own, standard in (
        (network(), result.own_before, result.test_before),
        (result.network, result.own_after, result.test_after),
    ):
        assert own == Score(made.evaluate(images, labels), len(held_out))
        assert standard == Score(made.evaluate(test.images, test.labels), len(test))
    assert result.drawings == len(learn)
    assert timed()[1] / 2 < result.seconds <= timed()[1]


def test_the_network_given_stays_as_it_was() -> None:
    given = network().copy()
    result = finish(learn_hand(given, digits(), *divided(samples(80))))
    np.testing.assert_array_equal(given.parameters, network().parameters)
    assert (given.sizes, given.activation, given.cost) == (
        result.network.sizes, result.network.activation, result.network.cost,
    )  # fmt: skip
    np.testing.assert_array_equal(result.network.parameters, learned().network.parameters)  # again the same


def test_how_the_network_was_made_is_told_and_no_curves_that_are_not_its_own() -> None:
    before = Provenance.of({"name": "mine", "eta": "3", "recipe": "{}", "curves": "{}", "source": "a script"})
    result = learned()
    accuracy = f"{100 * result.own_after.accuracy:.1f} % on held-out drawings"
    told = {"own drawings": f"{result.drawings} learned from afterwards", "accuracy": accuracy}
    after = result.provenance(before)
    assert after.metadata == {"name": "mine, my hand", "eta": "3", "source": "a script"} | told
    assert result.provenance(after).name == "mine, my hand"
    assert result.provenance(Provenance()).name == "network, my hand"
    assert result.provenance(Provenance(deformation="mild")).reads_nine


@pytest.mark.usefixtures("brief")
def test_the_seed_decides_the_outcome() -> None:
    learn, held_out = divided(samples(40))
    first, again, other = (
        finish(learn_hand(network(), digits(), learn, held_out, seed)).network.parameters for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.usefixtures("brief")
def test_held_out_drawings_and_test_images_decide_nothing() -> None:
    learn, held_out = divided(samples(40))
    one = finish(learn_hand(network(), digits(), learn, held_out))
    other_digits = Digits("other", digits().training, digits().training[:50])
    other = finish(learn_hand(network(), other_digits, learn, samples(20, seed=9)))
    np.testing.assert_array_equal(one.network.parameters, other.network.parameters)


@pytest.mark.parametrize(
    ("activation", "cost", "eta"),
    [("relu", "cross-entropy", 0.05), ("tanh", "quadratic", 0.3), ("sigmoid", "quadratic", 3.0)],
)
def test_networks_of_every_kind_learn(activation: str, cost: str, eta: float) -> None:
    result = finish(learn_hand(network(activation, cost, eta), digits(), *divided(samples(80))))
    assert result.own_after.correct > result.own_before.correct
    assert result.test_after.accuracy > result.test_before.accuracy - 0.05


def test_drawings_without_strokes_are_learned_too() -> None:
    result = finish(learn_hand(network(), digits(), *divided(samples(80, pictures=True))))
    assert result.own_after.correct > result.own_before.correct


@pytest.mark.usefixtures("brief")
def test_a_network_too_large_for_a_whole_mini_batch_takes_it_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    # In double precision: Adam divides by the size of the gradient, so where that is almost 0 even the order in which a
    # kernel adds float32 numbers would be seen in the weights.
    learn, held_out = divided(samples(40))
    start = in_double_precision(network())
    whole = finish(learn_hand(start, digits(), learn, held_out)).network
    monkeypatch.setattr(Network, "chunk", 30)
    pieces = finish(learn_hand(start, digits(), learn, held_out)).network
    np.testing.assert_allclose(pieces.parameters, whole.parameters, atol=1e-9)


@pytest.mark.usefixtures("brief")
def test_dots_and_many_drawings_and_double_precision() -> None:
    dot = Sample(1, (np.array([[0.5, 0.5, 1.0]]),), np.zeros(784, dtype=np.uint8), None, "2024-01-01T00:00:00Z", 500)
    learn = [*samples(60), dot]  # more than there are variations
    result = finish(learn_hand(Network([784, 10], seed=0, dtype=np.float64), digits(), learn, samples(10)))
    assert result.network.finite
    assert result.network.dtype == np.float64


@pytest.mark.usefixtures("brief")
def test_it_tells_how_far_it_is_and_may_be_left() -> None:
    given = network().copy()
    work = learn_hand(given, digits(), *divided(samples(40)))
    shares = list(work)
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert 0.95 < shares[-1] <= 1
    assert len(shares) > 70
    for stopped_at in (1, 30, 65):
        work = learn_hand(given, digits(), *divided(samples(40)))
        for _ in range(stopped_at):
            next(work)
        work.close()
    np.testing.assert_array_equal(given.parameters, network().parameters)


def test_too_few_drawings_are_told() -> None:
    with pytest.raises(NotEnoughDrawings, match=r"at least 10 drawings .* so far there are 9 and 5\.$"):
        next(learn_hand(network(), digits(), samples(9), samples(5)))
    with pytest.raises(NotEnoughDrawings, match=r"so far there are 20 and 0\.$"):
        next(learn_hand(network(), digits(), samples(20), []))


def test_a_quarter_of_each_label_is_held_out() -> None:
    in_turn = samples(100)
    in_rows = [Sample(i // 10, s.strokes, s.image, None, s.created_at, s.id) for i, s in enumerate(in_turn)]
    for drawn in (in_turn, in_rows):
        learn, held_out = divided(drawn)
        assert len(learn) + len(held_out) == 100
        counts = np.bincount([sample.label for sample in held_out], minlength=10)
        assert counts.min() >= 1
        assert counts.max() <= 4
        assert 23 <= counts.sum() <= 27


def test_what_is_held_out_stays_held_out() -> None:
    drawn = samples(100)
    earlier, later = divided(drawn[:40]), divided(drawn)
    numbers = [{sample.id for sample in part} for part in (*earlier, *later)]
    assert numbers[0] <= numbers[2]
    assert numbers[1] <= numbers[3]
    assert not numbers[1] & numbers[2]
    relabelled = [Sample(0, s.strokes, s.image, None, s.created_at, s.id) for s in reversed(drawn)]
    assert {sample.id for sample in divided(relabelled)[1]} == numbers[3]


def test_copies_are_not_tested_with_what_was_learned_from() -> None:
    drawn = samples(40)
    again = [replace(sample, id=sample.id + 50) for sample in drawn]
    firsts = {sample.id + 50: sample.id for sample in drawn}
    for once, copies in zip(divided(drawn), hand.divided(again, firsts), strict=True):
        assert [sample.id for sample in copies] == [sample.id + 50 for sample in once]


def test_half_of_the_writers_are_held_out_and_no_hand_is_in_both() -> None:
    drawn = [replace(sample, writer=f"seat {i % 7 + 1}, 2026-01-0{i % 9 + 1}") for i, sample in enumerate(samples(70))]
    learn, test = halves(drawn)
    assert {sample.writer.partition(",")[0] for sample in learn} == {"seat 1", "seat 3", "seat 5", "seat 7"}
    assert {sample.writer.partition(",")[0] for sample in test} == {"seat 2", "seat 4", "seat 6"}
    assert len(learn) + len(test) == 70


def test_what_is_no_digit_is_answered_much_as_before() -> None:
    """Halves of digits that do not belong together, as such are rehearsed; of the test images, which are not."""
    images = digits().test.images.reshape(-1, 28, 28).copy()
    images[:, :14] = images[::-1, :14]
    before, after = (each.feedforward(images.reshape(-1, 784)) for each in (network(), learned().network))
    assert np.abs(after - before).mean() < 0.03


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_of_weights_too_large_to_be_squared_learns(
    monkeypatch: pytest.MonkeyPatch, dtype: type[np.floating]
) -> None:
    monkeypatch.setattr(hand, "STEPS", 3)
    large = Network([784, 30, 10], seed=1, cost="cross-entropy", initialisation="scaled", dtype=dtype)
    large.weights[0][:] *= 1e3 * np.sqrt(np.finfo(dtype).max)
    learned = finish(learn_hand(large, digits(), samples(20), samples(8))).network
    assert learned.finite
    assert (learned.weights[1] != large.weights[1]).any()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_whose_outputs_are_no_numbers_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, dtype: type[np.floating]
) -> None:
    monkeypatch.setattr(hand, "STEPS", 3)
    large = Network([784, 30, 10], seed=1, activation="relu", initialisation="scaled", dtype=dtype)
    large.weights[0][:] = np.finfo(dtype).max  # so that hidden neurons are infinite, and their sums no numbers
    learned = finish(learn_hand(large, digits(), samples(20), samples(8))).network
    np.testing.assert_array_equal(learned.parameters, large.parameters)
