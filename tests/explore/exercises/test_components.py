"""The exercise on equation 22: its example computed anew, and the mistakes it knows by name."""

import numpy as np
import pytest

from digitpad.explore.exercises.components import COMPONENTS, A, B, W
from digitpad.explore.exercises.exercise import Choose, Number

Z = np.array(W) @ np.array(A) + np.array(B)
TRANSPOSED = np.array(W).T @ np.array(A) + np.array(B)
MINUS_B = np.array(W) @ np.array(A) - np.array(B)


@pytest.mark.parametrize(
    ("value", "right", "word"),
    [(Z[1], True, "2.25"), (TRANSPOSED[1], False, "“w transposed”"), (MINUS_B[1], False, "“Minus b”"),
     (Z[1] - B[1], False, "bias"), (0, False, "Row 2")],
)  # fmt: skip
def test_the_example_tells_the_mistakes_apart(value: float, right: bool, word: str) -> None:
    answer = COMPONENTS.answers[2]
    assert isinstance(answer, Number)
    verdict = answer.check(float(value))
    assert verdict.right is right
    assert word in verdict.says


@pytest.mark.parametrize(("sign", "indices", "name"), [("−", "[j,k]", "“minus b”"), ("+", "[k,j]", "“w transposed”")])
def test_known_mistakes_are_called_by_their_names(sign: str, indices: str, name: str) -> None:
    answer = COMPONENTS.answers[0]
    assert isinstance(answer, Choose)
    verdict = next(verdict for text, verdict in answer.options if indices in text and f"{sign} b[j]" in text)
    assert not verdict.right
    assert name in verdict.says
