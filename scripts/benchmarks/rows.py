"""What a section reports: ``Row``, and ``summary`` of many values as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """``what`` was measured, with its unit, and the ``numbers`` that came of it, by name."""

    what: str
    numbers: Mapping[str, float]

    def as_json(self, section: str) -> str:
        """Return the row of a ``section`` as a JSON object."""
        return json.dumps({"section": section, "what": self.what, **self.numbers})

    def __str__(self) -> str:
        """Return the row as a line to be read: three figures of a number, all of one from 100 on."""
        return f"{self.what}: " + "  ".join(f"{name} {_shown(number)}" for name, number in self.numbers.items())


def summary(what: str, values: Sequence[float]) -> Row:
    """Return the median of ``values``, what 99 of 100 stay below, the largest, and how many they are."""
    p50, p99 = np.percentile(values, [50, 99])
    return Row(what, {"p50": float(p50), "p99": float(p99), "max": float(np.max(values)), "n": len(values)})


def _shown(number: float) -> str:
    return f"{number:.3g}" if isinstance(number, float) and abs(number) < 100 else f"{number:,.0f}"
