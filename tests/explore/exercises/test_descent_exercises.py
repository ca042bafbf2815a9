"""The figures in the exercises on gradient descent, computed; and what answers are told."""

import numpy as np
import pytest

from digitpad.explore.descent import Parabola, descend
from digitpad.explore.exercises.exercise import Attempt, Choose, Exercise, Number
from digitpad.explore.exercises.one_variable import ONE_VARIABLE
from digitpad.explore.exercises.steepest_descent import STEEPEST_DESCENT


def told(exercise: Exercise, number: int, value: float) -> tuple[bool, str]:
    answer = exercise.answers[number]
    assert isinstance(answer, Number)
    verdict = answer.check(value)
    return verdict.right, verdict.says


def test_one_variable_is_the_run_of_the_page() -> None:
    run = descend(Parabola(1, 0, 0), 10, 0.05)
    assert told(ONE_VARIABLE, 1, run.path[1])[0]
    assert told(ONE_VARIABLE, 2, run.path[2] / run.path[1])[0]
    steps = np.abs(np.diff(run.path))
    assert int(np.argmax(steps <= 0.01)) + 1 == run.steps == 45
    assert "0.9<sup>44</sup> = 0.0097." in told(ONE_VARIABLE, 2, 0.9)[1]
    assert steps[44] == pytest.approx(0.0097, abs=5e-5)
    x = descend(Parabola(1, 0, 0), 10, 1.5, most=1).path[1]
    assert (x, x * x) == (-20, 400)  # as is said of a step that is too long


def test_no_direction_does_better_than_the_answers() -> None:
    gradient, angles = np.array([3.0, 4.0]), np.linspace(0, 2 * np.pi, 100_001)
    products = 0.1 * (gradient[0] * np.cos(angles) + gradient[1] * np.sin(angles))
    assert told(STEEPEST_DESCENT, 1, float(products.min()))[0]
    assert told(STEEPEST_DESCENT, 2, 0.1 / float(np.linalg.norm(gradient)))[0]


@pytest.mark.parametrize(
    ("exercise", "number", "value", "name"),
    [
        (ONE_VARIABLE, 1, 10 + 0.05 * 20, "The sign"),
        (ONE_VARIABLE, 1, 10 - 0.05 * 10, "The factor 2"),
        (ONE_VARIABLE, 1, 10 - 0.05 * 100, "The height for the slope"),
        (ONE_VARIABLE, 1, 10 - 0.05, "The fixed step"),
        (ONE_VARIABLE, 2, 1 - 0.05, "The factor 2"),
        (STEEPEST_DESCENT, 1, -0.1 * 25, "η for ε"),
        (STEEPEST_DESCENT, 1, -0.1 * (3 + 4), "Adding components"),
        (STEEPEST_DESCENT, 2, 0.1 * 5, "Times for through"),
    ],
)
def test_known_mistakes_are_named(exercise: Exercise, number: int, value: float, name: str) -> None:
    right, says = told(exercise, number, value)
    assert not right
    assert says.startswith(f"<b>{name}:</b>")


@pytest.mark.parametrize("exercise", [ONE_VARIABLE, STEEPEST_DESCENT])
def test_other_numbers_are_told_how_to_begin_and_right_answers_solve_it(exercise: Exercise) -> None:
    attempt = Attempt(exercise)
    right = {ONE_VARIABLE.key: (9, 0.9), STEEPEST_DESCENT.key: (-0.5, 0.02)}[exercise.key]
    values = iter(right)
    for i, answer in enumerate(exercise.answers):
        assert not attempt.solved
        if isinstance(answer, Choose):
            attempt.choose(i, next(j for j, (_, verdict) in enumerate(answer.options) if verdict.right))
        else:
            assert told(exercise, i, 123.4) == told(exercise, i, -77.0)
            assert told(exercise, i, 123.4)[0] is False
            attempt.enter(i, next(values))
    assert attempt.solved
