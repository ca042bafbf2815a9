"""What runs showed, in words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digitpad.data.dataset import Kind, Material
from digitpad.train import lessons
from digitpad.train.experiment import Point
from digitpad.train.groups import ALIKE_SEEM_APART, Spread, beyond_seeds
from digitpad.train.lessons import Verdict
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import SEEDS
from digitpad.train.runs import Mark, Run, Trouble
from digitpad.train.settings import ALL

PLAIN = Recipe()
LARGE = replace(PLAIN, hidden=(100,))


def run(number: int, recipe: Recipe, *accuracies: float, training: float | None = None, data: str = "MNIST") -> Run:
    points = [
        Point(float(epoch), accuracy, 0.1, accuracy if training is None else training, 0.1, True)
        for epoch, accuracy in enumerate(accuracies, 1)
    ]
    return Run(number, recipe, data, points=points, kind=Kind.MNIST if data == "MNIST" else Kind.OTHER)


def series(recipe: Recipe, accuracies: Sequence[float], first: int = 0) -> list[Run]:
    """One run of an epoch for each accuracy, with the seeds from ``first`` on."""
    return [run(10 + i, replace(recipe, seed=first + i), accuracy) for i, accuracy in enumerate(accuracies)]


def only(runs: Sequence[Run]) -> lessons.Comparison:
    (found,) = lessons.of_pairs(runs, 6)
    return found


class TestOneRun:
    def test_the_best_epoch_is_told(self) -> None:
        assert lessons.of_run(run(1, PLAIN, 0.9, 0.95, 0.949)) == "best 95.00 % after 2 epochs."
        assert lessons.of_run(run(1, PLAIN, 0.95)) == "best 95.00 % after 1 epoch."
        assert lessons.of_run(Run(2, PLAIN, "MNIST")) == ""

    def test_nothing_is_told_before_it_has_learned_anything(self) -> None:
        untrained = Point(0.0, 0.1, 0.1, 0.1, 0.1, True)
        assert lessons.of_run(Run(2, PLAIN, "MNIST", points=[untrained])) == ""
        lost = Run(2, PLAIN, "MNIST", points=[untrained, untrained._replace(epochs=1.0, accuracy=0.09)])
        assert lessons.of_run(lost).startswith("best 10.00 % before it had learned anything. ")

    def test_of_one_that_is_learning_nothing_is_concluded(self) -> None:
        climbing = run(1, PLAIN, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
        assert "getting better when it ended" in lessons.of_run(climbing)
        assert lessons.of_run(climbing, learning=True) == "best 70.00 % after 6 epochs."

    def test_what_went_wrong_is_named(self) -> None:
        assert "never got beyond guessing" in lessons.of_run(run(1, replace(PLAIN, eta=100.0), 0.1, 0.1))
        small = replace(PLAIN, eta=0.001)
        for accuracies in ((0.11, 0.12, 0.13), (0.1, 0.1)):
            assert "hardly begun to learn" in lessons.of_run(run(1, small, *accuracies))
        assert "lost again" in lessons.of_run(run(1, replace(PLAIN, eta=30.0), 0.5, 0.1))
        assert "10.0 points better than others" in lessons.of_run(run(1, PLAIN, 0.9, 0.9, training=1.0))

    def test_what_ended_it_is_told_and_a_warning_where_it_held_to_the_last(self) -> None:
        broken = run(1, PLAIN, 0.9)
        broken.trouble = Trouble("Training stopped: the weights grew beyond all numbers.", ended=True)
        assert lessons.of_run(broken).endswith("1 epoch. Training stopped: the weights grew beyond all numbers.")
        stuck = run(1, PLAIN, *[0.1] * 29)
        stuck.trouble = Trouble("10 % right is no better than guessing.", ended=False)
        assert lessons.of_run(stuck) == "best 10.00 % after 1 epoch. 10 % right is no better than guessing."

    def test_one_that_creeps_up_in_spite_of_a_warning_is_told_of_as_it_came_out(self) -> None:
        creeping = run(1, replace(LARGE, eta=0.001), *[0.1 + 0.0045 * epoch for epoch in range(30)])
        creeping.trouble = Trouble("10 % right is no better than guessing.", ended=False)
        text = lessons.of_run(creeping)
        assert "still getting better when it ended: more epochs, or a larger η" in text
        assert "guessing" not in text

    def test_one_that_ended_below_what_it_was_before_was_not_getting_better(self) -> None:
        # As measured with 2,000 test digits, where single epochs go up and down by half a point.
        wavering = run(1, PLAIN, *[0.8] * 15, 0.843, *[0.83] * 13, 0.841)
        assert "getting better" not in lessons.of_run(wavering)
        assert "getting better" in lessons.of_run(run(1, PLAIN, *[0.8] * 15, 0.843, *[0.83] * 13, 0.849))

    def test_what_was_lost_again_may_be_of_the_decay_of_weights(self) -> None:
        fallen = run(1, replace(PLAIN, l2=0.01), 0.5, 0.1)
        assert "as its steps, or L2, were too large" in lessons.of_run(fallen)


class TestTheBook:
    AS_THE_BOOK = run(1, PLAIN, *[0.9] * 29, 0.95)

    def test_its_figure_stands_beside_a_run_that_did_the_same(self) -> None:
        text = lessons.of_run(self.AS_THE_BOOK)
        assert text.startswith("best 95.00 % after 30 epochs (the book: 95.42 %, best of three runs).")
        assert lessons.of_book(replace(self.AS_THE_BOOK, recipe=replace(PLAIN, seed=7))) == PRESETS[0].of_book

    @pytest.mark.parametrize(
        "change",
        [
            {"kind": Kind.BUILT_IN},
            {"kind": Kind.OTHER},
            {"points": AS_THE_BOOK.points[:4]},
            {"points": [*AS_THE_BOOK.points, AS_THE_BOOK.points[-1]._replace(epochs=31.0)]},
            {"marks": [Mark(3.0, "Learning rate η 1")]},
            *(
                {"recipe": replace(PLAIN, **other)}
                for other in (
                    {"held_out": "rest of the training set"}, {"train_on": 5000}, {"own": True}, {"eta": 2.0},
                )
            ),
        ],
    )  # fmt: skip
    def test_nor_beside_one_that_did_anything_else(self, change: dict[str, object]) -> None:
        other = replace(self.AS_THE_BOOK, **change)  # type: ignore[arg-type]
        assert lessons.of_book(other) == ""
        assert "the book" not in lessons.of_run(other)

    def test_every_figure_of_the_presets_is_of_such_a_run(self) -> None:
        for preset in PRESETS:
            assert lessons.of_book(run(1, preset.recipe, *[0.1] * 30)) == preset.of_book


class TestPairs:
    def test_one_run_each_tells_nothing(self) -> None:
        found = only([run(1, PLAIN, 0.95), run(3, LARGE, 0.75)])
        assert found.verdict is Verdict.TOO_FEW
        assert found.text == (
            "Hidden layers 100 instead of 30: one run each tells too little: the seed alone makes a difference, too."
        )
        assert (found.one.recipe, found.other.recipe) == (PLAIN, LARGE)

    def test_nor_do_runs_with_different_seeds_or_two_of_them(self) -> None:
        apart = only([*series(PLAIN, [0.95] * 3), *series(LARGE, [0.96] * 3, first=5)])
        assert (apart.verdict, "different seeds" in apart.text) == (Verdict.TOO_FEW, True)
        two = only([*series(PLAIN, [0.95] * 2), *series(LARGE, [0.96] * 5)])
        assert (two.verdict, "two runs each tell too little" in two.text) == (Verdict.TOO_FEW, True)

    def test_a_gap_beyond_the_spread_is_told(self) -> None:
        # Means 95.1 and 96.4: 1.3 points apart; the runs of either are at most 0.4 apart.
        small, large = series(PLAIN, [0.949, 0.951, 0.953]), series(LARGE, [0.964, 0.962, 0.966])
        found = only([*small, *large])
        assert found.verdict is Verdict.BEYOND
        assert found.text == (
            "Hidden layers 100 instead of 30: 1.30 points better: 96.40 % (96.20 to 96.60, 3 seeds) instead of "
            "95.10 % (94.90 to 95.30, 3 seeds), after 1 epoch. Of settings that are alike one pair in 20 seems so with "
            "3 seeds each: 5 tell more."
        )
        assert only([*large, *small]).text.startswith("Hidden layers 30 instead of 100: 1.30 points worse: 95.10 %")

    def test_how_often_chance_would_do_it_is_told_while_it_is_not_rare(self) -> None:
        for seeds, alike in ((3, "one pair in 20"), (4, "one pair in 100"), (5, ""), (8, "")):
            apart = only([*series(PLAIN, [0.95] * seeds), *series(LARGE, [0.96] * seeds)])
            assert apart.verdict is Verdict.BEYOND
            assert (alike in apart.text) if alike else ("alike" not in apart.text)

    @pytest.mark.parametrize(("seeds", "one_in"), [*ALIKE_SEEM_APART.items(), (SEEDS, 470)])
    def test_so_often_it_is(self, seeds: int, one_in: int) -> None:
        draw = np.random.default_rng(seeds).normal(0.9, 0.001, size=(20_000, 2, seeds))
        apart = np.mean([beyond_seeds(Spread(tuple(one)), Spread(tuple(other))) for one, other in draw.tolist()])
        assert apart == pytest.approx(1 / one_in, rel=0.35)

    def test_a_gap_within_the_spread_is_not(self) -> None:
        # Means 95.1 and 95.4: 0.3 points apart, and the runs of one 0.4 apart, although each is above all others.
        found = only([*series(PLAIN, [0.949, 0.951, 0.953]), *series(LARGE, [0.9535, 0.954, 0.9545])])
        assert found.verdict is Verdict.WITHIN
        assert (
            "not to be told. The means are 0.30 points apart, and what differs in the seed alone 0.40: " in found.text
        )

    def test_a_gap_beyond_the_spread_is_not_told_where_runs_of_both_mix(self) -> None:
        # Means 91.0 and 92.04: 1.04 points apart, runs of either 1.0 and 0.97, and 91.67 is between those of the other.
        found = only([*series(PLAIN, [0.907, 0.906, 0.917]), *series(LARGE, [0.9167, 0.9167, 0.9264, 0.9264])[:3]])
        assert found.verdict is Verdict.WITHIN

    def test_one_unlucky_seed_does_not_teach_the_opposite_of_the_chapter(self) -> None:
        # As measured: 784-100-10 with first weights from N(0, 1), some of whose outputs never learn.
        small = series(PLAIN, [0.941, 0.937, 0.939, 0.936, 0.94, 0.938])
        large = series(LARGE, [0.75, 0.57, 0.86, 0.68, 0.86, 0.59])
        assert only([small[0], large[0]]).verdict is Verdict.TOO_FEW
        found = only([*small, *large])
        assert found.verdict is Verdict.WITHIN
        assert "the seed alone 29.00" in found.text

    def test_they_are_compared_after_the_same_epochs(self) -> None:
        short = series(PLAIN, [0.95, 0.95, 0.95])
        longer = [run(i, replace(LARGE, seed=i, epochs=3), 0.93, 0.98, 0.99) for i in range(3)]
        assert "2.00 points worse: 93.00 %" in only([*short, *longer]).text  # not what it came to later
        later = [replace(one, points=[one.points[0]._replace(epochs=2.0)]) for one in short]
        assert "(98.00 to 98.00, 3 seeds)" in (text := only([*later, *longer]).text)
        assert "after 2 epochs." in text

    def test_other_digits_images_or_settings_changed_on_the_way_are_not_compared(self) -> None:
        base = series(PLAIN, [0.95] * 3)
        for other in (
            [replace(one, data="other digits") for one in series(LARGE, [0.9] * 3)],
            [replace(one, kind=Kind.OTHER) for one in series(LARGE, [0.9] * 3)],
            series(replace(LARGE, eta=1.0), [0.9] * 3),
            series(replace(PLAIN, train_on=5000), [0.9] * 3),
            series(replace(PLAIN, held_out="rest of the training set"), [0.9] * 3),
            series(replace(PLAIN, own=True), [0.9] * 3),
        ):
            assert lessons.of_pairs([*base, *other], 6) == []
        changed = series(LARGE, [0.9] * 3)
        for each in changed:
            each.marks.append(Mark(0.5, "Learning rate η 1"))
        assert lessons.of_pairs([*base, *changed], 6) == []

    def test_runs_with_own_drawings_are_compared_where_these_were_the_same(self) -> None:
        def drawn(runs: list[Run], fingerprint: str) -> list[Run]:
            return [replace(one, material=Material(50_000, 3, fingerprint)) for one in runs]

        own = replace(PLAIN, own=True)
        base, other = series(own, [0.949, 0.951, 0.953]), series(replace(own, hidden=(100,)), [0.964, 0.962, 0.966])
        of_before = [replace(one, number=number) for number, one in enumerate([*base, *other])]
        assert lessons.of_pairs(of_before, 6) == []  # nobody knows what they were
        assert lessons.of_pairs([*drawn(base, "a"), *drawn(other, "b")], 6) == []
        assert only([*drawn(base, "a"), *drawn(other, "a")]).verdict is Verdict.BEYOND
        assert lessons.of_pairs([*drawn(base, "a"), *drawn(series(PLAIN, [0.9] * 3), "a")], 6) == []

    def test_settings_are_named_as_one_types_them(self) -> None:
        whole = only([run(1, PLAIN, 0.9), run(2, replace(PLAIN, mini_batch_size=ALL), 0.9)])
        assert whole.text.startswith("Mini-batch all instead of 10: ")
        deformed = only([run(1, PLAIN, 0.9), run(2, replace(PLAIN, deform=True), 0.9)])
        assert deformed.text.startswith("Deform digits on instead of off: ")

    def test_of_many_those_that_tell_something_come_first_and_of_them_the_newest(self) -> None:
        etas = (0.5, 1.0, 2.0, 4.0)
        told = [one for i, eta in enumerate(etas) for one in series(replace(PLAIN, eta=eta), [0.90 + i / 100] * 3)]
        single = [run(90 + i, replace(PLAIN, eta=eta), 0.5) for i, eta in enumerate((0.1, 0.2))]

        def labels(most: int) -> list[str]:
            pairs = lessons.of_pairs([*told, *single], most)
            return [pair.text.partition(":")[0].removeprefix("Learning rate ") for pair in pairs]

        newest = ["η 4 instead of 2", "η 4 instead of 1", "η 4 instead of 0.5", "η 2 instead of 1"]
        assert labels(4) == newest
        assert labels(8)[6:] == ["η 0.2 instead of 0.1", "η 0.2 instead of 4"]
        assert len(labels(100)) == 15  # each pair once

    def test_a_seed_that_failed_at_once_does_not_hide_what_the_others_show(self) -> None:
        base, other = series(PLAIN, [0.95] * 3), series(LARGE, [0.9] * 3)
        failed = Run(
            30, replace(LARGE, seed=7), "MNIST", points=[Point(0.3, 0.1, 0.1, 0.1, 0.1, True)], kind=Kind.MNIST
        )
        failed.trouble = Trouble("The weights grew beyond all numbers.", ended=True)
        assert only([*base, *other, failed]).verdict is Verdict.BEYOND

    def test_runs_that_have_not_begun_are_not_told_of(self) -> None:
        assert lessons.of_pairs([Run(1, PLAIN, "MNIST"), run(2, LARGE, 0.9)], 6) == []
        assert lessons.of_pairs(series(PLAIN, [0.95] * 5), 6) == []  # one setting alone
