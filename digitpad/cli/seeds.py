"""``digitpad train --seeds``: the same settings with one seed after another, and how far apart these come."""

from dataclasses import replace
from pathlib import Path
from shlex import quote

from digitpad.cli.keeping import keep, measured
from digitpad.cli.learning import learn
from digitpad.data.dataset import Digits
from digitpad.errors import DigitpadError
from digitpad.gui.words import counted
from digitpad.train.experiment import Experiment
from digitpad.train.groups import Spread
from digitpad.train.lessons import of_book
from digitpad.train.measured import kind_of_digits
from digitpad.train.model_file import Model
from digitpad.train.presets import preset_of
from digitpad.train.recipe import Recipe
from digitpad.train.repeats import Alike, Repeats, came_to_end, seeds_wanted
from digitpad.train.runs import Run
from digitpad.train.typed import whole_number

_FEWEST, _MOST = 2, 1000
ALLOWED = f"a whole number from {_FEWEST} to {_MOST:,}"


def read(text: str) -> int:
    """Return how many seeds ``text`` asks for. Raises DigitpadError."""
    try:
        return whole_number(text, _FEWEST, _MOST)
    except ValueError as error:
        hint = f" ({error})" if str(error) else ""
        raise DigitpadError(f"--seeds {quote(text)}: not allowed; it is {ALLOWED}{hint}.") from None


class Seeds:
    """Runs that differ in the seed alone, trained one after another.

    Of past runs only the weights of the best are kept: those that are written.
    """

    def __init__(self, recipe: Recipe, digits: Digits, count: int) -> None:
        """Begin with the seed of ``recipe``, and go on to the numbers after it, until there are ``count`` runs."""
        self._digits = digits
        self.seeds = seeds_wanted(recipe, (), count)
        recipes = (replace(recipe, seed=seed) for seed in self.seeds)
        self.runs = [Run(n, one, digits.name, kind=digits.kind) for n, one in enumerate(recipes, 1)]

    def learn(self, checkpoint: Path | None) -> int:
        """Train each, and print its curve in a line. Returns the exit code: not 0 where one could not go on.

        After every run the best so far is written to ``checkpoint``, if that is wanted. Raises Stopped where a signal
        asks for the end.
        """
        code, told = 0, False
        for run in self.runs:
            code = learn(run, Experiment(run.recipe, self._digits), place=f"{run.number} of {len(self.runs)}") or code
            print(_curve(run))
            best = self.best
            for other in self.runs:
                if other is not best:
                    other.networks.clear()
                    other.latest = other.evaluation = None
            if checkpoint and came_to_end(best):
                told = keep(checkpoint, self.model(best), told)
        return code

    @property
    def over(self) -> list[Run]:
        """The runs that came to their end."""
        return [run for run in self.runs if came_to_end(run)]

    @property
    def best(self) -> Run:
        """The run whose network is written: of those that came to their end, or else of those that have learned."""
        return max(self.over or [run for run in self.runs if run.at] or self.runs[:1], key=_reached)

    def model(self, run: Run) -> Model:
        """Return what is written of ``run``: as of a run by itself, and that it was chosen among others."""
        assert run.latest is not None
        model = run.model(run.latest, measured(run))
        if len(self.over) < 2:
            return model
        others = {"chosen among": f"{counted(len(self.over), 'seed')}, by the accuracy on {_measured_on(run)}"}
        return replace(model, provenance=replace(model.provenance, others=others))

    def told(self, run: Run) -> str:
        """Return which of the runs ``run`` is, and by which digits it was chosen."""
        seed, over = f"seed {run.recipe.seed}", len(self.over)
        if over < 2:
            return seed
        optimistic = "" if run.recipe.validated else ": optimistic"
        return f"{seed}, the best of {over} on {_measured_on(run)}{optimistic}"

    @property
    def words(self) -> str:
        """Which seeds they are."""
        return f", with {counted(len(self.seeds), 'seed')}, {self.seeds[0]} to {self.seeds[-1]}"

    @property
    def seconds(self) -> float:
        """The time spent training."""
        return sum(run.seconds for run in self.runs)

    @property
    def summary(self) -> list[str]:
        """How far apart the runs came that came to their end, in a few lines; none where none did."""
        over = self.over
        if not over:
            return []
        repeats, recipe = Repeats(Alike.of(over[0]), tuple(over)), over[0].recipe
        ends = f"{len(over)} of {len(self.runs)} runs came to the end."
        lines = [f"{ends} Read correctly of the {kind_of_digits(over)} digits:"]
        last = repeats.after(recipe.epochs)
        lines += [f"  after {counted(recipe.epochs, 'epoch')}: {_figures(last)}"] if last else []
        lines.append(f"  each at its best epoch: {_figures(repeats.best)}")
        if book := of_book(over[0]):
            lines.append(f"  {book}, each at its best epoch")
        preset = preset_of(recipe)
        if preset and preset.seed_picked and preset.recipe.seed in (run.recipe.seed for run in over):
            picked = f"seed {preset.recipe.seed} was picked by MNIST's test digits"
            lines.append(f"  ({picked}, which makes this optimistic)")
        return lines


def _measured_on(run: Run) -> str:
    """Return on which digits ``run`` was measured, with the article that goes with it."""
    return f"the {run.recipe.held_out}"


def _reached(run: Run) -> float:
    """Return the accuracy, in [0, 1], of the network that is written of ``run``."""
    point = run.best if run.recipe.validated else measured(run)
    return point.accuracy if point else 0.0


def _curve(run: Run) -> str:
    """Return the curve of ``run`` in a line: the first epoch, the last, two between them, and the best."""
    points = {point.epochs: point for point in run.points if point.exact and point.epochs}
    best, seed = run.best, f"seed {run.recipe.seed}"
    if not points or best is None:
        return f"{seed}: nothing was learned"
    last = max(points)
    between = {float(round(last / 3)), float(round(2 * last / 3)), last} - {1.0}
    curve = [f"{100 * points[1.0].accuracy:.2f} % {kind_of_digits([run])} after epoch 1"]
    curve += [f"{100 * points[epochs].accuracy:.2f} after {epochs:g}" for epochs in sorted(between & points.keys())]
    when = f"after {best.epochs:g}" if best.epochs else "before it had learned anything"
    return f"{seed}: {', '.join(curve)}, at best {100 * best.accuracy:.2f} {when}; {run.seconds:.1f} s"


def _figures(spread: Spread) -> str:
    """Return the mean of a ``spread``, its ends, and what the best of three runs is."""
    told = f"mean {100 * spread.mean:.2f} %, lowest {100 * spread.least:.2f} %, highest {100 * spread.greatest:.2f} %"
    three = spread.best_of_three
    return told if three is None else f"{told}, best of three {100 * three:.2f} % on average"
