"""The score of guesses."""

from digitpad.explore.chapter import Idea
from digitpad.explore.guessing import Score, Station


def test_only_the_first_guess_at_a_station_counts() -> None:
    score = Score().with_guess(Station.COST, False).with_guess(Station.COST, True).with_guess(Station.DEEP, True)
    assert (score.made, score.right) == ({Station.COST: False, Station.DEEP: True}, 1)
    assert score.words == "1 of 2 guesses came true; there are 12 along the chapter"


def test_nothing_is_guessed_at_first() -> None:
    assert Score().words == "12 guesses along the chapter, none made yet"


def test_stations_are_on_pages_but_for_two_of_training() -> None:
    on_pages = [Station.of(idea) for idea in Idea if Station.of(idea)]
    assert len(on_pages) == 10
    assert set(Station) - set(on_pages) == {Station.CURVE, Station.OTHER_RATE}
