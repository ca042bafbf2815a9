"""Runs of one setting, which differ in nothing but the seed: what the seed alone makes of it is their spread."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import comb, fsum, inf
from typing import NamedTuple

from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run, Source

# Seeds. With two, one in five pairs of settings that are alike would seem to be apart by more than the seeds make.
FEWEST = 3
# By how many seeds each: one pair in so many, drawn from normal distributions. With five it is one in 470.
ALIKE_SEEM_APART = {3: 20, 4: 100}


@dataclass(frozen=True)
class Spread:
    """Accuracies in [0, 1] of networks that differ in the seed alone, one or more."""

    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Their mean."""
        return fsum(self.accuracies) / len(self.accuracies)

    @property
    def least(self) -> float:
        """The worst of them."""
        return min(self.accuracies)

    @property
    def greatest(self) -> float:
        """The best of them."""
        return max(self.accuracies)

    @property
    def best_of_three(self) -> float | None:
        """What the best of three of them is on average, over all threes; None where they are fewer."""
        count = len(self.accuracies)
        if count < 3:
            return None
        # Each is the best of as many threes as there are pairs below it; to list all threes of a thousand takes a GB.
        return fsum(comb(below, 2) * one for below, one in enumerate(sorted(self.accuracies))) / comb(count, 3)

    def __str__(self) -> str:
        """Return them in words: "95.04 % (94.80 to 95.21, 5 seeds)"."""
        mean = f"{100 * self.mean:.2f} %"
        if len(self.accuracies) == 1:
            return f"{mean} (one seed)"
        least, greatest = (f"{100 * one:.2f}" for one in (self.least, self.greatest))
        return f"{mean} ({least} to {greatest}, {len(self.accuracies)} seeds)"


def beyond_seeds(one: Spread, other: Spread) -> bool:
    """Return whether two settings are further apart than the seeds of either are.

    That is by their means, in figures as they are shown, and with no network of one among those of the other.
    """
    gap, widest = gaps(one, other)
    return gap > widest and (one.greatest < other.least or other.greatest < one.least)


def gaps(one: Spread, other: Spread) -> tuple[float, float]:
    """Return how far apart the means of two settings are, and the networks of that whose seeds make more, in points.

    Both are of figures as they are shown.
    """
    gap = abs(points(one.mean) - points(other.mean))
    widest = max(points(each.greatest) - points(each.least) for each in (one, other))
    return round(gap, 2), round(widest, 2)


def points(accuracy: float) -> float:
    """Return an accuracy in points, as it is shown: what is said of two of them holds for the figures one reads."""
    return round(100 * accuracy, 2)


@dataclass(frozen=True, eq=False)
class Group:
    """One run for each seed, by seed; all of them are of one ``setting``."""

    runs: tuple[Run, ...]

    @cached_property
    def setting(self) -> "Setting":
        """What they have in common."""
        return Setting.of(self.runs[0])

    @property
    def recipe(self) -> Recipe:
        """The recipe of the first of them."""
        return self.runs[0].recipe

    @property
    def seeds(self) -> tuple[int, ...]:
        """Their seeds, the least first."""
        return tuple(run.recipe.seed for run in self.runs)

    def spread(self, epochs: float, seeds: Collection[int]) -> Spread:
        """Return the accuracies after ``epochs`` of those of the ``seeds`` that were measured then, one at least."""
        points = [run.exact(epochs) for run in self.runs if run.recipe.seed in seeds]
        return Spread(tuple(point.accuracy for point in points if point))


@dataclass(frozen=True)
class Setting:
    """What must be alike for runs to be compared: the recipe but for seed and epochs, and the digits.

    ``changed`` are the numbers of runs whose settings were changed on the way: each of them is like no other.
    """

    recipe: Recipe
    source: Source
    changed: int | None

    @classmethod
    def of(cls, run: Run) -> "Setting":
        """Return that of ``run``."""
        return cls(replace(run.recipe, seed=0, epochs=1), run.source, run.number if run.marks else None)


def groups(runs: Iterable[Run]) -> list[Group]:
    """Return ``runs`` by their setting, in the order in which the last of each came.

    Of runs with the same seed, which are the same, the one that went on for longest counts.
    """
    found: dict[Setting, dict[int, Run]] = {}
    for run in runs:
        setting = Setting.of(run)
        by_seed = found[setting] = found.pop(setting, {})  # at the end
        there = by_seed.get(run.recipe.seed)
        if there is None or there.epochs < run.epochs:
            by_seed[run.recipe.seed] = run
    return [Group(tuple(by_seed[seed] for seed in sorted(by_seed))) for by_seed in found.values()]


class Common(NamedTuple):
    """The ``seeds`` of which all groups in question have a run that was measured after so many ``epochs``."""

    seeds: frozenset[int]
    epochs: float


def in_common(some: Sequence[Group], fewest: int = FEWEST) -> Common | None:
    """Return the last epochs after which ``fewest`` seeds or more were measured in each group, and these seeds.

    None where there are none; nothing was learned yet after 0 epochs. A run that ended by what went wrong sets a limit:
    those that went on are not told of as if they were all.
    """
    shared = frozenset.intersection(*(frozenset(group.seeds) for group in some))
    if len(shared) < fewest:
        return None
    runs = [run for group in some for run in group.runs if run.recipe.seed in shared]
    limit = min((run.epochs for run in runs if run.trouble and run.trouble.ended), default=inf)
    measured = Counter(
        (point.epochs, run.recipe.seed)
        for run in runs
        for point in run.points
        if point.exact and 0 < point.epochs <= limit
    )
    seeds: dict[float, set[int]] = {}
    for (epochs, seed), count in measured.items():
        if count == len(some):
            seeds.setdefault(epochs, set()).add(seed)
    enough = [epochs for epochs, those in seeds.items() if len(those) >= fewest]
    return Common(frozenset(seeds[max(enough)]), max(enough)) if enough else None
