"""Training as the terminal shows it: a progress bar, a line after each epoch, and the network after each in a file."""

import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter

import numpy as np
from tqdm import tqdm

from digitpad.cli.keeping import keep
from digitpad.errors import TrainingError
from digitpad.nn.training import Progress
from digitpad.train.experiment import Event, Experiment, Measurement
from digitpad.train.measured import kind_of_digits
from digitpad.train.runs import Run

FAILED = 2  # the exit code


def learn(run: Run, experiment: Experiment, checkpoint: Path | None = None, *, place: str = "") -> int:
    """Train, with ``run`` as it goes along, until the end or trouble. Returns the exit code.

    After every epoch the network is written to ``checkpoint``, if that is wanted. Of a run that has a ``place`` among
    several, such as "2 of 5", no epoch has a line, and what is said has its seed. Raises Stopped where a signal asks
    for the end; then the run has what was learned until then.
    """
    started, before, told = perf_counter(), run.seconds, False
    whose = f"seed {run.recipe.seed}: " if place else ""
    try:
        with (
            np.errstate(over="ignore", invalid="ignore", divide="ignore"),
            closing(_Display(run, experiment, whose, place)) as display,
        ):
            for event in experiment.events():
                if isinstance(event, Measurement) and not run.exact(event.point.epochs):  # it may be gone on with
                    run.add(event)  # before it is shown: what was shown must be in the file
                    run.seconds = before + perf_counter() - started
                    if event.point.exact:
                        _keep_what_may_be_written(run)
                        if checkpoint and experiment.progress:  # it has learned
                            told = keep(checkpoint, run.model(event.network, event.point), told)
                display.show(event)
    except TrainingError as error:
        print(f"digitpad: {whose}{error}", file=sys.stderr)
        run.latest = experiment.network  # the last good weights are back: of the last whole epoch
        run.at = max((point.epochs for point in run.points if point.exact), default=run.at)
        return FAILED
    except MemoryError:  # what was measured last is whole
        print(f"digitpad: {whose}There is not enough memory to train this network.", file=sys.stderr)
        return FAILED
    finally:
        run.seconds = before + perf_counter() - started
    return 0


def _keep_what_may_be_written(run: Run) -> None:
    """Let go of all weights of past epochs but those that are chosen."""
    run.networks = {run.chosen.epochs: run.networks[run.chosen.epochs]} if run.chosen else {}


class _Display:
    """Moves a progress bar along and prints a line after each epoch, unless the run is one of several."""

    def __init__(self, run: Run, experiment: Experiment, whose: str, place: str) -> None:
        tqdm.monitor_interval = 0  # the bar moves often enough without a thread that watches it
        total = experiment.config.epochs * experiment.recipe.train_on
        # Where output goes to a file or a pipe there is no bar, only the lines.
        self._bar = tqdm(
            desc=f"seed {run.recipe.seed}, {place}" if place else None, total=total, unit=" images", unit_scale=True,
            dynamic_ncols=True, leave=False, disable=None,
        )  # fmt: skip
        self._seen, self._warned, self._whose = 0, False, whose
        self._digits = kind_of_digits([run])

    def show(self, event: Event) -> None:
        if isinstance(event, Progress):
            seen = (event.epoch - 1) * event.n + event.images
            self._bar.update(seen - self._seen)
            self._seen = seen
        elif isinstance(event, Measurement) and event.point.exact:
            point = event.point
            if not self._whose:
                tqdm.write(
                    f"epoch {point.epochs:g}: {100 * point.accuracy:.2f} % {self._digits}, "
                    f"{100 * point.training_accuracy:.2f} % training, cost {point.cost:.4f}",
                    file=sys.stdout,
                )
            if event.warning and not self._warned:
                self._warned = True
                tqdm.write(f"digitpad: {self._whose}{event.warning.sentences}", file=sys.stderr)

    def close(self) -> None:
        self._bar.close()
