"""What is left to try."""

from dataclasses import replace

from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.untried import untried


def test_what_was_tried_is_not_proposed() -> None:
    everything = untried([])
    assert len(everything) == 8
    tried = [replace(Recipe(), hidden=(), deform=True), replace(Recipe(), hidden=(100, 30), cost="cross-entropy")]
    left = untried([Run(number, recipe, "MNIST") for number, recipe in enumerate(tried)])
    assert len(left) == 3
    assert not {"No hidden layer", "Deformed digits", "Two hidden layers"} & {idea.title for idea in left}


def test_whoever_trains_what_is_proposed_has_tried_it() -> None:
    for idea in untried([]):
        assert idea not in untried([Run(1, idea.recipe, "MNIST")])
