"""What a kill cost: every kind of fault is counted, and nothing that is none."""

from typing import Any

import pytest
from benchmarks.losses import Losses

START = {"t": 0.0, "what": "start", "at": 1000.0}


def told(t: float, what: str, value: str, name: str = "") -> dict[str, Any]:
    return {"t": t, "what": what, "value": value, "name": name}


def kept(name: str = "a", at: float = 1005.0, *, drawing: str = "", network: str = "", whole: bool = True,
         made: tuple[str, ...] = (), **runs: str) -> dict[str, Any]:  # fmt: skip
    made = made or ((network,) if network else ())
    return {"id": name, "saved_at": at, "whole": whole, "drawing": drawing, "network": network, "runs": runs,
            "made": list(made)}  # fmt: skip


def found(*places: dict[str, Any], saved: str = "", unread: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"places": list(places), "saved": saved, "unread": list(unread)}


JOURNAL = [START, told(1, "drawing", "d1"), told(2, "network", "n1"), told(3, "run", "1 w1", "first"),
           told(20, "drawing", "d2"), told(38, "run", "2 w2", "first")]  # fmt: skip


def count(losses: Losses) -> tuple[int, int, int]:
    faults = losses.faults
    return len(faults.torn), len(faults.older), len(faults.lost)


@pytest.mark.parametrize(
    ("place", "killed_at", "counted"),
    [
        (kept(drawing="d2", network="n1", first="2 w2"), 40.0, (0, 0, 0)),
        (kept(drawing="d1", network="n1", first="1 w1"), 29.0, (0, 0, 0)),  # all a little older
        (kept(drawing="d1", network="n1", first="2 w2"), 40.0, (0, 1, 0)),  # the drawing by 20 s
        (kept(drawing="d2", network="", made=("n1",), first="2 w2"), 40.0, (0, 1, 0)),  # the network by 38 s
        (kept(drawing="d2", network="", first="2 w2"), 40.0, (0, 2, 0)),  # and it is not kept at all
        (kept(drawing="d2", network="n1", first="1 w1"), 70.0, (0, 1, 0)),  # the run by 32 s
        (kept(drawing="d2", network="n1"), 40.0, (0, 1, 0)),  # no run for 37 s
        (kept(drawing="d9", network="n1", first="2 w2"), 40.0, (2, 0, 0)),  # a drawing that never was
        (kept(drawing="d2", network="n1", first="2 w9"), 40.0, (1, 1, 0)),  # a run as it never was
        (kept(drawing="d2", network="n1", first="2 w2", whole=False), 40.0, (1, 0, 0)),
    ],
)
def test_one_window(place: dict[str, Any], killed_at: float, counted: tuple[int, int, int]) -> None:
    losses = Losses()
    losses.compare("here", JOURNAL, found(place), killed_at)
    assert count(losses) == counted


def test_a_window_killed_at_once_need_not_have_kept_anything() -> None:
    losses = Losses()
    losses.compare("here", JOURNAL[:4], found(), 4.0)
    assert count(losses) == (0, 0, 0)
    losses.compare("here", [START], found(unread=("b",)), 4.0)
    assert count(losses) == (1, 0, 0)


FIRST = [START, told(1, "drawing", "d1"), told(2, "network", "n1"), told(3, "run", "1 w1", "first")]
LEFT = kept("a", drawing="d1", network="n1", first="1 w1")


@pytest.mark.parametrize(
    ("entries", "places", "lost"),
    [
        ([], (LEFT,), 0),  # undecided
        (FIRST[1:], (kept("b", 2001.0, drawing="d1", network="n1", first="1 w1"),), 0),  # taken up
        (FIRST[1:], (LEFT, kept("b", 2001.0, drawing="d1", network="n1", first="1 w1")), 0),  # killed before it went
        ([], (), 3),
        (FIRST[1:], (kept("b", 2001.0, drawing="d1", network="n1"),), 1),  # all but the run
        (FIRST[2:], (kept("b", 2001.0, network="n1", first="1 w1"),), 1),  # all but the drawing
    ],
)
def test_what_an_earlier_start_found_stays_until_it_is_decided_on(
    entries: list[dict[str, Any]], places: tuple[dict[str, Any], ...], lost: int
) -> None:
    losses = Losses()
    losses.compare("one", FIRST, found(LEFT), 4.0)
    losses.compare("two", [START | {"at": 2000.0}, *entries], found(*places), 5.0)
    assert count(losses) == (0, 0, lost)


def test_a_saved_network_is_the_one_acknowledged_last_or_one_begun_since() -> None:
    saves = [START, told(1, "saving", "n1"), told(2, "saved", "n1"), told(3, "saving", "n2")]
    for there, lost in (("n1", 0), ("n2", 0), ("", 1), ("damaged", 1)):
        losses = Losses()
        losses.compare("here", saves, found(saved=there), 4.0)
        assert count(losses) == (0, 0, lost)
    losses.compare("here", [START, told(1, "saved", "n2")], found(saved="n1"), 4.0)
    assert count(losses)[2] == 2


USED = [START, told(1, "network", "n1"), told(2, "network", "n2"), told(3, "network", "")]


@pytest.mark.parametrize(
    ("made", "killed_at", "counted"),
    [
        (("n2", "n1"), 40.0, (0, 0, 0)),
        (("n2",), 4.0, (0, 0, 0)),  # killed before it was kept
        (("n2",), 40.0, (0, 1, 0)),
        ((), 40.0, (0, 2, 0)),
        (("n2", "n1", "n3"), 40.0, (1, 0, 0)),  # one that never was
    ],
)
def test_networks_that_gave_way_to_another_are_kept(
    made: tuple[str, ...], killed_at: float, counted: tuple[int, int, int]
) -> None:
    losses = Losses()
    losses.compare("here", USED, found(kept(made=made)), killed_at)
    assert count(losses) == counted


def test_a_network_kept_by_an_earlier_window_is_there_or_in_a_file() -> None:
    for there, saved, lost in ((("n2", "n1"), "", 0), (("n2",), "", 1), (("n2",), "n1", 0)):
        losses = Losses()
        losses.compare("one", USED, found(kept(made=("n2", "n1"))), 4.0)
        saves = [told(1, "saved", saved)] if saved else []
        losses.compare("two", [START | {"at": 2000.0}, *saves], found(kept("b", 2001.0, made=there), saved=saved), 5.0)
        assert count(losses) == (0, 0, lost)
