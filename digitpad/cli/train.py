"""``digitpad train``: what the window's Train tab does, with a progress bar."""

import argparse
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shlex import quote
from time import perf_counter

import numpy as np
from tqdm import tqdm

from digitpad.cli.digits import DATA_HELP, found
from digitpad.cli.going_on import FIXED, Before
from digitpad.cli.stopping import Stopped, stoppable
from digitpad.data.dataset import Digits
from digitpad.data.formats.opening import open_digits
from digitpad.errors import SENTENCE, DigitpadError, ModelError, TrainingError, one_line
from digitpad.files import check_writable, writing
from digitpad.gui.words import counted
from digitpad.nn.evaluation import evaluate
from digitpad.nn.training import Progress
from digitpad.train import model_file
from digitpad.train.experiment import Event, Experiment, Measurement
from digitpad.train.measured import best_of
from digitpad.train.model_file import Model
from digitpad.train.presets import PRESETS, Preset
from digitpad.train.recipe import Recipe
from digitpad.train.runs import OnTestSet, Run
from digitpad.train.settings import SETTINGS, NotAllowed, Setting

_PLAIN = PRESETS[0]  # whose settings are the defaults
_FAILED = 2  # the exit code
_MORE = """\
presets, and what they hold beside the defaults:
{presets}

the same seed, settings and digits give the same network on one machine. A network that is gone on with sees
the images in another order than if it had never been left, and begins without momentum.
Measured on validation digits, the best epoch by them reads the test set once at the end, and is what is written.
Ctrl+C, and any signal that asks for the end, writes the network as it is.

examples:
  digitpad train net.safetensors
  digitpad train net.safetensors --preset fast --epochs 3
  digitpad train net.safetensors --hidden 100,30 --eta 0.5 --data emnist.zip --checkpoint
  digitpad train net.safetensors --from net.safetensors --epochs 10

DIGITPAD_MNIST is the folder of MNIST's four files; `digitpad data fetch` gets them.
exit codes: 0 written, 2 something cannot be used or learned from, 130 or 143 ended by a signal, and written
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
        help="write FILE after every epoch, too: whatever ends the program, --from FILE goes on from there",
    )  # fmt: skip
    parser.add_argument(
        "--preset", choices=[p.key for p in PRESETS], metavar="NAME",
        help=f"settings to begin with, one of those below (default: {_PLAIN.key})",
    )  # fmt: skip
    settings = parser.add_argument_group("settings of the run")
    for name, setting in _settings():
        value = getattr(_PLAIN.recipe, name)
        default = "no" if value is False else setting.show(value)
        words = f"{setting.label}: {setting.allowed} (default: {default})"
        settings.add_argument(*_options(name), dest=name, metavar="VALUE", help=words)
    parser.epilog = _MORE.format(presets="\n".join(map(_described, PRESETS)))


def recipe_of(arguments: argparse.Namespace, before: Before | None = None) -> Recipe:
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
    before = Before.of(arguments.before) if arguments.before else None
    recipe = recipe_of(arguments, before)
    output = _writable(arguments.output, recipe)
    digits = open_digits(found(arguments.data))
    for note in digits.notes:
        print(note)
    recipe = _fitted(recipe, digits, asked=arguments.train_on is not None)
    split = recipe.split(digits)  # before anything is begun
    run = before.run_with(recipe, digits) if before else Run(1, recipe, digits.name, kind=digits.kind)
    start = before.start if before else None
    measured_on = f", measured on {len(split.held_out):,} validation digits" if recipe.validated else ""
    epochs, images = counted(recipe.epochs, "epoch"), counted(recipe.train_on, "image")
    after = f", after {counted(start.epochs, 'epoch')}" if start else ""
    print(f"{recipe.title}, {epochs} of {images} of {digits.name}{measured_on}{after}")
    with stoppable() as hear_no_more:
        code = _train(run, Experiment(recipe, digits, start=start), output if arguments.checkpoint else None)
        hear_no_more()  # what was learned is written, whatever comes
        if code == 0 and recipe.validated:
            _test(run, digits)
        point = next((point for point in reversed(run.points) if point.epochs == run.at), None)
        if run.latest is None or point is None:
            print("Nothing was learned yet, so nothing was written.", file=sys.stderr)
            return code
        told = best_of(run) if run.tested else f"{100 * point.accuracy:.2f} % after {counted(point.epochs, 'epoch')}"
        return _save(output, run.model(run.latest, point), f"{told}, {run.seconds:.1f} s") or code


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
    return f"  {preset.key:<16} {name}" + (f"\n{'':19}{' '.join(options)}" if options else "")


def _fitted(recipe: Recipe, digits: Digits, *, asked: bool) -> Recipe:
    """Return the recipe for as many images as there are; ``asked`` if the person said how many to learn from."""
    fitted = recipe.fitted(digits)
    if asked and recipe.train_on > fitted.train_on:
        others = f" beside {len(fitted.split(digits).held_out):,} validation digits" if recipe.validated else ""
        there_are = f"the {counted(fitted.train_on, 'image')} that there are{others}"
        print(f"digitpad: --train-on is cut to {there_are}.", file=sys.stderr)
    return fitted


def _writable(name: str, recipe: Recipe) -> Path:
    """Return the path of ``name``. Raises ModelError where nothing can be written, while nothing is lost by it."""
    output = Path(name)
    if not name.strip():
        raise ModelError("FILE is empty; it names the file to write the network to.")
    with writing(output, ModelError):
        if not output.absolute().parent.is_dir():
            raise ModelError(f"{output}: there is no such folder to write to.")
        check_writable(output, recipe.network().parameters.nbytes)
        if output.exists() and not (output.is_file() and output.stat().st_size == 0):
            _must_be_a_network(output)
    return output


def _must_be_a_network(output: Path) -> None:
    """Raise ModelError where the file ``output`` holds anything else, which nobody wants to lose."""
    try:
        model_file.load(output, model_file.TEN_OR_FOUR)
    except ModelError:
        raise ModelError(
            f"{output}: is no network of digitpad, so it is not written over; name another file."
        ) from None


def _save(output: Path, model: Model, told: str) -> int:
    """Write the network to ``output``, or to another place where that fails after all. Returns the exit code."""
    try:
        model_file.save(output, model)
    except ModelError as error:
        with writing(Path(tempfile.gettempdir()), ModelError):
            rescued = Path(tempfile.mkdtemp(prefix="digitpad-"), output.name)  # of this person's alone
        model_file.save(rescued, model)
        print(f"digitpad: {error} The network is in {rescued}.", file=sys.stderr)
        return _FAILED
    print(f"{one_line(str(output), SENTENCE)}: {told}")
    return 0


def _train(run: Run, experiment: Experiment, checkpoint: Path | None) -> int:
    """Train, with ``run`` as it goes along, until the end, trouble or a signal. Returns the exit code.

    After every epoch the network is written to ``checkpoint``, if that is wanted.
    """
    started, before, full = perf_counter(), run.seconds, False
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"), closing(_Display(experiment)) as display:
            for event in experiment.events():
                if isinstance(event, Measurement) and not run.exact(event.point.epochs):  # it may be gone on with
                    run.add(event)  # before it is shown: what was shown must be in the file
                    run.seconds = before + perf_counter() - started
                    if event.point.exact:
                        _keep_what_may_be_written(run)
                        if checkpoint and not full and event.point.epochs:
                            full = not _kept(checkpoint, run.model(event.network, event.point))
                display.show(event)
    except Stopped as stopped:
        print("Stopped.", file=sys.stderr)
        return stopped.code
    except TrainingError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        run.latest, run.at = experiment.network, max(run.networks, default=0.0)  # the last good weights are back
        return _FAILED
    finally:
        run.seconds = before + perf_counter() - started
    return 0


def _keep_what_may_be_written(run: Run) -> None:
    """Let go of all weights of past epochs but those that are chosen."""
    run.networks = {run.chosen.epochs: run.networks[run.chosen.epochs]} if run.chosen else {}


def _kept(checkpoint: Path, model: Model) -> bool:
    """Write the network, whole or not at all, or say why it cannot be; training goes on all the same."""
    try:
        model_file.save(checkpoint, model)
    except ModelError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        return False
    return True


class _Display:
    """Moves a progress bar along and prints a line after each epoch."""

    def __init__(self, experiment: Experiment) -> None:
        tqdm.monitor_interval = 0  # the bar moves often enough without a thread that watches it
        total = experiment.config.epochs * experiment.recipe.train_on
        # Where output goes to a file or a pipe there is no bar, only the lines.
        self._bar = tqdm(total=total, unit=" images", unit_scale=True, dynamic_ncols=True, leave=False, disable=None)
        self._seen, self._warned = 0, False
        self._digits = "validation" if experiment.recipe.validated else "test"

    def show(self, event: Event) -> None:
        if isinstance(event, Progress):
            seen = (event.epoch - 1) * event.n + event.images
            self._bar.update(seen - self._seen)
            self._seen = seen
        elif isinstance(event, Measurement) and event.point.exact:
            point = event.point
            tqdm.write(
                f"epoch {point.epochs:g}: {100 * point.accuracy:.2f} % {self._digits}, "
                f"{100 * point.training_accuracy:.2f} % training, cost {point.cost:.4f}",
                file=sys.stdout,
            )
            if event.warning and not self._warned:
                self._warned = True
                tqdm.write(f"digitpad: {event.warning.sentences}", file=sys.stderr)

    def close(self) -> None:
        self._bar.close()
