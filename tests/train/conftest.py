"""A run that has come to its end, for the tests of what is made of one."""

from functools import cache

import pytest

from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, Run
from tests.digits import digits

RECIPE = Recipe(train_on=600, epochs=4)


@cache
def measurements() -> list[Measurement]:
    """What is measured on the way, once for all: nobody changes it."""
    return [event for event in Experiment(RECIPE, digits()).events() if isinstance(event, Measurement)]


@pytest.fixture
def run() -> Run:
    run = Run(1, RECIPE, "bars")
    for measurement in measurements():
        run.add(measurement)
    run.marks.append(Mark(1.5, "Learning rate η 1"))
    run.seconds = 2.0
    return run
