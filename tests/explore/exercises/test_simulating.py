"""Both exercises on sigmoid neurons that simulate perceptrons: the right answers, and the mistakes by name."""

from math import exp

import pytest

from digitpad.explore.exercises.exercise import Attempt, Choose, Exercise, Number
from digitpad.explore.exercises.simulating_first import SIMULATING_FIRST
from digitpad.explore.exercises.simulating_second import SIMULATING_SECOND


def solved(exercise: Exercise, values: list[float]) -> bool:
    """Return whether the right options and these ``values`` for the numbers solve it."""
    attempt, rest = Attempt(exercise), iter(values)
    for i, answer in enumerate(exercise.answers):
        if isinstance(answer, Choose):
            attempt.choose(i, [verdict.right for _, verdict in answer.options].index(True))
        else:
            attempt.enter(i, next(rest))
    return attempt.solved


def says(exercise: Exercise, number: int, value: float) -> str:
    answer = exercise.answers[number]
    assert isinstance(answer, Number)
    verdict = answer.check(value)
    assert not verdict.right
    return verdict.says


def test_right_answers_solve_them_and_others_do_not() -> None:
    assert solved(SIMULATING_FIRST, [0])
    assert not solved(SIMULATING_FIRST, [1])
    assert solved(SIMULATING_SECOND, [exp(-10), 0.5])
    assert solved(SIMULATING_SECOND, [4.5e-5, 0.5])
    assert not solved(SIMULATING_SECOND, [4.5e-5, 0])
    assert not solved(SIMULATING_SECOND, [1e-5, 0.5])


def test_mistakes_are_called_by_their_names() -> None:
    assert "≤ 0 gives about 0" in says(SIMULATING_SECOND, 3, 0)
    assert "without <i>c</i>" in says(SIMULATING_SECOND, 1, exp(-2))
    assert "negative" in says(SIMULATING_SECOND, 1, exp(10))
    assert "the sum" in says(SIMULATING_FIRST, 1, -400)


@pytest.mark.parametrize(
    ("exercise", "number", "option", "name"),
    [
        (SIMULATING_FIRST, 0, "c (w·x − b)", "<i>w</i>·<i>x</i> − <i>b</i>”"),
        (SIMULATING_FIRST, 0, "c w·x + b", "the bias is no weight"),
        (SIMULATING_SECOND, 0, "w·x − b", "<i>w</i>·<i>x</i> − <i>b</i>”"),
    ],
)
def test_wrong_options_are_called_by_their_names(exercise: Exercise, number: int, option: str, name: str) -> None:
    answer = exercise.answers[number]
    assert isinstance(answer, Choose)
    verdict = dict(answer.options)[option]
    assert not verdict.right
    assert name in verdict.says
