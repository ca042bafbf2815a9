"""JSON of files is what it says, and no other thread waits until all of a long one is read."""

import json
import threading
from math import inf, isnan

import pytest

from digitpad.data.json_text import parsed

LONG = " " * 100_000


@pytest.mark.parametrize("blanks", ["", LONG], ids=["short", "long"])
def test_it_is_read_as_json_is(blanks: str) -> None:
    text = '{"a": [1, -2, 1.5, 1e400, null, true, "7"], "b": {}}' + blanks
    assert parsed(text) == parsed(text.encode()) == json.loads(text)
    assert [type(one) for one in parsed(text)["a"][:3]] == [int, int, float]
    assert parsed(text)["a"][3] == inf
    assert isnan(parsed("NaN" + blanks))
    with pytest.raises(json.JSONDecodeError):
        parsed("{" + blanks)
    with pytest.raises(ValueError, match="digits"):
        parsed("9" * 5000 + blanks)
    with pytest.raises(RecursionError):
        parsed("[" * 100_000 + blanks)


def test_others_get_their_turn_while_many_numbers_are_read() -> None:
    text = json.dumps([[i, i / 7] for i in range(300_000)])
    turns, reading = 0, threading.Thread(target=parsed, args=[text])
    reading.start()
    while reading.is_alive():
        turns += 1
        reading.join(0.001)
    assert turns > 10
