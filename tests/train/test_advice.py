"""What is advised where nothing is learned, against what other learning rates really come to."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from digitpad.errors import TrainingError
from digitpad.nn.training import TrainingConfig
from digitpad.train import advice as advising
from digitpad.train.advice import Vitals
from digitpad.train.experiment import Experiment, Measurement, Start
from digitpad.train.recipe import Recipe
from tests.digits import digits

DIGITS = digits()
RECIPE = Recipe(train_on=600, epochs=3)
RATES = (1e-4, 1e-3, 0.01, 0.1, 1.0, 10.0, 100.0)
ROWS = [
    replace(RECIPE, activation=activation, cost=cost, initialisation=first, seed=seed)
    for seed, (activation, cost, first) in enumerate(
        (activation, cost, first)
        for activation in ("sigmoid", "tanh", "relu")
        for cost in ("quadratic", "cross-entropy")
        for first in ("normal", "scaled")
    )
]


@cache
def outcome(recipe: Recipe) -> tuple[list[float], list[str]]:
    """Return for each whole epoch the accuracy and what was advised; at last, where numbers broke down, 0."""
    accuracies, advised = [], []
    try:
        with np.errstate(all="ignore"):
            for event in Experiment(recipe, DIGITS).events():
                if isinstance(event, Measurement) and event.point.exact:
                    accuracies.append(event.point.accuracy)
                    advised.append(event.warning.sentences if event.warning else "")
    except TrainingError as error:
        accuracies.append(0.0)
        advised.append(str(error))
    return accuracies, advised


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.activation}-{row.cost}-{row.initialisation}")
def test_another_rate_is_advised_only_where_it_does_better(row: Recipe) -> None:
    outcomes = [outcome(replace(row, eta=eta)) for eta in RATES]
    ends = [accuracies[-1] for accuracies, _ in outcomes]
    told = 0
    for i, (accuracies, advised) in enumerate(outcomes):
        for reached, advice in zip(accuracies, advised, strict=True):
            if "is too large" in advice:
                assert max(ends[:i]) > reached + 0.05, (RATES[i], advice, outcomes)
            elif "may be too small" in advice:
                assert max(ends[i:]) > reached + 0.05, (RATES[i], advice, outcomes)
            told += bool(advice)
    assert told


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (replace(RECIPE, eta=100.0), "Learning rate 100 is too large: the output neurons are saturated"),
        (
            replace(RECIPE, activation="relu", cost="cross-entropy", eta=3.0),
            "Learning rate 3 is too large: 100 % of a layer's relu neurons are dead",
        ),
        (
            replace(RECIPE, activation="tanh", cost="cross-entropy", initialisation="scaled", eta=10.0),
            "Learning rate 10 is too large: the cost has grown from",
        ),
        (
            replace(RECIPE, cost="cross-entropy", eta=10.0, momentum=0.9),
            "Learning rate 10 with momentum 0.9 is too large",
        ),
        (replace(RECIPE, eta=1e-6, initialisation="scaled", seed=1), "Learning rate 1e-06 may be too small"),
        (replace(RECIPE, eta=0.05, l2=1.0), "L2 of 1 is too large: the weights decay"),
    ],
    ids=["saturated", "dead relu", "growing cost", "momentum", "too small", "l2"],
)
def test_what_is_seen_is_named(recipe: Recipe, words: str) -> None:
    assert any(words in advice for advice in outcome(recipe)[1])


def test_what_was_learned_and_is_lost_was_lost_by_too_large_a_rate() -> None:
    experiment, advised = Experiment(replace(RECIPE, epochs=4), DIGITS), ""
    for event in experiment.events():
        if isinstance(event, Measurement) and event.point.exact:
            advised = advised or (event.warning.sentences if event.warning else "")
            if event.point.epochs == 2:
                assert event.point.accuracy > 0.5
                assert not advised
                experiment.change(eta=200.0)
    assert "Learning rate 200 is too large: " in advised


@pytest.mark.parametrize(
    ("recipe", "saturated"),
    [(replace(RECIPE, eta=100.0), True), (replace(RECIPE, eta=1e-6, initialisation="scaled", seed=1), False)],
)
def test_whether_neurons_are_saturated_is_told(recipe: Recipe, saturated: bool) -> None:
    events = Experiment(recipe, DIGITS).events()
    advised = [event.warning for event in events if isinstance(event, Measurement) and event.warning]
    assert advised
    for one in advised:
        assert one.saturated is saturated is ("saturated" in one.sentences)


def test_nothing_is_advised_before_a_whole_epoch_also_of_a_run_that_goes_on() -> None:
    recipe = replace(RECIPE, eta=1e-6, initialisation="scaled", seed=1, epochs=1)
    experiment = Experiment(recipe, DIGITS, start=Start(3.0, recipe.network()))
    warnings = [event.warning for event in experiment.events() if isinstance(event, Measurement) and event.point.exact]
    assert warnings[0] is None
    assert warnings[1]


def test_a_network_of_four_outputs_that_knows_no_more_than_how_often_bits_come_is_said_to() -> None:
    start = Vitals(0, 0.1, 5.0, "cross-entropy", 0.2, 0.2, 0.0, 10.0, outputs=4)
    p = np.array([2, 4, 4, 5]) / 10  # how often each bit is 1 among the ten digits
    knows = replace(start, epochs=2, cost=-float((p * np.log(p) + (1 - p) * np.log(1 - p)).sum()))
    said = advising.advice(TrainingConfig(eta=3.0), start, 0.1, knows)
    assert said is not None
    assert "nearly the same to every image" in said.sentences
    of_ten = advising.advice(TrainingConfig(eta=3.0), start, 0.1, replace(knows, outputs=10))
    assert of_ten is not None
    assert "the cost has fallen" in of_ten.sentences
