"""``digitpad train``: what the window's Train tab does, with a progress bar."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from shlex import quote
from textwrap import wrap

from digitpad.cli import seeds as several
from digitpad.cli.digits import DATA_HELP, found
from digitpad.cli.going_on import FIXED, Before
from digitpad.cli.keeping import measured, save, writable
from digitpad.cli.learning import FAILED, learn
from digitpad.cli.seeds import Seeds
from digitpad.cli.stopping import Stopped, stoppable
from digitpad.data.dataset import Digits
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DigitpadError
from digitpad.gui.words import counted
from digitpad.nn.evaluation import evaluate
from digitpad.train.experiment import Experiment
from digitpad.train.measured import best_of
from digitpad.train.presets import PRESETS, Preset
from digitpad.train.recipe import Recipe
from digitpad.train.runs import OnTestSet, Run
from digitpad.train.settings import SETTINGS, NotAllowed, Setting

_PLAIN = PRESETS[0]  # whose settings are the defaults
_WIDTH = 96  # letters, of the options that a preset stands for
_MORE = """\
presets, and what they hold beside the defaults:
{presets}

the same seed, settings and digits give the same network on one machine. A network that is gone on with sees
the images in another order than if it had never been left, and begins without momentum.
Measured on validation digits, the best epoch by them reads the test set once at the end, and is what is written.
Ctrl+C, and any signal that asks for the end, writes the network as it is, once it has learned anything.
With --seeds, each run has its curve in a line; at the end stand their mean, lowest and highest accuracy, and what
the best of three of them is on average, for the book reports the best of three runs. FILE gets the network of the
best run, by the digits they are measured on. Ctrl+C then writes the best of those that came to their end.

examples:
  digitpad train net.safetensors
  digitpad train net.safetensors --preset fast --epochs 3
  digitpad train net.safetensors --hidden 100,30 --eta 0.5 --data emnist.zip --checkpoint
  digitpad train net.safetensors --preset chapter-1 --seeds 5
  digitpad train net.safetensors --from net.safetensors --epochs 10

DIGITPAD_MNIST is the folder of MNIST's four files; `digitpad data fetch` gets them.
exit codes: 0 written, 2 something cannot be used or learned from, 129, 130 or 143 ended by a signal, and written
"""
_OPTIONS = {"held_out": ("--measure-on", "--held-out")}  # the latter is what it was called before


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add an option for each setting that a run in the terminal can have."""
    parser.add_argument("output", metavar="FILE", help="where to write the network (.safetensors)")
    parser.add_argument("--data", type=Path, metavar="PATH", help=DATA_HELP)
    parser.add_argument(
        "--from", type=Path, metavar="NETWORK", dest="before",
        help="go on with this network instead of a new one, by its own settings but for those given here; --epochs is "
        "how many more (default: those that are left of its run, or as many again)",
    )  # fmt: skip
    parser.add_argument(
        "--checkpoint", action="store_true",
        help="write FILE after every epoch, too: whatever ends the program, --from FILE goes on from there; with "
        "--seeds, after every run, the best so far",
    )  # fmt: skip
    parser.add_argument(
        "--seeds", metavar="N",
        help=f"train N networks that differ in the seed alone, one after another, with --seed and the numbers after it "
        f"({several.ALLOWED}), and say how far apart they come; not with --from",
    )  # fmt: skip
    parser.add_argument(
        "--preset", choices=[p.key for p in PRESETS], metavar="NAME",
        help=f"settings to begin with, one of those below (default: {_PLAIN.key})",
    )  # fmt: skip
    settings = parser.add_argument_group("settings of the run")
    for name, setting in _settings():
        value = getattr(_PLAIN.recipe, name)
        words = f"{setting.label}: {setting.allowed} (default: {setting.show(value)})"
        settings.add_argument(*_options(name), dest=name, metavar="VALUE", help=words)
    parser.epilog = _MORE.format(presets="\n".join(map(_described, PRESETS)))


def recipe_of(arguments: argparse.Namespace, before: Before | None) -> Recipe:
    """Return the preset, or the settings of the network that is gone on with, with what the options change.

    Raises DigitpadError for a value that is not allowed.
    """
    preset = next((preset.recipe for preset in PRESETS if preset.key == arguments.preset), None)
    recipe = preset or _PLAIN.recipe
    if before:
        if not (before.run or preset or arguments.eta):
            raise DigitpadError(
                f"{arguments.before}: does not say how it learned; name its learning rate by --eta, or a --preset."
            )
        recipe = before.settings(preset)
    for name, setting in _settings():
        text = getattr(arguments, name)
        if text is None:
            continue
        try:
            value = setting.read(text)
        except NotAllowed as error:
            raise DigitpadError(f"{_option(name)} {quote(text)}: not allowed; it is {error.allowed}.") from None
        if before and name in FIXED and value != getattr(recipe, name):
            raise DigitpadError(f"{_option(name)} {quote(text)}: not allowed for a network that has learned already.")
        recipe = replace(recipe, **{name: value})
    return recipe


def run(arguments: argparse.Namespace) -> int:
    """Train, report every epoch, and write the network, also when a signal asks for the end. Returns the exit code."""
    count = _seeds_asked(arguments)
    before = Before.of(arguments.before) if arguments.before else None
    recipe = recipe_of(arguments, before)
    output = writable(arguments.output, recipe)
    digits = open_digits(found(arguments.data))
    for note in digits.notes:
        print(note)
    recipe = _fitted(recipe, digits, asked=arguments.train_on is not None)
    split = recipe.split(digits)  # before anything is begun
    run = before.run_with(recipe, digits) if before else Run(1, recipe, digits.name, kind=digits.kind)
    start = before.start if before else None
    seeds = Seeds(recipe, digits, count) if count else None
    measured_on = f", measured on {len(split.held_out):,} validation digits" if recipe.validated else ""
    epochs, images = counted(recipe.epochs, "epoch"), counted(recipe.train_on, "image")
    after = f", after {counted(start.epochs, 'epoch')}" if start else ""
    print(f"{recipe.title}, {epochs} of {images} of {digits.name}{measured_on}{after}{seeds.words if seeds else ''}")
    checkpoint = output if arguments.checkpoint else None
    with stoppable() as hear_no_more:
        try:
            code = seeds.learn(checkpoint) if seeds else learn(run, Experiment(recipe, digits, start=start), checkpoint)
            hear_no_more()  # what was learned is written, whatever comes
        except Stopped as stopped:
            print("Stopped.", file=sys.stderr)
            code = stopped.code
        run = seeds.best if seeds else run
        if run.at <= (start.epochs if start else 0):  # FILE may hold better weights
            print("Nothing was learned yet, so nothing was written.", file=sys.stderr)
            return code
        if recipe.validated and (run in seeds.over if seeds else code == 0):
            try:
                _test(run, digits)
            except MemoryError:
                print("digitpad: There is not enough memory to read the test set.", file=sys.stderr)
                code = FAILED
        return code if _write(output, run, seeds) else FAILED


def _write(output: Path, run: Run, seeds: Seeds | None) -> bool:
    """Write the newest weights of ``run`` to ``output``, and say how good they are; False where that fails.

    Of ``seeds``, it says before how far apart they came.
    """
    point = measured(run)
    assert run.latest is not None
    assert point is not None
    tested = run.tested and run.tested.epochs == run.at  # not the epoch of before that it went on from
    told = best_of(run) if tested else f"{100 * point.accuracy:.2f} % after {counted(point.epochs, 'epoch')}"
    if seeds is None:
        return save(output, run.model(run.latest, point), f"{told}, {run.seconds:.1f} s")
    for line in seeds.summary:
        print(line)
    return save(output, seeds.model(run), f"{told}, of {seeds.told(run)}, {seeds.seconds:.1f} s")


def _seeds_asked(arguments: argparse.Namespace) -> int | None:
    """Return how many seeds are asked for; None for a run by itself. Raises DigitpadError."""
    if arguments.seeds is None:
        return None
    if arguments.before:
        raise DigitpadError("--seeds: not allowed with --from, whose network has its first weights already.")
    return several.read(arguments.seeds)


def _settings() -> list[tuple[str, Setting]]:
    """Return the settings that there are in the terminal: the person's own drawings are the window's."""
    return [(name, setting) for name, setting in SETTINGS.items() if name != "own"]


def _options(name: str) -> tuple[str, ...]:
    return _OPTIONS.get(name, (f"--{name.replace('_', '-')}",))


def _option(name: str) -> str:
    return _options(name)[0]


def _test(run: Run, digits: Digits) -> None:
    """Have the epoch that validation digits chose read the test set, once, and go back to it."""
    chosen = run.chosen
    if chosen is not None:
        network = run.networks[chosen.epochs]
        evaluation = evaluate(network, digits.test.images, digits.test.labels, run.recipe.codes)
        run.tested = OnTestSet(chosen.epochs, evaluation.accuracy)
        run.latest, run.at = network, chosen.epochs


def _described(preset: Preset) -> str:
    """Return a preset with the options it stands for."""
    shown = {name: setting.show(getattr(preset.recipe, name)) for name, setting in _settings()}
    plain = {name: setting.show(getattr(_PLAIN.recipe, name)) for name, setting in _settings()}
    options = [f"{_option(name)} {quote(text)}" for name, text in shown.items() if text != plain[name]]
    name = f"{preset.name} ({preset.of_book})" if preset.of_book else preset.name
    picked = ["(this seed was picked by MNIST's test digits)"] if preset.seed_picked else []
    lines = wrap(" ".join(options), _WIDTH, break_on_hyphens=False) + picked
    return "\n".join([f"  {preset.key:<16} {name}", *(f"{'':19}{line}" for line in lines)])


def _fitted(recipe: Recipe, digits: Digits, *, asked: bool) -> Recipe:
    """Return the recipe for as many images as there are; ``asked`` if the person said how many to learn from."""
    fitted = recipe.fitted(digits)
    if asked and recipe.train_on > fitted.train_on:
        others = f" beside {len(fitted.split(digits).held_out):,} validation digits" if recipe.validated else ""
        whole = not recipe.validated and fitted.train_on < len(digits.training)  # a few are left out
        there_are = f"the {counted(fitted.train_on, 'image')} that there are{' in whole mini-batches' * whole}{others}"
        print(f"digitpad: --train-on is cut to {there_are}.", file=sys.stderr)
    return fitted
