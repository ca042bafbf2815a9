"""Steps that end in a result."""

from collections.abc import Generator

from digitpad.nn.steps import Steps, finish


def halves(whole: float, least: float) -> Generator[float, None, str]:
    while whole > least:
        whole /= 2
        yield whole
    return f"at {whole:g}"


def test_finish_takes_the_steps_that_are_left_and_returns_the_result() -> None:
    steps = halves(8, 1)
    assert next(steps) == 4
    assert finish(steps) == "at 1"


def test_steps_are_gone_through_in_a_loop_and_leave_their_result() -> None:
    steps = Steps(halves(8, 1))
    assert list(steps) == [4, 2, 1]
    assert steps.result == "at 1"


def test_steps_that_are_left_are_closed() -> None:
    generator = halves(8, 1)
    for _ in Steps(generator):
        break
    assert list(generator) == []
