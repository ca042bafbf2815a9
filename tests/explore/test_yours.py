"""The person's own numbers beside the ideas of the chapter."""

from dataclasses import replace

import numpy as np

from digitpad.data.dataset import Kind, Material
from digitpad.explore.chapter import Idea
from digitpad.explore.yours import steps_of, yours
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, Run
from digitpad.train.settings import VALIDATION


def run(number: int, accuracy: float, epochs: int = 3, recipe: Recipe | None = None) -> Run:
    points = [Point(float(epoch), accuracy, 0.1, accuracy, 0.1, True) for epoch in range(epochs + 1)]
    return Run(number, recipe or Recipe(), "MNIST", points=points)


def always(answer: int) -> Network:
    """A network that says 1/2 for ``answer`` and almost 0 for the others, whatever it sees."""
    network = Network((784, 10), seed=0, dtype=np.float64)
    network.parameters[:] = 0
    network.biases[0][:] = -50
    network.biases[0][answer] = 0
    return network


def test_of_a_network_its_size_is_told_and_of_a_drawing_its_bits_and_its_cost() -> None:
    blank = yours(always(9), None, [])
    assert blank == {Idea.LAYERS: "in use: 784-10, 7,850 weights and biases"}
    # Bits 8 and 1 get 10 / 2 = 5, the others -5: 1001. The cost is half of (1 - 1/2) squared.
    drawn = yours(always(9), np.zeros(784), [])
    assert drawn[Idea.BINARY] == "your drawing: 1001, which is 9"
    assert drawn[Idea.COST] == "your drawing as the 9 that it is read as: 0.1250"


def test_of_outputs_that_are_no_numbers_there_is_nothing_to_tell() -> None:
    network = always(9)
    network.biases[0][:] = np.nan
    assert set(yours(network, np.zeros(784), [])) == {Idea.LAYERS}


def test_of_runs_the_best_is_told_and_how_often_it_stepped() -> None:
    assert Idea.SUMMARY not in yours(always(1), None, [Run(1, Recipe(), "MNIST")])
    own = yours(always(1), None, [run(1, 0.9), run(2, 0.95, recipe=replace(Recipe(), eta=0.5))])
    assert own[Idea.SUMMARY] == (
        "best of your runs with MNIST, run 2: 95.00 % of the test set at best, epoch 0, chosen on it: optimistic"
    )
    assert own[Idea.DESCENT] == "η in your runs: from 0.5 to 3"
    assert own[Idea.MINI_BATCHES] == "run 2, your best: the weights were moved 15,000 times in 3 epochs"
    once = yours(always(1), None, [run(1, 0.9, epochs=1)])[Idea.MINI_BATCHES]
    assert once == "run 1, your best: the weights were moved 5,000 times in 1 epoch"
    seeded = [run(seed, 0.9 + seed / 100, recipe=Recipe(seed=seed)) for seed in range(3)]
    assert yours(always(1), None, seeded)[Idea.SUMMARY].endswith("by the seed 91.00 % (90.00 to 92.00, 3 seeds)")


def test_runs_that_were_measured_on_other_digits_than_the_newest_are_not_compared_with_it() -> None:
    built_in = replace(run(1, 0.99), data="Built-in digits", kind=Kind.BUILT_IN)
    validated = run(2, 0.98, recipe=Recipe(held_out=VALIDATION))
    own = yours(always(1), None, [built_in, validated, run(3, 0.9), run(4, 0.89)])
    assert own[Idea.SUMMARY].startswith("best of your runs with MNIST, run 3: 90.00 % of the test set")
    assert own[Idea.MINI_BATCHES].startswith("run 3, your best:")


def test_steps_are_counted_with_the_last_smaller_mini_batch() -> None:
    assert steps_of(run(1, 0.9, 1, Recipe(train_on=25, mini_batch_size=10))) == 3
    assert steps_of(run(1, 0.9, 2, Recipe(mini_batch_size=0))) == 2
    changed = run(1, 0.9, 2)
    changed.marks.append(Mark(1.0, "Mini-batch 100"))
    assert steps_of(changed) is None
    own = run(1, 0.9, 2, Recipe(own=True))
    assert steps_of(own) is None
    own.material = Material(600, 7, "00")
    assert steps_of(own) == 120
