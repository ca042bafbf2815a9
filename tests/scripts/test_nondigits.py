"""Drawings that are no digit."""

import nondigits
import numpy as np


def test_what_is_measured_on_is_half_of_kinds_that_were_never_learned_from() -> None:
    assert not set(nondigits.LETTERS.values()) & set(nondigits.OTHER_LETTERS.values())
    generator = np.random.default_rng(0)
    made = [nondigits.to_measure_on(number, generator) for number in range(20)]
    assert {kind for kind, *_ in made} == {
        "scrawls",
        "letters",
        "other letters",
        "dots",
        "lines",
        "two digits",
        "frames",
    }
    assert sum(not learned for _, learned, _ in made) == 10
