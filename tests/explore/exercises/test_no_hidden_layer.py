"""A network without a hidden layer: what is said of each answer."""

import pytest

from digitpad.explore.exercises.exercise import Attempt
from digitpad.explore.exercises.no_hidden_layer import accuracy, no_hidden_layer


@pytest.mark.parametrize(
    ("value", "own", "right", "says"),
    [
        (92.0, None, True, "92.17 to 92.38 %"),
        (92.0, 0.75, True, "scaled"),
        (88.0, 0.8812, True, "So did your own: 88.12 %"),
        (88.0, None, False, "Not as measured"),
        (75.0, None, False, "one, two or three of the digits"),
        (66.4, None, False, "one, two or three of the digits"),  # the least of the eight
        (75.0, 0.751, True, "your own: 75.10 %"),
        (10.0, None, False, "guessing"),
        (0.92, None, False, "In per cent"),
        (95.4, None, False, "hidden layer's figure"),
        (-1.0, None, False, "from 0 to 100"),
        (101.0, None, False, "from 0 to 100"),
    ],
)
def test_an_answer_is_held_against_what_was_measured(value: float, own: float | None, right: bool, says: str) -> None:
    verdict = accuracy(value, own)
    assert verdict.right is right
    assert says in verdict.says


def test_the_persons_own_run_is_asked_for_when_it_is_checked() -> None:
    own: list[float] = []
    attempt = Attempt(no_hidden_layer(lambda: own[-1] if own else None))
    attempt.enter(0, 88.0)
    assert not attempt.solved
    own.append(0.88)
    attempt.enter(0, 88.0)
    attempt.choose(1, 2)
    assert attempt.solved
