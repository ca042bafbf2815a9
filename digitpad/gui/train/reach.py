"""How far the axes of both plots reach for the lines in them: ``reach_of``."""

from typing import NamedTuple

from digitpad.gui.train.axes import accuracy_range, highest_cost
from digitpad.gui.train.curves import Scale
from digitpad.gui.train.lines import Lines


class Reach(NamedTuple):
    """The last of the epochs, from where to where ``accuracies`` go on their axis, and the highest cost."""

    epochs: float
    accuracies: tuple[float, float]
    cost: float


def reach_of(lines: Lines, epochs: float, book: float | None, baseline: float | None, *, whole: bool) -> Reach:
    """Return the reach that shows ``lines``, and so many ``epochs`` at least.

    The ``book``'s accuracy, in [0, 1], is in sight beside runs, and the best ``baseline``, in per cent, in any case.
    The axis of accuracies begins where it tells runs apart, or at 0 where the ``whole`` of it is wanted.
    """
    drawn = [lines.of(run) for run in lines.measured]
    best = [curves.best for curves in drawn] + ([100 * book] if book and drawn else [])
    best += [baseline] if baseline is not None else []
    training = [curves.best_training for curves in drawn]
    from_zero = whole and lines.scale is Scale.ACCURACY
    costs = {run.number: lines.of(run).highest_cost for run in lines.measured if lines.has_cost(run)}
    return Reach(
        max([epochs, *(curves.epochs for curves in drawn)]),
        (0.0, 100.0) if from_zero else accuracy_range(best, lines.scale, training),
        highest_cost(costs.values(), costs.get(lines.current.number) if lines.current else None),
    )
