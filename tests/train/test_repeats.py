"""Runs that differ in the seed alone."""

from dataclasses import replace

import numpy as np
import pytest

from digitpad.data.dataset import Kind, Material
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import alike, came_to_end, repeats, seeds_wanted
from digitpad.train.runs import Run

RECIPE = Recipe(epochs=2)


def a_run(number: int, seed: int, accuracies: tuple[float, ...] = (0.1, 0.5, 0.9), recipe: Recipe = RECIPE) -> Run:
    """Return a run that was measured after each epoch, and once within the first."""
    points = [Point(float(epoch), one, 1 - one, one, 1 - one, True) for epoch, one in enumerate(accuracies)]
    points.insert(1, Point(0.5, 0.3, 0.7, 0.3, 0.7, False))
    return Run(number, replace(recipe, seed=seed), "MNIST", points=points, kind=Kind.MNIST)


def test_three_seeds_are_a_group_with_a_mean_and_what_lies_between_the_least_and_the_greatest() -> None:
    runs = [a_run(1, 5), a_run(2, 0, (0.1, 0.6, 0.7)), a_run(3, 9, (0.1, 0.4, 0.8))]
    (group,) = repeats(runs)
    assert group.runs == tuple(runs)
    assert group.number == 1
    band = group.band(lambda point: point.accuracy)
    np.testing.assert_array_equal(band.epochs, [0, 1, 2])
    np.testing.assert_allclose(band.mean, [0.1, 0.5, 0.8])
    np.testing.assert_allclose(band.least, [0.1, 0.4, 0.7])
    np.testing.assert_allclose(band.greatest, [0.1, 0.6, 0.9])
    assert str(group.best) == "80.00 % (70.00 to 90.00, 3 seeds)"
    after = group.after(1)
    assert after is not None
    assert str(after) == "50.00 % (40.00 to 60.00, 3 seeds)"
    assert group.after(0.5) is None


@pytest.mark.parametrize(
    "third",
    [
        a_run(3, 0),  # the same seed again
        a_run(3, 2, (0.1, 0.5)),  # did not come to its end
        a_run(3, 2, recipe=replace(RECIPE, eta=1.0)),
        a_run(3, 2, recipe=replace(RECIPE, epochs=1)),
        replace(a_run(3, 2), data="others", kind=Kind.OTHER),
        replace(a_run(3, 2), material=Material(600, 0, "0123")),  # of the same name, and not the same
    ],
    ids=["seed", "short", "eta", "epochs", "data", "material"],
)
def test_what_differs_in_more_or_in_nothing_makes_no_group(third: Run) -> None:
    assert repeats([a_run(1, 0), a_run(2, 1), third]) == []


def test_a_run_whose_rate_was_changed_on_the_way_is_no_run_of_its_recipe() -> None:
    run = a_run(1, 0)
    assert came_to_end(run)
    run.mark(1, "Learning rate η 0.5")
    assert not came_to_end(run)


def test_a_run_that_was_left_within_an_epoch_and_begun_from_there_again_is_not_the_same() -> None:
    run = a_run(1, 0, (0.1, 0.5))
    run.points += [Point(1.5, 0.6, 0.1, 0.6, 0.1, True), Point(2.5, 0.7, 0.1, 0.7, 0.1, True)]
    assert not came_to_end(run)


def test_a_run_that_went_on_longer_counts_as_far_as_the_others_came() -> None:
    runs = [a_run(1, 0), a_run(2, 1), a_run(3, 2, (0.1, 0.5, 0.9, 0.95))]
    (group,) = repeats(runs)
    assert group.common == [0, 1, 2]


def test_the_seeds_that_are_there_count() -> None:
    recipe = replace(RECIPE, seed=4)
    assert seeds_wanted(recipe, []) == [4, 5, 6, 7, 8]
    runs = [a_run(1, 4), a_run(2, 6), a_run(3, 100), a_run(4, 7, (0.1, 0.5))]
    assert seeds_wanted(recipe, runs) == [5, 7]  # 7 did not come to its end
    assert seeds_wanted(recipe, [*runs, a_run(5, 1), a_run(6, 2)]) == []


def test_runs_are_alike_that_had_the_same_digits_and_differ_in_the_seed() -> None:
    run, other = (
        replace(a_run(1, 4), material=Material(600, 0, "a")),
        replace(a_run(2, 6), material=Material(600, 0, "a")),
    )
    drawn = replace(other, material=Material(600, 0, "b"))
    assert alike(run, [run, other, drawn, replace(other, recipe=replace(RECIPE, eta=1.0))]) == [run, other]


def test_after_the_largest_seed_comes_the_smallest() -> None:
    recipe = replace(RECIPE, seed=2**32 - 1)
    assert seeds_wanted(recipe, [], 2) == [2**32 - 1, 0]
