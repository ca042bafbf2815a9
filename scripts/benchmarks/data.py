"""A million stored drawings: adding one, opening the Data tab on them, memory."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.processes import numbers_of
from benchmarks.rows import Row, summary
from digitpad.data.store import Drawn, Store

_DRAWINGS, _AT_ONCE, _ADDED = 1_000_000, 20_000, 2000
_DIFFERENT = 100
_OPENINGS = 5


def measure() -> Iterator[Row]:
    """Store a million drawings, then add to them and open the panel that shows them. Takes two minutes and 4 GB."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawings.sqlite"
        with closing(Store(file)) as samples:
            yield summary(f"adding a drawing to {_DRAWINGS:,}, ms", _fill(samples))
        openings, memory = zip(*(numbers_of("open_drawings", str(file)) for _ in range(_OPENINGS)), strict=True)
    yield summary("opening the Data tab on them, s", openings)
    if sys.platform != "win32":
        yield Row("memory of the whole process with that panel open, MB", {"at most": max(memory)})


def _fill(samples: Store) -> list[float]:
    """Store the drawings and return the milliseconds of adding each of some more."""
    generator = np.random.default_rng(0)
    made = [
        ((np.column_stack([generator.random((40, 2)), np.ones(40)]),), generator.integers(0, 256, 784, dtype=np.uint8))
        for _ in range(_DIFFERENT)
    ]

    def sample(i: int) -> Drawn:
        return Drawn(i % 10, *made[i % _DIFFERENT], i % 10, "2026-01-31T12:00:00+00:00")

    for first in range(0, _DRAWINGS, _AT_ONCE):
        samples.add_many(sample(i) for i in range(first, first + _AT_ONCE))
    times = []
    for i in range(_ADDED):
        started = perf_counter()
        samples.add(sample(i))
        times.append(1000 * (perf_counter() - started))
    return times
