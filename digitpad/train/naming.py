"""Names by which runs are told apart: what differs between them, and no more."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import fields

from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import ALL

_DATA = "data"  # the one thing told that is no setting: whose digits they were
_LAST = ("seed", "epochs", "train_on", "held_out", "own")  # told only where nothing else differs


def labels(runs: Sequence[Run]) -> dict[int, str]:
    """Return a short label of each of ``runs``, by number: "#3 η 100", "#4 my own name"."""
    return {number: f"#{number} {name}" for number, name in names(runs).items()}


def names(runs: Sequence[Run], of_all_seeds: Container[int] = ()) -> dict[int, str]:
    """Return what each of ``runs`` is called, by number.

    A run that a person named goes by that. Of the others, each setting is told in which runs differ, and the data set,
    but for the value that most of them have; where nothing is left to tell, the layers. Those whose numbers are among
    ``of_all_seeds`` stand for others with other seeds, so that of them the seed is not told.
    """
    usual: dict[str, object] = {}  # of each thing in which runs differ, what most of them have, or None
    for name in (*(field.name for field in fields(Recipe)), _DATA):
        values = Counter(_value(run, name) for run in runs).most_common(2)
        if len(values) == 2:
            (most_usual, most), (_, fewer) = values
            usual[name] = most_usual if most > fewer else None
    if any(name not in _LAST for name in usual):
        usual = {name: value for name, value in usual.items() if name not in _LAST}
    but_seeds = {name: value for name, value in usual.items() if name != "seed"}
    return {run.number: _name(run, but_seeds if run.number in of_all_seeds else usual) for run in runs}


def _name(run: Run, usual: Mapping[str, object]) -> str:
    if run.name != run.recipe.title:
        return run.name
    told = [name for name, value in usual.items() if _value(run, name) != value]
    words = dict.fromkeys(_words(name, run) for name in told)
    return ", ".join(filter(None, words)) or run.recipe.sizes  # a file may have no name for its digits


def _value(run: Run, name: str) -> object:
    return run.data if name == _DATA else getattr(run.recipe, name)


def _words(name: str, run: Run) -> str:
    recipe = run.recipe
    match name:
        case "hidden" | "outputs":
            return recipe.sizes
        case "initialisation":
            return f"{recipe.initialisation} weights"
        case "eta":
            return f"η {recipe.eta:g}"
        case "momentum":
            return f"μ {recipe.momentum:g}"
        case "l2":
            return f"L2 {recipe.l2:g}"
        case "mini_batch_size":
            return "all at once" if recipe.mini_batch_size == ALL else f"mini-batch {recipe.mini_batch_size:,}"
        case "deform":
            return "deformed" if recipe.deform else "not deformed"
        case "epochs":
            return f"{recipe.epochs:,} epoch{'' if recipe.epochs == 1 else 's'}"
        case "seed":
            return f"seed {recipe.seed}"
        case "train_on":
            return f"{recipe.train_on:,} images"
        case "own":
            return "with own digits" if recipe.own else "without own digits"
    return str(_value(run, name))
