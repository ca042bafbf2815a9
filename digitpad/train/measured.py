"""What runs were measured on, in words, and what their best figures are worth: validation chooses, the test tells."""

from collections.abc import Iterable

from digitpad.train.repeats import Repeats
from digitpad.train.runs import Run
from digitpad.train.settings import TEST_SET, VALIDATION

_DIGITS = {TEST_SET: "test", VALIDATION: "validation"}


def kind_of_digits(runs: Iterable[Run]) -> str:
    """Return which digits ``runs`` were measured on: "test", "validation", or both; "held-out" where there are none."""
    found = {run.recipe.held_out for run in runs}
    return " or ".join(word for held_out, word in _DIGITS.items() if held_out in found) or "held-out"


def best_of(run: Run) -> str:
    """Return how good ``run`` became, and by which digits its epoch was chosen; "" while nothing is measured."""
    tested, best = run.tested, run.best
    if tested:
        by = run.exact(tested.epochs)
        of_them = f" ({100 * by.accuracy:.2f} % of them)" if by else ""
        return (
            f"{100 * tested.accuracy:.2f} % on the test set, of epoch {tested.epochs:g}, chosen on validation digits"
            f"{of_them}"
        )
    if best is None:
        return ""
    if run.recipe.validated:
        return f"{100 * best.accuracy:.2f} % of the validation digits at best, epoch {best.epochs:g}"
    return f"{100 * best.accuracy:.2f} % of the test set at best, epoch {best.epochs:g}, chosen on it: optimistic"


def best_of_group(group: Repeats) -> str:
    """Return how good the runs of ``group`` became, each after its best epoch, and by which digits that was chosen."""
    if not group.alike.recipe.validated:
        return f"{group.best} of the test set, each at its best epoch, chosen on it: optimistic"
    if group.tested is None:
        return f"{group.best} of the validation digits, each at its best epoch"
    of_them = f"{100 * group.best.mean:.2f} % of them"
    return f"{group.tested} on the test set, each of the epoch chosen on validation digits ({of_them})"
