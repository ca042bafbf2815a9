"""Signals that end a run."""

import signal
import sys
from collections.abc import Iterator

import pytest

from digitpad.cli.stopping import Stopped, stoppable

SIGNALS = [signal.SIGINT, signal.SIGTERM]
if sys.platform != "win32":
    SIGNALS.append(signal.SIGHUP)


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Hear all of them: some are ignored where these tests run in the background of a shell, or under nohup."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_is_raised_and_the_next_are_not_heard(number: signal.Signals) -> None:
    before = [signal.getsignal(one) for one in SIGNALS]
    with stoppable():
        with pytest.raises(Stopped) as stopped:
            signal.raise_signal(number)
        assert stopped.value.code == 128 + number
        for other in SIGNALS:
            signal.raise_signal(other)
    assert [signal.getsignal(one) for one in SIGNALS] == before


def test_none_is_heard_once_that_is_asked_for() -> None:
    with stoppable() as hear_no_more:
        hear_no_more()
        for number in SIGNALS:
            signal.raise_signal(number)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_was_ignored_stays_so(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with stoppable():
            signal.raise_signal(number)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
