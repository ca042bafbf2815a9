"""What runs of training showed, in words: each by itself, and settings that differ in one thing against their seeds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from itertools import islice

from digitpad.train.advice import GUESSING
from digitpad.train.experiment import Point
from digitpad.train.groups import ALIKE_SEEM_APART, FEWEST, Group, beyond_seeds, gaps, groups, in_common
from digitpad.train.measured import best_of
from digitpad.train.presets import in_the_book
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import SEEDS
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS, Kind, Setting

_CLIMBING = 0.005  # accuracy gained in the last third of a run, beyond the best before, that was not over yet
_FALLEN = 0.1  # accuracy lost since the best epoch
_SMALL = 0.05  # learning rates below this are small for the networks of chapter 1
_APART = 0.02  # accuracy by which training images are read better than others when a network learns by heart
# With other images to learn from or to measure on, accuracies say nothing of the rest.
_DIGITS = ("train_on", "held_out", "own")


def of_run(run: Run, *, learning: bool = False) -> str:
    """Return in a sentence or two what came of ``run``, or comes of it while it is ``learning``; "" before its end."""
    best = run.best
    if best is None or not run.epochs:
        return ""
    when = f"after {_epochs(best.epochs)}" if best.epochs else "before it had learned anything"
    text = f"best {100 * best.accuracy:.2f} % {when}"
    if run.recipe.validated:
        text = best_of(run) if run.tested else f"{text}, on validation digits"
    if book := of_book(run):
        text += f" ({book})"
    return f"{text}. {'' if learning else _shown(run, best)}".strip()


def of_book(run: Run) -> str:
    """Return in words what the book reports for what ``run`` did; "" where it did anything else, or is not over."""
    preset = in_the_book(run.recipe, run.kind)
    return preset.of_book if preset and not run.marks and run.epochs == run.recipe.epochs else ""


def _epochs(count: float) -> str:
    return f"{count:g} epoch{'' if count == 1 else 's'}"


def _shown(run: Run, best: Point) -> str:
    exact = [point for point in run.points if point.exact]
    last = exact[-1]
    if trouble := run.lasting:
        return trouble.sentence
    if best.accuracy < GUESSING:
        if last.accuracy - exact[0].accuracy > _CLIMBING or run.recipe.eta < _SMALL:
            return "It has hardly begun to learn: η was too small, or it had too few epochs."
        return "It never got beyond guessing: its steps were too large, or its output neurons saturated from the first."
    if best.accuracy - last.accuracy > _FALLEN:
        cause = "its steps, or L2, were" if run.recipe.l2 else "its steps were"
        return f"It ended at {100 * last.accuracy:.1f} %: what it had learned was lost again, as {cause} too large."
    before = exact[: -max(1, len(exact) // 3)]
    highest = max((point.accuracy for point in before), default=0.0)
    if len(exact) >= 6 and last.accuracy - highest > _CLIMBING:
        return "It was still getting better when it ended: more epochs, or a larger η, may get further."
    if last.training_accuracy - last.accuracy > _APART:
        gap = 100 * (last.training_accuracy - last.accuracy)
        return f"It reads the images it learned from {gap:.1f} points better than others: it may know some by heart."
    return ""


class Verdict(Enum):
    """What a comparison of two settings shows."""

    TOO_FEW = "fewer seeds than would tell"
    WITHIN = "no more than what the seeds make"
    BEYOND = "more than what the seeds make"


@dataclass(frozen=True)
class Comparison:
    """Two groups of runs that differ in one setting; ``text`` says what that comes to."""

    one: Group
    other: Group
    verdict: Verdict
    text: str


def of_pairs(runs: Sequence[Run], most: int) -> list[Comparison]:
    """Compare what differs in one setting, with the same digits, after the same epochs, and with the same seeds.

    Of more than ``most`` comparisons those that tell something come first, and of these those with the newest runs.
    What is told apart is what is further apart than the seeds of either setting are: by the means, and with no run of
    one among those of the other.
    """
    learned = [group for group in groups(runs) if any(run.epochs for run in group.runs)]
    enough = [group for group in learned if sum(run.measured for run in group.runs) >= FEWEST]
    telling = (pair for pair in _compared_pairs(enough) if pair.verdict is not Verdict.TOO_FEW)
    others = (pair for pair in _compared_pairs(learned) if pair.verdict is Verdict.TOO_FEW)
    first = list(islice(telling, most))
    return first + list(islice(others, most - len(first)))


def _compared_pairs(some: Sequence[Group]) -> Iterator[Comparison]:
    """Compare those of ``some`` that differ in one setting: the last with all before it, from its neighbour on.

    They are found by what they have in common: of hundreds there are too many pairs to look at each.
    """
    comparable = [(group, _all_but_one(group)) for group in some if group.setting.changed is None]
    alike: dict[object, list[Group]] = defaultdict(list)
    for group, but_one in comparable:
        for others in but_one.values():
            alike[others].append(group)
    for group, but_one in reversed(comparable):
        for name, others in but_one.items():
            alike[others].pop()  # which is this one
            yield from (_compared(before, group, name) for before in reversed(alike[others]))


def _all_but_one(group: Group) -> dict[str, tuple[object, ...]]:
    """Return, by the name of each setting that may differ, what is alike where nothing but that does."""
    recipe = {each.name: getattr(group.setting.recipe, each.name) for each in fields(Recipe)}
    names = [name for name in recipe if name not in _DIGITS]
    return {name: (name, group.setting.source, *(recipe | {name: None}).values()) for name in names}


def _compared(one: Group, other: Group, name: str) -> Comparison:
    setting = SETTINGS[name]
    before, after = (_worded(setting, getattr(group.recipe, name)) for group in (one, other))
    what = f"{setting.label} {after} instead of {before}"
    common = in_common([one, other])
    if common is None:
        return Comparison(one, other, Verdict.TOO_FEW, f"{what}: {_too_few(one, other)}")
    first, second = (group.spread(common.epochs, common.seeds) for group in (one, other))
    gap, widest = gaps(first, second)
    figures = f"{second} instead of {first}, after {_epochs(common.epochs)}."
    if beyond_seeds(first, second):
        way = "better" if second.mean > first.mean else "worse"
        told = f"{what}: {gap:.2f} points {way}: {figures}"
        if (chance := ALIKE_SEEM_APART.get(len(common.seeds))) is not None:
            seeds = f"{len(common.seeds)} seeds each"
            told += f" Of settings that are alike one pair in {chance} seems so with {seeds}: {SEEDS} tell more."
        return Comparison(one, other, Verdict.BEYOND, told)
    told = (
        f"{what}: not to be told. The means are {gap:.2f} points apart, and what differs in the seed alone "
        f"{widest:.2f}: {figures}"
    )
    return Comparison(one, other, Verdict.WITHIN, told)


def _too_few(one: Group, other: Group) -> str:
    alike = len(
        {run.recipe.seed for run in one.runs if run.epochs} & {run.recipe.seed for run in other.runs if run.epochs}
    )
    few = {
        0: "runs with different seeds tell too little",
        1: "one run each tells too little",
        2: "two runs each tell too little",
    }
    return f"{few.get(alike, 'too few were measured after the same epochs')}: the seed alone makes a difference, too."


def _worded(setting: Setting, value: object) -> str:
    return ("off", "on")[bool(value)] if setting.kind is Kind.YES_NO else setting.show(value)
