"""``digitpad train``: what the window's Train tab does, with a progress bar."""

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from tqdm import tqdm

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DigitpadError, ModelError, TrainingError
from digitpad.files import writing
from digitpad.nn.training import Progress
from digitpad.train import model_file
from digitpad.train.experiment import Event, Experiment, Measurement
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run, keep_within
from digitpad.train.settings import SETTINGS, Setting

_FAILED, _INTERRUPTED = 2, 130  # exit codes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add an option for each setting that a run in the terminal can have."""
    parser.add_argument("output", type=Path, metavar="FILE", help="where to write the network (.safetensors)")
    parser.add_argument(
        "--data", type=Path, metavar="PATH", help="file or folder of digits; else MNIST, or the built-in ones"
    )
    parser.add_argument(
        "--preset", default=PRESETS[0].key, choices=[p.key for p in PRESETS], help="settings to begin with"
    )
    for name, setting in _settings():
        parser.add_argument(_option(name), metavar="VALUE", help=f"{setting.label}: {setting.allowed}")


def recipe_of(arguments: argparse.Namespace) -> Recipe:
    """Return the preset with what the options change. Raises DigitpadError for a value that is not allowed."""
    recipe = next(preset.recipe for preset in PRESETS if preset.key == arguments.preset)
    for name, setting in _settings():
        text = getattr(arguments, name)
        if text is None:
            continue
        try:
            recipe = replace(recipe, **{name: setting.read(text)})
        except ValueError:
            raise DigitpadError(f"{_option(name)} {text}: not allowed; it is {setting.allowed}.") from None
    return recipe


def run(arguments: argparse.Namespace) -> int:
    """Train, report every epoch, and write the network; also after Ctrl+C. Returns the exit code."""
    recipe, output = recipe_of(arguments), arguments.output
    _look_for_the_folder_of(output)
    digits = open_digits(arguments.data or mnist.find_folder() or paths.DIGITS)
    recipe = recipe.fitted(digits)
    recipe.split(digits)  # before anything is begun
    run = Run(1, recipe, digits.name)
    print(f"{recipe.title}, {recipe.epochs} epochs of {recipe.train_on:,} images of {digits.name}", flush=True)
    code = _train(run, Experiment(recipe, digits))
    point = next((point for point in reversed(run.points) if point.epochs == run.at), None)
    if run.latest is None or point is None:
        print("Nothing was learned yet, so nothing was written.", file=sys.stderr)
        return code
    model_file.save(output, run.model(run.latest, point))
    print(f"{output}: {100 * point.accuracy:.2f} % after {point.epochs:.4g} epochs, {run.seconds:.1f} s")
    return code


def _settings() -> list[tuple[str, Setting]]:
    """Return the settings that there are in the terminal: the person's own drawings are the window's."""
    return [(name, setting) for name, setting in SETTINGS.items() if name != "own"]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _look_for_the_folder_of(output: Path) -> None:
    """Raise ModelError where ``output`` cannot be written, while nothing is lost by it."""
    with writing(output, ModelError):
        if not output.absolute().parent.is_dir():
            raise ModelError(f"{output}: there is no such folder to write to.")


def _train(run: Run, experiment: Experiment) -> int:
    """Train, with ``run`` as it goes along, until the end, trouble or Ctrl+C. Returns the exit code."""
    started = perf_counter()
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"), closing(_Display(experiment)) as display:
            for event in experiment.events():
                if isinstance(event, Measurement):
                    run.add(event)  # before it is shown: what was shown must be in the file
                    if event.point.exact:
                        keep_within([run], 0)  # only the newest is written
                display.show(event)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return _INTERRUPTED
    except TrainingError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        run.latest, run.at = experiment.network, max(run.networks, default=0.0)  # the last good weights are back
        return _FAILED
    finally:
        run.seconds = perf_counter() - started
    return 0


class _Display:
    """Moves a progress bar along and prints a line after each epoch."""

    def __init__(self, experiment: Experiment) -> None:
        tqdm.monitor_interval = 0  # the bar moves often enough without a thread that watches it
        total = experiment.config.epochs * experiment.recipe.train_on
        # Where output goes to a file or a pipe there is no bar, only the lines.
        self._bar = tqdm(total=total, unit=" images", unit_scale=True, dynamic_ncols=True, leave=False, disable=None)
        self._seen, self._warned = 0, False

    def show(self, event: Event) -> None:
        if isinstance(event, Progress):
            seen = (event.epoch - 1) * event.n + event.images
            self._bar.update(seen - self._seen)
            self._seen = seen
        elif isinstance(event, Measurement) and event.point.exact:
            point = event.point
            tqdm.write(
                f"epoch {point.epochs:g}: {100 * point.accuracy:.2f} % held out, "
                f"{100 * point.training_accuracy:.2f} % training, cost {point.cost:.4f}",
                file=sys.stdout,
            )
            if event.warning and not self._warned:
                self._warned = True
                tqdm.write(f"digitpad: {event.warning}", file=sys.stderr)

    def close(self) -> None:
        self._bar.close()
