"""What runs of training showed, in words: each by itself, and pairs that differ in one setting."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import combinations

from digitpad.train.advice import GUESSING
from digitpad.train.experiment import Point
from digitpad.train.presets import preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import SETTINGS, Kind, Setting

_CLIMBING = 0.005  # accuracy gained in the last third of a run that was not over yet
_FALLEN = 0.1  # accuracy lost since the best epoch
_SMALL = 0.05  # learning rates below this are small for the networks of chapter 1
_APART = 0.02  # accuracy by which training images are read better than others when a network learns by heart
_OUTCOME = ("seed", "epochs")  # settings that two runs may differ in and still be compared


def of_run(run: Run) -> str:
    """Return in a sentence or two what came of ``run``; "" while it has no exact measurement."""
    best = run.best
    if best is None:
        return ""
    text = f"best {100 * best.accuracy:.2f} % after epoch {best.epochs:g}"
    preset = preset_of(run.recipe)
    if preset and preset.book is not None:
        text += f" (the book: {100 * preset.book:.2f} %)"
    return f"{text}. {_shown(run, best)}".strip()


def _shown(run: Run, best: Point) -> str:
    exact = [point for point in run.points if point.exact]
    last = exact[-1]
    if run.trouble:
        return run.trouble
    if best.accuracy < GUESSING:
        if last.accuracy - exact[0].accuracy > _CLIMBING or run.recipe.eta < _SMALL:
            return "It has hardly begun to learn: η was too small, or it had too few epochs."
        return "It never got beyond guessing: η was too large, or its output neurons were saturated from the first."
    if best.accuracy - last.accuracy > _FALLEN:
        return f"It ended at {100 * last.accuracy:.1f} %: what it had learned was lost again, as η was too large."
    third = exact[-max(1, len(exact) // 3)]
    if len(exact) >= 6 and last.accuracy - third.accuracy > _CLIMBING:
        return "It was still getting better when it ended: more epochs, or a larger η, would have gone on."
    if last.training_accuracy - last.accuracy > _APART:
        gap = 100 * (last.training_accuracy - last.accuracy)
        return f"It reads the images it learned from {gap:.1f} points better than others: some it knows by heart."
    return ""


def of_pairs(runs: Sequence[Run]) -> list[str]:
    """Return a sentence for each two of ``runs`` that differ in one setting and were measured on the same digits."""
    found = []
    names = [field.name for field in fields(Recipe) if field.name not in _OUTCOME]
    for one, other in combinations(runs, 2):
        differing = [name for name in names if getattr(one.recipe, name) != getattr(other.recipe, name)]
        both = _last_in_common(one, other)
        if len(differing) != 1 or one.data != other.data or differing == ["held_out"] or both is None:
            continue
        setting = SETTINGS[differing[0]]
        before, after = (_worded(setting, getattr(run.recipe, differing[0])) for run in (one, other))
        gain = 100 * (both[1].accuracy - both[0].accuracy)
        what = "the same to a tenth of a point" if abs(gain) < 0.1 else f"{abs(gain):.1f} points {_way(gain)}"
        when = f"after {both[0].epochs:g} epoch{'' if both[0].epochs == 1 else 's'}"
        found.append(
            f"{setting.label} {after} instead of {before}: {what} {when} (runs {one.number} and {other.number})."
        )
    return found


def _worded(setting: Setting, value: object) -> str:
    return ("off", "on")[bool(value)] if setting.kind is Kind.YES_NO else setting.show(value)


def _last_in_common(one: Run, other: Run) -> tuple[Point, Point] | None:
    """Return the exact measurements of both runs after the latest epoch that both were measured at."""
    after = {point.epochs: point for point in other.points if point.exact}
    pairs = [(point, after[point.epochs]) for point in one.points if point.exact and point.epochs in after]
    return pairs[-1] if pairs else None


def _way(gain: float) -> str:
    return "better" if gain > 0 else "worse"


def untried(runs: Sequence[Run]) -> list[str]:
    """Return what is worth trying that none of ``runs`` did, as sentences."""
    recipes = [run.recipe for run in runs]
    ideas = (
        (any(not recipe.hidden for recipe in recipes), "A network without a hidden layer: how far do ten neurons get?"),
        (any(recipe.hidden and max(recipe.hidden) >= 100 for recipe in recipes), "100 hidden neurons instead of 30."),
        (any(len(recipe.hidden) > 1 for recipe in recipes), "Two hidden layers."),
        (any(recipe.eta >= 50 for recipe in recipes), "A learning rate that is far too large, such as η = 100."),
        (any(recipe.eta <= 0.01 for recipe in recipes), "A learning rate that is far too small, such as η = 0.001."),
        (any(recipe.cost == "cross-entropy" for recipe in recipes), "The cross-entropy cost, of chapter 3."),
        (any(recipe.deform for recipe in recipes), "Deformed digits: new ones to learn from in every epoch."),
        (any(recipe.own for recipe in recipes), "Your own digits among those it learns from."),
    )
    return [idea for tried, idea in ideas if not tried]
