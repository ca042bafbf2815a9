"""JSON of files, however long, read so that other threads go on meanwhile: ``parsed``."""

import json
from typing import Any

_LONG = 1 << 16  # letters: what is shorter is read in a millisecond or two


def parsed(text: str | bytes) -> Any:
    """Return what ``json.loads`` does, and raise what it raises.

    That reads all of a text before any other thread gets its turn, the window's too: 0.8 s of a long run's curves. So
    Python itself makes each number of a long text, and lets others in on the way.
    """
    if len(text) < _LONG:
        return json.loads(text)
    return json.loads(text, parse_int=_int, parse_float=_float)


def _int(text: str) -> int:
    return int(text)


def _float(text: str) -> float:
    return float(text)
