"""Numbers are put as people say them."""

import pytest

from digitpad.gui.words import counted, roughly


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1.2, "1 second"), (9.6, "10 seconds"), (99, "99 seconds"), (118, "2 minutes")],
)
def test_a_length_of_time_is_told_no_better_than_it_is_known(seconds: float, words: str) -> None:
    assert roughly(seconds) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1 epoch"), (1749, "1,749 epochs"), (2.5, "2.5 epochs"), (7 / 3, "2.33 epochs"), (12_000.0, "12,000 epochs")],
)
def test_a_number_of_things_is_written_out(n: float, words: str) -> None:
    assert counted(n, "epoch") == words
