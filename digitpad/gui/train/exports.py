"""Runs as a table and curves as a picture, in files of the person's choice."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from digitpad.errors import DigitpadError
from digitpad.files.writing import write_atomically, writing
from digitpad.gui.services.background import Background
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.trainer import Trainer
from digitpad.gui.services.turns import Turns, Work
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.actions import action
from digitpad.gui.widgets.file_dialogs import PICTURES, ask_save
from digitpad.gui.words import counted
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.naming import labels
from digitpad.train.repeats import Repeats
from digitpad.train.run_table import to_csv
from digitpad.train.runs import Run

Content = Callable[[], bytes]  # makes a file, in any thread

_TABLES = "Tables (*.csv)"


class Exports(QObject):
    """Two actions that ask for a file, and what they write.

    Signals: ``reported(sentence)``; ``failed(sentence)``.
    """

    reported = Signal(str)
    failed = Signal(str)

    def __init__(
        self, parent: QWidget, trainer: Trainer, plots: Plots, experiment: Callable[[], SavedExperiment]
    ) -> None:
        """Write the runs of ``trainer`` and what ``plots`` shows; ``parent`` has the dialogs.

        ``experiment`` returns what a picture is of, to be opened from it again.
        """
        super().__init__(parent)
        self._window, self._trainer, self._plots, self._experiment = parent, trainer, plots, experiment
        self._background, self._turns = Background(self), Turns(self)
        self._background.failed.connect(self.failed)
        self.csv = action(self, "Export runs as CSV…", self._ask_csv, tip="Every measurement of every run", name="csv")
        self.plot = action(
            self,
            "Save curves as picture…",
            self._ask_plot,
            tip="With a legend, as PNG or SVG; a PNG opens as the experiment it is of",
            name="save_plot",
        )
        trainer.runs_changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        self.csv.setEnabled(bool(self._trainer.runs))

    def _ask_csv(self) -> None:
        if path := ask_save(self._window, FileKind.RUNS, "Export runs", "runs.csv", _TABLES):
            self.write_csv(path)

    def write_csv(self, path: Path) -> None:
        """Write every measurement of every run to ``path`` in a thread; report it, or say why not."""
        runs = [replace(run, points=list(run.points)) for run in self._trainer.runs]  # as they are now

        def write() -> None:
            with writing(path, DigitpadError):
                write_atomically(path, to_csv(runs).encode())

        report = f"{counted(len(runs), 'run')} exported into {path.name}."
        self._background.run(write, lambda _: self.reported.emit(report))

    def _ask_plot(self) -> None:
        if path := ask_save(self._window, FileKind.RUNS, "Save curves", "curves.png", PICTURES):
            self.write_plot(path)

    def write_plot(self, path: Path) -> None:
        """Write the plots as PNG or SVG, by the ending of ``path``, in a thread; report it, or say why not."""

        def write(content: Content) -> None:
            with writing(path, DigitpadError):
                write_atomically(path, content())

        def take(content: Content) -> None:
            report = f"The curves are saved in {path.name}."
            self._background.run(partial(write, content), lambda _: self.reported.emit(report))

        self.draw(take, path.suffix)

    def close_down(self) -> None:
        """Finish what is being drawn, and wait for what is being written."""
        self._turns.finish()
        self._background.wait()

    def draw(self, take: Callable[[Content], object], ending: str = ".png") -> None:
        """Draw what the plots show, with a legend, over some turns; ``take`` gets what makes a file of it."""
        self._turns.do(self._drawn(take, ending))

    def _drawn(self, take: Callable[[Content], object], ending: str) -> Work:
        from digitpad.gui.train.picture import picture_of  # what exports is loaded only for those who do

        plots = self._plots

        def told() -> tuple[Callable[[Run], str], SavedExperiment]:
            for run in self._trainer.runs:
                plots.update_run(run)
            named = labels(self._trainer.runs)
            return lambda run: _legend(run, named, plots.group(run)), self._experiment()

        take((yield from picture_of(plots, told, ending)))


def _legend(run: Run, named: dict[int, str], group: Repeats | None) -> str:
    best, digits = run.best, " of the validation digits" if run.recipe.validated else ""
    if group:
        return f"{run.recipe.title}: {group.best}{digits}"
    return named[run.number] + (f": {100 * best.accuracy:.2f} %{digits}" if best else "")
