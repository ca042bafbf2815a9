"""What is concluded of online learning, from what was measured."""

import pytest

from digitpad.explore.online import Lead
from digitpad.gui.explore.minibatches.online import conclusion


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        (
            Lead(0.233, 0.483, 0.484, 3, 0.003, 0.072),  # as MNIST and eta 1 come to
            ["moves the weights 20 times as far", "0.250 of the lead of 0.251 is step length", "nothing to rely on"],
        ),
        (
            Lead(0.980, 0.239, 0.442, 5, 0.063, 0.063),
            [
                "steps 20 times as far an image are too long",
                "0.203 lower than the mini-batch",
                "an advantage of its own",
            ],
        ),
        (
            Lead(0.660, 0.316, 0.384, 5, 0.069, 0.069),
            ["0.068 lower than the mini-batch, lower in 5 of 5 orders", "so little, but each time"],
        ),
        (Lead(0.300, 0.320, 0.310, 0, 0.050, 0.050), ["no further apart than orders are", "never lower"]),
        (Lead(0.200, 0.320, 0.310, 1, 0.050, 0.050), ["all of the lead of 0.110 is step length", "nothing to rely on"]),
        # Shorter steps end lower than long ones do: none of that lead is due to their length.
        (
            Lead(0.200, 0.100, 0.300, 5, 0.050, 0.050),
            ["none of the lead of 0.100 is step length", "an advantage of its own"],
        ),
        (Lead(0.500, 0.500, 0.500, 2, 0.010, 0.010), ["It is where the mini-batch is", "nothing to rely on"]),
    ],
)
def test_no_more_is_said_than_was_seen(lead: Lead, words: list[str]) -> None:
    told = conclusion(lead, 20)
    assert all(one in told for one in words), told
    assert ("is step length" in told) is (lead.total > lead.apart_at_same_eta)
