"""What there is to guess: each truth against one worked out by hand."""

import re

import pytest

from digitpad.explore.guesses import GUESSES
from digitpad.explore.guessing import Station

# By hand: the option that is right, and a number that must be said.
TRUTHS = {
    Station.PERCEPTRON: (1, "00"),  # 1 at 00, -1 at 01 and 10, -3 at 11
    Station.SIGMOID: (1, "0.0250"),  # 1 / (1 + e^-0.1) - 1/2 = 0.02498
    Station.SIMULATING: (1, "0.5"),
    Station.LAYERS: (0, "23,550 of 23,860"),  # 30 (784 + 1), and 10 (30 + 1) more
    Station.BINARY: (1, "8 of ten"),  # all but 6 and 7
    Station.COST: (1, "1.25"),  # 10 (1/2)^2 / 2
    Station.VALLEY: (1, "43°"),  # arctan(25) - 45 degrees = 42.7
    Station.DESCENT: (2, "10.0, −12.0, 14.4, −17.3"),  # times -1.2
    Station.MINI_BATCHES: (1, "0.10"),  # sqrt(10 / 1000)
    Station.DEEP: (0, "8 %, from 23,860 to 25,720"),  # 2 (30 30 + 30) = 1,860 more
}


@pytest.mark.parametrize("station", GUESSES, ids=lambda station: str(station.value))
def test_the_truth_is_what_one_works_out_by_hand(station: Station) -> None:
    option, number = TRUTHS[station]
    truth = GUESSES[station].truth()
    assert truth.option == option
    assert number in truth.says


def test_every_station_but_those_of_training_has_a_guess() -> None:
    assert set(GUESSES) == set(Station) - {Station.CURVE, Station.OTHER_RATE}
    for guess in GUESSES.values():
        assert len(set(guess.options)) == 3
        assert not re.search("[<>]", "".join(guess.options))
