"""What trains: starts, holds and ends runs, and takes in what they give: ``Trainer``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Dataset, Digits
from digitpad.errors import DigitpadError, TrainingError, words
from digitpad.gui.services.jobs import NO_THREAD, raise_mistake
from digitpad.gui.services.priority import WindowPriority
from digitpad.gui.services.run_list import RunList
from digitpad.gui.services.worker import Goal, Report, Worker
from digitpad.nn.training import Progress
from digitpad.train.experiment import Experiment, Start
from digitpad.train.recipe import Recipe
from digitpad.train.runs import Run, Trouble
from digitpad.train.settings import SETTINGS

if TYPE_CHECKING:
    from digitpad.nn.network import Network

_TIMEOUT_S = 10.0  # to wait for the thread at most; it answers in some tens
Own = Callable[[], Dataset] | None  # gives the person's own drawings


class State(Enum):
    """What the trainer is doing."""

    IDLE = "idle"
    LEARNING = "learning"
    PAUSED = "paused"


@dataclass(frozen=True)
class RunProgress:
    """How far a run is: what training last told, and of how many ``epochs``."""

    progress: Progress
    epochs: int

    @property
    def images(self) -> int:
        """How many images were seen since the run began."""
        return (self.progress.epoch - 1) * self.progress.n + self.progress.images

    @property
    def total(self) -> int:
        """How many images will have been seen at the end."""
        return self.epochs * self.progress.n


class Trainer(RunList):
    """Trains one run at a time in a thread of its own; all else here happens in the window's thread.

    A thread lives from a start, resume or step to the next pause, stop or end; what it trains outlives it.

    Signals: ``state_changed()``; ``advanced()`` after each report; ``warned(sentence, Advice)`` when training is stuck;
    and those of the list: ``run_changed`` tells of new measurements and marks, too.
    """

    state_changed = Signal()
    advanced = Signal()
    warned = Signal(str, object)

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = perf_counter) -> None:
        """Start idle; ``clock`` gives seconds."""
        super().__init__(parent)
        self.state = State.IDLE
        self.closed = False
        self.images_per_second = 0.0
        self._clock = clock
        self.window_priority = WindowPriority()
        self.experiment: Experiment | None = None  # of ``run``, while it can go on as if it had not been held
        self._worker: Worker | None = None
        self._pausing = False
        self._before: dict[float, Network] = {}  # what was learned when the thread at work began, by its epochs

    # What a person asks for

    def start(self, recipe: Recipe, digits: Digits, own: Own = None, goal: Goal = Goal.END) -> None:
        """Begin a new run; nothing happens while another learns, or once it is closed."""
        if self._worker or self.closed:
            return
        run = Run(self.next_number(), recipe, digits.name, kind=digits.kind)
        self._begin(run, Experiment(recipe, digits, own), goal)

    def pause(self) -> None:
        """Hold the run where it is."""
        if self._worker and self.state is State.LEARNING:
            self._pausing = True
            self._worker.halt.set()

    def resume(self, goal: Goal = Goal.END) -> None:
        """Go on with the run that is paused."""
        if self.state is State.PAUSED and not self._worker and self.experiment:
            self._go(self.experiment, goal)

    def stop(self) -> None:
        """End the run where it is; ``go_on`` can take it up again."""
        self._pausing = False
        if self._worker:
            self._worker.halt.set()
        elif self.state is State.PAUSED:
            self._set_state(State.IDLE)

    def go_on(self, run: Run, epochs: int, digits: Digits, own: Own = None) -> None:
        """Train ``run`` for ``epochs`` more, where ``digits`` are those that it learned from, or still at hand."""
        if self._worker or run.latest is None:
            return
        if run is not self.run or self.experiment is None:
            if not run.is_of(digits):
                learned_from = f"others called {run.data}" if run.data == digits.name else run.data
                self.failed.emit(
                    f"Run #{run.number} learned from {learned_from}: to go on with it, choose these digits again."
                )
                return
            # Its momentum is gone: it begins again from the weights, at rest.
            experiment = Experiment(replace(run.recipe_now, epochs=epochs), digits, own, Start(run.at, run.latest))
        else:
            experiment = self.experiment
            experiment.extend(epochs)
        run.trouble = None
        self._begin(run, experiment, Goal.END)

    def change(self, **rates: float) -> None:
        """Go on with another ``eta``, ``momentum`` or ``l2``, and mark where, if it is another."""
        experiment, run = self.experiment, self.run
        if self.state is State.IDLE or experiment is None or run is None:
            return
        changed = {name: rate for name, rate in rates.items() if rate != getattr(experiment.config, name)}
        if not changed:
            return
        experiment.change(**changed)
        run.rates = run.rates | changed
        said = ", ".join(f"{SETTINGS[name].label} {rate:g}" for name, rate in changed.items())
        run.mark(experiment.epochs, said)
        self.run_changed.emit(run)

    def remove(self, *runs: Run) -> None:
        """Forget ``runs``; none of them, where one is learning."""
        if self.run in runs:
            if self.state is not State.IDLE:
                return
            self.run = self.experiment = None
        super().remove(*runs)

    def clear(self) -> None:
        """Forget all runs, when none of them is learning or paused; the next one is the first again."""
        if self.state is State.IDLE:
            self.run = self.experiment = None
            super().clear()

    def close(self) -> None:
        """Stop, wait for the thread to end, and begin nothing more."""
        self.closed = True
        self.stop()
        self.window_priority.release()
        if self._worker:
            self._worker.wait(_TIMEOUT_S)
        super().close()

    # What the thread tells

    def _begin(self, run: Run, experiment: Experiment, goal: Goal) -> None:
        self.run, self.experiment = run, experiment
        self.images_per_second = 0.0
        if run not in self.runs:
            self.runs.append(run)
            self.runs_changed.emit()
        self._go(experiment, goal)

    def _go(self, experiment: Experiment, goal: Goal) -> None:
        self._pausing = goal is not Goal.END  # after a step it waits for the next
        run = self.run
        self._before = {run.at: run.latest} if run and run.latest else {}
        worker = self._worker = Worker(experiment, goal, self.window_priority.give_way, self._clock)
        worker.reported.connect(self._take)
        worker.failed.connect(self._fail)
        worker.ended.connect(self._end)
        self._set_state(State.LEARNING)
        if not worker.start():  # later there may be a thread
            self._pausing = True
            self._end()
            self.failed.emit(NO_THREAD)

    def _take(self, report: Report) -> None:
        run = self.run
        if run is None:
            return
        run.seconds += report.seconds
        if report.images and report.seconds > 0:
            rate = report.images / report.seconds
            self.images_per_second += (0.2 if self.images_per_second else 1) * (rate - self.images_per_second)
        for measurement in report.measurements:
            run.add(measurement)
            if measurement.warning and not run.trouble:
                run.trouble = Trouble(measurement.warning.sentences, ended=False)
                when = f"Run #{run.number}, at epoch {measurement.point.epochs:g}"
                self.warned.emit(f"{when}. {measurement.warning.sentences}", measurement.warning)
        if report.newest is not None and report.newest.network.finite:
            run.latest, run.at = report.newest.network, report.newest.epochs
        if any(measurement.point.exact for measurement in report.measurements):
            self.make_room()
        self.advanced.emit()
        if report.measurements:
            self.run_changed.emit(run)

    def _fail(self, error: BaseException) -> None:
        self._pausing = False
        self.experiment = None  # to go on means to begin again from the last good weights
        run, grown = self.run, isinstance(error, TrainingError)
        if isinstance(error, MemoryError):
            error = TrainingError("There is not enough memory to train this network.")
        if not isinstance(error, DigitpadError):
            self.failed.emit(f"Training stopped because of a mistake inside digitpad ({words(error)}).")
            raise_mistake(error)  # for the log and the report: whoever mends it needs more than the sentence
        if run:
            run.trouble = Trouble(str(error), ended=True)
            if grown:  # weights that grew beyond all numbers were no good for a while before
                run.rates = {}  # what was set on the way was too large, and would be each time it is gone on with
                good = self._before | run.networks
                run.at = max(good, default=0.0)
                run.latest = good.get(run.at)
        self.failed.emit(str(error))

    def _end(self) -> None:
        worker, experiment = self._worker, self.experiment
        if worker is None:
            return
        worker.wait()
        worker.deleteLater()
        self._worker, self._before = None, {}
        over = experiment is None or experiment.done
        self._set_state(State.PAUSED if self._pausing and not over else State.IDLE)

    @property
    def progress(self) -> RunProgress | None:
        """How far the run is; None before its first images."""
        experiment = self.experiment
        if experiment is None or experiment.progress is None:
            return None
        return RunProgress(experiment.progress, experiment.config.epochs)

    @property
    def ended(self) -> bool:
        """Whether the last run has come to the end of its last epoch."""
        return self.experiment is not None and self.experiment.done

    @property
    def working(self) -> bool:
        """Whether a thread is at work."""
        return self._worker is not None and self._worker.working

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()
