"""Decisions by three signs, against tables and conditions worked out by hand."""

import numpy as np
import pytest

from digitpad.explore.evidence import CASES, SIGNS, TAKING, conditions, decisions, in_words
from digitpad.explore.perceptron import Perceptron

RAIN, DARK, FORECAST = (1, None, None), (None, 1, None), (None, None, 1)


@pytest.mark.parametrize(
    ("threshold", "yes"),
    [(-1, 8), (0, 7), (1, 7), (2, 5), (3, 5), (4, 3), (5, 3), (6, 1), (7, 1), (8, 0)],
)
def test_the_higher_the_threshold_the_rarer_a_yes(threshold: float, yes: int) -> None:
    # The sums of 4, 2, 2 are 0, 2, 2, 4, 4, 6, 6, 8; exactly the threshold is not above it.
    assert sum(decisions(Perceptron((4, 2, 2), -threshold))) == yes


@pytest.mark.parametrize(
    ("weights", "threshold", "wanted"),
    [
        ((4, 2, 2), 3, [RAIN, (None, 1, 1)]),
        ((4, 2, 2), 5, [(1, 1, None), (1, None, 1)]),
        ((4, 2, 2), 1, [RAIN, DARK, FORECAST]),
        ((6, 2, 2), 5, [RAIN]),  # nothing else matters
        ((4, -2, 2), 3, [(1, 0, None), (1, None, 1)]),
        ((2, 2, 2), 3, [(1, 1, None), (1, None, 1), (None, 1, 1)]),
        ((4, 2, 2), 7, [(1, 1, 1)]),
        ((4, 2, 2), 8, []),
        ((4, 2, 2), -1, [(None, None, None)]),
    ],
)
def test_conditions_by_hand(weights: tuple[float, ...], threshold: float, wanted: list[object]) -> None:
    assert conditions(decisions(Perceptron(weights, -threshold))) == wanted


def test_no_condition_can_be_left_out_or_made_shorter() -> None:
    rng = np.random.default_rng(5)
    for weights, bias in zip(rng.integers(-6, 7, (200, 3)), rng.integers(-9, 10, 200), strict=True):
        table = decisions(Perceptron(tuple(weights.tolist()), float(bias)))
        found = conditions(table)
        assert table == covered(found)
        for i, condition in enumerate(found):
            assert covered(found[:i] + found[i + 1 :]) != table
            for j, want in enumerate(condition):
                if want is not None:
                    shorter = (*condition[:j], None, *condition[j + 1 :])
                    assert covered([*found, shorter]) != table


def covered(found: list[tuple[int | None, ...]]) -> tuple[int, ...]:
    """Return the table of "at least one of these conditions holds"."""
    return tuple(
        int(any(all(w is None or w == bit for w, bit in zip(one, case, strict=True)) for one in found))
        for case in CASES
    )


def test_the_sentence_says_when() -> None:
    assert in_words(decisions(TAKING)) == (
        "Yes if it is raining, or if the sky is dark and the forecast says rain; otherwise no."
    )
    against = decisions(Perceptron((4, -2, 0), -3))
    assert in_words(against) == f"Yes if {SIGNS[0].yes} and {SIGNS[1].no}; otherwise no."
    assert in_words((0,) * 8) == "Never."
    assert in_words((1,) * 8) == "Always, whatever the signs say."
