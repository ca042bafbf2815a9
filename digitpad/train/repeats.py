"""Runs of the same settings and digits but for the seed: which belong together, and how far apart they came."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.train.experiment import Point
from digitpad.train.groups import FEWEST, Spread
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run, Source
from digitpad.train.settings import MOST_SEED

SEEDS = 5  # as many as are trained where one asks for a spread


class Alike(NamedTuple):
    """What runs of one group have in common: the recipe, as with seed 0, and the digits."""

    recipe: Recipe
    source: Source

    @classmethod
    def of(cls, run: Run) -> "Alike":
        """Return what ``run`` would have in common with others."""
        return cls(replace(run.recipe, seed=0), run.source)


class Band(NamedTuple):
    """One figure of a group against ``epochs`` (n,): ``mean``, ``least`` and ``greatest``, each (n,)."""

    epochs: NDArray[np.float64]
    mean: NDArray[np.float64]
    least: NDArray[np.float64]
    greatest: NDArray[np.float64]


@dataclass(frozen=True)
class Repeats:
    """``runs`` that came to their end and differ in nothing but the seed: one of each seed."""

    alike: Alike
    runs: tuple[Run, ...]

    @property
    def number(self) -> int:
        """The lowest number of its runs, by which it is known."""
        return min(run.number for run in self.runs)

    @property
    def best(self) -> Spread:
        """The accuracies of the runs, in [0, 1], each after its best epoch."""
        return Spread(tuple(run.best.accuracy for run in self.runs if run.best))

    @property
    def tested(self) -> Spread | None:
        """What the test set said of the epochs that validation digits chose; None where it did not of each run."""
        said = tuple(run.tested.accuracy for run in self.runs if run.tested)
        return Spread(said) if len(said) == len(self.runs) else None

    @property
    def common(self) -> list[float]:
        """The epochs after which all of the runs were measured exactly, the first one first."""
        return sorted(set.intersection(*({p.epochs for p in run.points if p.exact} for run in self.runs)))

    def after(self, epochs: float) -> Spread | None:
        """Return the accuracies after so many ``epochs``; None where not all of the runs were measured then."""
        points = [run.exact(epochs) for run in self.runs]
        return None if None in points else Spread(tuple(point.accuracy for point in points if point))

    def band(self, figure: Callable[[Point], float]) -> Band:
        """Return ``figure`` of the runs after each of the ``common`` epochs."""
        epochs = self.common
        wanted = set(epochs)
        found = [{p.epochs: figure(p) for p in run.points if p.exact and p.epochs in wanted} for run in self.runs]
        values = np.array([[of[epoch] for epoch in epochs] for of in found])
        return Band(np.array(epochs), values.mean(axis=0), values.min(axis=0), values.max(axis=0))


def came_to_end(run: Run) -> bool:
    """Whether ``run`` made all epochs of its recipe, and nothing was changed on the way."""
    wanted = run.recipe.epochs
    if run.marks or run.epochs < wanted:
        return False
    return any(point.exact and point.epochs == wanted for point in reversed(run.points))


def repeats(runs: Iterable[Run]) -> list[Repeats]:
    """Return the groups of ``FEWEST`` or more that there are among ``runs``, that with the oldest run first."""
    found: dict[Alike, dict[int, Run]] = {}
    for run in runs:
        if came_to_end(run):
            found.setdefault(Alike.of(run), {}).setdefault(run.recipe.seed, run)
    return [Repeats(alike, tuple(of.values())) for alike, of in found.items() if len(of) >= FEWEST]


def alike(run: Run, runs: Iterable[Run]) -> list[Run]:
    """Return those of ``runs`` that differ from ``run`` in the seed alone."""
    return [one for one in runs if Alike.of(one) == Alike.of(run)]


def seeds_wanted(recipe: Recipe, runs: Iterable[Run], count: int = SEEDS) -> list[int]:
    """Return the seeds that are still to be trained with, so that ``count`` runs of ``recipe`` come to their end.

    Its own comes first, then the numbers after it; those of ``runs``, which differ in the seed alone, count.
    """
    there = {run.recipe.seed for run in runs if came_to_end(run)}
    wanted = list[int]()
    seed = recipe.seed
    while len(there) + len(wanted) < count:
        if seed not in there:
            wanted.append(seed)
        seed = (seed + 1) % (MOST_SEED + 1)
    return wanted
