"""Which run is selected, and which therefore is looked at: ``Selection``."""

from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Dataset
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.train.look_inside import LookInside
from digitpad.gui.train.run_chips import RunChips
from digitpad.train.runs import Run

_MEASURED = 2000  # images of the test set, to look into the network in use: it may be large, and nobody asked for it


class Selection(QObject):
    """Keeps in step the list of runs, what is looked at in the session, and what is shown of its inside.

    Signal: ``changed()`` after another run was selected, or none, or it is measured on other digits.
    """

    changed = Signal()

    def __init__(self, parent: QObject, session: Session, sets: DigitSets, chips: RunChips, inside: LookInside) -> None:
        """Follow the runs of the session; ``begin`` takes in those that are there."""
        super().__init__(parent)
        self._session, self._trainer, self._sets = session, session.trainer, sets
        self._chips, self._inside = chips, inside
        self._trainer.runs_changed.connect(self._show_runs)
        session.shown.changed.connect(self._select_shown)
        chips.selected.connect(self._select)

    def begin(self) -> None:
        """List the runs there are, and select that which was looked at before there was this list."""
        self._show_runs()
        self._select_shown()

    def take_in_digits(self) -> None:
        """Measure on the data set that is there now."""
        if not self._sets.loading:
            self._select(self._chips.current)

    def _select(self, run: Run | None) -> None:
        self._inside.show_run(run, self._held_out(run))
        self.changed.emit()

    def _held_out(self, run: Run | None) -> Dataset | None:
        """Return what ``run`` is measured on, where that is loaded; without a run some of the test set."""
        digits = self._sets.current
        if digits is None:
            return None
        if run is None:
            return digits.test[:_MEASURED]
        return run.recipe.split(digits).held_out if run.is_of(digits) else None

    def _show_runs(self) -> None:
        runs, run = self._trainer.runs, self._trainer.run
        kept = self._chips.current
        series = self._session.series  # who looks at something else meanwhile goes on with that
        begun = self._trainer.state is State.IDLE and (not series.active or kept in series.runs)
        new = run if run in runs and (kept not in runs or begun) else kept
        self._chips.show_runs(runs, new if new in runs else (runs[-1] if runs else None))
        if not runs:
            self._select(None)

    def _select_shown(self) -> None:
        """Select the run that is looked at, where something else than the list of runs chose it."""
        run = self._session.shown.run
        if run is not None and run is not self._chips.current:
            self._chips.show_runs(self._trainer.runs, run)
