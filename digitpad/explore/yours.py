"""What the ideas of the chapter come to with the person's own network, drawing and runs: ``yours``."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.explore.chapter import Idea
from digitpad.explore.cost import in_words
from digitpad.nn.binary import bits, spelled
from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.train.groups import Setting, groups, in_common
from digitpad.train.measured import best_of
from digitpad.train.runs import Run
from digitpad.train.settings import ALL


def yours(network: Network, image: NDArray[Any] | None, runs: Sequence[Run]) -> dict[Idea, str]:
    """Return in plain words, by idea, what there is to be told of the person's own.

    That is the ``network`` in use, what it says to ``image``, the 784 greys on the canvas or None, and the ``runs`` of
    training.
    """
    told = {Idea.LAYERS: f"in use: {_sizes(network)}, {network.parameters.size:,} weights and biases"}
    if image is not None and network.sizes[-1] == 10:
        outputs = np.asarray(network.feedforward(image), dtype=np.float64)
        if np.isfinite(outputs).all():  # of weights that a run blew up they are no numbers
            told |= _of_outputs(outputs)
    measured = [run for run in runs if run.measured]
    return told | _of_runs(measured) if measured else told


def _sizes(network: Network) -> str:
    return "-".join(map(str, network.sizes))


def _of_outputs(outputs: NDArray[np.float64]) -> dict[Idea, str]:
    answer = int(np.argmax(outputs))
    four = bits(outputs)
    number = int(spelled(four))
    code = "".join("1" if bit > 0.5 else "0" for bit in four)
    cost = float(QUADRATIC.value(outputs, np.eye(10)[answer]))
    return {
        Idea.BINARY: f"your drawing: {code}, which is {number}{'' if number < 10 else ', no digit'}",
        Idea.COST: f"your drawing as the {answer} that it is read as: {in_words(cost)}",
    }


def _of_runs(runs: Sequence[Run]) -> dict[Idea, str]:
    rates = [run.recipe.eta for run in runs]
    low, high = min(rates), max(rates)
    newest = runs[-1]
    alike = [run for run in runs if _digits_of(run) == _digits_of(newest)]  # what is measured on others is not compared
    best = max(alike, key=lambda run: run.best.accuracy if run.best else 0.0)
    told = {
        Idea.DESCENT: f"η in your runs: {low:g}" if low == high else f"η in your runs: from {low:g} to {high:g}",
        Idea.SUMMARY: _best(best, runs),
    }
    if (updates := steps_of(best)) is not None:
        epochs = f"{best.epochs:g} epoch{'' if best.epochs == 1 else 's'}"
        told[Idea.MINI_BATCHES] = f"run {best.number}, your best: the weights were moved {updates:,} times in {epochs}"
    return told


def _digits_of(run: Run) -> tuple[object, ...]:
    """Return which digits ``run`` was measured on."""
    return run.data, run.kind, run.recipe.held_out


def steps_of(run: Run) -> int | None:
    """Return how often the weights of ``run`` were moved.

    None where it is not known how many images it had, or where its settings, the mini-batch may be, were changed on the
    way.
    """
    recipe = run.recipe
    if run.marks or (recipe.own and run.material is None):
        return None
    images = run.material.images if run.material else recipe.train_on
    an_epoch = 1 if recipe.mini_batch_size == ALL else -(-images // recipe.mini_batch_size)
    return round(run.epochs * an_epoch)


def _best(run: Run, runs: Sequence[Run]) -> str:
    text = f"best of your runs with {run.data}, run {run.number}: {best_of(run)}"
    setting = Setting.of(run)
    (group,) = (group for group in groups(runs) if group.setting == setting)
    common = in_common([group])
    return text if common is None else f"{text}; by the seed {group.spread(common.epochs, common.seeds)}"
