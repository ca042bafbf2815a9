"""What a section reports."""

import json

from benchmarks.rows import Row, summary


def test_a_row_is_an_object_or_a_line() -> None:
    row = Row("an epoch, s", {"best of 5": 0.18346, "images": 60_000, "a second": 327_068.6, "n": 7})
    assert json.loads(row.as_json("training")) == {"section": "training", "what": "an epoch, s", **row.numbers}
    assert str(row) == "an epoch, s: best of 5 0.183  images 60,000  a second 327,069  n 7"


def test_many_values_become_their_percentiles() -> None:
    row = summary("moves, ms", list(range(101)))
    assert row == Row("moves, ms", {"p50": 50.0, "p99": 99.0, "max": 100.0, "n": 101})
