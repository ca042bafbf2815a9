"""Exercises as data: what one may hold, and how an attempt at one goes."""

import pytest

from digitpad.explore.exercises.exercise import Attempt, Choose, Exercise, Number, Verdict

YES, NO = Verdict(True, "Yes."), Verdict(False, "No.")


@pytest.mark.parametrize("options", [(), (("a", NO),), (("a", YES), ("b", YES))])
def test_one_option_is_right(options: tuple[tuple[str, Verdict], ...]) -> None:
    with pytest.raises(ValueError, match="one option has to be right: Which"):
        Choose("Which", options)


def test_an_attempt_is_solved_when_all_answers_are_right_at_the_same_time() -> None:
    choose, number = (
        Choose("Which", (("a", NO), ("b", YES))),
        Number("How many", lambda value: YES if value > 0 else NO),
    )
    attempt = Attempt(Exercise("both", "Both", "", "", (choose, number), ("one", "two")))
    assert not attempt.solved
    attempt.choose(0, 1)
    attempt.enter(1, -1.0)
    assert (attempt.verdicts, attempt.solved) == ([YES, NO], False)
    attempt.enter(1, 2.0)
    assert attempt.solved
    attempt.choose(0, 0)
    assert not attempt.solved


def test_steps_end() -> None:
    attempt = Attempt(Exercise("steps", "Steps", "", "", (), ("one", "two")))
    for shown in (1, 2, 2):
        attempt.next_step()
        assert attempt.steps_shown == shown
