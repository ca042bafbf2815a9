"""The table of all measurements, and that no spreadsheet computes what stands in it."""

import csv
import io
from dataclasses import replace

import pytest

from digitpad.train.run_table import to_csv
from digitpad.train.runs import OnTestSet, Run
from digitpad.train.settings import ALL, VALIDATION


def test_csv_has_a_line_for_every_measurement(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv([run]))))
    assert len(rows) == len(run.points)
    assert rows[-1]["hidden"] == "30"
    assert float(rows[-1]["accuracy"]) == run.points[-1].accuracy
    assert {row["exact"] for row in rows} == {"True", "False"}


def test_csv_names_settings_as_one_types_them(run: Run) -> None:
    run.recipe = replace(run.recipe, mini_batch_size=ALL)
    assert {row["mini_batch_size"] for row in csv.DictReader(io.StringIO(to_csv([run])))} == {"all"}


@pytest.mark.parametrize(
    ("name", "cell"),
    [("=1+1", "'=1+1"), ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"), ("+1+A1", "'+1+A1"), ("-A1", "'-A1"),
     ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\n=1"), ("a\r=1", "a\n=1"), ("  =1", "'  =1"),
     ("\uff1d1", "'\uff1d1"),
     ("-5", "-5"), ("+1e3", "+1e3"), ("784-30-10", "784-30-10"), ("a = b", "a = b"), ("\ud800 half", "? half"),
     ("two\nlines, \"quoted\"", "two\nlines, \"quoted\"")],
    ids=ascii,
)  # fmt: skip
def test_no_name_is_a_formula_in_csv(run: Run, name: str, cell: str) -> None:
    run.name = run.data = name
    for row in csv.DictReader(io.StringIO(to_csv([run]).encode().decode(), newline="")):
        assert row["name"] == row["data"] == cell
        assert float(row["eta"]) == run.recipe.eta


def test_what_the_test_set_said_stands_at_the_chosen_epoch(run: Run) -> None:
    run.recipe, run.tested = replace(run.recipe, held_out=VALIDATION), OnTestSet(2.0, 0.875)
    rows = {float(row["epoch"]): row["test_accuracy"] for row in csv.DictReader(io.StringIO(to_csv([run])))}
    assert {epoch: float(told) for epoch, told in rows.items() if told} == {2.0: 0.875}
