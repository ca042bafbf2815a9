"""Runs are named by what differs between them."""

from dataclasses import replace

import pytest

from digitpad.train.naming import labels, names
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import ALL

PLAIN = Recipe()


def named(*recipes: Recipe) -> list[str]:
    return list(labels([Run(number, recipe, "digits") for number, recipe in enumerate(recipes, 1)]).values())


def test_a_run_alone_is_named_by_its_layers() -> None:
    assert named(PLAIN) == ["#1 784-30-10"]


def test_two_runs_are_each_named_by_what_differs() -> None:
    assert named(PLAIN, replace(PLAIN, eta=100.0)) == ["#1 η 3", "#2 η 100"]


def test_of_many_runs_only_what_is_unusual_is_told() -> None:
    assert named(PLAIN, replace(PLAIN, eta=100.0), PLAIN, replace(PLAIN, activation="relu", hidden=(200,))) == [
        "#1 784-30-10",
        "#2 η 100",
        "#3 784-30-10",
        "#4 784-200-10, relu",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hidden": ()}, "784-10"),
        ({"activation": "tanh"}, "tanh"),
        ({"cost": "cross-entropy"}, "cross-entropy"),
        ({"initialisation": "scaled"}, "scaled weights"),
        ({"mini_batch_size": 1}, "mini-batch 1"),
        ({"mini_batch_size": ALL}, "all at once"),
        ({"momentum": 0.9}, "μ 0.9"),
        ({"l2": 1e-4}, "L2 0.0001"),
        ({"deform": True}, "deformed"),
        ({"epochs": 1}, "1 epoch"),
        ({"epochs": 40}, "40 epochs"),
        ({"seed": 7}, "seed 7"),
        ({"train_on": 1000}, "1,000 images"),
        ({"held_out": "rest of the training set"}, "rest of the training set"),
        ({"own": True}, "with own digits"),
        ({"outputs": "four"}, "784-30-4"),
        ({"outputs": "four", "hidden": (20,)}, "784-20-4"),
    ],
    ids=str,
)
def test_every_setting_has_words(changes: dict[str, object], words: str) -> None:
    assert named(PLAIN, PLAIN, replace(PLAIN, **changes))[2] == f"#3 {words}"  # type: ignore[arg-type]


def test_seeds_and_epochs_are_told_only_where_nothing_else_differs() -> None:
    others = replace(PLAIN, eta=1.0, seed=4), replace(PLAIN, eta=0.5, epochs=3)
    assert named(PLAIN, *others) == ["#1 η 3", "#2 η 1", "#3 η 0.5"]
    assert named(PLAIN, PLAIN, replace(PLAIN, seed=4)) == ["#1 784-30-10", "#2 784-30-10", "#3 seed 4"]


def test_what_learned_from_other_digits_is_told_from_the_rest_by_their_name() -> None:
    on_builtin, on_mnist = Run(1, PLAIN, "Built-in digits"), Run(2, replace(PLAIN, seed=4), "MNIST")
    assert labels([on_builtin, on_mnist]) == {1: "#1 Built-in digits", 2: "#2 MNIST"}
    others = on_builtin, Run(3, PLAIN, "Built-in digits"), Run(4, replace(PLAIN, eta=0.5), "MNIST")
    assert labels([*others]) == {1: "#1 784-30-10", 3: "#3 784-30-10", 4: "#4 η 0.5, MNIST"}
    without_name = Run(4, replace(PLAIN, eta=0.5), "")
    assert labels([*others[:2], without_name]) == {1: "#1 784-30-10", 3: "#3 784-30-10", 4: "#4 η 0.5"}


def test_a_run_that_was_named_keeps_its_name_as_it_is() -> None:
    runs = [Run(1, PLAIN, "digits"), Run(2, replace(PLAIN, eta=1.0), "digits", "Anna's <b>best</b>")]
    assert labels(runs)[2] == "#2 Anna's <b>best</b>"


def test_no_runs_have_no_names() -> None:
    assert labels([]) == {}


def test_of_a_run_that_stands_for_all_seeds_the_seed_is_not_told() -> None:
    runs = [Run(1, PLAIN, "digits"), Run(2, replace(PLAIN, seed=4), "digits")]
    assert names(runs) == {1: "seed 0", 2: "seed 4"}
    assert names(runs, of_all_seeds={2}) == {1: "seed 0", 2: "784-30-10"}
    runs[1].name = "slow, seed 4"  # which is what the person called it
    assert names(runs, of_all_seeds={2})[2] == "slow, seed 4"
