"""Numbers are put as people say them."""

import pytest

from digitpad.gui.words import roughly


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1.2, "1 second"), (9.6, "10 seconds"), (99, "99 seconds"), (118, "2 minutes")],
)
def test_a_length_of_time_is_told_no_better_than_it_is_known(seconds: float, words: str) -> None:
    assert roughly(seconds) == words
