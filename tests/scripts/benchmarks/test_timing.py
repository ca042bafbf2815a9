"""How long work takes."""

import pytest
from benchmarks import timing


def test_works_take_turns_and_the_quickest_of_each_counts() -> None:
    now = 0.0
    done: list[str] = []
    takes = {"one": iter([3.0, 1.0, 2.0]), "other": iter([10.0, 30.0, 20.0])}

    def work(name: str) -> None:
        nonlocal now
        now += next(takes[name])
        done.append(name)

    assert timing.quickest(3, lambda: work("one"), lambda: work("other"), clock=lambda: now) == [1.0, 10.0]
    assert done == ["one", "other"] * 3


def test_the_first_turn_warms_up_and_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(timing, "perf_counter", lambda: now)
    turns = 0

    def work() -> None:
        nonlocal now, turns
        now += 5.0 if turns == 0 else 0.25
        turns += 1

    times = timing.milliseconds_of(work)
    assert len(times) == turns - 1
    assert set(times) == {250.0}
