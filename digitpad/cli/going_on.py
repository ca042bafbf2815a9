"""What ``digitpad train --from`` goes on with."""

import sys
from dataclasses import dataclass, replace
from math import ceil, floor
from pathlib import Path

from digitpad.data.dataset import Digits
from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Start
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run
from digitpad.train.settings import FOUR, SETTINGS, TEN

FIXED = ("hidden", "activation", "cost", "initialisation", "outputs")
"""The settings of a network that has begun to learn that stay as they are."""

_MOST_EPOCHS = 10_000  # of a run


@dataclass(frozen=True)
class Before:
    """What was learned before: ``network``, and ``run`` where its file tells of one that can be gone on with."""

    network: Network
    run: Run | None

    @classmethod
    def of(cls, path: Path) -> "Before":
        """Return what is in the file at ``path``. Raises ModelError where it holds no network."""
        model = model_file.load(path, model_file.TEN_OR_FOUR)
        try:
            return cls(model.network, Run.of_model(1, model))
        except ModelError as error:  # the network itself can be used
            print(f"digitpad: {error}", file=sys.stderr)
            return cls(model.network, None)

    def settings(self, recipe: Recipe | None = None) -> Recipe:
        """Return ``recipe``, or its own where it is known, for this network; a person's drawings are the window's.

        The epochs are those that were still to come when it ended, or as many again as it was to have.
        """
        of_run = self.run.recipe_now if self.run else recipe or Recipe()
        left = ceil(of_run.epochs - self.start.epochs)
        network = self.network
        return replace(
            recipe or of_run,
            hidden=network.sizes[1:-1],
            activation=network.activation.name,
            cost=network.cost.name,
            outputs=TEN if network.sizes[-1] == 10 else FOUR,
            epochs=left if left > 0 else of_run.epochs,
            own=False,
        )

    @property
    def start(self) -> Start:
        """Where it goes on."""
        return Start(self.run.at if self.run else 0.0, self.network)

    def run_with(self, recipe: Recipe, digits: Digits) -> Run:
        """Return the run that goes on with ``recipe``: with its curve so far, where that is of the same digits.

        They are the same to be measured on, too: the best epoch is chosen by comparing what was measured.
        """
        total = min(floor(self.start.epochs) + recipe.epochs, _MOST_EPOCHS)
        recipe = replace(recipe, epochs=total)
        run = self.run
        if run is None or not (run.is_of(digits) and _held_out(run.recipe, digits) == _held_out(recipe, digits)):
            return Run(1, recipe, digits.name, kind=digits.kind)
        changed = [
            f"{setting.label} {setting.show(getattr(recipe, name))}"
            for name, setting in SETTINGS.items()
            if name not in ("epochs", "own") and getattr(recipe, name) != getattr(run.recipe_now, name)
        ]
        if changed:
            run.mark(run.at, ", ".join(changed))
        run.recipe, run.rates = recipe, {}
        return run


def _held_out(recipe: Recipe, digits: Digits) -> tuple[str, int]:
    """Return what tells the digits that ``recipe`` is measured on from others of ``digits``."""
    return recipe.held_out, len(recipe.split(digits).held_out)
