"""What a run's best figure is said to be worth."""

from digitpad.train.experiment import Point
from digitpad.train.measured import best_of, best_of_group, kind_of_digits
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import Alike, Repeats
from digitpad.train.runs import OnTestSet, Run
from digitpad.train.settings import TEST_SET, VALIDATION

POINTS = [Point(1.0, 0.9, 0.1, 0.9, 0.1, True), Point(2.0, 0.95, 0.1, 0.9, 0.1, True)]


def run(held_out: str, *points: Point, tested: OnTestSet | None = None) -> Run:
    return Run(1, Recipe(held_out=held_out), "bars", points=list(points), tested=tested)


def test_an_epoch_chosen_on_the_test_set_is_called_optimistic() -> None:
    told = best_of(run(TEST_SET, *POINTS))
    assert told == "95.00 % of the test set at best, epoch 2, chosen on it: optimistic"


def test_one_chosen_on_validation_digits_is_told_with_what_the_test_set_says() -> None:
    assert best_of(run(VALIDATION, *POINTS)) == "95.00 % of the validation digits at best, epoch 2"
    told = best_of(run(VALIDATION, *POINTS, tested=OnTestSet(2.0, 0.94)))
    assert told == "94.00 % on the test set, of epoch 2, chosen on validation digits (95.00 % of them)"


def test_nothing_is_told_before_anything_is_measured() -> None:
    assert best_of(run(TEST_SET)) == ""


def test_lines_are_of_test_digits_of_validation_digits_or_of_both() -> None:
    test, validation = run(TEST_SET), run(VALIDATION)
    assert kind_of_digits([test, test]) == "test"
    assert kind_of_digits([validation]) == "validation"
    assert kind_of_digits([validation, test]) == "test or validation"
    assert kind_of_digits([]) == "held-out"


def test_of_a_group_too_it_is_told_by_which_digits_epochs_were_chosen() -> None:
    def group(held_out: str, tested: OnTestSet | None = None) -> Repeats:
        runs = tuple(run(held_out, *POINTS, tested=tested) for _ in range(3))
        return Repeats(Alike.of(runs[0]), runs)

    best = "95.00 % (95.00 to 95.00, 3 seeds)"
    assert best_of_group(group(TEST_SET)) == f"{best} of the test set, each at its best epoch, chosen on it: optimistic"
    assert best_of_group(group(VALIDATION)) == f"{best} of the validation digits, each at its best epoch"
    assert best_of_group(group(VALIDATION, OnTestSet(2.0, 0.94))) == (
        "94.00 % (94.00 to 94.00, 3 seeds) on the test set, each of the epoch chosen on validation digits "
        "(95.00 % of them)"
    )
