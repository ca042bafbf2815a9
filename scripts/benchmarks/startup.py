"""From starting the process to a window that takes strokes."""

import os
import time
from collections.abc import Iterator

from benchmarks.processes import numbers_of
from benchmarks.rows import Row, summary

STARTS = 7


def measure() -> Iterator[Row]:
    """Start the program several times and time it from outside; the first start only warms the disk's cache."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    window, answer = [], []
    for i in range(STARTS + 1):
        started = time.time()
        shown, answered = numbers_of("start")
        if i:
            window.append(shown - started)
            answer.append(answered - started)
    yield summary("process start to a window that takes strokes, s", window)
    yield summary("process start to the first digit drawn and read, s", answer)
