"""Readings in a few words."""

from dataclasses import replace

import numpy as np
import pytest

from digitpad.draw.reading import Reading, reading_of
from digitpad.gui.inside import told


def reading(**outputs: float) -> Reading:
    """Return a reading with these outputs, such as d7=0.98, and 0 for the others."""
    return reading_of(np.array([outputs.get(f"d{digit}", 0.0) for digit in range(10)]))


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (reading(d7=0.98, d1=0.01), "7 (0.98)"),
        (reading(d7=0.6, d1=0.5), "7 or 1, not sure (0.60 and 0.50)"),
        (reading(d7=0.06), "no digit (at most 0.06)"),
        (replace(reading(d7=0.98), otherwise=4), "7 or 4, not sure (0.98 for 7)"),
        (reading_of(np.zeros(10), blank=True), "nothing"),
    ],
    ids=["sure", "unsure", "no digit", "otherwise", "blank"],
)
def test_an_answer_and_its_output(read: Reading, words: str) -> None:
    assert told.answer(read) == words
