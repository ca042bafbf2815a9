"""The thread that trains, and what it reports to the window."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from threading import Event as Flag
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from digitpad.gui.services.jobs import begun
from digitpad.nn.training import Progress
from digitpad.train.experiment import Experiment, Measurement, Start

if TYPE_CHECKING:
    from digitpad.files.threads import Thread

_REPORT_INTERVAL_S = 0.1  # between two reports at least
_WEIGHTS_INTERVAL_S = 5.0  # so long at most the window goes without the newest weights, however seldom it is measured


class Goal(Enum):
    """How far to train before the thread ends by itself."""

    END = "to the end of the last epoch"
    MINI_BATCH = "one mini-batch"
    EPOCH = "to the end of the epoch"


@dataclass(frozen=True)
class Report:
    """What happened since the last report: where training is, what was measured, images seen, in how many seconds.

    ``newest`` are the weights as they are then, in the last report of a thread and where they were not measured for a
    while; None where they have just been, or where training failed.
    """

    progress: Progress | None
    measurements: tuple[Measurement, ...]
    images: int
    seconds: float
    newest: Start | None = None


class Worker(QObject):
    """Trains ``experiment`` towards ``goal`` until there or ``halt`` is set.

    Not in a thread of Qt's: each has an event loop, for want of whose files GLib ends the program.

    Signals, all sent from the thread to objects of the window: ``reported(Report)``, at most ten a second but for the
    last; ``failed(BaseException)``; and at last, whatever happened, ``ended()``.
    """

    reported = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        experiment: Experiment,
        goal: Goal,
        give_way: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """Begin nothing yet. ``clock`` gives seconds; ``give_way`` is called often, and may take a moment."""
        super().__init__()
        self._give_way = give_way
        self.experiment, self.goal = experiment, goal
        self.halt = Flag()
        self._clock = clock
        self._thread: Thread | None = None

    def start(self) -> bool:
        """Train in a thread; False where the system has none for it."""
        self._thread = begun(self.run, name="training")
        return self._thread is not None

    @property
    def working(self) -> bool:
        """Whether the thread is there."""
        return self._thread is not None and self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the thread has ended, but no longer than so many ``seconds``."""
        if self._thread is not None:
            self._thread.join(seconds)

    def run(self) -> None:
        """Train. Called in the new thread, or directly where a test wants no thread."""
        try:
            # Numbers that overflow are looked for in what they lead to, and told as a TrainingError.
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                self._train()
        except BaseException as error:  # with only the end of it told, a run would stop for no reason
            self.failed.emit(error)
        finally:
            self.ended.emit()

    def _train(self) -> None:
        experiment, halted, clock = self.experiment, self.halt.is_set, self._clock
        give_way = self._give_way
        step, epoch = self.goal is Goal.MINI_BATCH, self.goal is Goal.EPOCH
        measurements: list[Measurement] = []
        progress, reached, images = experiment.progress, False, 0
        seen = 0 if progress is None or progress.epoch_done else progress.images
        reported, measured = clock(), experiment.learned
        weighed = reported
        last: Start | None = None
        try:
            for event in experiment.events():
                if isinstance(event, Progress):
                    progress = event
                    images += event.images - seen
                    seen = 0 if event.images == event.n else event.images
                    reached = step and event.updated
                elif isinstance(event, Measurement):
                    measurements.append(event)
                    measured = experiment.learned
                    reached = epoch and event.point.exact and progress is not None
                if reached or halted():
                    break
                now = clock()
                give_way()
                if now - reported >= _REPORT_INTERVAL_S:
                    newest = None
                    if measurements:
                        weighed = now
                    elif now - weighed >= _WEIGHTS_INTERVAL_S:
                        newest, weighed = self._newest(measured), now
                    self.reported.emit(Report(progress, tuple(measurements), images, now - reported, newest))
                    measurements.clear()
                    images, reported = 0, now
            if step and reached:
                measurements += [event for event in experiment.measure() if isinstance(event, Measurement)]
                measured = experiment.learned
            last = self._newest(measured)  # not of a step that failed: it may have moved some of the weights
        finally:
            self.reported.emit(Report(progress, tuple(measurements), images, clock() - reported, last))

    def _newest(self, measured: float) -> Start | None:
        """Return the weights as they are now, unless they were ``measured`` after as many epochs."""
        experiment = self.experiment
        return Start(experiment.learned, experiment.network.copy()) if experiment.learned != measured else None
