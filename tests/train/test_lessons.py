"""What runs showed, in words."""

from dataclasses import replace

from digitpad.train import lessons
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import ALL


def run(number: int, recipe: Recipe, *accuracies: float, training: float | None = None, data: str = "MNIST") -> Run:
    points = [
        Point(float(epoch), accuracy, 0.1, accuracy if training is None else training, 0.1, True)
        for epoch, accuracy in enumerate(accuracies, 1)
    ]
    return Run(number, recipe, data, points=points)


def test_the_best_epoch_is_told_beside_the_books() -> None:
    text = lessons.of_run(run(1, Recipe(), 0.9, 0.95, 0.949))
    assert text == "best 95.00 % after epoch 2 (the book: 95.42 %)."
    assert lessons.of_run(Run(2, Recipe(), "MNIST")) == ""


def test_what_went_wrong_is_named() -> None:
    assert "never got beyond guessing" in lessons.of_run(run(1, replace(Recipe(), eta=100.0), 0.1, 0.1))
    small = replace(Recipe(), eta=0.001)
    for accuracies in ((0.11, 0.12, 0.13), (0.1, 0.1)):
        assert "hardly begun to learn" in lessons.of_run(run(1, small, *accuracies))
    assert "lost again" in lessons.of_run(run(1, replace(Recipe(), eta=30.0), 0.5, 0.1))
    assert "still getting better" in lessons.of_run(run(1, Recipe(), 0.2, 0.3, 0.4, 0.5, 0.6, 0.7))
    assert "10.0 points better than others" in lessons.of_run(run(1, Recipe(), 0.9, 0.9, training=1.0))
    broken = run(1, Recipe(), 0.9)
    broken.trouble = "The weights grew beyond all numbers."
    text = "best 90.00 % after epoch 1 (the book: 95.42 %). The weights grew beyond all numbers."
    assert lessons.of_run(broken) == text  # and no word of an early end: it may have gone on to the last epoch


def test_pairs_that_differ_in_one_setting_are_compared() -> None:
    small, large = run(1, Recipe(), 0.95), run(3, replace(Recipe(), hidden=(100,), seed=7), 0.965)
    assert lessons.of_pairs([small, large]) == [
        "Hidden layers 100 instead of 30: 1.5 points better after 1 epoch (runs 1 and 3)."
    ]
    assert lessons.of_pairs([large, small]) == [
        "Hidden layers 30 instead of 100: 1.5 points worse after 1 epoch (runs 3 and 1)."
    ]
    longer = run(6, replace(Recipe(), hidden=(100,)), 0.93, 0.98, 0.99)
    assert "2.0 points worse after 1 epoch" in lessons.of_pairs([small, longer])[0]  # not what it came to later
    whole = run(2, replace(Recipe(), mini_batch_size=ALL), 0.9)
    assert lessons.of_pairs([small, whole])[0].startswith("Mini-batch all instead of 10: ")
    deformed = run(7, replace(Recipe(), deform=True), 0.96)
    assert lessons.of_pairs([small, deformed])[0].startswith("Deform digits on instead of off: ")
    alike = run(2, replace(Recipe(), eta=2.5), 0.9505)
    assert "the same to a tenth of a point" in lessons.of_pairs([small, alike])[0]
    two_changes = run(4, replace(Recipe(), hidden=(100,), eta=1.0), 0.9)
    assert lessons.of_pairs([small, two_changes]) == []
    assert lessons.of_pairs([small, run(5, replace(Recipe(), eta=1.0), 0.9, data="other digits")]) == []


def test_what_was_tried_is_not_proposed() -> None:
    everything = lessons.untried([])
    assert len(everything) == 8
    tried = [replace(Recipe(), hidden=(), deform=True), replace(Recipe(), hidden=(100, 30), cost="cross-entropy")]
    left = lessons.untried([run(i, recipe, 0.9) for i, recipe in enumerate(tried)])
    assert len(left) == 3
    assert not any("Deformed" in idea or "Two hidden" in idea for idea in left)
