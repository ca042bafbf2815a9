"""How long the rest takes is told from what was measured, also on a machine that is not as was thought."""

from collections.abc import Callable, Generator

import pytest

from digitpad.nn.steps import Steps
from digitpad.train.forecast import Forecast
from tests.clock import Clock


def work(clock: Clock, steps: int, seconds: float) -> Generator[float, None, str]:
    """Take so many steps of so many seconds each."""
    for step in range(steps):
        clock.now += seconds
        yield (step + 1) / steps
    return f"{steps} steps"


def guess(kind: str, pace: Callable[[str], float]) -> float:
    return 10 * pace("fast") if kind == "slow" else 1.0


@pytest.mark.parametrize("pace", [1.0, 0.2, 30.0])
def test_what_is_left_is_told_as_the_machine_has_shown_itself(pace: float) -> None:
    clock = Clock()
    forecast = Forecast({"fast": 200, "slow": 50}, guess, clock)
    told: list[tuple[float, float]] = []
    for kind, amount, seconds in (("fast", 100, pace), ("slow", 50, 14 * pace), ("fast", 100, pace)):
        part = Steps(forecast.doing(kind, amount, work(clock, amount, seconds)))
        told += [(clock.now, share) for share in part]
        assert part.result == f"{amount} steps"
    whole = clock.now
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    for now, share in told[50:]:  # of the first kind
        assert share == pytest.approx(now / whole, rel=0.45)  # which is what the guess of the slow kind is off by
    for now, share in told[125:]:
        assert share == pytest.approx(now / whole, rel=0.1)


def test_work_that_takes_longer_than_thought_never_goes_back() -> None:
    clock = Clock()
    forecast = Forecast({"fast": 100, "slow": 1}, lambda *_: 0.001, clock)
    shares = list(forecast.doing("fast", 100, work(clock, 100, 0.001)))
    for seconds in (1, 100):
        shares += forecast.doing("slow", 0.5, work(clock, 5, seconds))
    assert shares == sorted(shares)
    assert shares[0] > 0
    assert shares[-1] <= 1
