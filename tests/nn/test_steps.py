"""Steps that end in a result."""

from collections.abc import Generator

from digitpad.nn.steps import finish


def halves(whole: float, least: float) -> Generator[float, None, str]:
    while whole > least:
        whole /= 2
        yield whole
    return f"at {whole:g}"


def test_finish_takes_the_steps_that_are_left_and_returns_the_result() -> None:
    steps = halves(8, 1)
    assert next(steps) == 4
    assert finish(steps) == "at 1"
