"""A sweep of eta: what each network comes to, and what stands out."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from digitpad.data.dataset import Dataset, Digits
from digitpad.errors import DataError
from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.recipe import Recipe
from digitpad.train.settings import ALL, LARGEST_ETA, SETTINGS, VALIDATION
from digitpad.train.sweep import EPOCHS, Reached, Sweep, Swept, etas_around
from tests.digits import a_set, digits

RECIPE = Recipe(train_on=400, hidden=(20,), epochs=3)


def swept(sweep: Sweep) -> Swept:
    found = Swept(sweep.etas)
    with np.errstate(all="ignore"):
        for event in sweep.events():
            if event is not None:
                found.add(event)
    return found


@pytest.mark.parametrize("eta", [3.0, 0.5, 1e-6, 0.123456789, 10.0])
def test_nine_learning_rates_lie_around_the_one_there_is(eta: float) -> None:
    etas = etas_around(eta)
    assert len(etas) == 9
    assert etas[4] == eta
    assert etas[0] == pytest.approx(eta / 100, rel=1e-5)
    assert etas[8] == pytest.approx(eta * 100, rel=1e-5)
    for low, high in pairwise(etas):
        assert high / low * 1.00001 >= 3
        assert high / low <= 3.34


@pytest.mark.parametrize("eta", [LARGEST_ETA, 300.0, 5e-324, 1e-307])
def test_none_is_tried_that_is_not_allowed(eta: float) -> None:
    etas = etas_around(eta)
    assert eta in etas
    assert len(set(etas)) == len(etas)
    for one in etas:
        assert SETTINGS["eta"].read(SETTINGS["eta"].show(one)) == one


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"outputs": "four"},
        {"cost": "cross-entropy", "activation": "tanh", "momentum": 0.5, "l2": 0.001, "initialisation": "scaled"},
        {"deform": True, "train_on": 60},
        {"hidden": (400,), "train_on": 60},  # one after another
        {"hidden": (), "mini_batch_size": 1},
        {"mini_batch_size": ALL},
    ],
    ids=str,
)
def test_each_network_comes_to_what_a_run_with_its_eta_comes_to(changed: dict[str, object]) -> None:
    """As far as rounding goes: on a few hundred digits, at an eta that is not too large, that is all of it."""
    recipe = replace(RECIPE, eta=0.03, **changed)  # type: ignore[arg-type]
    found = swept(Sweep(recipe, digits()))
    assert found.epochs == EPOCHS
    assert {len(one) for one in found.accuracies.values()} == {EPOCHS + 1}
    for eta in (0.0003, 0.03):
        run = Experiment(replace(recipe, eta=eta, held_out=VALIDATION, epochs=EPOCHS), digits())
        wanted = [event.point.accuracy for event in run.events() if isinstance(event, Measurement) and event.evaluation]
        n = len(run.split.held_out)
        assert found.accuracies[eta] == pytest.approx(wanted, abs=2.01 / n)


def test_too_small_creeps_and_too_large_learns_nothing() -> None:
    found = swept(Sweep(replace(RECIPE, eta=1.0, train_on=600, hidden=(30,)), digits(1200)))
    assert found.best is not None
    assert 0.1 <= found.best <= 10
    assert found.last[0.01] < found.last[found.best] - 0.2
    assert found.last[100.0] < found.last[found.best] - 0.2


@pytest.mark.parametrize(
    ("has", "size", "wanted"),
    [(30, 1, 3), (2, 1, 2), (30, 2, 3), (30, 10, 13), (30, 100, 30), (1000, 100, 125), (1000, ALL, 500), (20, ALL, 20)],
)
def test_as_few_epochs_as_tell_and_never_more_than_the_recipe_has(has: int, size: int, wanted: int) -> None:
    """Three, where they have 500 steps, as many as these take otherwise."""
    assert Sweep(replace(RECIPE, epochs=has, mini_batch_size=size), digits()).recipe.epochs == wanted


def test_with_one_step_an_epoch_it_takes_enough_of_them_to_learn() -> None:
    found = swept(Sweep(replace(RECIPE, epochs=100, mini_batch_size=ALL), digits()))
    assert found.best is not None
    assert found.last[found.best] > 0.5


def test_it_is_measured_on_digits_that_it_does_not_learn_from_and_never_on_the_test_set() -> None:
    training = a_set(120, 1)
    empty = Dataset(np.empty((0, 784), np.uint8), np.empty(0, np.uint8))
    sweep = Sweep(replace(RECIPE, train_on=50_000), Digits("bars", training, empty))
    assert sweep.recipe.train_on == 100
    assert sweep.validation == 20
    assert swept(sweep).epochs == EPOCHS


def test_too_few_digits_are_refused_in_a_sentence() -> None:
    with pytest.raises(DataError, match="“bars” has too few training images to set some aside for a sweep"):
        Sweep(RECIPE, digits(5))


def test_own_drawings_are_learned_from_too() -> None:
    own = a_set(50, 7)
    sweep = Sweep(replace(RECIPE, own=True, mini_batch_size=1, hidden=()), digits(), lambda: own)
    steps = sum(event is None and sweep.share > 0 for event in sweep.events())
    assert steps > EPOCHS * (400 + len(own))  # a step for each image, and some for what is measured


def test_it_can_be_left_between_any_two_steps_and_tells_how_far_it_is() -> None:
    sweep = Sweep(RECIPE, digits())
    shares = []
    for event in sweep.events():
        shares.append(sweep.share)
        if isinstance(event, Reached) and event.epochs == 1:
            break
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1 / EPOCHS)


@pytest.mark.parametrize("hidden", [(20,), (1000,)])
def test_weights_that_grow_beyond_all_numbers_are_told_apart_from_bad_ones(hidden: tuple[int, ...]) -> None:
    recipe = replace(
        RECIPE, activation="relu", hidden=(*hidden, 20), eta=1000.0, cost="cross-entropy", momentum=0.99, train_on=100
    )
    found = swept(Sweep(recipe, digits()))
    assert found.accuracies[1000.0][-1] is None
    assert found.last[1000.0] == 0
    assert found.accuracies[1000.0][0] is not None


def test_networks_that_learn_at_once_are_told_of_at_once() -> None:
    events = list(Sweep(replace(RECIPE, hidden=(), train_on=60), digits()).events())
    for epoch in range(1, EPOCHS + 1):
        places = [i for i, event in enumerate(events) if event is not None and event.epochs == epoch]
        assert len(places) == 9
        assert places == list(range(places[0], places[0] + 9))


def test_the_best_is_of_those_that_came_farthest() -> None:
    found = Swept([0.1, 1.0, 10.0])
    assert found.epochs == 0
    assert found.best is None
    for eta in (0.1, 1.0, 10.0):
        found.add(Reached(eta, 0, 0.9))
    assert found.last == {}
    for eta, accuracy in ((0.1, 0.5), (1.0, 0.8), (10.0, None)):
        found.add(Reached(eta, 1, accuracy))
    assert found.best == 1.0
    assert found.last == {0.1: 0.5, 1.0: 0.8, 10.0: 0.0}
    found.add(Reached(0.1, 2, 0.6))
    assert found.after(2) == {0.1: 0.6}
    assert found.best is None  # there is nothing to compare it with
    found.add(Reached(1.0, 2, 0.4))
    assert found.best == 0.1


def test_none_is_best_where_nothing_was_learned() -> None:
    found = Swept([0.1, 1.0])
    for epochs, accuracy in ((0, 0.1), (1, 0.12)):
        for eta in (0.1, 1.0):
            found.add(Reached(eta, epochs, accuracy))
    assert found.best is None
