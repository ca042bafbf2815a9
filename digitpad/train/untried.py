"""What is worth trying that no run did: ``untried``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import FOUR

_LARGE, _SMALL = 50, 0.01  # learning rates from and up to which a run shows what goes wrong in chapter 1


@dataclass(frozen=True)
class Untried:
    """Something to try: its ``title``, what else is to be said of it or "", and the ``recipe`` of a run that does."""

    title: str
    says: str
    recipe: Recipe


def untried(runs: Sequence[Run]) -> list[Untried]:
    """Return what none of ``runs`` tried, chapter 1's own experiments first."""
    recipes = [run.recipe for run in runs]
    return [idea for idea, does in _IDEAS if not any(map(does, recipes))]


_PRESET = {preset.key: preset.recipe for preset in PRESETS}
_IDEAS: tuple[tuple[Untried, Callable[[Recipe], bool]], ...] = (
    (
        Untried("No hidden layer", "how far do ten neurons get?", _PRESET["no-hidden-layer"]),
        lambda recipe: not recipe.hidden,
    ),
    (
        Untried("100 hidden neurons", "instead of 30.", _PRESET["chapter-1-100"]),
        lambda recipe: max(recipe.hidden, default=0) >= 100 and _SMALL < recipe.eta < _LARGE,
    ),
    (
        Untried("Four outputs", "the bits of the digit, instead of ten.", _PRESET["four-outputs"]),
        lambda recipe: recipe.outputs == FOUR,
    ),
    (
        Untried("η = 0.001", "a learning rate that is far too small.", _PRESET["eta-too-small"]),
        lambda recipe: recipe.eta <= _SMALL,
    ),
    (
        Untried("η = 100", "one that is far too large.", _PRESET["eta-too-large"]),
        lambda recipe: recipe.eta >= _LARGE,
    ),
    (
        Untried("Two hidden layers", "of 30 neurons each.", replace(Recipe(), hidden=(30, 30))),
        lambda recipe: len(recipe.hidden) > 1,
    ),
    (
        Untried("Cross-entropy", "the cost of chapter 3.", replace(Recipe(), cost="cross-entropy", eta=0.5)),
        lambda recipe: recipe.cost == "cross-entropy",
    ),
    (
        Untried("Deformed digits", "others to learn from in every epoch.", replace(Recipe(), deform=True)),
        lambda recipe: recipe.deform,
    ),
    (
        Untried("Your own digits", "among those it learns from.", replace(Recipe(), own=True)),
        lambda recipe: recipe.own,
    ),
)
