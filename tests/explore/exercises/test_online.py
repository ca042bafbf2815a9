"""The exercise on online learning: what is right, and the mistakes it knows by name."""

import pytest

from digitpad.explore.exercises.exercise import Attempt, Choose, Number
from digitpad.explore.exercises.online import ONLINE


def test_right_answers_solve_it() -> None:
    attempt = Attempt(ONLINE)
    for number, answer in enumerate(ONLINE.answers):
        if isinstance(answer, Choose):
            attempt.choose(number, next(i for i, (_, verdict) in enumerate(answer.options) if verdict.right))
    assert not attempt.solved
    attempt.enter(2, 20 * 22 / 50)
    assert attempt.solved


@pytest.mark.parametrize(
    ("option", "name"),
    [("An epoch takes less time", "“online is cheaper”"), ("With the same η", "“the same η is fair”")],
)
def test_known_mistakes_are_called_by_their_names(option: str, name: str) -> None:
    answer = ONLINE.answers[0]
    assert isinstance(answer, Choose)
    verdict = next(verdict for text, verdict in answer.options if text.startswith(option))
    assert not verdict.right
    assert name in verdict.says


@pytest.mark.parametrize(("value", "right", "word"), [(8.8, True, "8.80"), (0.44, False, "update"), (20, False, "20")])
def test_the_epoch_is_dearer(value: float, right: bool, word: str) -> None:
    answer = ONLINE.answers[2]
    assert isinstance(answer, Number)
    verdict = answer.check(value)
    assert verdict.right is right
    assert word in verdict.says
