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


def in_brief(reading: Reading) -> str:
    """Return what the network answers: "7", "7 or 1", "no digit"."""
    if reading.verdict in (Verdict.BLANK, Verdict.NO_DIGIT):
        return "no digit"
    if reading.verdict is Verdict.SURE:
        return str(reading.digit)
    return f"{reading.digit} or {reading.runner_up if reading.otherwise is None else reading.otherwise}"


def trust(reading: Reading) -> str:
    """Return how far to trust the answer, in a word or two."""
    if reading.verdict in (Verdict.BLANK, Verdict.NO_DIGIT):
        return "All outputs are low"
    if reading.verdict is Verdict.UNSURE:
        return "Not sure"
    return "Certain" if reading.certain else "Likely"
