"""Runs of one setting, and what their seeds make of it."""

import tracemalloc
from dataclasses import replace

import pytest

from digitpad.data.dataset import Kind
from digitpad.train.experiment import Point
from digitpad.train.groups import Common, Spread, groups, in_common
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Mark, Run, Trouble

PLAIN = Recipe()


def run(number: int, recipe: Recipe = PLAIN, *accuracies: float, data: str = "MNIST") -> Run:
    points = [Point(float(epoch), accuracy, 0.1, accuracy, 0.1, True) for epoch, accuracy in enumerate(accuracies)]
    return Run(number, recipe, data, points=points, kind=Kind.MNIST)


def seeded(*seeds: int, epochs: int = 1, recipe: Recipe = PLAIN) -> list[Run]:
    return [run(seed, replace(recipe, seed=seed), 0.1, *[0.9 + seed / 100] * epochs) for seed in seeds]


def test_a_spread_has_its_mean_between_the_least_and_the_greatest() -> None:
    spread = Spread((0.94, 0.95, 0.97))
    assert spread.mean == pytest.approx(2.86 / 3)
    assert (spread.least, spread.greatest) == (0.94, 0.97)
    assert str(spread) == "95.33 % (94.00 to 97.00, 3 seeds)"
    assert str(Spread((0.95,))) == "95.00 % (one seed)"


def test_the_best_of_three_is_a_mean_over_all_threes() -> None:
    assert Spread((0.9, 0.6, 0.8, 0.7)).best_of_three == pytest.approx((0.9 + 0.9 + 0.9 + 0.8) / 4)
    assert Spread((0.9, 0.6, 0.8)).best_of_three == 0.9
    assert Spread((0.9, 0.6)).best_of_three is None


def test_the_best_of_three_of_as_many_seeds_as_the_terminal_allows_is_told_without_listing_all_threes() -> None:
    tracemalloc.start()
    try:
        assert Spread(tuple(seed / 999 for seed in range(1000))).best_of_three == pytest.approx(0.75, abs=1e-3)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_what_differs_in_the_seed_or_in_the_epochs_asked_for_is_one_group() -> None:
    runs = [run(1), run(2, Recipe(seed=4)), run(3, Recipe(seed=2, epochs=5)), run(4, Recipe(eta=1.0))]
    runs += [run(5, data="digits"), run(6, Recipe(held_out="rest of the training set")), run(7, Recipe(own=True))]
    found = groups(runs)
    assert [[one.number for one in group.runs] for group in found] == [[1, 3, 2], [4], [5], [6], [7]]
    assert found[0].seeds == (0, 2, 4)


def test_groups_come_in_the_order_of_their_newest_runs() -> None:
    small = replace(PLAIN, eta=0.5)
    first, other, again = seeded(0, 1), seeded(0, recipe=small), seeded(2)
    assert [group.recipe.eta for group in groups([*first, *other])] == [PLAIN.eta, 0.5]
    assert [group.recipe.eta for group in groups([*first, *other, *again])] == [0.5, PLAIN.eta]


def test_a_run_whose_settings_were_changed_on_the_way_is_like_no_other() -> None:
    runs = seeded(0, 1, 2)
    for each in runs[1:]:
        each.marks.append(Mark(0.5, "Learning rate η 1"))
    assert [len(group.runs) for group in groups(runs)] == [1, 1, 1]


def test_of_runs_with_the_same_seed_the_longest_counts() -> None:
    short, long, restarted = run(1, PLAIN, 0.1, 0.9), run(2, PLAIN, 0.1, 0.9, 0.95), run(3, PLAIN, 0.1)
    (group,) = groups([short, long, restarted])
    assert group.runs == (long,)


def test_groups_are_compared_after_the_same_epochs_and_with_the_same_seeds() -> None:
    (one,), (other,) = (
        groups(seeded(0, 1, 2, 3, epochs=4)),
        groups(seeded(1, 2, 3, 7, epochs=3, recipe=Recipe(eta=1.0))),
    )
    common = in_common([one, other])
    assert common == Common(frozenset({1, 2, 3}), 3)
    assert one.spread(common.epochs, common.seeds) == Spread((0.91, 0.92, 0.93))
    assert in_common([one]) == Common(frozenset({0, 1, 2, 3}), 4)
    assert in_common([one, other], fewest=4) is None


def test_the_latest_epochs_count_after_which_there_are_enough() -> None:
    (group,) = groups([*seeded(0, 1, 2, epochs=5), *seeded(3, 4, epochs=2)])
    assert in_common([group]) == Common(frozenset({0, 1, 2}), 5)
    assert in_common([group], fewest=5) == Common(frozenset(range(5)), 2)


def test_nothing_was_learned_after_no_epochs() -> None:
    (group,) = groups(seeded(0, 1, 2, epochs=0))
    assert in_common([group]) is None


def test_a_run_that_ended_by_what_went_wrong_sets_a_limit_and_a_warned_one_does_not() -> None:
    runs = seeded(0, 1, 2, epochs=5) + seeded(3, epochs=2)
    runs[-1].trouble = Trouble("It is stuck.", ended=False)
    assert in_common(groups(runs)) == Common(frozenset({0, 1, 2}), 5)
    runs[-1].trouble = Trouble("The weights grew beyond all numbers.", ended=True)
    assert in_common(groups(runs)) == Common(frozenset({0, 1, 2, 3}), 2)
