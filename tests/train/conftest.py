"""A run that has come to its end, for the tests of what is made of one."""

import pytest

from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, Run
from tests.digits import digits


@pytest.fixture
def run() -> Run:
    recipe = Recipe(train_on=600, epochs=4)
    run = Run(1, recipe, "bars")
    for event in Experiment(recipe, digits()).events():
        if isinstance(event, Measurement):
            run.add(event)
    run.marks.append(Mark(1.5, "Learning rate η 1"))
    run.seconds = 2.0
    return run
