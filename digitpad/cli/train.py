"""``digitpad train``: what the window's Train tab does, with a progress bar."""

import argparse
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.formats.opening import open_digits
from digitpad.errors import DigitpadError, ModelError, TrainingError
from digitpad.files import reason
from digitpad.nn.training import Progress
from digitpad.train import model_file
from digitpad.train.experiment import Experiment, Measurement
from digitpad.train.presets import PRESETS
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run, keep_within
from digitpad.train.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add an option for each setting that a run in the terminal can have."""
    parser.add_argument("output", type=Path, metavar="FILE", help="where to write the network (.safetensors)")
    parser.add_argument(
        "--data", type=Path, metavar="PATH", help="file or folder of digits; else MNIST, or the built-in ones"
    )
    parser.add_argument(
        "--preset", default=PRESETS[0].key, choices=[p.key for p in PRESETS], help="settings to begin with"
    )
    for name, setting in SETTINGS.items():
        if name != "own":
            flag = f"--{name.replace('_', '-')}"
            parser.add_argument(flag, metavar="VALUE", help=f"{setting.label}: {setting.allowed}")


def recipe_of(arguments: argparse.Namespace) -> Recipe:
    """Return the preset with what the options change. Raises DigitpadError for a value that is not allowed."""
    recipe = next(preset.recipe for preset in PRESETS if preset.key == arguments.preset)
    for name, setting in SETTINGS.items():
        text = getattr(arguments, name, None)
        if text is None:
            continue
        try:
            recipe = replace(recipe, **{name: setting.read(text)})
        except ValueError:
            flag = f"--{name.replace('_', '-')}"
            raise DigitpadError(f"{flag} {text}: not allowed; it is {setting.allowed}.") from None
    return recipe


def run(arguments: argparse.Namespace) -> int:
    """Train, report every epoch, and write the network; also after Ctrl+C. Returns the exit code."""
    recipe, output = recipe_of(arguments), arguments.output
    try:
        if not output.absolute().parent.is_dir():
            raise ModelError(f"{output}: there is no such folder to write to.")
    except OSError as error:
        raise ModelError(f"{output}: cannot be written ({reason(error)}).") from error
    digits = open_digits(arguments.data or mnist.find_folder() or paths.DIGITS)
    recipe = recipe.fitted(digits)
    recipe.split(digits)  # before anything is begun
    run, experiment = Run(1, recipe, digits.name), Experiment(recipe, digits)
    print(f"{recipe.title}, {recipe.epochs} epochs of {recipe.train_on:,} images of {digits.name}", flush=True)
    code = 0
    started = perf_counter()
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"), _bar(experiment) as show:
            for event in experiment.events():
                if isinstance(event, Measurement):
                    run.add(event)  # before it is shown: what was shown must be in the file
                    if event.point.exact:
                        keep_within([run], 0)  # only the newest is written
                show(event)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 130
    except TrainingError as error:
        print(f"digitpad: {error}", file=sys.stderr)
        code = 2
        run.latest = experiment.network
    run.seconds = perf_counter() - started
    if run.latest is None or not run.points:
        print("Nothing was learned yet, so nothing was written.", file=sys.stderr)
        return code
    last = max((point for point in run.points if point.exact), key=lambda point: point.epochs)
    point = last if code == 2 else run.points[-1]
    model_file.save(output, run.model(run.latest, point))
    print(f"{output}: {100 * point.accuracy:.2f} % after {point.epochs:.4g} epochs, {run.seconds:.1f} s")
    return code


@contextmanager
def _bar(experiment: Experiment) -> "Iterator[_Show]":
    config = experiment.config
    show = _Show(config.epochs, experiment.recipe.train_on)
    try:
        yield show
    finally:
        show.bar.close()


class _Show:
    """Moves a progress bar along and prints a line after each epoch."""

    def __init__(self, epochs: int, n: int) -> None:
        tqdm.monitor_interval = 0  # the bar moves often enough without a thread that watches it
        # Where output goes to a file or a pipe there is no bar, only the lines.
        self.bar = tqdm(
            total=epochs * n, unit=" images", unit_scale=True, dynamic_ncols=True, leave=False, disable=None
        )
        self._seen, self._warned = 0, False

    def __call__(self, event: object) -> None:
        if type(event) is Progress:
            seen = (event.epoch - 1) * event.n + event.images
            self.bar.update(seen - self._seen)
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
