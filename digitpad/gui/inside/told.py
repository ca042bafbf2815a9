"""Readings in a few words, for pages that look inside."""

from digitpad.draw.reading import Reading, Verdict


def answer(reading: Reading) -> str:
    """Return what is read, and how large the output is, such as "7 (0.98)"."""
    first, second = reading.digit, reading.runner_up
    largest, next_largest = float(reading.outputs[first]), float(reading.outputs[second])
    if reading.verdict is Verdict.BLANK:
        return "nothing"
    if reading.verdict is Verdict.NO_DIGIT:
        return f"no digit (at most {largest:.2f})"
    if reading.otherwise is not None:
        return f"{first} or {reading.otherwise}, not sure ({largest:.2f} for {first})"
    if reading.verdict is Verdict.UNSURE:
        return f"{first} or {second}, not sure ({largest:.2f} and {next_largest:.2f})"
    return f"{first} ({largest:.2f})"
