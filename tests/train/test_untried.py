"""What is left to try."""

from dataclasses import replace

from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.untried import untried


def test_what_was_tried_is_not_proposed() -> None:
    everything = untried([])
    assert len(everything) == 9
    tried = [replace(Recipe(), hidden=(), deform=True), replace(Recipe(), hidden=(100, 30), cost="cross-entropy")]
    left = untried([Run(number, recipe, "MNIST") for number, recipe in enumerate(tried)])
    assert len(left) == 4
    assert not {"No hidden layer", "Deformed digits", "Two hidden layers"} & {idea.title for idea in left}


def test_whoever_trains_what_is_proposed_has_tried_it() -> None:
    for idea in untried([]):
        assert idea not in untried([Run(1, idea.recipe, "MNIST")])


def test_a_hundred_neurons_that_hardly_move_or_jump_are_not_the_experiment_with_a_hundred() -> None:
    for eta in (0.001, 100.0):
        left = untried([Run(1, replace(Recipe(), hidden=(100,), eta=eta), "MNIST")])
        assert "100 hidden neurons" in {idea.title for idea in left}
