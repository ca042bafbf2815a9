"""The measurements of runs as a table that spreadsheets open: ``to_csv``."""

import contextlib
import csv
import io
from collections.abc import Iterable

from digitpad.files.writing import encodable
from digitpad.train.experiment import Point
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS

# With which formulas begin in some spreadsheet: also as wide letters, and after what only parts cells.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(runs: Iterable[Run]) -> str:
    """Return every measurement of ``runs``, one a line; texts are such that no spreadsheet takes them for formulas.

    No two columns are called alike: measured are ``epoch`` and ``cost``, the settings are ``epochs`` and
    ``cost_function``. ``test_accuracy`` stands at the epoch that was chosen on validation digits.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    settings = ["cost_function" if name == "cost" else name for name in SETTINGS]
    table.writerow(["run", "name", "data", *settings, "epoch", *Point._fields[1:], "test_accuracy"])
    for run in runs:
        settings = [setting.show(getattr(run.recipe, name)) for name, setting in SETTINGS.items()]
        same = [run.number, *map(_cell, (run.name, run.data, *settings))]
        table.writerows([*same, *point, _of_test_set(run, point)] for point in run.points)
    return text.getvalue()


def _of_test_set(run: Run, point: Point) -> float | str:
    """Return what the test set said of the network measured at ``point``, or an empty cell."""
    tested = run.tested
    return tested.accuracy if tested and point.exact and point.epochs == tested.epochs else ""


def _cell(text: str) -> str:
    """Return ``text``, marked as one where spreadsheets would compute it, and without what is no letter at all."""
    text = encodable(text).replace("\r\n", "\n").replace("\r", "\n")  # csv quotes the latter alone
    with contextlib.suppress(ValueError):
        float(text)
        return text
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
